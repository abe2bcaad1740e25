// The programme: offered, referred, shared out among providers and supporters.
#include "recount.hpp"

#include <cmath>
#include <set>

#include <gtest/gtest.h>

namespace vfm::model {
namespace {

using namespace testing;
using random::Sampler;
using Kind = TraceEvent::Kind;

/// Everybody passes stage 0 (10 days) and stage 1 (20 days); support at stage 0 by supporters with many
/// places.
AreaStudy supported_study(double horizon_days = 400) {
    AreaStudy study = empty_study(horizon_days);
    add_stage(study, Sampler::fixed(10), {to_stage(1)});
    add_stage(study, Sampler::fixed(20), {to_outcome(0)});
    add_simple_support(study, 1, 35, 1e6);
    return study;
}

std::set<std::uint32_t> who(const Simulated& simulated, Kind kind) {
    std::set<std::uint32_t> families;
    for (const TraceEvent& one : simulated.of(kind)) families.insert(one.family);
    return families;
}

TEST(Support, a_family_seeks_support_when_its_wish_is_below_awareness_times_uptake) {
    AreaStudy study = supported_study();
    study.arm.support.uptake = add_probability(study.arm, 0.6);
    study.arm.support.awareness_at_launch = 0.2;
    study.arm.support.awareness_ramp_days = 100;
    add_stream(study, 5, 0, 300);
    const Simulated simulated = simulate(study);
    const std::set<std::uint32_t> seekers = who(simulated, Kind::seeks_support);
    for (std::uint32_t family = 0; family < simulated.families.size(); ++family) {
        const double days = days_from_ticks(simulated.families.arrival(family));
        const double awareness = days < 100 ? 0.2 + 0.8 * days / 100 : 1;
        EXPECT_EQ(seekers.contains(family), simulated.families.uptake_variate(family) < 0.6 * awareness);
    }
}

TEST(Support, whoever_seeks_it_at_a_lower_awareness_also_seeks_it_at_a_higher) {
    AreaStudy study = supported_study();
    study.arm.stages[1].offers_support = true;
    study.arm.support.uptake = add_probability(study.arm, 0.6);
    study.arm.support.awareness_ramp_days = 200;
    add_stream(study, 2, 0, 300);
    std::set<std::uint32_t> before;
    for (const double awareness : {0.0, 0.3, 0.6, 1.0}) {
        study.arm.support.awareness_at_launch = awareness;
        const std::set<std::uint32_t> seekers = who(simulate(study), Kind::seeks_support);
        EXPECT_TRUE(std::includes(seekers.begin(), seekers.end(), before.begin(), before.end()));
        EXPECT_GT(seekers.size(), before.size());
        before = seekers;
    }
}

TEST(Support, offers_again_find_the_same_wish) {
    AreaStudy study = supported_study();
    study.arm.support.uptake = add_probability(study.arm, 0.6);
    add_stream(study, 2, 0, 300);
    const std::set<std::uint32_t> once = who(simulate(study), Kind::seeks_support);
    study.arm.stages[1].offers_support = true;
    EXPECT_EQ(who(simulate(study), Kind::seeks_support), once);
    // A refusal that makes people want help adds to them.
    study.arm.support.uptake = add_probability(study.arm, 0.6, {per(NumericCovariate::days_in_process, 0.1)});
    const std::set<std::uint32_t> later = who(simulate(study), Kind::seeks_support);
    EXPECT_TRUE(std::includes(later.begin(), later.end(), once.begin(), once.end()));
    EXPECT_GT(later.size(), once.size());
}

TEST(Support, nobody_is_offered_support_before_launch_or_after_the_last_referral) {
    AreaStudy study = supported_study();
    study.population.clock = {100 * day, 200 * day, 300 * day, 300 * day, 400 * day};
    add_stream(study, 5, 0, 400);
    for (const TraceEvent& one : simulate(study).of(Kind::seeks_support)) {
        EXPECT_GE(one.time, 100 * day);
        EXPECT_LT(one.time, 200 * day);
    }
}

TEST(Support, one_uniform_decides_between_lost_misrouted_and_straight_there) {
    AreaStudy study = supported_study();
    study.arm.support.lost = 0.2;
    study.arm.support.misrouted = 0.3;
    study.arm.support.duplicated = 0.25;
    study.arm.support.conflicted = 0.1;
    study.arm.support.misrouted_delay_days = Sampler::fixed(3);
    add_crowd(study, 2000);
    const Simulated simulated = simulate(study);
    const std::set<std::uint32_t> users = who(simulated, Kind::gets_supporter);
    std::int64_t lost = 0;
    std::int64_t misrouted = 0;
    std::int64_t duplicated = 0;
    for (std::uint32_t family = 0; family < 2000; ++family) {
        const StreamInputs& stream = study.population.streams[0];
        const double way =
            random::uniform_pair(simulated.families.cell(), stream.referral_purpose, family, 0).first;
        const double twice =
            random::uniform_pair(simulated.families.cell(), stream.duplication_purpose, family, 0).first;
        EXPECT_EQ(users.contains(family), way >= 0.2);
        if (way < 0.2) ++lost;
        if (way >= 0.2 && way < 0.5) ++misrouted;
        if (way >= 0.2 && twice < 0.25) ++duplicated;
    }
    EXPECT_EQ(simulated.count(Measure::sought_support), 2000);
    EXPECT_EQ(simulated.count(Measure::referral_lost), lost);
    EXPECT_EQ(simulated.count(Measure::misrouted), misrouted);
    EXPECT_EQ(simulated.count(Measure::duplicated), duplicated);
    EXPECT_NEAR(static_cast<double>(simulated.count(Measure::conflicted)), 160, 4 * std::sqrt(160 * 0.9));
    std::int64_t late = 0;
    for (const TraceEvent& one : simulated.of(Kind::joins_list)) {
        if (one.time >= 3 * day) ++late;
    }
    EXPECT_EQ(late, misrouted);
}

TEST(Support, misrouting_and_duplication_cost_hours) {
    AreaStudy study = supported_study();
    add_crowd(study, 100);
    add_task(study, 0, Sampler::fixed(2), 400);
    add_task(study, 1, Sampler::fixed(1), 400);
    study.arm.support.misrouted_extra_hours = 0.5;
    study.arm.support.duplicated_hours_factor = 3;
    study.arm.support.kinds[0].weekly_hours = 1e6;
    EXPECT_NEAR(simulate(study).value(Measure::support_hours), 300, 1e-3);
    study.arm.support.misrouted = 1;
    EXPECT_NEAR(simulate(study).value(Measure::support_hours), 350, 1e-3) << "on the first task alone";
    study.arm.support.duplicated = 1;
    EXPECT_NEAR(simulate(study).value(Measure::support_hours), 1050, 1e-3);
}

TEST(Support, families_are_routed_by_attribute_first_and_choose_by_share_otherwise) {
    AreaStudy study = supported_study();
    const std::size_t level = add_attribute(study, 4);
    study.arm.support.providers[0].cumulative_share = 0.3;
    add_provider(study).serves = level_fact(level);
    study.arm.support.providers[1].cumulative_share = 0.8;
    add_provider(study);
    add_posts(study, 1, 0, 1);
    add_posts(study, 2, 0, 1);
    add_crowd(study, 3000);
    const Simulated simulated = simulate(study);
    for (const TraceEvent& one : simulated.of(Kind::joins_list)) {
        const double choice =
            random::uniform_pair(simulated.families.cell(), study.population.streams[0].referral_purpose,
                                 one.family, 0)
                .second;
        const std::uint32_t chosen = choice < 0.3 ? 0 : (choice < 0.8 ? 1 : 2);
        const bool routed = (simulated.families.levels(one.family) & level_fact(level)) != 0;
        EXPECT_EQ(one.detail, routed ? 1 : chosen);
    }
}

TEST(Support, the_lowest_share_of_places_taken_goes_first_and_ties_by_index) {
    AreaStudy study = supported_study();
    add_kind(study, 35, 4);
    study.arm.support.kinds[0].caseload_cap = 2;
    study.arm.support.posts.clear();
    add_posts(study, 0, 0, 2);  // posts 0 and 1 with two places
    add_posts(study, 0, 1, 1);  // post 2 with four
    add_crowd(study, 12);
    const std::vector<TraceEvent> given = simulate(study).of(Kind::gets_supporter);
    // 0/2 0/2 0/4: 0; then 1; then 2; 1/4 is the lowest: 2; all at a half: 0, 1; 2/4: 2; 3/4: 2; full.
    const std::vector<std::uint32_t> expected = {0, 1, 2, 2, 0, 1, 2, 2};
    ASSERT_GE(given.size(), 8U);
    for (std::size_t i = 0; i < 8; ++i) {
        EXPECT_EQ(given[i].detail, expected[i]) << i;
        EXPECT_EQ(given[i].family, i);
    }
    // The other four wait until places are given back after 30 days, first come first served.
    ASSERT_EQ(given.size(), 12U);
    for (std::size_t i = 8; i < 12; ++i) {
        EXPECT_EQ(given[i].family, i);
        EXPECT_GE(given[i].time, 30 * day);
        EXPECT_LE(given[i].time, 30 * day + 10);
    }
}

TEST(Support, who_waits_for_a_kind_that_may_not_take_it_is_passed_over_and_never_gets_it) {
    AreaStudy study = supported_study();
    const std::size_t level = add_attribute(study, 2);
    study.arm.support.kinds[0].caseload_cap = 1;
    study.arm.support.kinds[0].not_for = level_fact(level);
    add_crowd(study, 20);
    const Simulated simulated = simulate(study);
    for (const TraceEvent& one : simulated.of(Kind::gets_supporter)) {
        EXPECT_EQ(simulated.families.levels(one.family) & level_fact(level), 0U);
    }
    EXPECT_GT(simulated.count(Measure::users), 0);
}

TEST(Support, a_place_is_held_until_the_family_leaves_or_a_stage_ends_support) {
    AreaStudy study = supported_study();
    add_crowd(study, 4);
    EXPECT_NEAR(simulate(study).value(Measure::place_days), 4 * 30, 1e-3);
    study.arm.stages[1].ends_support = true;
    EXPECT_NEAR(simulate(study).value(Measure::place_days), 4 * 10, 1e-3);
    study.arm.support.waits_for_supporter = true;
    EXPECT_NEAR(simulate(study).value(Measure::place_days), 4 * 10, 1e-3);
}

TEST(Support, families_may_wait_for_a_supporter_before_anything_begins) {
    AreaStudy study = supported_study();
    study.arm.support.waits_for_supporter = true;
    study.arm.support.kinds[0].caseload_cap = 1;
    add_crowd(study, 5);
    const Simulated simulated = simulate(study);
    for (std::uint32_t family = 0; family < 5; ++family) {
        EXPECT_NEAR(days_from_ticks(simulated.exit(family)), 30 * (family + 1), 1e-4);
    }
    EXPECT_NEAR(simulated.value(Measure::wait_for_supporter_days), 30 * (0 + 1 + 2 + 3 + 4), 1e-3);
}

TEST(Support, whoever_waits_in_vain_begins_without_a_supporter_when_the_programme_ends) {
    AreaStudy study = supported_study();
    study.population.clock.funding_end = study.population.clock.notice = 100 * day;
    study.arm.support.waits_for_supporter = true;
    study.arm.support.kinds[0].caseload_cap = 1;
    add_crowd(study, 10);
    const Simulated simulated = simulate(study);
    EXPECT_EQ(simulated.count(Measure::users), 4);     // from day 0, 30, 60 and 90
    EXPECT_EQ(simulated.count(Measure::stranded), 7);  // six who wait and one in support
    EXPECT_EQ(simulated.tallies.ended[0], 10);
    EXPECT_EQ(simulated.exit(9), 130 * day);
    study.arm.support.lost = 1;
    EXPECT_NEAR(days_from_ticks(simulate(study).exit(9)), 30, 1e-4) << "a lost referral is not waited for";
}

// The first stage takes no time: a family that is refused in it gives its place back before it has really
// held it.
TEST(Support, places_that_are_given_back_at_once_go_to_the_next_in_the_list) {
    AreaStudy study = empty_study(400);
    add_stage(study, Sampler::fixed(0), {to_outcome(1, add_probability(study.arm, 0.5)), to_stage(1)});
    add_stage(study, Sampler::fixed(7), {to_outcome(0)});
    add_simple_support(study, 2, 35, 3);
    study.arm.support.waits_for_supporter = true;
    add_crowd(study, 200);
    const Simulated simulated = simulate(study);
    EXPECT_EQ(simulated.tallies.ended[0] + simulated.tallies.ended[1], 200);
    std::uint32_t expected = 0;
    for (const TraceEvent& one : simulated.of(Kind::gets_supporter)) EXPECT_EQ(one.family, expected++);
    EXPECT_EQ(expected, 200U);
    add_task(study, 1, Sampler::fixed(1), 10);
    EXPECT_EQ(simulate(study).count(Measure::users), 200);
}

TEST(Support, programme_end_strands_whoever_is_in_a_list_or_supported) {
    AreaStudy study = supported_study();
    study.population.clock.funding_end = study.population.clock.notice = 100 * day;
    study.arm.support.kinds[0].caseload_cap = 6;
    study.arm.outcomes.engaged = add_predictor(study.arm, -100, {when(fact(Flag::stranded), 200)});
    add_crowd(study, 5, 40);  // through on day 70
    add_crowd(study, 8, 90);  // six supported, two waiting
    const Simulated simulated = simulate(study);
    EXPECT_EQ(simulated.count(Measure::stranded), 8);
    EXPECT_NEAR(simulated.value(Measure::engaged), 8, 1e-4);
    EXPECT_NEAR(simulated.value(Measure::place_days), 5 * 30 + 6 * 10, 1e-3);
    EXPECT_NEAR(simulated.value(Measure::wait_for_supporter_days), 2 * 10, 1e-3);
    EXPECT_EQ(simulated.tallies.ended[0], 13) << "the pathway goes on";
}

}  // namespace
}  // namespace vfm::model
