// The tables of a sensitivity report, each declared once.
#pragma once

#include "vfm/inquiry/sensitivity_findings.hpp"
#include "vfm/report/table.hpp"

#include <vector>

namespace vfm::report {

/// `base`, `tornado`, `switching_values`, `what_would_have_to_be_true`, `joint_region`, `joint_point`,
/// `first_order` or `sobol`: those that were found. Rows are in the order of the findings.
[[nodiscard]] std::vector<Table> sensitivity_tables(const inquiry::SensitivityFindings& findings);

/// How many of a joint point's parts, the largest first, make up 99 % of its distance: those that its table
/// has.
[[nodiscard]] std::size_t telling_parts(const inquiry::JointPoint& point);

}  // namespace vfm::report
