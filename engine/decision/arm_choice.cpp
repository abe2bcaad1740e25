#include "arm_choice.hpp"

#include "best_arm_kernels.hpp"

#include "vfm/stats/sample_statistics.hpp"

#include <algorithm>
#include <cmath>

namespace vfm::decision {

std::vector<CostAndEffect> mean_arms(const MeanSample& means) {
    std::vector<CostAndEffect> arms;
    for (std::size_t arm = 0; arm < means.arms; ++arm) {
        arms.push_back(
            {.cost = stats::mean(means.arm_cost(arm)), .effect = stats::mean(means.arm_effect(arm))});
    }
    return arms;
}

std::size_t best_arm(std::span<const CostAndEffect> arms, double threshold) {
    const auto net_benefit = [threshold](const CostAndEffect& arm) {
        return threshold * arm.effect - arm.cost;
    };
    const auto best = std::max_element(arms.begin(), arms.end(), [&](const auto& a, const auto& b) {
        return net_benefit(a) < net_benefit(b);
    });
    return static_cast<std::size_t>(best - arms.begin());
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

void ArmChoice::choose(const MeanSample& means, double threshold) {
    threshold_ = threshold;
    find_best_arms(means, threshold, {arms_, net_benefits_});
}

WithError ArmChoice::gain(const MeanSample& means, std::size_t present) {
    std::fill(gains_.begin(), gains_.end(), 0.0);
    add_gains(means, present, gains_);
    return mean_with_error(gains_);
}

void ArmChoice::add_gains(const MeanSample& means, std::size_t present, std::span<double> gains) const {
    decision::add_gains(means, threshold_, arms_, present, gains);
}

}  // namespace vfm::decision
