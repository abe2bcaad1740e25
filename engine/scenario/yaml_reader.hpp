// Text to tree: YAML from anywhere, with every size bounded.
#pragma once

#include "faults.hpp"
#include "node.hpp"

#include <string>

namespace vfm::scenario {

inline constexpr std::size_t most_bytes = 4U << 20U;
inline constexpr std::size_t most_nodes = 200'000;
inline constexpr std::size_t most_entries = 4'000;  ///< of one map or list
inline constexpr std::size_t deepest = 64;

enum class Marks : std::uint8_t { lines_and_columns, none };

/// The tree of one YAML document; a null node when the text does not hold one, and then there is a fault.
/// Duplicate keys are faults too. `name` is the file in places. With Marks::none places carry the file only.
[[nodiscard]] NodePtr read_yaml(std::string text, const std::string& name, Faults& faults,
                                Marks marks = Marks::lines_and_columns);

}  // namespace vfm::scenario
