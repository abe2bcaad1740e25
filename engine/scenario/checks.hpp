// What must hold between the parts of a scenario, once each part by itself is sound.
#pragma once

#include "declared.hpp"
#include "faults.hpp"
#include "node.hpp"

namespace vfm::scenario {

/// Dates in order.
void check_clock(const Node& root, const Clock& clock, Faults& faults);

/// The number of simulations is one that random streams can tell apart.
void check_design(const Node& root, const Design& design, Faults& faults);

/// Families enter where the arm has a stage, reach every stage, and can leave from every stage. `root` is the
/// arm's.
void check_pathway(const Node& root, const std::vector<Arrivals>& arrivals, const Model& model,
                   Faults& faults);

}  // namespace vfm::scenario
