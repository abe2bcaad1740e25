#include "mean_effects.hpp"

#include "vfm/stats/intervals.hpp"

#include <algorithm>
#include <cmath>

namespace vfm::decision {

MeanEffects::MeanEffects(const MeanSample& means) {
    for (std::size_t arm = 0; arm < means.arms; ++arm) {
        cost_.push_back(stats::mean(means.arm_cost(arm)));
        effect_.push_back(stats::mean(means.arm_effect(arm)));
    }
}

std::vector<double> MeanEffects::net_benefit(double threshold) const {
    std::vector<double> result;
    for (std::size_t arm = 0; arm < cost_.size(); ++arm) {
        result.push_back(threshold * effect_[arm] - cost_[arm]);
    }
    return result;
}

std::size_t MeanEffects::best(double threshold) const {
    const std::vector<double> all = net_benefit(threshold);
    return static_cast<std::size_t>(std::max_element(all.begin(), all.end()) - all.begin());
}

WithError mean_with_error(std::span<const double> values) {
    if (values.empty()) return {};
    const auto count = static_cast<double>(values.size());
    double sum = 0;
    for (const double value : values) sum += value;
    const double mean = sum / count;
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return {mean, values.size() > 1 ? std::sqrt(squares / (count - 1) / count) : 0};
}

}  // namespace vfm::decision
