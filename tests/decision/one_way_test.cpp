// Tornado bars and switching values on lines whose answers are known.
#include "vfm/decision/one_way.hpp"

#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

/// Three arms over a price x from 0 to 10, base 4: costs 0, 10 x and 18 + 4 x; effects 0, 6 and 7; with noise
/// that is the same at every point, as keys reused make it. At 10 a unit: 0, 60 - 10 x, 52 - 4 x.
OneWayResults priced(double noise = 0, std::size_t replications = 2, unsigned seed = 1) {
    OneWayResults line{
        .values = {0, 4, 10}, .base = 1, .arms = 3, .replications = replications, .cost = {}, .effect = {}};
    std::mt19937_64 engine(seed);
    std::normal_distribution<double> normal(0, noise > 0 ? noise : 1);
    std::vector<double> shared(3 * replications, 0.0);
    if (noise > 0) {
        for (double& one : shared) one = normal(engine);
    }
    for (const double x : line.values) {
        const double costs[] = {0, 10 * x, 18 + 4 * x};
        const double effects[] = {0, 6, 7};
        for (std::size_t arm = 0; arm < 3; ++arm) {
            for (std::size_t r = 0; r < replications; ++r) {
                line.cost.push_back(costs[arm] + shared[arm * replications + r]);
                line.effect.push_back(effects[arm]);
            }
        }
    }
    return line;
}

TEST(OneWay, a_bar_is_the_change_of_the_contrast_and_the_luck_that_points_share_cancels) {
    const OneWayResults line = priced(5, 8);
    const Contrast contrast{.arm = 1, .other = 0, .threshold = 10};
    const PairedMean low = change_from_base(line, 0, contrast);
    EXPECT_NEAR(low.value, 40, 1e-12);
    EXPECT_NEAR(low.standard_error, 0, 1e-12);
    EXPECT_NEAR(change_from_base(line, 2, contrast).value, -60, 1e-12);
    EXPECT_EQ(change_from_base(line, 1, contrast).value, 0);
    const PairedMean level = contrast_at(line, 1, contrast);
    EXPECT_NEAR(level.value, 20, 4 * level.standard_error);
    EXPECT_GT(level.standard_error, 0.5);
    EXPECT_TRUE(std::isnan(contrast_at(priced(0, 1), 1, contrast).standard_error));
}

TEST(OneWay, switching_values_of_linear_net_benefits_are_exact) {
    const OneWayResults line = priced();
    const Contrast contrast{.arm = 1, .other = 0, .threshold = 10};
    const auto above = sign_change(line, contrast, Side::above);
    ASSERT_TRUE(above);
    EXPECT_NEAR(above->value, 6, 1e-12);
    EXPECT_EQ(above->from, 1U);
    EXPECT_EQ(above->to, 0U);
    EXPECT_NEAR(above->interval.low, 6, 1e-9);
    EXPECT_NEAR(above->interval.high, 6, 1e-9);
    EXPECT_FALSE(sign_change(line, contrast, Side::below));
    // The other way round the same value, and the preferred arm is still the first named.
    const auto turned = sign_change(line, {.arm = 0, .other = 1, .threshold = 10}, Side::above);
    ASSERT_TRUE(turned);
    EXPECT_NEAR(turned->value, 6, 1e-12);
    EXPECT_EQ(turned->from, 1U);
}

TEST(OneWay, the_best_of_all_changes_where_the_first_rival_passes_it) {
    const OneWayResults line = priced();
    // At x = 4: 0, 20, 36. Below 4/3 arm 1 is better than arm 2; above 13 nobody is better than 0.
    EXPECT_EQ(best_arm(line, 1, 10), 2U);
    const auto below = best_arm_change(line, 10, Side::below);
    ASSERT_TRUE(below);
    EXPECT_NEAR(below->value, 4.0 / 3, 1e-12);
    EXPECT_EQ(below->from, 2U);
    EXPECT_EQ(below->to, 1U);
    EXPECT_FALSE(best_arm_change(line, 10, Side::above));
    const auto first = becomes_best(line, 1, 10, Side::below);
    ASSERT_TRUE(first);
    EXPECT_NEAR(first->value, 4.0 / 3, 1e-12);
    EXPECT_EQ(first->from, 2U);
    EXPECT_EQ(first->to, 1U);
    EXPECT_FALSE(becomes_best(line, 1, 10, Side::above));
    EXPECT_FALSE(becomes_best(line, 0, 10, Side::below));
    // At 5 a unit: 0, 30 - 10 x, 17 - 4 x; the last is the best from 13/6 to 17/4.
    const auto lost = best_arm_change(line, 5, Side::above);
    ASSERT_TRUE(lost);
    EXPECT_NEAR(lost->value, 4.25, 1e-12);
    EXPECT_EQ(lost->to, 0U);
}

TEST(OneWay, an_arm_that_must_pass_two_rivals_is_best_once_it_has_passed_the_second) {
    // Net benefits at 0 a unit: x - 6, 0 and 2 - x / 4: the first passes the second at 6 and the third
    // at 6.4.
    OneWayResults line{.values = {0, 8}, .base = 0, .arms = 3, .replications = 1, .cost = {}, .effect = {}};
    line.cost = {6, 0, -2, -2, 0, 0};
    line.effect.assign(6, 0.0);
    const auto found = becomes_best(line, 0, 0, Side::above);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->value, 6.4, 1e-12);
    EXPECT_EQ(found->from, 2U);
    EXPECT_TRUE(std::isnan(found->interval.low));
}

/// Net benefits at a threshold of 0 are minus these costs: a line over a parameter x of -1, 0 and 1, base 0,
/// in which arm 0 costs 5 throughout and the others `first` + x and `second` - x.
OneWayResults around_a_tie(double first, double second) {
    OneWayResults line{
        .values = {-1, 0, 1}, .base = 1, .arms = 3, .replications = 2, .cost = {}, .effect = {}};
    for (const double x : line.values) {
        for (const double cost : {5.0, first + x, second - x}) line.cost.insert(line.cost.end(), 2, cost);
    }
    line.effect.assign(line.cost.size(), 0);
    return line;
}

TEST(OneWay, of_arms_exactly_tied_at_the_base_the_one_that_takes_the_lead_passes_the_other) {
    // Arms 1 and 2 tie where x is 0; above, arm 2 is cheaper. Arm 0, which was never ahead, is not passed.
    const OneWayResults line = around_a_tie(1, 1);
    ASSERT_EQ(best_arm(line, line.base, 0), 1U);
    const auto above = becomes_best(line, 2, 0, Side::above);
    ASSERT_TRUE(above);
    EXPECT_EQ(above->value, 0);
    EXPECT_EQ(above->from, 1U);
    EXPECT_EQ(above->to, 2U);
    EXPECT_FALSE(becomes_best(line, 2, 0, Side::below));
    const auto lost = best_arm_change(line, 0, Side::above);
    ASSERT_TRUE(lost);
    EXPECT_EQ(lost->from, 1U);
    EXPECT_EQ(lost->to, 2U);
}

TEST(OneWay, an_arm_that_only_ties_with_the_best_never_becomes_it) {
    OneWayResults line = around_a_tie(1, 1);
    for (std::size_t point = 0; point < 3; ++point) {  // arm 2 costs what arm 1 does at every point
        for (std::size_t r = 0; r < 2; ++r) line.cost[point * 6 + 4 + r] = line.cost[point * 6 + 2 + r];
    }
    for (const Side side : {Side::below, Side::above}) {
        EXPECT_FALSE(becomes_best(line, 2, 0, side));
        EXPECT_FALSE(best_arm_change(line, 0, side));
    }
    // Arm 2 is two pounds dearer at the base and reaches arm 1, without passing it, where the line ends.
    EXPECT_FALSE(becomes_best(around_a_tie(1, 3), 2, 0, Side::above));
}

TEST(OneWay, the_interval_of_a_switching_value_covers_it_and_is_open_where_the_line_ends) {
    int covered = 0;
    constexpr int studies = 200;
    for (unsigned study = 0; study < studies; ++study) {
        const auto found =
            sign_change(priced(4, 6, study + 1), {.arm = 1, .other = 0, .threshold = 10}, Side::above);
        if (!found) continue;
        const bool from = std::isnan(found->interval.low) || found->interval.low <= 6;
        const bool to = std::isnan(found->interval.high) || found->interval.high >= 6;
        covered += from && to ? 1 : 0;
    }
    EXPECT_GT(covered, 0.95 * studies - 4 * std::sqrt(0.95 * 0.05 * studies));
    EXPECT_LT(covered, 0.95 * studies + 4 * std::sqrt(0.95 * 0.05 * studies));
    // With much noise the interval leaves the line, and then it has no end there.
    int open = 0;
    for (unsigned study = 0; study < 10; ++study) {
        const auto wide =
            sign_change(priced(15, 6, study + 1), {.arm = 1, .other = 0, .threshold = 10}, Side::above);
        if (wide) open += std::isnan(wide->interval.low) || std::isnan(wide->interval.high) ? 1 : 0;
    }
    EXPECT_GT(open, 0);
}

}  // namespace
}  // namespace vfm::decision
