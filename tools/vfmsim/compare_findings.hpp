// What a comparison found, as the tables that are stored and that JSON names by what they are.
#pragma once

#include "compare_output.hpp"

#include "vfm/results/analysis_file.hpp"

namespace vfm::program {

/// Settings, then `icer_table`, `break_even`, `plane`, `ceac`, `ceaf`, `expected_loss` and
/// `expected_net_benefit`, each by perspective, `access_groups`, `group_costs`,
/// `group_net_benefit` and `group_net_benefit_curve`. docs/analysis-format.md has the columns.
[[nodiscard]] results::Analysis compare_findings(const decision::Comparison& comparison,
                                                 const ComparisonSource& source);

}  // namespace vfm::program
