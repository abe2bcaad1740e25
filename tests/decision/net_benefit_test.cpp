#include "vfm/decision/net_benefit.hpp"

#include <random>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;

TEST(NetBenefit, is_the_threshold_times_the_effect_less_the_cost) {
    const std::vector<double> costs = {10, 20, 30, 40};
    const std::vector<double> effects = {1, 2, 4, 6};
    const NetBenefit found = net_benefit({2, 2, 1, costs}, {2, 2, 1, effects}, 100, 0);
    EXPECT_DOUBLE_EQ(found.arms[0].value.value, 135);
    EXPECT_DOUBLE_EQ(found.arms[1].value.value, 465);
    EXPECT_DOUBLE_EQ(found.arms[1].difference.value, 330);
    EXPECT_EQ(found.arms[0].difference.value, 0);
    EXPECT_EQ(found.best, 1U);
}

TEST(NetBenefit, an_arm_equal_to_the_reference_differs_by_exactly_zero_and_the_first_is_the_decision) {
    const std::vector<double> costs = {0.1, 0.7, 0.3, 0.9, 0.1, 0.7, 0.3, 0.9};
    const std::vector<double> effects = {0.7, 0.11, 0.13, 0.17, 0.7, 0.11, 0.13, 0.17};
    const NetBenefit found = net_benefit({2, 2, 2, costs}, {2, 2, 2, effects}, 12345.678, 1);
    const Estimate& zero = found.arms[0].difference;
    EXPECT_EQ(zero.value, 0);
    EXPECT_EQ(zero.monte_carlo->interval.low, 0);
    EXPECT_EQ(zero.monte_carlo->interval.high, 0);
    EXPECT_EQ(zero.parameter.interval->low, 0);
    EXPECT_EQ(zero.parameter.interval->high, 0);
    EXPECT_EQ(found.best, 0U);
    EXPECT_EQ(found.arms[0].probability_best, 0.5);
    EXPECT_EQ(found.arms[1].probability_best, 0.5);
}

TEST(NetBenefit, common_luck_cancels_in_the_difference) {
    // Both arms share large noise and differ by 1 in every unit: the paired difference has no error at all.
    std::mt19937_64 engine(1);
    std::normal_distribution<double> noise(0, 1024);
    std::vector<double> costs(200);
    for (std::size_t i = 0; i < 100; ++i) costs[i] = std::floor(noise(engine));
    for (std::size_t i = 0; i < 100; ++i) costs[100 + i] = costs[i] - 1;
    const std::vector<double> effects(200, 0.0);
    const NetBenefit found = net_benefit({2, 50, 2, costs}, {2, 50, 2, effects}, 1, 0);
    EXPECT_DOUBLE_EQ(found.arms[1].difference.value, 1);
    EXPECT_NEAR(found.arms[1].difference.monte_carlo->standard_error, 0, 1e-12);
    EXPECT_GT(found.arms[1].value.monte_carlo->standard_error, 10);
    EXPECT_EQ(found.arms[1].probability_best, 1);
}

TEST(ProbabilityBest, is_of_being_the_best_of_all) {
    // Draw by draw the winners are arm 0, arm 1, arm 1, arm 2.
    EXPECT_THAT(probability_best(std::vector{9.0, 1.0, 1.0, 0.0,  //
                                             5.0, 2.0, 7.0, 0.0,  //
                                             1.0, 0.0, 6.0, 3.0},
                                 3, 4),
                ElementsAre(0.25, 0.5, 0.25));
}

TEST(ProbabilityBest, exact_ties_share_and_near_ties_do_not) {
    const double above = std::nextafter(1.0, 2.0);
    const std::vector<double> shares = probability_best(std::vector{1.0, 1.0, 1.0,  //
                                                                    1.0, above, 0.0, 1.0, 1.0, 1.0},
                                                        3, 3);
    EXPECT_THAT(shares, ElementsAre(DoubleEq((1.0 / 3 + 0.5) / 3), DoubleEq((1.0 / 3 + 1) / 3),
                                    DoubleEq((1.0 / 3 + 0.5) / 3)));
}

TEST(ProbabilityBest, adds_up_to_one_and_agrees_with_counting) {
    std::mt19937_64 engine(2);
    std::uniform_int_distribution<int> few(0, 3);
    const std::size_t arms = 5;
    const std::size_t draws = 240;
    std::vector<double> values(arms * draws);
    for (double& value : values) value = few(engine);
    std::vector<double> expected(arms, 0.0);
    for (std::size_t draw = 0; draw < draws; ++draw) {
        std::vector<std::size_t> winners;
        for (std::size_t arm = 0; arm < arms; ++arm) {
            bool best = true;
            for (std::size_t other = 0; other < arms; ++other) {
                best = best && values[arm * draws + draw] >= values[other * draws + draw];
            }
            if (best) winners.push_back(arm);
        }
        for (const std::size_t arm : winners) {
            expected[arm] += 1.0 / static_cast<double>(winners.size() * draws);
        }
    }
    const std::vector<double> found = probability_best(values, arms, draws);
    double sum = 0;
    for (std::size_t arm = 0; arm < arms; ++arm) {
        EXPECT_NEAR(found[arm], expected[arm], 1e-12);
        sum += found[arm];
    }
    EXPECT_NEAR(sum, 1, 1e-12);
}

TEST(PlaneShares, every_draw_falls_in_one_quadrant_or_on_an_axis) {
    const std::vector<double> costs = {5, 5, 5, 5, 5, 5, 6, 4, 4, 6, 5, 6};
    const std::vector<double> effects = {1, 1, 1, 1, 1, 1, 2, 2, 0, 0, 1, 1};
    const std::vector<PlaneShares> shares = plane_shares({2, 6, costs, effects}, 0);
    EXPECT_DOUBLE_EQ(shares[1].dearer_better, 1.0 / 6);
    EXPECT_DOUBLE_EQ(shares[1].cheaper_better, 1.0 / 6);
    EXPECT_DOUBLE_EQ(shares[1].cheaper_worse, 1.0 / 6);
    EXPECT_DOUBLE_EQ(shares[1].dearer_worse, 1.0 / 6);
    EXPECT_DOUBLE_EQ(shares[1].on_an_axis, 2.0 / 6);
    EXPECT_EQ(shares[0].on_an_axis, 1);
}

}  // namespace
}  // namespace vfm::decision
