// Stages: lead times, casework, panels, deadlines, milestones.
#include "recount.hpp"

#include "vfm/core/errors.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace vfm::model {
namespace {

using namespace testing;
using random::Sampler;
using Kind = TraceEvent::Kind;

TEST(Pathway, a_family_stays_in_each_stage_for_its_lead_time) {
    AreaStudy study = empty_study(1000);
    add_stage(study, Sampler::fixed(10), {to_stage(1)});
    add_stage(study, Sampler::fixed(2.5), {to_outcome(1)});
    add_stream(study, 1, 0, 500);
    const Simulated simulated = simulate(study);
    ASSERT_GT(simulated.families.size(), 400U);
    for (std::uint32_t family = 0; family < simulated.families.size(); ++family) {
        EXPECT_EQ(simulated.exit(family), simulated.families.arrival(family) + 10 * day + 5 * day / 2);
    }
    EXPECT_EQ(simulated.tallies.ended[0], 0);
    EXPECT_EQ(static_cast<std::size_t>(simulated.tallies.ended[1]), simulated.families.size());
}

TEST(Pathway, the_lead_time_is_the_sample_at_the_familys_normal_times_the_factor_of_what_holds) {
    AreaStudy study = empty_study(3000);
    const std::size_t level = add_attribute(study, 2);
    add_stage(study, study.gamma(30, 4), {to_outcome(0)});
    study.arm.stages[0].lead_effects = add_predictor(study.arm, 0.1, {when(level_fact(level), 0.5)});
    add_stream(study, 1, 0, 300);
    const Simulated simulated = simulate(study);
    for (std::uint32_t family = 0; family < simulated.families.size(); ++family) {
        const bool holds = (simulated.families.levels(family) & level_fact(level)) != 0;
        const double days = study.gamma(30, 4).sample(simulated.families.lead(family, 0, 0)) *
                            random::exponential(holds ? 0.1 + 0.5 : 0.1);
        EXPECT_EQ(simulated.exit(family), simulated.families.arrival(family) + ticks_from_days(days));
    }
}

TEST(Pathway, who_is_not_through_at_the_horizon_is_open_and_nothing_after_it_is_counted) {
    AreaStudy study = empty_study(100);
    add_stage(study, Sampler::fixed(60), {to_outcome(0)});
    study.arm.stages[0].has_work = true;
    study.arm.stages[0].work_hours = Sampler::fixed(2);
    study.arm.authority.cost_per_hour = 10;
    study.arm.stages[0].costs = {{Payer::tribunal, Category::appeal, 7, 0}};
    add_crowd(study, 3, 0);
    add_crowd(study, 5, 50);
    const Simulated simulated = simulate(study);
    EXPECT_EQ(simulated.tallies.ended[0], 3);
    EXPECT_EQ(simulated.count(Measure::open_at_horizon), 5);
    EXPECT_EQ(simulated.count(Measure::authority_jobs), 3);
    EXPECT_DOUBLE_EQ(simulated.paid(Payer::authority, Category::casework), 60);
    EXPECT_DOUBLE_EQ(simulated.paid(Payer::tribunal, Category::appeal), 21);
    EXPECT_NEAR(simulated.value(Measure::days_in_process), 3 * 60 + 5 * 50, 0.001);
}

// The lead is far beyond the horizon: no table of days may be read there.
TEST(Pathway, work_that_falls_long_after_the_horizon_is_no_work) {
    AreaStudy study = empty_study(100);
    add_stage(study, Sampler::fixed(30000), {to_outcome(0)});
    study.arm.stages[0].has_work = true;
    study.arm.stages[0].work_hours = Sampler::fixed(2);
    study.arm.authority.cost_per_hour = 10;
    add_crowd(study, 3);
    const Simulated simulated = simulate(study);
    EXPECT_EQ(simulated.count(Measure::authority_jobs), 0);
    EXPECT_EQ(simulated.paid(Payer::authority, Category::casework), 0);
}

TEST(Pathway, casework_is_first_come_first_served) {
    AreaStudy study = empty_study(2000);
    add_stage(study, Sampler::lognormal_mean_cv(20, 1), {to_outcome(0)});
    study.arm.stages[0].has_work = true;
    study.arm.stages[0].work_hours = study.gamma(9, 2);
    study.arm.authority = {false, 1, 0.1, 30};
    add_stream(study, 1, 0, 500);
    const Simulated simulated = simulate(study);
    std::vector<std::pair<Ticks, std::uint32_t>> comes;
    for (std::uint32_t family = 0; family < simulated.families.size(); ++family) {
        const Ticks lead =
            ticks_from_days(Sampler::lognormal_mean_cv(20, 1).sample(simulated.families.lead(family, 0, 0)));
        comes.emplace_back(simulated.families.arrival(family) + lead, family);
    }
    std::sort(comes.begin(), comes.end());
    Ticks free_from = 0;
    Ticks waits = 0;
    for (const auto& [time, family] : comes) {
        const double hours = study.gamma(9, 2).sample(simulated.families.work(family, 0, 0).second);
        const Ticks start = std::max(free_from, time);
        waits += start - time;
        free_from = start + ticks_from_days(hours * 0.1);
        EXPECT_EQ(simulated.exit(family), free_from) << "family " << family;
    }
    EXPECT_EQ(simulated.count(Measure::authority_wait_days), waits);
    EXPECT_GT(waits, 100 * day);
    EXPECT_NEAR(simulated.paid(Payer::authority, Category::casework),
                30 * simulated.value(Measure::authority_hours), 0.01);
}

// One caseworker, 70 days a piece: of three pieces the horizon, after 100 days, finds one done, one begun and
// one in the queue.
TEST(Pathway, casework_counts_and_costs_the_hours_worked_by_the_horizon) {
    AreaStudy study = empty_study(100);
    add_stage(study, Sampler::fixed(0), {to_outcome(0)});
    study.arm.stages[0].has_work = true;
    study.arm.stages[0].work_hours = Sampler::fixed(700);
    study.arm.authority = {false, 1, 0.1, 30};
    add_crowd(study, 3);
    const Simulated simulated = simulate(study);
    EXPECT_EQ(simulated.tallies.ended[0], 1);
    EXPECT_NEAR(simulated.value(Measure::authority_hours), 1000, 0.001);
    EXPECT_NEAR(simulated.paid(Payer::authority, Category::casework), 30'000, 0.03);
}

TEST(Pathway, a_panel_meets_at_its_period_with_its_places) {
    AreaStudy study = empty_study(400);
    add_stage(study, Sampler::fixed(1), {to_outcome(0)});
    study.arm.stages[0].has_panel = true;
    study.arm.stages[0].panel_period = 10 * day;
    study.arm.stages[0].panel_places = 4;
    add_crowd(study, 10);
    const Simulated simulated = simulate(study);
    const auto phase = static_cast<Ticks>(
        random::uniform_pair(simulated.families.cell(), study.arm.stages[0].panel_purpose, 0, 0).first * 10 *
        day);
    const Ticks first = phase >= day ? phase : phase + 10 * day;
    for (std::uint32_t family = 0; family < 10; ++family) {
        EXPECT_EQ(simulated.exit(family), first + 10 * day * (family / 4)) << "family " << family;
    }
}

TEST(Pathway, transitions_are_tried_in_turn_with_one_uniform) {
    AreaStudy study = empty_study(100);
    add_stage(study, Sampler::fixed(1),
              {to_outcome(0, add_probability(study.arm, 0.3)), to_outcome(1, add_probability(study.arm, 0.5)),
               to_stage(1)});
    add_stage(study, Sampler::fixed(1), {to_outcome(0)});
    add_crowd(study, 4000);
    const Simulated simulated = simulate(study);
    std::int64_t second = 0;
    std::int64_t rest = 0;
    for (std::uint32_t family = 0; family < 4000; ++family) {
        const double u = simulated.families.next(family, 0, 0);
        if (u >= 0.3 && u < 0.65) ++second;
        if (u >= 0.65) ++rest;
    }
    EXPECT_EQ(simulated.tallies.ended[1], second);
    EXPECT_EQ(static_cast<std::int64_t>(simulated.of(Kind::enters_stage).size()), 4000 + rest);
    EXPECT_NEAR(static_cast<double>(second), 1400, 4 * std::sqrt(4000 * 0.35 * 0.65));
}

/// Stage 0 (20 days), then sign-off (30 days) with a deadline, then once more from the start or out.
AreaStudy twice_round(bool clock_starts_again) {
    AreaStudy study = empty_study(400);
    add_stage(study, Sampler::fixed(20), {to_stage(1)});
    const std::uint32_t again =
        add_predictor(study.arm, 100, {per(NumericCovariate::stage_visits, -60)});  // 40, then -20
    add_stage(study, Sampler::fixed(30), {to_stage(0, again), to_outcome(0)});
    study.arm.stages[0].starts_clock = clock_starts_again;
    study.arm.stages[1].milestone = Milestone::plan_signed_off;
    study.arm.stages[1].deadlines = {{0, 60 * day}};
    study.arm.outcomes.engaged = add_predictor(study.arm, -100, {when(fact(Flag::late), 200)});
    add_crowd(study, 6);
    return study;
}

TEST(Pathway, milestones_are_counted_the_first_time_only) {
    const Simulated simulated = simulate(twice_round(false));
    EXPECT_EQ(simulated.of(Kind::enters_stage).size(), 24U);
    EXPECT_EQ(simulated.count(Measure::plans_signed_off), 6);
    EXPECT_NEAR(simulated.value(Measure::days_to_sign_off), 6 * 50, 1e-6);
    EXPECT_EQ(simulated.count(Measure::on_time_denominator), 6);
    EXPECT_EQ(simulated.count(Measure::on_time_numerator), 6);
}

TEST(Pathway, a_family_is_late_when_its_clock_has_passed_the_limit_unless_the_clock_started_again) {
    EXPECT_NEAR(simulate(twice_round(false)).value(Measure::engaged), 6, 1e-5);  // 100 days on one clock
    EXPECT_NEAR(simulate(twice_round(true)).value(Measure::engaged), 0, 1e-5);   // 50 days on each
}

TEST(Pathway, a_plan_is_on_time_by_its_own_deadline_whatever_was_late_before) {
    AreaStudy study = empty_study(400);
    add_stage(study, Sampler::fixed(50), {to_stage(1)});
    add_stage(study, Sampler::fixed(30), {to_outcome(0)});
    study.arm.stages[0].deadlines = {{0, 42 * day}};
    study.arm.stages[1].deadlines = {{0, 140 * day}};
    study.arm.stages[1].milestone = Milestone::plan_signed_off;
    add_crowd(study, 5);
    EXPECT_EQ(simulate(study).count(Measure::on_time_numerator), 5);
    study.arm.stages[1].deadlines = {{0, 79 * day}};
    EXPECT_EQ(simulate(study).count(Measure::on_time_numerator), 0);
}

TEST(Pathway, the_first_deadline_whose_levels_hold_is_the_familys) {
    AreaStudy study = empty_study(400);
    const std::size_t level = add_attribute(study, 3);
    add_stage(study, Sampler::fixed(50), {to_outcome(0)});
    study.arm.stages[0].milestone = Milestone::plan_signed_off;
    study.arm.stages[0].deadlines = {{level_fact(level), 40 * day}, {level_fact(level + 1), 60 * day}};
    add_crowd(study, 300);
    const Simulated simulated = simulate(study);
    std::int64_t first = 0;
    std::int64_t second = 0;
    for (std::uint32_t family = 0; family < 300; ++family) {
        if ((simulated.families.levels(family) & level_fact(level)) != 0) ++first;
        if ((simulated.families.levels(family) & level_fact(level + 1)) != 0) ++second;
    }
    EXPECT_EQ(simulated.count(Measure::on_time_denominator), first + second)
        << "the third level has no limit";
    EXPECT_EQ(simulated.count(Measure::on_time_numerator), second);
}

TEST(Pathway, official_figures_count_plans_signed_off_between_two_dates_measured_or_not) {
    AreaStudy study = empty_study(400);
    add_stage(study, Sampler::fixed(50), {to_outcome(0)});
    study.arm.stages[0].milestone = Milestone::plan_signed_off;
    study.population.clock = {100 * day, 150 * day, 150 * day, 150 * day, 400 * day};
    study.arm.official = OfficialTimelinessInputs{100 * day, 200 * day, 50 * day, 0};
    add_crowd(study, 3, 20);   // signed off on day 70
    add_crowd(study, 4, 60);   // unmeasured, signed off on day 110
    add_crowd(study, 5, 110);  // measured, signed off on day 160
    add_crowd(study, 6, 180);  // signed off on day 230
    const Simulated simulated = simulate(study);
    EXPECT_EQ(simulated.count(Measure::official_on_time_denominator), 9);
    EXPECT_EQ(simulated.count(Measure::official_on_time_numerator), 9);
    EXPECT_EQ(simulated.count(Measure::families), 5);
}

TEST(Pathway, entries_are_counted_as_the_stage_says_each_time) {
    AreaStudy study = twice_round(false);
    study.arm.stages[0].counts_as = Count::amended;
    study.arm.stages[1].counts_as = Count::appealed;
    const Simulated simulated = simulate(study);
    EXPECT_EQ(simulated.count(Measure::amended), 12);
    EXPECT_EQ(simulated.count(Measure::appealed), 12);
    EXPECT_EQ(simulated.count(Measure::refused), 0);
}

TEST(Pathway, a_loop_that_is_never_left_is_the_users_error) {
    AreaStudy study = empty_study(10000);
    add_stage(study, Sampler::fixed(1), {to_stage(0)});
    add_crowd(study, 1);
    Families families;
    families.draw(study.population, {1, 0, 0});
    Tallies tallies;
    tallies.reset(2, 0, study.weeks);
    AreaSimulation area;
    area.enter(study.population, families);
    EXPECT_THROW(static_cast<void>(area.replay(study.arm, tallies)), UserError);
    EXPECT_THROW(area.run(study.arm, tallies), UserError);
}

}  // namespace
}  // namespace vfm::model
