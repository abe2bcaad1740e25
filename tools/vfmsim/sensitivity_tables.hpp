// A sensitivity analysis as tables: what is stored, and printed as CSV, JSON and Markdown.
#pragma once

#include "vfm/inquiry/sensitivity_findings.hpp"
#include "vfm/results/analysis_file.hpp"

namespace vfm::program {

/// `base`, `tornado`, `switching_values`, `what_would_have_to_be_true`, `joint_region`, `joint_point`,
/// `first_order`, `sobol`: those that were found. docs/deciding.md says what each holds.
[[nodiscard]] results::Analysis sensitivity_analysis(const inquiry::SensitivityFindings& findings);

}  // namespace vfm::program
