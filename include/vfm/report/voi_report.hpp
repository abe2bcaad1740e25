// The report of a value-of-information analysis.
#pragma once

#include "vfm/inquiry/voi_findings.hpp"
#include "vfm/report/report.hpp"

namespace vfm::report {

/// People see what to measure next in plain words, what it is worth to know everything, the most valuable
/// parameters and groups, values over the declared population, and how the matrix of conditional means stands
/// its check; in GBP a family where the file counts families. docs/analysis-format.md has the tables.
[[nodiscard]] Report voi_report(const inquiry::VoiFindings& findings);

}  // namespace vfm::report
