// The report of a sensitivity analysis.
#pragma once

#include "vfm/inquiry/sensitivity_findings.hpp"
#include "vfm/report/report.hpp"

#include <cstddef>

namespace vfm::report {

/// People see, threshold after threshold, what would have to be true for each arm to be the best, the
/// tornado, switching values and indices, of each table the `top` first rows. docs/analysis-format.md has the
/// tables: those that were found.
[[nodiscard]] Report sensitivity_report(const inquiry::SensitivityFindings& findings, std::size_t top);

}  // namespace vfm::report
