// A measure of a results file as the sample that decisions are made on.
#pragma once

#include "vfm/decision/sample.hpp"
#include "vfm/results/layout.hpp"

#include <cstddef>
#include <span>

namespace vfm::decision {

/// A view of one measure, arm x draw x replication, of the sizes that the file gives.
inline Sample sample_of(const results::Layout& layout, std::span<const double> values) {
    return {.arms = layout.arms.size(),
            .draws = static_cast<std::size_t>(layout.draws),
            .replications = static_cast<std::size_t>(layout.replications),
            .values = values};
}

}  // namespace vfm::decision
