#include "vfm/decision/value_of_information.hpp"

#include "best_arm_kernels.hpp"
#include "mean_effects.hpp"
#include "missing.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/core/parallel_for.hpp"

#include <cmath>

namespace vfm::decision {

namespace {

/// Draws' means over all replications but one, and that one alone: what a choice is made on and valued on.
struct ChooseAndValue {
    MeanSample choose;
    MeanSample value;
};

std::vector<ChooseAndValue> splits_of(const Sample& cost, const Sample& effect) {
    std::vector<ChooseAndValue> splits;
    const auto others = static_cast<double>(cost.replications - 1);
    for (std::size_t left_out = 0; cost.replications > 1 && left_out < cost.replications; ++left_out) {
        ChooseAndValue split;
        for (MeanSample* sample : {&split.choose, &split.value}) {
            sample->arms = cost.arms;
            sample->draws = cost.draws;
        }
        const auto fill = [&](const Sample& from, std::vector<double>& choose, std::vector<double>& value) {
            for (std::size_t row = 0; row < from.arms * from.draws; ++row) {
                const auto cells = from.values.subspan(row * from.replications, from.replications);
                double rest = 0;
                for (std::size_t i = 0; i < cells.size(); ++i) rest += i == left_out ? 0 : cells[i];
                choose.push_back(rest / others);
                value.push_back(cells[left_out]);
            }
        };
        fill(cost, split.choose.cost, split.value.cost);
        fill(effect, split.choose.effect, split.value.effect);
        splits.push_back(std::move(split));
    }
    return splits;
}

/// Room for one threshold.
struct Workspace {
    explicit Workspace(std::size_t draws) : arms(draws), values(draws), gains(draws) {}
    std::vector<double> arms;
    std::vector<double> values;
    std::vector<double> gains;

    void choose(const MeanSample& by, double threshold) { find_best_arms(by, threshold, {arms, values}); }
    /// What the choice gains on average over `present`, by `on`.
    WithError gain(const MeanSample& on, double threshold, std::size_t present) {
        std::fill(gains.begin(), gains.end(), 0.0);
        add_gains(on, threshold, arms, present, gains);
        return mean_with_error(gains);
    }
};

}  // namespace

std::vector<double> mean_net_benefit(const MeanSample& means, double threshold) {
    return MeanEffects(means).net_benefit(threshold);
}

std::vector<EvpiPoint> evpi(const ConditionalMeans& means, const Sample& cost, const Sample& effect,
                            std::span<const double> thresholds, unsigned threads) {
    VFM_EXPECT(means.fitted.draws == cost.draws && means.fitted.arms == cost.arms);
    VFM_EXPECT(cost.values.size() == effect.values.size());
    const std::vector<ChooseAndValue> splits = splits_of(cost, effect);
    const MeanEffects fitted(means.fitted);
    const MeanEffects observed(means.observed);
    std::vector<MeanEffects> split_means;
    split_means.reserve(splits.size());
    for (const ChooseAndValue& split : splits) split_means.emplace_back(split.choose);
    std::vector<EvpiPoint> curve(thresholds.size());
    parallel_for(thresholds.size(), threads, [&](std::uint64_t i, unsigned) {
        const double threshold = thresholds[i];
        Workspace space(cost.draws);
        EvpiPoint point{threshold, fitted.best(threshold), {}, {missing, missing}, {}};
        space.choose(means.fitted, threshold);
        point.fitted.value = space.gain(means.fitted, threshold, point.best).value;
        point.fitted.standard_error = space.gain(means.observed, threshold, point.best).standard_error;
        space.choose(means.observed, threshold);
        point.naive = space.gain(means.observed, threshold, observed.best(threshold));
        if (!splits.empty()) {
            std::fill(space.gains.begin(), space.gains.end(), 0.0);
            for (std::size_t k = 0; k < splits.size(); ++k) {
                space.choose(splits[k].choose, threshold);
                add_gains(splits[k].value, threshold, space.arms, split_means[k].best(threshold),
                          space.gains);
            }
            for (double& gain : space.gains) gain /= static_cast<double>(splits.size());
            point.cross_fitted = mean_with_error(space.gains);
        }
        curve[i] = point;
    });
    return curve;
}

}  // namespace vfm::decision
