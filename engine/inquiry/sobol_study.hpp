// A Saltelli design of a scenario, run, and the indices of each arm's incremental net benefit.
#pragma once

#include "vfm/experiment/compiled_study.hpp"
#include "vfm/inquiry/designed_sensitivity.hpp"

namespace vfm::inquiry {

/// Adds to the findings the first and total indices of the options' groups of parameters, or of those that
/// stand for them, and of all others as one. Throws UserError for groups that cannot be.
void add_sobol_indices(SensitivityFindings& findings, const experiment::CompiledStudy& study,
                       const DesignedOptions& options);

}  // namespace vfm::inquiry
