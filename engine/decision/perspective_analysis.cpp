#include "perspective_analysis.hpp"

#include "vfm/decision/quantity.hpp"

#include <utility>

namespace vfm::decision {

namespace {

MeanSample only_draw(const Sample& cost, const Sample& effect) {
    MeanSample means{.arms = cost.arms, .draws = 1, .cost = {}, .effect = {}};
    for (std::size_t arm = 0; arm < cost.arms; ++arm) {
        means.cost.push_back(mean_of(cost.arm(arm), 1, cost.replications).value);
        means.effect.push_back(mean_of(effect.arm(arm), 1, effect.replications).value);
    }
    return means;
}

std::vector<double> perfect_information(const Curves& curves) {
    std::vector<double> values;
    for (std::size_t i = 0; i < curves.thresholds.size(); ++i)
        values.push_back(curves.perfect_information(i));
    return values;
}

}  // namespace

ConditionalMeans matrix_of(const PerspectiveSample& sample) {
    if (sample.cost.draws > 1) {
        return conditional_means(sample.cost, sample.effect, sample.parameters, sample.reference);
    }
    ConditionalMeans single;
    single.observed = only_draw(sample.cost, sample.effect);
    single.fitted = single.observed;
    return single;
}

PerspectiveAnalysis analyse_perspective(const PerspectiveSample& sample, const ConditionalMeans& matrix,
                                        const Choices& choices) {
    PerspectiveAnalysis result;
    result.perspective = sample.perspective;
    result.means = mean_arms(sample.cost, sample.effect);
    result.incremental = incremental_table(result.means);
    for (const CostAndEffect& arm : result.means) {
        result.break_even.push_back(break_even(arm, result.means[sample.reference]));
    }
    result.plane = plane_shares(matrix.fitted, sample.reference);
    result.source = matrix.source;
    if (!choices.grid) return result;
    const std::vector<double> grid = choices.grid(result.means);
    result.curves = curves(matrix.fitted, grid, choices.threads);
    const bool has_noise = matrix.source == MeanSource::regression || matrix.source == MeanSource::few_draws;
    result.naive_evpi =
        perfect_information(has_noise ? curves(matrix.observed, grid, choices.threads) : result.curves);
    return result;
}

}  // namespace vfm::decision
