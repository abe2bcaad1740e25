// One indicator in every arm, and its difference from the reference.
#pragma once

#include "vfm/decision/comparison.hpp"
#include "vfm/decision/quantity.hpp"
#include "vfm/decision/sample.hpp"

#include <cstddef>

namespace vfm::decision {

/// An arm's ratio of sums; without a denominator its mean over replications.
[[nodiscard]] Quantity mean_or_ratio(const Sample& numerator, const Sample* denominator, std::size_t arm);

[[nodiscard]] ComparedIndicator compared_indicator(const Indicator& indicator, const Sample& numerator,
                                                   const Sample* denominator, std::size_t reference);

}  // namespace vfm::decision
