#include "vfm/core/ticks.hpp"

#include <gtest/gtest.h>

namespace vfm {
namespace {

TEST(Ticks, ADayIsTwoToTheTwentyTicks) {
    EXPECT_EQ(ticks_from_days(1), 1048576);
    EXPECT_EQ(days_from_ticks(ticks_per_day), 1.0);
}

TEST(Ticks, DaysAreRoundedDownAlsoBelowZero) {
    EXPECT_EQ(ticks_from_days(1.5 * days_per_tick), 1);
    EXPECT_EQ(ticks_from_days(-1.5 * days_per_tick), -2);
    EXPECT_EQ(ticks_from_days(-1), -ticks_per_day);
    EXPECT_EQ(ticks_from_days(0), 0);
}

TEST(Ticks, EveryTickComesBackExactly) {
    for (Ticks ticks = -5; ticks < 5; ++ticks) EXPECT_EQ(ticks_from_days(days_from_ticks(ticks)), ticks);
    const Ticks a_century = 36525 * ticks_per_day + 1;
    EXPECT_EQ(ticks_from_days(days_from_ticks(a_century)), a_century);
}

}  // namespace
}  // namespace vfm
