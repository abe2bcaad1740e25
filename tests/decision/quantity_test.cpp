#include "vfm/decision/quantity.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

TEST(Quantity, a_mean_is_over_all_draws_and_replications) {
    const Quantity mean = mean_of(std::vector{1.0, 3.0, 10.0, 2.0, 0.0, 8.0}, 3, 2);
    EXPECT_DOUBLE_EQ(mean.value, 4);
    EXPECT_THAT(mean.draw_values(), ElementsAre(2, 6, 4));
}

TEST(Quantity, a_mean_leaves_missing_cells_out) {
    const Quantity mean = mean_of(std::vector{1.0, missing, missing, missing, 4.0, 7.0}, 3, 2);
    EXPECT_DOUBLE_EQ(mean.value, 4);
    const std::vector<double> draws = mean.draw_values();
    EXPECT_DOUBLE_EQ(draws[0], 1);
    EXPECT_TRUE(std::isnan(draws[1]));
    EXPECT_DOUBLE_EQ(draws[2], 5.5);
}

TEST(Quantity, a_ratio_is_of_sums_and_not_a_mean_of_ratios) {
    // 1 of 2 and 1 of 8: the share is 2 of 10, while the mean of the two shares would be 0.3125.
    const Quantity share = ratio_of(std::vector{1.0, 1.0}, std::vector{2.0, 8.0}, 1, 2);
    EXPECT_DOUBLE_EQ(share.value, 0.2);
    EXPECT_THAT(share.draw_values(), ElementsAre(DoubleEq(0.2)));
}

TEST(Quantity, each_draw_of_a_ratio_is_the_ratio_of_its_own_sums) {
    const Quantity share = ratio_of(std::vector{1.0, 2.0, 3.0, 3.0}, std::vector{2.0, 4.0, 4.0, 8.0}, 2, 2);
    EXPECT_DOUBLE_EQ(share.value, 0.5);
    EXPECT_THAT(share.draw_values(), ElementsAre(DoubleEq(0.5), DoubleEq(0.5)));
}

TEST(Quantity, an_empty_denominator_is_missing_and_not_zero) {
    const Quantity nobody = ratio_of(std::vector{0.0, 0.0}, std::vector{0.0, 0.0}, 2, 1);
    EXPECT_TRUE(std::isnan(nobody.value));
    const Quantity some = ratio_of(std::vector{0.0, 3.0}, std::vector{0.0, 4.0}, 2, 1);
    EXPECT_DOUBLE_EQ(some.value, 0.75);
    EXPECT_TRUE(std::isnan(some.draw_values()[0]));
    EXPECT_DOUBLE_EQ(some.draw_values()[1], 0.75);
}

TEST(Quantity, the_influence_of_a_cell_is_what_leaving_it_out_moves_the_ratio_by) {
    // The jackknife, worked the slow way: with n cells, leaving cell i out moves a smooth ratio by -influence
    // / (n - 1) times (mean denominator) / (mean denominator without i).
    const std::vector<double> top = {3, 5, 2, 8, 4, 6};
    const std::vector<double> bottom = {5, 9, 6, 10, 7, 8};
    const Quantity ratio = ratio_of(top, bottom, 6, 1);
    for (std::size_t out = 0; out < top.size(); ++out) {
        double above = 0;
        double below = 0;
        for (std::size_t i = 0; i < top.size(); ++i) {
            if (i == out) continue;
            above += top[i];
            below += bottom[i];
        }
        EXPECT_NEAR(above / below - ratio.value, -ratio.influence[out] * 45 / 6 / below, 1e-12);
    }
}

TEST(Quantity, equal_numbers_differ_by_exactly_zero) {
    const std::vector<double> top = {0.1, 0.7, 0.30000000000000004, 1e-9, 12345.678, 3.3};
    const std::vector<double> bottom = {0.3, 0.9, 0.7, 1.1, 1e5, 7.7};
    const Quantity zero = difference(ratio_of(top, bottom, 3, 2), ratio_of(top, bottom, 3, 2));
    EXPECT_EQ(zero.value, 0);
    EXPECT_THAT(zero.within_draws, testing::Each(0.0));
    EXPECT_THAT(zero.influence, testing::Each(0.0));
}

TEST(Quantity, a_difference_pairs_draws) {
    const Quantity arm = mean_of(std::vector{5.0, 15.0, 25.0}, 3, 1);
    const Quantity reference = mean_of(std::vector{4.0, 14.0, 24.0}, 3, 1);
    const Quantity gain = difference(arm, reference);
    EXPECT_DOUBLE_EQ(gain.value, 1);
    EXPECT_THAT(gain.draw_values(), ElementsAre(1, 1, 1));
}

}  // namespace
}  // namespace vfm::decision
