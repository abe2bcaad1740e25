// Support tasks: in time or late, lapsed, repeated, delegated; and what happens to them when people leave.
#include "recount.hpp"

#include <gtest/gtest.h>

namespace vfm::model {
namespace {

using namespace testing;
using random::Sampler;
using Kind = TraceEvent::Kind;

/// One stage of 60 days, one supporter with 7 hours a week (one a day) and no bank; `supported` shows in O2.
AreaStudy task_study(double stage_days = 60) {
    AreaStudy study = empty_study(400);
    add_stage(study, Sampler::fixed(stage_days), {to_outcome(0)});
    add_simple_support(study, 1, 7, 1e6);
    study.arm.outcomes.engaged = add_predictor(study.arm, -100, {when(fact(Flag::supported), 200)});
    study.arm.outcomes.navigation =
        add_predictor(study.arm, -100, {per(NumericCovariate::support_share, 1000)});
    return study;
}

TEST(Tasks, are_served_first_come_first_served_and_count_as_in_time_or_late) {
    AreaStudy study = task_study();
    add_crowd(study, 5);
    add_task(study, 0, Sampler::fixed(2), 7);  // two days of work each, wanted within a week
    const Simulated simulated = simulate(study);
    EXPECT_EQ(simulated.count(Measure::tasks_due), 5);
    EXPECT_EQ(simulated.count(Measure::tasks_worked), 5);
    EXPECT_EQ(simulated.count(Measure::tasks_in_time), 3);  // done on days 2, 4, 6, 8, 10
    EXPECT_NEAR(simulated.value(Measure::task_wait_days), 0 + 2 + 4 + 6 + 8, 1e-3);
    EXPECT_NEAR(simulated.value(Measure::support_hours), 10, 1e-5);
    EXPECT_NEAR(simulated.value(Measure::engaged), 3, 1e-5);
    EXPECT_NEAR(simulated.value(Measure::navigation), 3, 1e-5);
    std::vector<TraceEvent> done = simulated.of(Kind::task_done);
    ASSERT_EQ(done.size(), 5U);
    for (std::uint32_t i = 0; i < 5; ++i) {
        EXPECT_EQ(done[i].family, i);
        EXPECT_NEAR(days_from_ticks(done[i].time), 2 * (i + 1), 1e-4);
    }
}

TEST(Tasks, an_appointment_that_cannot_be_kept_lapses_unworked) {
    AreaStudy study = task_study();
    add_crowd(study, 5);
    add_task(study, 0, Sampler::fixed(2), 7).appointment = true;
    const Simulated simulated = simulate(study);
    EXPECT_EQ(simulated.count(Measure::appointments_due), 5);
    EXPECT_EQ(simulated.count(Measure::appointments_lapsed), 2);
    EXPECT_EQ(simulated.count(Measure::tasks_worked), 3);
    EXPECT_NEAR(simulated.value(Measure::support_hours), 6, 1e-5) << "no hours are used on those that lapse";
}

TEST(Tasks, three_volunteer_hours_a_week_can_still_be_one_three_hour_meeting) {
    AreaStudy study = task_study();
    study.arm.support.kinds[0].weekly_hours = 3;
    study.arm.support.kinds[0].bank_weeks = 1;
    add_crowd(study, 1, 30);
    TaskInputs& meeting = add_task(study, 0, Sampler::fixed(3), 0);
    meeting.appointment = true;
    EXPECT_EQ(simulate(study).count(Measure::tasks_in_time), 1);
    study.arm.support.kinds[0].bank_weeks = 0;
    EXPECT_EQ(simulate(study).count(Measure::appointments_lapsed), 1);
}

TEST(Tasks, the_stage_is_supported_only_when_every_task_that_fell_due_was_done_in_time_and_before_its_end) {
    AreaStudy study = task_study();
    add_crowd(study, 1);
    add_task(study, 0, Sampler::fixed(2), 7);
    add_task(study, 0, Sampler::fixed(2), 3);  // done on day 4
    EXPECT_NEAR(simulate(study).value(Measure::engaged), 0, 1e-5);
    study.arm.stages[0].tasks[1].within = 5 * day;
    EXPECT_NEAR(simulate(study).value(Measure::engaged), 1, 1e-5);
    study.arm.stages[0].lead_days = Sampler::fixed(3);  // over before the second is done
    EXPECT_NEAR(simulate(study).value(Measure::engaged), 0, 1e-5);
    study.arm.stages[0].tasks[1].counts = false;
    EXPECT_NEAR(simulate(study).value(Measure::engaged), 1, 1e-5);
    study.arm.stages[0].tasks[1].counts = true;
    study.arm.stages[0].tasks[1].after = 30 * day;  // never falls due
    EXPECT_NEAR(simulate(study).value(Measure::engaged), 1, 1e-5);
}

TEST(Tasks, a_check_in_comes_again_and_again_while_the_visit_lasts) {
    AreaStudy study = task_study();
    add_crowd(study, 1);
    TaskInputs& check_in = add_task(study, 0, Sampler::fixed(0.5), 5);
    check_in.after = 10 * day;
    check_in.every = 20 * day;
    EXPECT_EQ(simulate(study).count(Measure::tasks_in_time), 3);  // on days 10, 30 and 50
    EXPECT_NEAR(simulate(study).value(Measure::engaged), 1, 1e-5);
    // Three check-ins in time do not make up for a meeting that is late.
    add_task(study, 0, Sampler::fixed(4), 1);
    EXPECT_NEAR(simulate(study).value(Measure::engaged), 0, 1e-5);
}

TEST(Tasks, only_families_for_whom_the_task_is_get_it) {
    AreaStudy study = task_study();
    const std::size_t level = add_attribute(study, 2);
    add_crowd(study, 40);
    add_task(study, 0, Sampler::fixed(0.1), 50).when = level_fact(level);
    const Simulated simulated = simulate(study);
    std::int64_t meant = 0;
    for (std::uint32_t family = 0; family < 40; ++family) {
        if ((simulated.families.levels(family) & level_fact(level)) != 0) ++meant;
    }
    EXPECT_EQ(simulated.count(Measure::tasks_due), meant);
}

TEST(Tasks, that_the_own_supporter_may_not_do_go_to_a_colleague_who_may) {
    AreaStudy study = task_study();
    add_crowd(study, 3);
    add_kind(study, 7, 1e6);
    add_task(study, 0, Sampler::fixed(2), 50).kinds = kind_fact(1);
    EXPECT_EQ(simulate(study).count(Measure::tasks_worked), 0) << "nobody may";
    add_posts(study, 0, 1, 1);
    study.arm.support.kinds[1].not_for = all_levels;
    const std::size_t level = add_attribute(study, 1);
    EXPECT_EQ(level, 0U);
    const Simulated simulated = simulate(study);
    EXPECT_EQ(simulated.count(Measure::tasks_worked), 3);
    for (const TraceEvent& one : simulated.of(Kind::gets_supporter)) EXPECT_EQ(one.detail, 0U);
    const std::vector<TraceEvent> done = simulated.of(Kind::task_done);
    EXPECT_NEAR(days_from_ticks(done.back().time), 6, 1e-4) << "one colleague does them all";
}

TEST(Tasks, a_task_needed_before_the_family_had_a_supporter_is_missed) {
    AreaStudy study = task_study();
    study.arm.support.kinds[0].start_days = Sampler::fixed(20);
    add_crowd(study, 1);
    add_task(study, 0, Sampler::fixed(1), 15);
    add_task(study, 0, Sampler::fixed(1), 30);
    const Simulated simulated = simulate(study);
    EXPECT_EQ(simulated.count(Measure::tasks_due), 1);
    EXPECT_EQ(simulated.count(Measure::tasks_in_time), 1);
    EXPECT_NEAR(simulated.value(Measure::engaged), 0, 1e-5);
}

/// When the first supporter of post 0 leaves.
double leaving_day(const AreaStudy& study, const Simulated& simulated) {
    const double uniform =
        random::uniform_pair(simulated.families.cell(), study.arm.support.posts[0].life_purpose, 0, 0).first;
    return -random::logarithm(uniform) / study.arm.support.kinds[0].leaving_per_day;
}

/// One family in a stage of 300 days with one long task; the supporter leaves and another comes 10 days
/// later.
AreaStudy turnover_study() {
    AreaStudy study = task_study(300);
    study.arm.support.kinds[0].leaving_per_day = 0.008;
    study.arm.support.kinds[0].replacement_days = Sampler::fixed(10);
    study.arm.support.kinds[0].cost_per_hour = 20;
    add_crowd(study, 1);
    return study;
}

/// A replication in which exactly the first supporter leaves before the family is through, after day 5.
std::uint64_t one_change(const AreaStudy& study) {
    for (std::uint64_t replication = 0;; ++replication) {
        const Simulated simulated = simulate(study, replication);
        if (simulated.of(Kind::loses_supporter).size() == 1 &&
            simulated.count(Measure::supporter_changes) == 1 && leaving_day(study, simulated) > 5) {
            return replication;
        }
    }
}

TEST(Turnover, the_unit_exponential_spent_against_the_hazard_says_when_a_supporter_leaves) {
    const AreaStudy study = turnover_study();
    const std::uint64_t replication = one_change(study);
    const Simulated simulated = simulate(study, replication);
    const double leaves = leaving_day(study, simulated);
    EXPECT_EQ(simulated.of(Kind::loses_supporter)[0].time, ticks_from_days(leaves));
    EXPECT_EQ(simulated.of(Kind::gets_supporter)[1].time, ticks_from_days(leaves) + 10 * day);
    EXPECT_NEAR(simulated.value(Measure::wait_for_supporter_days), 10, 1e-5);
    EXPECT_NEAR(simulated.value(Measure::contracted_hours), 400 - 10, 0.01)
        << "nobody is paid while the post is empty";
}

TEST(Turnover, notice_raises_leaving) {
    AreaStudy study = turnover_study();
    const std::uint64_t replication = one_change(study);
    const double before = leaving_day(study, simulate(study, replication));
    study.population.clock.notice = ticks_from_days(before / 2);
    study.arm.support.kinds[0].notice_hazard_ratio = 4;
    const Simulated simulated = simulate(study, replication);
    EXPECT_NEAR(days_from_ticks(simulated.of(Kind::loses_supporter)[0].time), before / 2 + before / 2 / 4,
                1e-4);
}

TEST(Turnover, what_is_unfinished_goes_to_the_next_supporter_after_the_handover) {
    AreaStudy study = turnover_study();
    study.arm.support.handover_hours = 1.5;
    add_task(study, 0, Sampler::fixed(100), 30);  // 100 days of work at an hour a day
    std::uint64_t replication = one_change(study);
    while (leaving_day(study, simulate(study, replication)) > 90) ++replication;
    const Simulated simulated = simulate(study, replication);
    const double leaves = leaving_day(study, simulated);
    const std::vector<TraceEvent> done = simulated.of(Kind::task_done);
    ASSERT_EQ(done.size(), 2U);
    EXPECT_NEAR(days_from_ticks(done[1].time), leaves + 10 + 1.5 + (100 - leaves), 1e-3);
    EXPECT_NEAR(simulated.value(Measure::support_hours), 101.5, 1e-4) << "no hour is counted twice";
    EXPECT_EQ(simulated.count(Measure::tasks_due), 1);
    EXPECT_EQ(simulated.count(Measure::tasks_worked), 1);
    EXPECT_EQ(simulated.count(Measure::tasks_in_time), 0);
}

TEST(Turnover, hours_not_worked_when_the_programme_ends_are_unspent_whoever_they_were_for) {
    AreaStudy study = task_study(10);  // gone after 10 days, with work for 100 in the supporter's queue
    study.population.access_groups = {level_fact(add_attribute(study, 1))};
    study.population.clock.funding_end = study.population.clock.notice = 40 * day;
    study.arm.support.kinds[0].cost_per_hour = 20;
    add_crowd(study, 10);
    add_task(study, 0, Sampler::fixed(10), 7);
    const Simulated simulated = simulate(study);
    EXPECT_NEAR(simulated.value(Measure::support_hours), 40, 1e-3);
    EXPECT_EQ(simulated.count(Measure::tasks_worked), 4);
    EXPECT_NEAR(simulated.paid(Payer::programme, Category::supporter_time_used), 800, 0.02);
    EXPECT_NEAR(simulated.paid(Payer::programme, Category::supporter_time_idle), 0, 0.02);
    const auto hours = std::find(group_measures.begin(), group_measures.end(), Measure::support_hours);
    EXPECT_EQ(simulated.tallies.groups[static_cast<std::size_t>(hours - group_measures.begin())],
              simulated.count(Measure::support_hours));
}

TEST(Turnover, work_delegated_to_a_colleague_stays_there_when_the_own_supporter_leaves) {
    AreaStudy study = turnover_study();
    add_kind(study, 7, 1e6);
    study.arm.support.kinds[1].not_for = level_fact(add_attribute(study, 1));
    add_posts(study, 0, 1, 1);
    add_task(study, 0, Sampler::fixed(250), 300).kinds = kind_fact(1);
    const Simulated simulated = simulate(study, one_change(study));
    ASSERT_EQ(simulated.of(Kind::task_done).size(), 1U);
    EXPECT_NEAR(days_from_ticks(simulated.of(Kind::task_done)[0].time), 250, 1e-4);
    EXPECT_EQ(simulated.count(Measure::tasks_in_time), 1);
    EXPECT_NEAR(simulated.value(Measure::support_hours), 250, 1e-4);
}

}  // namespace
}  // namespace vfm::model
