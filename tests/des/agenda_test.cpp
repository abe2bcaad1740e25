#include "vfm/des/agenda.hpp"

#include <map>
#include <random>

#include <gtest/gtest.h>

namespace vfm::des {
namespace {

TEST(Agenda, a_case_is_heard_at_the_first_meeting_that_is_not_before_it) {
    Agenda agenda(3, 10, 5);
    EXPECT_EQ(agenda.admit(0), 3);
    EXPECT_EQ(agenda.admit(3), 3);  // ready on the day is soon enough
    EXPECT_EQ(agenda.admit(4), 13);
    EXPECT_EQ(agenda.admit(13), 13);
    EXPECT_EQ(agenda.admit(94), 103);
}

TEST(Agenda, who_finds_the_meeting_full_is_heard_at_the_next) {
    Agenda agenda(0, 10, 2);
    EXPECT_EQ(agenda.admit(1), 10);
    EXPECT_EQ(agenda.admit(1), 10);
    EXPECT_EQ(agenda.admit(2), 20);
    EXPECT_EQ(agenda.admit(3), 20);
    EXPECT_EQ(agenda.admit(4), 30);
    EXPECT_EQ(agenda.admit(12), 30);  // its own first meeting, of 20, is full already
    EXPECT_EQ(agenda.admit(35), 40);
}

TEST(Agenda, one_place_at_every_tick_hears_everybody_at_once) {
    Agenda agenda(0, 1, 1000);
    for (Ticks now = 0; now < 100; ++now) EXPECT_EQ(agenda.admit(now), now);
}

// The slow version keeps a list of every meeting and looks for the first with a place, from the first on.
TEST(Agenda, agrees_with_a_list_of_all_meetings) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        std::mt19937_64 random(seed);
        const auto period = static_cast<Ticks>(1 + random() % 30);
        const auto phase = static_cast<Ticks>(random() % static_cast<std::uint64_t>(period));
        const auto places = static_cast<std::uint32_t>(1 + random() % 4);
        Agenda agenda(phase, period, places);
        std::map<Ticks, std::uint32_t> taken;
        Ticks now = 0;
        Ticks heard_before = 0;
        for (int i = 0; i < 2000; ++i) {
            now += static_cast<Ticks>(random() % 12);
            Ticks meeting = phase;
            while (meeting < now || taken[meeting] == places) meeting += period;
            ++taken[meeting];
            const Ticks heard = agenda.admit(now);
            ASSERT_EQ(heard, meeting) << "seed " << seed << ", case " << i;
            ASSERT_GE(heard, heard_before) << "not first come, first served";
            heard_before = heard;
        }
    }
}

#ifdef VFM_CHECKED
TEST(Agenda, needs_a_period_and_places) {
    EXPECT_THROW(Agenda(0, 0, 1), ContractViolation);
    EXPECT_THROW(Agenda(-1, 1, 1), ContractViolation);
    EXPECT_THROW(Agenda(0, 1, 0), ContractViolation);
}
#endif

}  // namespace
}  // namespace vfm::des
