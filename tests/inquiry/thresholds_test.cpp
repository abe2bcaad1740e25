#include "vfm/inquiry/thresholds.hpp"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::inquiry {
namespace {

using decision::CostAndEffect;
using testing::ElementsAre;

TEST(ThresholdGrid, is_drawn_over_ascending_thresholds_each_once) {
    EXPECT_THAT(in_order({3, 1, 3}), ElementsAre(1, 3));
}

TEST(ThresholdGrid, the_default_goes_from_0_to_a_round_number_above_the_largest_break_even_threshold) {
    // ICERs 10 and 7,468: a quarter above is 9,335.
    const std::vector<CostAndEffect> arms = {{0, 0}, {10, 1}, {7478, 2}};
    const std::vector<double> grid = default_grid(arms);
    ASSERT_EQ(grid.size(), 201U);
    EXPECT_EQ(grid.front(), 0);
    EXPECT_EQ(grid[1], 50);
    EXPECT_EQ(grid.back(), 10000);
    EXPECT_THAT(default_grid(std::vector<CostAndEffect>{{0, 0}, {1.6, 1}}, 3), ElementsAre(0, 1, 2));
    EXPECT_THAT(default_grid(std::vector<CostAndEffect>{{0, 0}, {16, 1}}, 3), ElementsAre(0, 10, 20));
    EXPECT_THAT(default_grid(std::vector<CostAndEffect>{{0, 0}, {4.1, 1}}, 2), ElementsAre(0, 10));
}

TEST(ThresholdGrid, where_one_arm_dominates_the_others_break_even_among_themselves) {
    const std::vector<CostAndEffect> arms = {{0, 5}, {10, 1}, {50, 2}};
    EXPECT_THAT(default_grid(arms, 2), ElementsAre(0, 50));
    EXPECT_THAT(default_grid(std::vector<CostAndEffect>{{0, 5}}, 2), ElementsAre(0, 1));
    EXPECT_THAT(default_grid(std::vector<CostAndEffect>{{0, 5}, {1, 4}}, 2), ElementsAre(0, 1));
    EXPECT_THAT(default_grid(std::vector<CostAndEffect>{{0, 0}, {1, 1e-300}}, 2), ElementsAre(0, 1));
}

}  // namespace
}  // namespace vfm::inquiry
