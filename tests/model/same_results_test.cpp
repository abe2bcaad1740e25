// What may not change a result: how variates are drawn, which short cut is taken, what was simulated before.
#include "rich_study.hpp"

#include "vfm/model/short_cuts.hpp"

#include <algorithm>
#include <tuple>

#include <gtest/gtest.h>

namespace vfm::model {
namespace {

using namespace testing;

/// Of the families that the area was entered with.
Tallies tallies_of(AreaSimulation& area, const AreaStudy& study) {
    Tallies tallies;
    tallies.reset(study.arm.study_outcome_count, study.population.access_groups.size(), study.weeks);
    area.run(study.arm, tallies);
    return tallies;
}

TEST(SameResults, an_arm_equal_to_another_gives_identical_tallies_whatever_was_simulated_between) {
    AreaSimulation area;
    for (std::uint64_t number = 0; number < 8; ++number) {
        const AreaStudy study = rich_study(number);
        AreaStudy other = rich_study(number + 100);
        other.population.clock.launch += 30 * day;  // another clock, another table of discounts
        other.arm.discount_per_year = number % 2 == 0 ? 0.035 : 0.015;
        Families families;
        Families other_families;
        families.draw(study.population, {1, number, 0});
        other_families.draw(other.population, {1, number, 1});
        area.enter(study.population, families);
        const Tallies first = tallies_of(area, study);
        area.enter(other.population, other_families);
        static_cast<void>(tallies_of(area, other));
        area.enter(study.population, families);
        const Tallies second = tallies_of(area, study);
        EXPECT_TRUE(equal(first, second)) << differences(first, second);
        AreaSimulation fresh;
        fresh.enter(study.population, families);
        const Tallies third = tallies_of(fresh, study);
        EXPECT_TRUE(equal(first, third)) << differences(first, third);
    }
}

TEST(SameResults, tallies_of_several_areas_add_up) {
    AreaSimulation area;
    const AreaStudy study = rich_study(3);
    Families families;
    families.draw(study.population, {1, 0, 0});
    area.enter(study.population, families);
    Tallies once = tallies_of(area, study);
    Tallies twice = once;
    area.run(study.arm, twice);
    for (std::size_t m = 0; m < measure_count; ++m) EXPECT_EQ(twice.sums[m], 2 * once.sums[m]);
    for (std::size_t i = 0; i < once.timeline.size(); ++i) EXPECT_EQ(twice.timeline[i], 2 * once.timeline[i]);
}

// The same object, the same number of draws, the same arm: only `enter` says that these are other families.
TEST(SameResults, nothing_is_left_of_families_who_were_drawn_before) {
    AreaSimulation area;
    AreaStudy study = rich_study(5);
    study.population.batched_stages.assign(study.arm.stages.size(), {true, true, true});
    study.arm.warm_up_number = 1;
    Families families;
    for (std::uint64_t replication = 0; replication < 3; ++replication) {
        families.draw(study.population, {1, replication, 0});
        area.enter(study.population, families);
        const Tallies again = tallies_of(area, study);
        AreaSimulation fresh;
        fresh.enter(study.population, families);
        const Tallies first = tallies_of(fresh, study);
        EXPECT_TRUE(equal(first, again)) << differences(first, again);
    }
}

TEST(SameResults, a_replay_is_the_run) {
    AreaSimulation area;
    for (std::uint64_t number = 0; number < 8; ++number) {
        const AreaStudy study = rich_study(number);
        const Simulated simulated = simulate(study, number);
        area.enter(study.population, simulated.families);
        const Tallies tallies = tallies_of(area, study);
        EXPECT_TRUE(equal(simulated.tallies, tallies)) << differences(simulated.tallies, tallies);
    }
}

TEST(SameResults, variates_drawn_for_all_at_once_are_those_drawn_on_demand) {
    for (std::uint64_t number = 0; number < 12; ++number) {
        AreaStudy study = rich_study(number);
        study.population.batched_stages.assign(study.arm.stages.size(), {true, true, true});
        for (StageInputs& stage : study.arm.stages) {
            for (TaskInputs& task : stage.tasks) {
                task.batch = static_cast<std::int32_t>(study.population.batched_tasks.size());
                study.population.batched_tasks.push_back(task.purposes);
            }
        }
        const Simulated batched = simulate(study, number);
        study.population.batched_stages.assign(study.arm.stages.size(), {});
        for (StageInputs& stage : study.arm.stages) {
            for (TaskInputs& task : stage.tasks) task.batch = -1;
        }
        const Simulated on_demand = simulate(study, number);
        EXPECT_TRUE(equal(batched.tallies, on_demand.tallies))
            << differences(batched.tallies, on_demand.tallies);
        EXPECT_EQ(batched.trace, on_demand.trace);
    }
}

/// The rich study as one that waits for supporters, without tasks and with nobody who leaves.
AreaStudy passive_study(std::uint64_t number) {
    AreaStudy study = rich_study(number);
    for (StageInputs& stage : study.arm.stages) stage.tasks.clear();
    for (KindInputs& kind : study.arm.support.kinds) kind.leaving_per_day = 0;
    study.arm.support.waits_for_supporter = true;
    study.arm.authority.unlimited = number % 2 == 0;
    study.arm.stages[rich::follow_up].ends_support = number % 3 == 0;
    study.arm.stages[rich::sign_off].has_panel = number % 4 < 2;
    return study;
}

// A task nobody ever gets - no family has the level - makes the engine watch every stage of supported
// families.
TEST(SameResults, the_short_cut_for_support_that_never_touches_the_pathway_is_exact) {
    for (std::uint64_t number = 0; number < 24; ++number) {
        const AreaStudy passive = passive_study(number);
        AreaStudy general = passive;
        add_task(general, rich::request, random::Sampler::fixed(1), 10).when = level_fact(30);
        const Simulated with_short_cut = simulate(passive, number);
        const Simulated without = simulate(general, number);
        EXPECT_TRUE(equal(with_short_cut.tallies, without.tallies))
            << "study " << number << ": " << differences(with_short_cut.tallies, without.tallies);
        EXPECT_GT(with_short_cut.count(Measure::stranded), 0);
    }
}

/// A passive study in which everybody comes straight to one provider whose supporters are alike.
AreaStudy places_study(std::uint64_t number) {
    AreaStudy study = passive_study(2 * number);
    for (StageInputs& stage : study.arm.stages) {
        stage.has_panel = false;
        stage.offers_support = false;
    }
    study.arm.stages[rich::request].offers_support = true;
    SupportInputs& support = study.arm.support;
    support.lost = support.misrouted = support.duplicated = support.conflicted = 0;
    support.providers.resize(1);
    support.posts.clear();
    add_posts(study, 0, 0, 1 + static_cast<std::uint32_t>(number % 5));
    support.kinds[0].not_for = 0;
    support.kinds[0].trained_share = number % 2 == 0 ? 1 : 0;
    support.kinds[0].start_days = random::Sampler::fixed(static_cast<double>(number % 3) * 20);
    return study;
}

TEST(SameResults, places_by_recursion_are_those_of_the_calendar) {
    AreaSimulation area;
    std::int64_t stranded = 0;
    for (std::uint64_t number = 0; number < 24; ++number) {
        const AreaStudy study = places_study(number);
        ASSERT_EQ(supported_stages(study.population, study.arm), SupportedStages::ahead_by_recursion);
        ASSERT_FALSE(study.population.access_groups.empty());
        ASSERT_FALSE(study.arm.stages[rich::sign_off].deadlines.empty());
        ASSERT_FALSE(study.arm.rows.empty());                   // effects on families
        const Simulated by_calendar = simulate(study, number);  // a replay
        area.enter(study.population, by_calendar.families);
        const Tallies by_recursion = tallies_of(area, study);
        EXPECT_TRUE(equal(by_calendar.tallies, by_recursion))
            << "study " << number << ": " << differences(by_calendar.tallies, by_recursion);
        EXPECT_GT(by_calendar.count(Measure::users), 0);
        stranded += by_calendar.count(Measure::stranded);
    }
    EXPECT_GT(stranded, 0);
}

TEST(SameResults, places_need_the_calendar_when_anything_else_is_shared_or_supporters_differ) {
    const auto need_no_calendar = [](auto change) {
        AreaStudy study = places_study(1);
        change(study);
        return places_need_no_calendar(study.population, study.arm);
    };
    EXPECT_TRUE(need_no_calendar([](AreaStudy&) {}));
    EXPECT_FALSE(need_no_calendar([](AreaStudy& s) { s.arm.authority.unlimited = false; }));
    EXPECT_FALSE(need_no_calendar([](AreaStudy& s) { s.arm.stages[rich::draft].has_panel = true; }));
    EXPECT_FALSE(need_no_calendar([](AreaStudy& s) { s.arm.stages[rich::dispute].offers_support = true; }));
    EXPECT_FALSE(need_no_calendar([](AreaStudy& s) { s.arm.support.waits_for_supporter = false; }));
    EXPECT_FALSE(need_no_calendar([](AreaStudy& s) { s.arm.support.lost = 0.1; }));
    EXPECT_FALSE(need_no_calendar([](AreaStudy& s) { s.arm.support.misrouted = 0.1; }));
    EXPECT_FALSE(need_no_calendar([](AreaStudy& s) { s.arm.support.kinds[0].leaving_per_day = 0.1; }));
    EXPECT_FALSE(need_no_calendar([](AreaStudy& s) { s.arm.support.kinds[0].trained_share = 0.5; }));
    EXPECT_FALSE(need_no_calendar([](AreaStudy& s) { s.arm.support.kinds[0].not_for = level_fact(0); }));
    EXPECT_FALSE(need_no_calendar([](AreaStudy& s) { s.arm.support.kinds[0].start_days = s.gamma(20, 2); }));
    EXPECT_FALSE(need_no_calendar([](AreaStudy& s) { add_posts(s, 0, 1, 1); }));
    EXPECT_FALSE(
        need_no_calendar([](AreaStudy& s) { add_task(s, rich::request, random::Sampler::fixed(1), 10); }));
}

/// Arms of one study that differ in their programme alone.
std::vector<AreaStudy> arms_alike_before_launch(std::uint64_t number) {
    std::vector<AreaStudy> arms(4, rich_study(number));
    arms[1].arm.support.enabled = false;
    arms[2].arm.support.posts.clear();
    add_posts(arms[2], 0, 1, 5);
    for (StageInputs& stage : arms[2].arm.stages) stage.tasks.clear();
    arms[3].arm.support.lost = 0.3;
    arms[3].arm.support.waits_for_supporter = !arms[3].arm.support.waits_for_supporter;
    return arms;
}

TEST(SameResults, a_warm_up_taken_over_from_another_arm_is_the_arms_own) {
    AreaSimulation area;
    for (std::uint64_t number = 0; number < 12; ++number) {
        const AreaStudy study = rich_study(number);
        Families families;
        families.draw(study.population, {1, number, 0});
        EXPECT_LT(families.arrival(families.in_order()[0]), study.population.clock.launch);
        area.enter(study.population, families);
        for (AreaStudy& arm : arms_alike_before_launch(number)) {
            const Tallies own = tallies_of(area, arm);
            arm.arm.warm_up_number = 1;
            const Tallies taken_over = tallies_of(area, arm);
            EXPECT_TRUE(equal(own, taken_over)) << "study " << number << ": " << differences(own, taken_over);
        }
    }
}

TEST(SameResults, arms_are_alike_before_launch_when_only_their_programme_differs) {
    const std::vector<AreaStudy> arms = arms_alike_before_launch(1);
    for (const AreaStudy& arm : arms) EXPECT_TRUE(alike_before_launch(arms[0].arm, arm.arm));
    const auto alike = [&](auto change) {
        AreaStudy other = arms[0];
        change(other.arm);
        return alike_before_launch(arms[0].arm, other.arm) && alike_before_launch(other.arm, arms[0].arm);
    };
    const auto with_effect = [](EffectRow row) {
        return [row](ArmInputs& arm) { arm.stages[rich::draft].lead_effects = add_predictor(arm, 0, {row}); };
    };
    EXPECT_TRUE(alike([](ArmInputs& arm) { arm.outcomes.engaged = add_probability(arm, 0.9); }));
    EXPECT_FALSE(alike([](ArmInputs& arm) { arm.stages.pop_back(); }));
    EXPECT_FALSE(
        alike([](ArmInputs& arm) { arm.stages[rich::draft].lead_days = random::Sampler::fixed(3); }));
    EXPECT_FALSE(alike([](ArmInputs& arm) { arm.stages[rich::draft].deadlines.push_back({0, day}); }));
    EXPECT_FALSE(alike([](ArmInputs& arm) { arm.stages[rich::sign_off].panel_places += 1; }));
    EXPECT_FALSE(alike(
        [](ArmInputs& arm) { arm.stages[rich::request].next[0].probability = add_probability(arm, 0.987); }));
    EXPECT_FALSE(alike([](ArmInputs& arm) { arm.authority.days_per_hour *= 2; }));
    EXPECT_FALSE(alike([](ArmInputs& arm) { arm.entry_stages[0] = rich::draft; }));
    EXPECT_FALSE(alike([](ArmInputs& arm) { arm.official = OfficialTimelinessInputs{0, day, day, 0}; }));
    // An effect on the supported alone does not touch families who come before support.
    EXPECT_TRUE(alike(with_effect(when(fact(Flag::supported), 1))));
    EXPECT_TRUE(alike(with_effect(when(kind_fact(0) | level_fact(1), 1))));
    EXPECT_FALSE(alike(with_effect(when(level_fact(1), 1))));
    EXPECT_FALSE(alike(with_effect(when(fact(Flag::late), 1))));
    EXPECT_FALSE(alike(with_effect(per(NumericCovariate::support_share, 1))));
}

TEST(SameResults, without_support_nothing_of_it_matters) {
    AreaStudy study = rich_study(2);
    study.arm.support.enabled = false;
    study.arm.support.baseline_share = 0;
    const Simulated without = simulate(study);
    study.arm.support.kinds.clear();
    study.arm.support.posts.clear();
    study.arm.support.providers.clear();
    for (StageInputs& stage : study.arm.stages) stage.tasks.clear();
    const Simulated stripped = simulate(study);
    EXPECT_TRUE(equal(without.tallies, stripped.tallies));
    EXPECT_EQ(without.count(Measure::sought_support), 0);
}

// One family in thirty goes round amendment once more; nothing is shared, so nobody else notices.
TEST(SameResults, a_familys_extra_round_changes_no_other_familys_life) {
    AreaStudy study = rich_study(1);
    study.arm.authority.unlimited = true;
    study.arm.stages[rich::sign_off].panel_places = 1000000;
    for (StageInputs& stage : study.arm.stages) stage.tasks.clear();
    for (KindInputs& kind : study.arm.support.kinds) {
        kind.caseload_cap = 1e6;
        kind.leaving_per_day = 0;
    }
    study.arm.support.posts.clear();
    add_posts(study, 0, 0, 1);
    add_posts(study, 1, 0, 1);
    const auto rare = static_cast<std::uint32_t>(add_attribute(study, 30));
    const std::uint32_t back = add_probability(study.arm, 1e-9, {when(level_fact(rare), 40)});
    study.arm.stages[rich::amendment].next[0].probability = back;
    AreaStudy reference = study;
    reference.arm.stages[rich::amendment].next[0].probability = add_probability(reference.arm, 1e-9);
    const Simulated changed = simulate(study);
    const Simulated unchanged = simulate(reference);
    EXPECT_GT(changed.count(Measure::amended), unchanged.count(Measure::amended));
    const auto of_others = [&](const Simulated& simulated) {
        std::vector<TraceEvent> kept;
        for (const TraceEvent& one : simulated.trace) {
            if ((simulated.families.levels(one.family) & level_fact(rare)) == 0) kept.push_back(one);
        }
        std::stable_sort(kept.begin(), kept.end(), [](const TraceEvent& a, const TraceEvent& b) {
            return std::tie(a.family, a.time) < std::tie(b.family, b.time);
        });
        return kept;
    };
    EXPECT_TRUE(of_others(changed) == of_others(unchanged));
}

}  // namespace
}  // namespace vfm::model
