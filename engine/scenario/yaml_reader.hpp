// Text to tree: YAML from anywhere, with every size bounded.
#pragma once

#include "faults.hpp"
#include "node.hpp"
#include "yaml_events.hpp"

#include <string>

namespace vfm::scenario {

/// The tree of one YAML document; a null node when the text does not hold one, and then there is a fault.
/// Duplicate keys are faults too. `name` is the file in places. With Marks::none places carry the file only.
[[nodiscard]] NodePtr read_yaml(std::string text, const std::string& name, Faults& faults,
                                Marks marks = Marks::lines_and_columns);

}  // namespace vfm::scenario
