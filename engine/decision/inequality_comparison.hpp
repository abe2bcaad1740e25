// The declared indices of inequality in every arm of a study.
#pragma once

#include "vfm/decision/comparison.hpp"
#include "vfm/decision/inequality.hpp"

#include <vector>

namespace vfm::decision {

/// Rows of every index declared, from sums over draws and replications. `compared` has the indicators and the
/// reference. Throws UserError, with the nearest known name, for an attribute, level or group that the file
/// does not hold, and for an effect that it does not hold by group.
[[nodiscard]] std::vector<InequalityRow> compare_inequality(const StudyTables& tables, const Comparison& compared,
                                                            const EquityChoices& choices);

}  // namespace vfm::decision
