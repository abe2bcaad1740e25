// Arms compared by access group: levels, gaps and what they are more than the reference's.
#pragma once

#include "vfm/decision/access_gaps.hpp"
#include "vfm/decision/comparison.hpp"

#include <optional>
#include <vector>

namespace vfm::decision {

/// Every arm's gap with its intervals and its differences from the reference arm's.
[[nodiscard]] std::vector<ComparedGap> compared_gaps(const std::vector<AccessGap>& arms,
                                                     std::size_t reference);

/// Cost and net benefit by access group, in the perspective and the effect of the basis; empty when the file
/// does not hold what families cost by group.
[[nodiscard]] std::optional<GroupValue> compare_group_value(const StudyTables& tables, const Basis& basis,
                                                            const std::vector<double>& thresholds,
                                                            std::size_t reference);

}  // namespace vfm::decision
