// Families simulated side by side, stage after stage, against the calendar's one by one.
#include "rich_study.hpp"

#include "vfm/model/short_cuts.hpp"

#include <numeric>

#include <gtest/gtest.h>

namespace vfm::model {
namespace {

using namespace testing;

/// A pathway without loops in which nothing tells families apart, with or without places to wait for.
Study plain_study(std::uint64_t number) {
    Study study = empty_study(1540);
    study.weeks = 206;
    study.population.clock = {100 * day, 500 * day, 550 * day, 640 * day,
                              (number % 4 == 3 ? 660 : 1540) * day};
    add_stream(study, 0.6, 0, 1540);
    add_stream(study, 0.4, 50, 600);
    ArmInputs& arm = study.arm;
    arm.discount_per_year = number % 2 == 0 ? 0.035 : 0;
    enum Stage : std::uint32_t { request, draft, dispute, appeal, sign_off };
    const auto chance = [&arm](double p) { return add_probability(arm, p); };
    add_stage(study, study.gamma(30, 4), {to_stage(dispute, chance(0.3)), to_stage(draft)});
    add_stage(study, random::Sampler::lognormal_mean_cv(20, 0.5),
              {to_stage(dispute, chance(0.2)), to_outcome(1, chance(0.1)), to_stage(sign_off)});
    add_stage(study, random::Sampler::fixed(12.5), {to_stage(appeal, chance(0.6)), to_outcome(1)});
    add_stage(study, study.gamma(60, 1), {to_outcome(0, chance(0.5)), to_stage(sign_off)});
    add_stage(study, study.gamma(14, 3), {to_outcome(0)});
    for (const std::uint32_t s : {request, dispute, appeal}) {
        arm.stages[s].has_work = true;
        arm.stages[s].work_hours = s == dispute ? random::Sampler::fixed(2) : study.gamma(3 + s, 4);
    }
    EffectRow by_area = when(0, 1);
    by_area.first_area_effect = 0;
    study.population.area_effects = {{0.4, purpose(9, "effect0")}};
    arm.stages[draft].lead_effects = add_predictor(arm, -0.2, {by_area});
    arm.stages[request].work_effects = add_predictor(arm, 0.1, {by_area});
    arm.stages[dispute].counts_as = Count::disputed;
    arm.stages[appeal].counts_as = Count::appealed;
    arm.stages[appeal].costs = {{Payer::tribunal, Category::appeal, 500, arm.stages[draft].lead_effects},
                                {Payer::programme, Category::group_work, 20, 0}};
    arm.stages[draft].milestone = Milestone::plan_ready;
    arm.stages[sign_off].milestone = Milestone::plan_signed_off;
    arm.stages[draft].family_hours = 5;
    arm.stages[sign_off].ends_support = number % 3 == 0;
    arm.stages[request].offers_support = true;
    arm.authority.cost_per_hour = 30;
    arm.entry_stages = {request, request};
    OutcomeInputs& outcomes = arm.outcomes;
    outcomes.feels_supported = chance(0.5);
    outcomes.engaged = chance(0.4);
    outcomes.plan_quality = chance(0.6);
    outcomes.navigation = chance(0.3);
    outcomes.waiting_loss_per_month = number % 2 == 0 ? 0.02 : 0;
    outcomes.contact_removes_share = 0.5;
    outcomes.support_gain_points = 0.3;
    outcomes.gain_years = 1;
    outcomes.wellby_value = 13000;
    outcomes.family_time_value = 6;
    study.population.batched_stages.assign(arm.stages.size(), {});
    if (number % 5 == 4) return study;
    SupportInputs& support = arm.support;
    support.enabled = true;
    support.waits_for_supporter = true;
    KindInputs& kind = add_kind(study, 30, number % 2 == 0 ? 7 : 11);
    kind.start_days = random::Sampler::fixed(static_cast<double>(number % 3) * 20);
    kind.trained_share = number % 2 == 0 ? 1 : 0;
    add_provider(study).fixed_cost_per_day = 5;
    add_posts(study, 0, 0, 1 + static_cast<std::uint32_t>(number % 4));
    support.uptake = chance(0.7);
    support.awareness_at_launch = 0.5;
    support.awareness_ramp_days = 200;
    return study;
}

TEST(SideBySide, what_families_get_is_what_the_calendar_gives_them_one_by_one) {
    AreaSimulation area;
    std::int64_t stranded = 0;
    std::int64_t open = 0;
    for (std::uint64_t number = 0; number < 40; ++number) {
        Study study = plain_study(number);
        study.arm.side_by_side_order = side_by_side_order(study.population, study.arm);
        ASSERT_FALSE(study.arm.side_by_side_order.empty());
        const Simulated by_calendar = simulate(study, number);  // a replay
        Tallies tallies;
        tallies.reset(study.arm.study_outcome_count, 0, study.weeks);
        area.enter(study.population, by_calendar.families);
        area.run(study.arm, tallies);
        EXPECT_TRUE(equal(by_calendar.tallies, tallies))
            << "study " << number << ": " << differences(by_calendar.tallies, tallies);
        EXPECT_GT(by_calendar.count(Measure::disputed), 0);
        stranded += by_calendar.count(Measure::stranded);
        open += by_calendar.count(Measure::open_at_horizon);
    }
    EXPECT_GT(stranded, 0);
    EXPECT_GT(open, 0);
}

TEST(SideBySide, every_stage_comes_after_those_that_lead_to_it) {
    const Study study = plain_study(0);
    const std::vector<std::uint32_t> order = side_by_side_order(study.population, study.arm);
    std::vector<std::size_t> place(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
    for (std::uint32_t s = 0; s < study.arm.stages.size(); ++s) {
        for (const TransitionInputs& way : study.arm.stages[s].next) {
            if (!way.to_outcome) {
                EXPECT_GT(place[way.target], place[s]);
            }
        }
    }
}

TEST(SideBySide, is_not_for_families_who_share_more_or_are_told_apart) {
    const auto possible = [](auto change) {
        Study study = plain_study(0);
        change(study);
        return !side_by_side_order(study.population, study.arm).empty();
    };
    EXPECT_TRUE(possible([](Study&) {}));
    EXPECT_TRUE(possible([](Study& s) { s.arm.support.enabled = false; }));
    EXPECT_FALSE(possible([](Study& s) { s.arm.authority.unlimited = false; }));
    EXPECT_FALSE(possible([](Study& s) { s.arm.stages[1].has_panel = true; }));
    EXPECT_FALSE(possible([](Study& s) { s.arm.support.waits_for_supporter = false; }));
    EXPECT_FALSE(possible([](Study& s) { s.arm.support.lost = 0.1; }));
    EXPECT_FALSE(possible([](Study& s) { s.arm.support.baseline_share = 0.1; }));
    EXPECT_FALSE(possible([](Study& s) { s.population.access_groups = {level_fact(0)}; }));
    EXPECT_FALSE(possible([](Study& s) { s.arm.official = OfficialTimelinessInputs{}; }));
    EXPECT_FALSE(possible([](Study& s) { s.arm.stages[1].deadlines = {{0, day}}; }));
    EXPECT_FALSE(possible([](Study& s) { s.arm.stages[3].milestone = Milestone::plan_ready; }));
    EXPECT_FALSE(possible([](Study& s) { s.arm.stages[3].next[1] = to_stage(1); }));  // round and round
    EXPECT_FALSE(possible([](Study& s) { add_predictor(s.arm, 0, {when(level_fact(0), 1)}); }));
    EXPECT_FALSE(
        possible([](Study& s) { add_predictor(s.arm, 0, {per(NumericCovariate::days_in_process, 1)}); }));
    EXPECT_FALSE(possible([](Study& s) { add_task(s, 0, random::Sampler::fixed(1), 10); }));
}

}  // namespace
}  // namespace vfm::model
