#include "vfm/des/calendar.hpp"

#include <queue>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::des {
namespace {

std::vector<Event> pop_all(Calendar& calendar) {
    std::vector<Event> events;
    while (!calendar.empty()) events.push_back(calendar.pop());
    return events;
}

bool same(const Event& a, const Event& b) {
    return a.time == b.time && a.kind == b.kind && a.entity == b.entity;
}

TEST(EventKey, gives_back_the_event_it_packs) {
    for (const Ticks time : {Ticks{0}, Ticks{1}, ticks_per_day, EventKey::latest_time}) {
        for (const unsigned kind : {0U, 1U, 15U}) {
            for (const std::uint32_t entity : {0U, 1U, EventKey::entity_limit - 1}) {
                const EventKey key(Event{time, kind, entity});
                EXPECT_TRUE(same(key.event(), {time, kind, entity}));
                EXPECT_EQ(key.time(), time);
            }
        }
    }
}

TEST(EventKey, holds_seven_hundred_years_of_ticks) {
    EXPECT_GT(EventKey::latest_time, ticks_from_days(700 * days_per_year));
    EXPECT_EQ(EventKey::time_bits + EventKey::kind_bits + EventKey::entity_bits, 64U);
}

#ifdef VFM_CHECKED
TEST(EventKey, refuses_what_does_not_fit) {
    EXPECT_THROW(EventKey(Event{-1, 0, 0}), ContractViolation);
    EXPECT_THROW(EventKey(Event{EventKey::latest_time + 1, 0, 0}), ContractViolation);
    EXPECT_THROW(EventKey(Event{0, 16, 0}), ContractViolation);
    EXPECT_THROW(EventKey(Event{0, 0, EventKey::entity_limit}), ContractViolation);
}

TEST(Calendar, refuses_to_pop_when_empty) {
    Calendar calendar;
    EXPECT_THROW(static_cast<void>(calendar.pop()), ContractViolation);
    EXPECT_THROW(static_cast<void>(calendar.next()), ContractViolation);
}
#endif

TEST(Calendar, earlier_time_comes_first_then_smaller_kind_then_smaller_entity) {
    Calendar calendar;
    calendar.schedule({5, 0, 0});
    calendar.schedule({3, 2, 1});
    calendar.schedule({3, 1, 9});
    calendar.schedule({3, 1, 2});
    calendar.schedule({4, 0, 7});
    EXPECT_EQ(calendar.size(), 5U);
    EXPECT_EQ(calendar.next().time(), 3);
    const std::vector<Event> events = pop_all(calendar);
    const std::vector<Event> expected = {{3, 1, 2}, {3, 1, 9}, {3, 2, 1}, {4, 0, 7}, {5, 0, 0}};
    ASSERT_EQ(events.size(), expected.size());
    for (std::size_t i = 0; i < events.size(); ++i) EXPECT_TRUE(same(events[i], expected[i])) << i;
}

TEST(Calendar, forgets_everything_when_cleared) {
    Calendar calendar;
    for (std::uint32_t i = 0; i < 100; ++i) calendar.schedule({i, 0, i});
    calendar.clear();
    EXPECT_TRUE(calendar.empty());
    calendar.schedule({7, 3, 2});
    EXPECT_TRUE(same(calendar.pop(), {7, 3, 2}));
}

// 100,000 operations with many ties, the same as the standard library's queue of tuples.
TEST(Calendar, agrees_with_the_standard_priority_queue) {
    using Tuple = std::tuple<Ticks, unsigned, std::uint32_t>;
    std::priority_queue<Tuple, std::vector<Tuple>, std::greater<>> oracle;
    Calendar calendar;
    std::mt19937_64 random(1);
    for (int i = 0; i < 100000; ++i) {
        // Phases of growing and of shrinking, so that the heap is seen at many sizes.
        const bool grows = (i / 5000) % 2 == 0;
        if (oracle.empty() || random() % 10 < (grows ? 7U : 4U)) {
            const Event event{static_cast<Ticks>(random() % 500), static_cast<unsigned>(random() % 4),
                              static_cast<std::uint32_t>(random() % 50)};
            calendar.schedule(event);
            oracle.emplace(event.time, event.kind, event.entity);
        } else {
            ASSERT_EQ(calendar.next().time(), std::get<0>(oracle.top()));
            const Event event = calendar.pop();
            ASSERT_EQ(Tuple(event.time, event.kind, event.entity), oracle.top()) << "operation " << i;
            oracle.pop();
        }
        ASSERT_EQ(calendar.size(), oracle.size());
    }
}

/// Operations as a simulation makes them: nothing is scheduled before the event that was taken out last.
void agrees_in_a_simulation(Ticks longest_delay, std::uint64_t seed) {
    using Tuple = std::tuple<Ticks, unsigned, std::uint32_t>;
    std::priority_queue<Tuple, std::vector<Tuple>, std::greater<>> oracle;
    Calendar calendar;
    std::mt19937_64 random(seed);
    Ticks now = 0;
    for (int i = 0; i < 20000; ++i) {
        const bool grows = (i / 2000) % 2 == 0;
        if (oracle.empty() || random() % 10 < (grows ? 7U : 4U)) {
            const Event event{
                now + static_cast<Ticks>(random()) % longest_delay * (random() % 4 == 0 ? 0 : 1),
                static_cast<unsigned>(random() % 4), static_cast<std::uint32_t>(random() % 50)};
            const Event later{event.time < now ? now : event.time, event.kind, event.entity};
            calendar.schedule(later);
            oracle.emplace(later.time, later.kind, later.entity);
        } else {
            if (random() % 2 == 0) {
                ASSERT_EQ(calendar.next().time(), std::get<0>(oracle.top()));
            }
            const Event event = calendar.pop();
            ASSERT_EQ(Tuple(event.time, event.kind, event.entity), oracle.top()) << "operation " << i;
            oracle.pop();
            now = event.time;
        }
    }
}

TEST(Calendar, agrees_with_the_standard_priority_queue_when_a_bucket_holds_nearly_everything) {
    agrees_in_a_simulation(ticks_per_day / 4, 1);
}

TEST(Calendar, agrees_with_the_standard_priority_queue_when_nearly_every_bucket_is_empty) {
    agrees_in_a_simulation(2000 * ticks_per_day, 2);
}

TEST(Calendar, orders_events_on_both_sides_of_a_buckets_edge) {
    constexpr Ticks edge = ticks_per_day / 8;
    Calendar calendar;
    for (const Ticks time : {edge, edge - 1, 64 * edge, 64 * edge - 1, edge + 1, Ticks{0}})
        calendar.schedule({time, 0, 0});
    Ticks last = -1;
    while (!calendar.empty()) {
        const Ticks time = calendar.pop().time;
        EXPECT_GT(time, last);
        last = time;
    }
}

TEST(Calendar, takes_an_event_before_the_bucket_it_has_just_opened) {
    Calendar calendar;
    calendar.schedule({1000 * ticks_per_day, 0, 1});
    EXPECT_EQ(calendar.next().time(), 1000 * ticks_per_day);
    calendar.schedule({5 * ticks_per_day, 0, 2});
    calendar.schedule({1000 * ticks_per_day + 1, 0, 3});
    EXPECT_EQ(calendar.pop().entity, 2U);
    EXPECT_EQ(calendar.pop().entity, 1U);
    EXPECT_EQ(calendar.pop().entity, 3U);
}

}  // namespace
}  // namespace vfm::des
