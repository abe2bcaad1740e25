#include "vfm/decision/access_gaps.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

/// Two arms, two draws, one replication, two groups.
struct Example {
    std::vector<double> families = {10, 20, 10, 20};
    std::vector<double> families_by_group = {4, 0, 6, 0, 4, 0, 6, 0};
    std::vector<double> users = {5, 10, 6, 11};
    std::vector<double> users_by_group = {1, 0, 2, 0, 2, 0, 3, 0};

    [[nodiscard]] std::vector<AccessGap> gaps(std::size_t group) const {
        return access_gaps({{2, 2, 1, users}, users_by_group, 2}, {{2, 2, 1, families}, families_by_group, 2},
                           group);
    }
};

TEST(AccessGaps, both_levels_are_ratios_of_sums_and_the_gap_is_their_difference) {
    const std::vector<AccessGap> gaps = Example().gaps(0);
    // In the group 3 users of 10 families; in the rest 12 of 20.
    EXPECT_DOUBLE_EQ(gaps[0].group.value, 0.3);
    EXPECT_DOUBLE_EQ(gaps[0].rest.value, 0.6);
    EXPECT_DOUBLE_EQ(gaps[0].gap.value, -0.3);
    EXPECT_DOUBLE_EQ(gaps[1].group.value, 0.5);
    EXPECT_DOUBLE_EQ(gaps[1].rest.value, 0.6);
}

TEST(AccessGaps, draws_pair_group_and_rest) {
    const std::vector<double> draws = Example().gaps(0)[0].gap.draw_values();
    EXPECT_NEAR(draws[0], 1.0 / 4 - 4.0 / 6, 1e-15);
    EXPECT_NEAR(draws[1], 2.0 / 6 - 8.0 / 14, 1e-15);
}

TEST(AccessGaps, a_group_with_no_families_is_missing) {
    const std::vector<AccessGap> gaps = Example().gaps(1);
    EXPECT_TRUE(std::isnan(gaps[0].group.value));
    EXPECT_DOUBLE_EQ(gaps[0].rest.value, 0.5);
    EXPECT_TRUE(std::isnan(gaps[0].gap.value));
}

}  // namespace
}  // namespace vfm::decision
