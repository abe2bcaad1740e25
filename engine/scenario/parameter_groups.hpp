// Groups of parameters whose joint value of information is asked for.
#pragma once

#include "faults.hpp"
#include "node.hpp"
#include "parameters.hpp"

#include "vfm/scenario/scenario.hpp"

#include <vector>

namespace vfm::scenario {

/// Reads `parameter_groups` (may be null): names of parameters of `all`, or of shares of a whole, which then
/// all belong. Members that are not among `kept` are left out, and with them groups that have no others.
/// Throws nothing; faults say what is wrong.
[[nodiscard]] std::vector<ParameterGroup> read_parameter_groups(const Node* map, const ParameterTable& all,
                                                                const ParameterTable& kept, Faults& faults);

/// The map as written, without members and groups that are not kept; null when nothing is left.
[[nodiscard]] NodePtr kept_parameter_groups(const Node& map, const ParameterTable& kept);

}  // namespace vfm::scenario
