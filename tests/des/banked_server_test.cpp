#include "vfm/des/banked_server.hpp"

#include <algorithm>
#include <deque>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::des {
namespace {

constexpr Ticks week = 7 * ticks_per_day;

TEST(BankedServer, without_a_bank_it_is_lindleys_queue) {
    std::mt19937_64 random(1);
    std::exponential_distribution<double> gap(1.0 / 100);
    std::exponential_distribution<double> size(1.0 / 85);
    BankedServer server(0, 0);
    Ticks now = 0;
    Ticks wait = 0;  // W' = max(W + S - A, 0): Lindley 1952
    Ticks last_work = 0;
    for (int i = 0; i < 20000; ++i) {
        const auto since = static_cast<Ticks>(gap(random));
        const auto work = static_cast<Ticks>(size(random));
        now += since;
        wait = std::max<Ticks>(wait + last_work - since, 0);
        ASSERT_EQ(server.admit(now, work), now + wait + work) << "job " << i;
        last_work = work;
    }
}

// Hours accrue at 3 a week; a week's bank makes them one meeting that is over at once.
TEST(BankedServer, three_volunteer_hours_a_week_can_still_be_one_three_hour_meeting) {
    const Ticks three_hours = week;  // the accrual that three hours need
    BankedServer volunteer(0, week);
    EXPECT_EQ(volunteer.admit(10 * week, three_hours), 10 * week);
    EXPECT_EQ(volunteer.admit(10 * week, three_hours), 11 * week);  // the bank is spent
    EXPECT_EQ(volunteer.admit(12 * week, three_hours), 12 * week);
    BankedServer without_bank(0, 0);
    EXPECT_EQ(without_bank.admit(10 * week, three_hours), 11 * week);
}

TEST(BankedServer, starts_with_an_empty_bank_and_keeps_at_most_what_it_holds) {
    BankedServer server(100, 50);
    EXPECT_EQ(server.completion(100, 30), 130);
    EXPECT_EQ(server.completion(120, 30), 130);
    EXPECT_EQ(server.completion(130, 30), 130);
    EXPECT_EQ(server.completion(1000, 50), 1000);
    EXPECT_EQ(server.completion(1000, 51), 1001);
    EXPECT_EQ(server.completion(1000, 51), 1001) << "asking changes nothing";
    EXPECT_EQ(server.admit(1000, 51), 1001);
    EXPECT_EQ(server.completion(1001, 5), 1006);
}

/// Hours tick by tick: a bank that fills by one and is capped, and a queue of jobs that eat from it.
std::vector<Ticks> completions_in_small_steps(const std::vector<std::pair<Ticks, Ticks>>& jobs, Ticks bank) {
    std::vector<Ticks> done(jobs.size(), -1);
    std::deque<std::size_t> queue;
    std::vector<Ticks> left(jobs.size());
    Ticks kept = 0;
    std::size_t next = 0;
    for (Ticks now = 0; next < jobs.size() || !queue.empty(); ++now) {
        if (now > 0) ++kept;
        const auto work = [&] {
            while (!queue.empty()) {
                const std::size_t job = queue.front();
                const Ticks spent = std::min(kept, left[job]);
                kept -= spent;
                left[job] -= spent;
                if (left[job] > 0) return;
                done[job] = now;
                queue.pop_front();
            }
        };
        work();
        kept = std::min(kept, bank);  // what nobody needed and the bank cannot hold is gone
        for (; next < jobs.size() && jobs[next].first == now; ++next) {
            left[next] = jobs[next].second;
            queue.push_back(next);
        }
        work();
    }
    return done;
}

TEST(BankedServer, agrees_with_hours_that_drip_into_a_bank) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        std::mt19937_64 random(seed);
        const auto bank = static_cast<Ticks>(random() % 60);
        std::vector<std::pair<Ticks, Ticks>> jobs;
        Ticks now = 0;
        for (int i = 0; i < 300; ++i) {
            now += static_cast<Ticks>(random() % 40);
            jobs.emplace_back(now, static_cast<Ticks>(1 + random() % 35));
        }
        const std::vector<Ticks> expected = completions_in_small_steps(jobs, bank);
        BankedServer server(0, bank);
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            ASSERT_EQ(server.admit(jobs[i].first, jobs[i].second), expected[i])
                << "seed " << seed << ", job " << i;
        }
    }
}

TEST(BankedServer, later_jobs_are_never_done_earlier) {
    std::mt19937_64 random(5);
    BankedServer server(0, 70);
    Ticks now = 0;
    Ticks before = 0;
    for (int i = 0; i < 10000; ++i) {
        now += static_cast<Ticks>(random() % 50);
        const Ticks done = server.admit(now, static_cast<Ticks>(random() % 50));
        ASSERT_GE(done, before);
        ASSERT_GE(done, now);
        before = done;
    }
}

TEST(BankedServer, what_is_left_shrinks_from_the_whole_job_to_nothing) {
    EXPECT_EQ(BankedServer::left(0, 100, 30), 30);   // not begun
    EXPECT_EQ(BankedServer::left(70, 100, 30), 30);  // begins
    EXPECT_EQ(BankedServer::left(90, 100, 30), 10);
    EXPECT_EQ(BankedServer::left(100, 100, 30), 0);
    EXPECT_EQ(BankedServer::left(200, 100, 30), 0);
}

#ifdef VFM_CHECKED
TEST(BankedServer, refuses_a_negative_bank_and_negative_work) {
    EXPECT_THROW(BankedServer(0, -1), ContractViolation);
    BankedServer server(0, 0);
    EXPECT_THROW(static_cast<void>(server.admit(0, -1)), ContractViolation);
}
#endif

}  // namespace
}  // namespace vfm::des
