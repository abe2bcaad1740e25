// What the making of a distribution needs of its evaluation.
#pragma once

#include "vfm/random/quantiles.hpp"

namespace vfm::random {

/// Throws std::invalid_argument unless some probability is left between the ends of the truncation.
void require_probability_inside(const Distribution& distribution);

}  // namespace vfm::random
