// The comparison of arms in each type of areas.
#pragma once

#include "vfm/decision/comparison.hpp"

#include <vector>

namespace vfm::decision {

/// One entry an area type of the file, in its order; none when it has none. `compared` has the reference, the
/// basis, the indicators and the thresholds of the curves. Ratios are of sums, an empty denominator is
/// missing. Throws FileFormatError when a number by type is not finite.
[[nodiscard]] std::vector<AreaTypeComparison> compare_area_types(const StudyTables& tables,
                                                                 const Comparison& compared,
                                                                 const ParameterSample& parameters,
                                                                 const Choices& choices);

}  // namespace vfm::decision
