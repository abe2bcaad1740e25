// Which variates are worth drawing for all families at once: a matter of speed, which changes no result.
#pragma once

#include "quantities.hpp"

#include "vfm/experiment/resolve.hpp"

namespace vfm::experiment {

/// Sets the draw's batches of stages and tasks: those that a family comes to often enough in one arm or
/// another for a batch to cost less than drawing on demand.
void choose_batches(const scenario::Scenario& scenario, const Quantities& read, ResolvedDraw& draw);

}  // namespace vfm::experiment
