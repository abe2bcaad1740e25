#include "vfm/decision/curves.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/core/parallel_for.hpp"

#include <algorithm>
#include <array>

namespace vfm::decision {

namespace {

constexpr std::size_t draws_at_once = 256;  ///< their net benefits stay in the cache
constexpr std::size_t chain = 8;            ///< independent sums, so that additions overlap
constexpr std::size_t thresholds_a_turn = 8;

/// Sums of an arm over draws, eight side by side in the order of draws: the same on every machine.
class LaneSum {
  public:
    void add(std::size_t place, double value) { lanes_[place % chain] += value; }
    [[nodiscard]] double total() const {
        double sum = 0;
        for (const double lane : lanes_) sum += lane;
        return sum;
    }

  private:
    std::array<double, chain> lanes_{};
};

/// The sums of one threshold.
struct Sums {
    std::vector<LaneSum> net_benefit;
    std::vector<LaneSum> loss;
    std::vector<LaneSum> best;

    explicit Sums(std::size_t arms) : net_benefit(arms), loss(arms), best(arms) {}
};

/// Adds a block of draws; `values` has room for arm x block.
void add_block(const MeanSample& means, double threshold, std::size_t first, std::size_t count,
               std::vector<double>& values, Sums& sums) {
    std::array<double, draws_at_once> highest{};
    std::array<double, draws_at_once> share{};
    for (std::size_t arm = 0; arm < means.arms; ++arm) {
        const double* cost = means.cost.data() + arm * means.draws + first;
        const double* effect = means.effect.data() + arm * means.draws + first;
        double* value = values.data() + arm * draws_at_once;
        for (std::size_t i = 0; i < count; ++i) value[i] = threshold * effect[i] - cost[i];
        for (std::size_t i = 0; i < count; ++i) {
            highest[i] = arm == 0 || value[i] > highest[i] ? value[i] : highest[i];
        }
    }
    for (std::size_t arm = 0; arm < means.arms; ++arm) {
        const double* value = values.data() + arm * draws_at_once;
        for (std::size_t i = 0; i < count; ++i) share[i] += value[i] == highest[i] ? 1.0 : 0.0;
    }
    for (std::size_t i = 0; i < count; ++i) share[i] = 1 / share[i];
    for (std::size_t arm = 0; arm < means.arms; ++arm) {
        const double* value = values.data() + arm * draws_at_once;
        LaneSum net_benefit = sums.net_benefit[arm];
        LaneSum loss = sums.loss[arm];
        LaneSum best = sums.best[arm];
        for (std::size_t i = 0; i < count; ++i) {
            net_benefit.add(i, value[i]);
            loss.add(i, highest[i] - value[i]);
            best.add(i, value[i] == highest[i] ? share[i] : 0.0);
        }
        sums.net_benefit[arm] = net_benefit;
        sums.loss[arm] = loss;
        sums.best[arm] = best;
    }
}

void fill_threshold(const MeanSample& means, std::size_t index, Curves& curves) {
    Sums sums(means.arms);
    std::vector<double> values(means.arms * draws_at_once);
    for (std::size_t first = 0; first < means.draws; first += draws_at_once) {
        add_block(means, curves.thresholds[index], first, std::min(draws_at_once, means.draws - first),
                  values, sums);
    }
    const auto draws = static_cast<double>(means.draws);
    for (std::size_t arm = 0; arm < means.arms; ++arm) {
        const std::size_t at = curves.at(index, arm);
        curves.probability_best[at] = sums.best[arm].total() / draws;
        curves.expected_net_benefit[at] = sums.net_benefit[arm].total() / draws;
        curves.expected_loss[at] = sums.loss[arm].total() / draws;
    }
    const double* loss = curves.expected_loss.data() + curves.at(index, 0);
    curves.best[index] = static_cast<std::size_t>(std::min_element(loss, loss + means.arms) - loss);
}

}  // namespace

Curves curves(const MeanSample& means, std::span<const double> thresholds, unsigned threads) {
    VFM_EXPECT(means.arms > 0 && means.draws > 0);
    VFM_EXPECT(means.cost.size() == means.arms * means.draws && means.effect.size() == means.cost.size());
    Curves result;
    result.thresholds.assign(thresholds.begin(), thresholds.end());
    result.arms = means.arms;
    result.probability_best.resize(thresholds.size() * means.arms);
    result.expected_net_benefit.resize(thresholds.size() * means.arms);
    result.expected_loss.resize(thresholds.size() * means.arms);
    result.best.resize(thresholds.size());
    const std::size_t turns = (thresholds.size() + thresholds_a_turn - 1) / thresholds_a_turn;
    parallel_for(turns, threads, [&](std::uint64_t turn, unsigned) {
        const std::size_t end = std::min((turn + 1) * thresholds_a_turn, thresholds.size());
        for (std::size_t index = turn * thresholds_a_turn; index < end; ++index) {
            fill_threshold(means, index, result);
        }
    });
    return result;
}

}  // namespace vfm::decision
