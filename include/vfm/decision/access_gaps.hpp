// Equality of access (outcome O5): an indicator in an access group and in the rest, always both levels with
// the gap.
#pragma once

#include "vfm/decision/quantity.hpp"
#include "vfm/decision/sample.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::decision {

/// One arm's levels. A gap can close by levelling down: look at both.
struct AccessGap {
    Quantity group;
    Quantity rest;  ///< all other measured families
    Quantity gap;   ///< group minus rest, paired
};

/// A measure in total and by group.
struct GroupedSample {
    Sample total;                      ///< arm x draw x replication
    std::span<const double> by_group;  ///< arm x draw x replication x group
    std::size_t groups = 0;
};

/// One entry an arm: the ratio of sums in the group and in the rest of the families.
[[nodiscard]] std::vector<AccessGap> access_gaps(const GroupedSample& numerator,
                                                 const GroupedSample& denominator, std::size_t group);

}  // namespace vfm::decision
