#include "best_arm_kernels.hpp"

#include <algorithm>

namespace vfm::decision {

namespace {

/// Draws at a time, so that what is best so far stays in the nearest cache.
constexpr std::size_t block = 1024;

/// One arm against the best of those before it.
void compare_arm(const double* cost, const double* effect, double threshold, double arm, double* best,
                 double* value, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        const double benefit = threshold * effect[i] - cost[i];
        const bool better = benefit > value[i];
        best[i] = better ? arm : best[i];
        value[i] = better ? benefit : value[i];
    }
}

}  // namespace

void find_best_arms(const MeanSample& means, double threshold, const BestArms& best) {
    for (std::size_t first = 0; first < best.values.size(); first += block) {
        const std::size_t count = std::min(block, best.values.size() - first);
        double* const arms = best.arms.data() + first;
        double* const values = best.values.data() + first;
        for (std::size_t i = 0; i < count; ++i) {
            arms[i] = 0;
            values[i] = threshold * means.effect[first + i] - means.cost[first + i];
        }
        for (std::size_t arm = 1; arm < means.arms; ++arm) {
            const std::size_t place = arm * means.draws + first;
            compare_arm(means.cost.data() + place, means.effect.data() + place, threshold,
                        static_cast<double>(arm), arms, values, count);
        }
    }
}

void add_gains(const MeanSample& means, double threshold, std::span<const double> chosen, std::size_t present,
               std::span<double> gains) {
    const std::size_t base = present * means.draws;
    for (std::size_t i = 0; i < gains.size(); ++i) {
        const std::size_t place = static_cast<std::size_t>(chosen[i]) * means.draws + i;
        gains[i] += (threshold * means.effect[place] - means.cost[place]) -
                    (threshold * means.effect[base + i] - means.cost[base + i]);
    }
}

}  // namespace vfm::decision
