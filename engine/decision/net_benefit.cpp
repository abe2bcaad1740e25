#include "vfm/decision/net_benefit.hpp"

#include "vfm/core/contract.hpp"

#include <algorithm>

namespace vfm::decision {

namespace {

/// The field of the plane that a difference in cost and effect falls into.
double PlaneShares::*field(double cost, double effect) {
    if (cost == 0 || effect == 0) return &PlaneShares::on_an_axis;
    if (effect > 0) return cost > 0 ? &PlaneShares::dearer_better : &PlaneShares::cheaper_better;
    return cost > 0 ? &PlaneShares::dearer_worse : &PlaneShares::cheaper_worse;
}

}  // namespace

NetBenefit net_benefit(const Sample& cost, const Sample& effect, double threshold, std::size_t reference) {
    VFM_EXPECT(cost.values.size() == effect.values.size() && reference < cost.arms);
    std::vector<Quantity> quantities;
    std::vector<double> by_draw;
    for (std::size_t arm = 0; arm < cost.arms; ++arm) {
        std::vector<double> cells(effect.arm(arm).begin(), effect.arm(arm).end());
        for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = threshold * cells[i] - cost.arm(arm)[i];
        quantities.push_back(mean_of(cells, cost.draws, cost.replications));
        const std::vector<double> draws = quantities.back().draw_values();
        by_draw.insert(by_draw.end(), draws.begin(), draws.end());
    }
    const std::vector<double> shares = probability_best(by_draw, cost.arms, cost.draws);
    NetBenefit result{.threshold = threshold, .arms = {}, .best = 0};
    for (std::size_t arm = 0; arm < cost.arms; ++arm) {
        result.arms.push_back({.value = estimate(quantities[arm]),
                               .difference = estimate(difference(quantities[arm], quantities[reference])),
                               .probability_best = shares[arm]});
        if (quantities[arm].value > quantities[result.best].value) result.best = arm;
    }
    return result;
}

std::vector<double> probability_best(std::span<const double> values, std::size_t arms, std::size_t draws) {
    VFM_EXPECT(values.size() == arms * draws);
    std::vector<double> shares(arms, 0.0);
    for (std::size_t draw = 0; draw < draws; ++draw) {
        double highest = values[draw];
        for (std::size_t arm = 1; arm < arms; ++arm) highest = std::max(highest, values[arm * draws + draw]);
        double tied = 0;
        for (std::size_t arm = 0; arm < arms; ++arm) tied += values[arm * draws + draw] == highest ? 1 : 0;
        for (std::size_t arm = 0; arm < arms; ++arm) {
            if (values[arm * draws + draw] == highest) shares[arm] += 1 / tied;
        }
    }
    for (double& share : shares) share /= static_cast<double>(draws);
    return shares;
}

std::vector<PlaneShares> plane_shares(const MeanSample& means, std::size_t reference) {
    const std::span<const double> reference_costs = means.arm_cost(reference);
    const std::span<const double> reference_effects = means.arm_effect(reference);
    std::vector<PlaneShares> result(means.arms);
    for (std::size_t arm = 0; arm < means.arms; ++arm) {
        const std::span<const double> costs = means.arm_cost(arm);
        const std::span<const double> effects = means.arm_effect(arm);
        for (std::size_t draw = 0; draw < means.draws; ++draw) {
            result[arm].*
                field(costs[draw] - reference_costs[draw], effects[draw] - reference_effects[draw]) += 1;
        }
        for (const auto share :
             {&PlaneShares::dearer_better, &PlaneShares::cheaper_better, &PlaneShares::cheaper_worse,
              &PlaneShares::dearer_worse, &PlaneShares::on_an_axis}) {
            result[arm].*share /= static_cast<double>(means.draws);
        }
    }
    return result;
}

}  // namespace vfm::decision
