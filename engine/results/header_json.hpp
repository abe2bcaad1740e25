// The run header as JSON text, but for the parameter draws: how the journal carries it.
#pragma once

#include "vfm/results/layout.hpp"

#include <string>
#include <string_view>

namespace vfm::results {

/// One JSON object; the header's texts must be UTF-8 (`header_problem`).
[[nodiscard]] std::string header_to_json(const RunHeader& header);

/// The header back, without its draws. Throws FileFormatError (which does not know the file's name) when the
/// text is not JSON, or a field is absent or of another type or range.
[[nodiscard]] RunHeader header_from_json(std::string_view text);

}  // namespace vfm::results
