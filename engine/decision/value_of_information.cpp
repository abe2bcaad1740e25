#include "vfm/decision/value_of_information.hpp"

#include "arm_choice.hpp"
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

}  // namespace

std::vector<EvpiPoint> evpi(const ConditionalMeans& means, const Sample& cost, const Sample& effect,
                            std::span<const double> thresholds, unsigned threads) {
    VFM_EXPECT(means.fitted.draws == cost.draws && means.fitted.arms == cost.arms);
    VFM_EXPECT(cost.values.size() == effect.values.size());
    const std::vector<ChooseAndValue> splits = splits_of(cost, effect);
    const std::vector<CostAndEffect> fitted = mean_arms(means.fitted);
    const std::vector<CostAndEffect> observed = mean_arms(means.observed);
    std::vector<std::vector<CostAndEffect>> split_means;
    split_means.reserve(splits.size());
    for (const ChooseAndValue& split : splits) split_means.push_back(mean_arms(split.choose));
    std::vector<EvpiPoint> curve(thresholds.size());
    parallel_for(thresholds.size(), threads, [&](std::uint64_t i, unsigned) {
        const double threshold = thresholds[i];
        ArmChoice choice(cost.draws);
        EvpiPoint point{threshold, best_arm(fitted, threshold), {}, {missing, missing}, {}};
        choice.choose(means.fitted, threshold);
        point.fitted.value = choice.gain(means.fitted, point.best).value;
        point.fitted.standard_error = choice.gain(means.observed, point.best).standard_error;
        choice.choose(means.observed, threshold);
        point.naive = choice.gain(means.observed, best_arm(observed, threshold));
        if (!splits.empty()) {
            std::vector<double> gains(cost.draws, 0.0);
            for (std::size_t k = 0; k < splits.size(); ++k) {
                choice.choose(splits[k].choose, threshold);
                choice.add_gains(splits[k].value, best_arm(split_means[k], threshold), gains);
            }
            for (double& gain : gains) gain /= static_cast<double>(splits.size());
            point.cross_fitted = mean_with_error(gains);
        }
        curve[i] = point;
    });
    return curve;
}

}  // namespace vfm::decision
