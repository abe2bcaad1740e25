// A sample: one measure of every arm in every draw and replication, as a view of somebody else's numbers.
#pragma once

#include <cstddef>
#include <span>

namespace vfm::decision {

/// One measure, arm x draw x replication, row-major. Draws and replications pair across arms and measures.
struct Sample {
    std::size_t arms = 0;
    std::size_t draws = 0;
    std::size_t replications = 0;
    std::span<const double> values;

    /// One arm's numbers: draw x replication.
    [[nodiscard]] std::span<const double> arm(std::size_t index) const {
        return values.subspan(index * draws * replications, draws * replications);
    }
};

}  // namespace vfm::decision
