// A Saltelli design of a scenario, run, and the indices of each arm's incremental net benefit.
#pragma once

#include "one_way_study.hpp"

namespace vfm::program {

/// Adds to the findings the first and total indices of groups of parameters: those of the options; or else
/// those that the scenario declares, or, when it declares none that can be, the parameters with the largest
/// bars at any threshold with what they are correlated with; and all others as one. Throws UserError for
/// groups that cannot be.
void add_sobol(Findings& findings, const experiment::CompiledStudy& study, const DesignedOptions& options);

}  // namespace vfm::program
