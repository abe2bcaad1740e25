// The bytes of a scenario as text that a parser can be given.
#pragma once

#include <cstddef>
#include <string>

namespace vfm::scenario {

inline constexpr std::size_t most_bytes = 4U << 20U;

/// The text, whose every line ends with '\n', without a byte order mark. Throws Abandoned for what is too
/// large, is not UTF-8, holds other control characters, or is a file of another kind. `name` is the file in
/// places.
[[nodiscard]] std::string source_text(std::string bytes, const std::string& name);

}  // namespace vfm::scenario
