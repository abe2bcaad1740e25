#include "vfm/decision/curves.hpp"

#include "vfm/decision/net_benefit.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

/// Numbers between 0 and 1 that look random: the top bits of a 64-bit linear congruential generator.
class Numbers {
  public:
    double next() {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return static_cast<double>(state_ >> 11U) * 0x1p-53;
    }

  private:
    std::uint64_t state_ = 20140901;
};

MeanSample random_sample(std::size_t arms, std::size_t draws) {
    Numbers numbers;
    MeanSample sample{.arms = arms, .draws = draws, .cost = {}, .effect = {}};
    for (std::size_t i = 0; i < arms * draws; ++i) {
        sample.cost.push_back(1000 * numbers.next());
        sample.effect.push_back(numbers.next());
    }
    return sample;
}

TEST(Curves, two_arms_in_four_draws_by_hand) {
    // Against arm 0 (nothing), arm 1 costs 10 and achieves 1, 2, 4 and -1: worth it above 10, 5, 2.5, never.
    const MeanSample sample{
        .arms = 2, .draws = 4, .cost = {0, 0, 0, 0, 10, 10, 10, 10}, .effect = {0, 0, 0, 0, 1, 2, 4, -1}};
    const std::vector<double> thresholds = {0, 4, 8, 20};
    const Curves found = curves(sample, thresholds);
    EXPECT_THAT(found.probability_best, ElementsAre(1, 0, 0.75, 0.25, 0.5, 0.5, 0.25, 0.75));
    EXPECT_THAT(found.expected_net_benefit, ElementsAre(0, -10, 0, -4, 0, 2, 0, 20));
    // At 8: arm 1 is worth -2, 6, 22, -18. Arm 0 loses (6 + 22) / 4, arm 1 loses (2 + 18) / 4.
    EXPECT_THAT(found.expected_loss, ElementsAre(0, 10, 1.5, 5.5, 7, 5, 27.5, 7.5));
    EXPECT_THAT(found.best, ElementsAre(0, 0, 1, 1));
    EXPECT_EQ(found.frontier(2), 0.5);
    EXPECT_EQ(found.frontier(1), 0.75);
    EXPECT_EQ(found.perfect_information(2), 5);
    EXPECT_EQ(found.perfect_information(0), 0);
}

TEST(Curves, best_on_average_need_not_be_likeliest_to_be_best) {
    const MeanSample sample{.arms = 2, .draws = 3, .cost = {0, 0, 0, 0, 0, 0}, .effect = {1, 1, 1, 0, 0, 9}};
    const Curves found = curves(sample, std::vector<double>{1});
    EXPECT_EQ(found.best[0], 1U);
    EXPECT_NEAR(found.frontier(0), 1.0 / 3, 1e-15);
}

TEST(Curves, exact_ties_share_and_the_decision_takes_the_first) {
    const MeanSample sample{.arms = 3, .draws = 2, .cost = {0, 0, 5, 5, 5, 5}, .effect = {0, 0, 1, 1, 1, 1}};
    const Curves found = curves(sample, std::vector<double>{5, 6, 4});
    EXPECT_THAT(found.probability_best, ElementsAre(DoubleNear(1.0 / 3, 1e-15), DoubleNear(1.0 / 3, 1e-15),
                                                    DoubleNear(1.0 / 3, 1e-15), 0, 0.5, 0.5, 1, 0, 0));
    EXPECT_THAT(found.best, ElementsAre(0, 1, 0));
}

TEST(Curves, near_ties_do_not_share) {
    const MeanSample sample{.arms = 2, .draws = 1, .cost = {0, 0}, .effect = {1, 1 + 0x1p-52}};
    EXPECT_THAT(curves(sample, std::vector<double>{1}).probability_best, ElementsAre(0, 1));
}

TEST(Curves, one_arm_is_always_the_best_and_loses_nothing) {
    const Curves found = curves(random_sample(1, 700), std::vector<double>{0, 100});
    EXPECT_THAT(found.probability_best, ElementsAre(1, 1));
    EXPECT_THAT(found.expected_loss, ElementsAre(0, 0));
}

TEST(Curves, the_least_expected_loss_is_the_value_of_perfect_information) {
    // From its own definition: the mean of the draws' best less the best of the means.
    const MeanSample sample = random_sample(5, 1000);
    const std::vector<double> thresholds = {0, 300, 1000, 5000};
    const Curves found = curves(sample, thresholds);
    for (std::size_t i = 0; i < thresholds.size(); ++i) {
        double mean_of_best = 0;
        std::vector<double> means(5, 0.0);
        for (std::size_t draw = 0; draw < 1000; ++draw) {
            double best = -1e300;
            for (std::size_t arm = 0; arm < 5; ++arm) {
                const std::size_t cell = arm * 1000 + draw;
                const double value = thresholds[i] * sample.effect[cell] - sample.cost[cell];
                best = std::max(best, value);
                means[arm] += value / 1000;
            }
            mean_of_best += best / 1000;
        }
        const double best_mean = *std::max_element(means.begin(), means.end());
        EXPECT_NEAR(found.perfect_information(i), mean_of_best - best_mean, 1e-9);
        EXPECT_NEAR(means[found.best[i]], best_mean, 1e-9);
    }
}

TEST(Curves, agree_with_counting_draws_for_any_number_of_them) {
    for (const std::size_t draws :
         {std::size_t{1}, std::size_t{255}, std::size_t{256}, std::size_t{257}, std::size_t{1025}}) {
        const MeanSample sample = random_sample(4, draws);
        const Curves found = curves(sample, std::vector<double>{750});
        std::vector<double> values(4 * draws);
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = 750 * sample.effect[i] - sample.cost[i];
        const std::vector<double> shares = probability_best(values, 4, draws);
        for (std::size_t arm = 0; arm < 4; ++arm) {
            EXPECT_NEAR(found.probability_best[arm], shares[arm], 1e-12) << draws;
            EXPECT_GE(found.expected_loss[arm], 0);
        }
        EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-12);
    }
}

TEST(Curves, are_the_same_bits_for_any_number_of_threads) {
    const MeanSample sample = random_sample(4, 1500);
    std::vector<double> thresholds(50);
    std::iota(thresholds.begin(), thresholds.end(), 0.0);
    const Curves one = curves(sample, thresholds, 1);
    for (const unsigned threads : {2U, 5U, 0U}) {
        const Curves many = curves(sample, thresholds, threads);
        EXPECT_EQ(many.probability_best, one.probability_best);
        EXPECT_EQ(many.expected_net_benefit, one.expected_net_benefit);
        EXPECT_EQ(many.expected_loss, one.expected_loss);
        EXPECT_EQ(many.best, one.best);
    }
}

TEST(Curves, over_no_thresholds_are_empty) {
    EXPECT_TRUE(curves(random_sample(2, 3), {}).best.empty());
}

}  // namespace
}  // namespace vfm::decision
