#include "vfm/core/fixed_point.hpp"

#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace vfm {
namespace {

TEST(FixedPoint, RoundsToTheNearestUnitHalvesAwayFromZero) {
    EXPECT_EQ(to_fixed(1), 1048576);
    EXPECT_EQ(to_fixed(0.5 / fixed_one), 1);
    EXPECT_EQ(to_fixed(-0.5 / fixed_one), -1);
    EXPECT_EQ(to_fixed(0.49 / fixed_one), 0);
    EXPECT_EQ(from_fixed(to_fixed(-3.25)), -3.25);
}

TEST(FixedPoint, SumsAreTheSameInAnyOrder) {
    std::vector<Fixed> amounts;
    for (int i = 1; i <= 1000; ++i) amounts.push_back(to_fixed(1.0 / i - 0.01 * i));
    const Fixed forwards = std::accumulate(amounts.begin(), amounts.end(), Fixed{0});
    const Fixed backwards = std::accumulate(amounts.rbegin(), amounts.rend(), Fixed{0});
    EXPECT_EQ(forwards, backwards);
}

TEST(FixedPoint, HoldsTheLargestTotalsOfAUnit) {
    // 2^22 families, the most an area can have, of half a million pounds each.
    const double largest = 4194304.0 * 500000.0;
    EXPECT_EQ(from_fixed(to_fixed(largest)), largest);
}

}  // namespace
}  // namespace vfm
