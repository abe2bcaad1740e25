// Cost and net benefit by access group, as the tables that are stored.
#pragma once

#include "vfm/decision/comparison.hpp"
#include "vfm/results/analysis_file.hpp"

#include <vector>

namespace vfm::program {

/// `group_costs`; at the thresholds named `group_net_benefit`, and over those of the curves
/// `group_net_benefit_curve`; none without costs by group. docs/analysis-format.md has the columns.
[[nodiscard]] std::vector<results::AnalysisTable> group_value_tables(const decision::Comparison& comparison);

}  // namespace vfm::program
