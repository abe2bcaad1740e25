// The scenario format described by the declarations that read it.
#pragma once

#include <string>

namespace vfm::scenario {

/// docs/scenario-reference.md, in Markdown.
[[nodiscard]] std::string reference_page();

/// JSON Schema (draft 2020-12) of a scenario file, for editors. A file that extends another, or is extended,
/// need not have every key, so no key of the file itself is required in it.
[[nodiscard]] std::string json_schema();

}  // namespace vfm::scenario
