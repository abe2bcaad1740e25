// Money and outcomes: who pays what and when, discounted; what families get out of it.
#include "recount.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace vfm::model {
namespace {

using namespace testing;
using random::Sampler;

/// A crowd in one stage of 60 days and a programme from day 100 to day 465 with two kinds in two posts.
AreaStudy costed_study() {
    AreaStudy study = empty_study(800);
    study.population.clock = {100 * day, 465 * day, 465 * day, 465 * day, 800 * day};
    add_stage(study, Sampler::fixed(60), {to_outcome(0)});
    add_simple_support(study, 1, 35, 1e6);
    KindInputs& paid = study.arm.support.kinds[0];
    paid.cost_per_hour = 20;
    paid.other_work_share = 0.25;
    paid.expenses_per_hour = 3;
    paid.supervision_per_day = 2;
    paid.recruitment_cost = 500;
    paid.start_days = Sampler::fixed(30);
    add_crowd(study, 10, 200);
    add_task(study, 0, Sampler::fixed(2), 60);
    study.arm.discount_per_year = 0.035;
    return study;
}

TEST(Ledger, paid_staff_cost_their_contracted_hours_split_into_used_other_work_and_idle) {
    const Simulated simulated = simulate(costed_study());
    const double days = 365 - 30;
    const double contracted = 35.0 / 7 * days;
    EXPECT_NEAR(simulated.value(Measure::contracted_hours), contracted, 1e-5);
    const double used = simulated.paid(Payer::programme, Category::supporter_time_used);
    const double other = simulated.paid(Payer::programme, Category::other_work);
    const double idle = simulated.paid(Payer::programme, Category::supporter_time_idle);
    EXPECT_NEAR(used, 10 * 2 * 20, 1e-4);
    EXPECT_NEAR(other, 0.25 * contracted * 20, 1e-4);
    EXPECT_NEAR(used + other + idle, contracted * 20, 1e-4);
    EXPECT_NEAR(simulated.paid(Payer::programme, Category::travel_and_expenses), 20 * 3, 1e-4);
    EXPECT_NEAR(simulated.paid(Payer::programme, Category::supervision), 2 * days, 1e-4);
    EXPECT_NEAR(simulated.paid(Payer::programme, Category::recruitment_and_training), 500, 1e-4);
}

TEST(Ledger, volunteers_cost_expenses_and_supervision_and_their_time_is_nobodys_money) {
    AreaStudy study = costed_study();
    study.arm.support.kinds[0].paid = false;
    study.arm.support.kinds[0].time_value_per_hour = 9;
    const Simulated simulated = simulate(study);
    EXPECT_EQ(simulated.paid(Payer::programme, Category::supporter_time_used), 0);
    EXPECT_EQ(simulated.paid(Payer::programme, Category::supporter_time_idle), 0);
    EXPECT_NEAR(simulated.paid(Payer::volunteer, Category::volunteer_time), 20 * 9, 1e-4);
    EXPECT_NEAR(simulated.value(Measure::programme_spending), 20 * 3 + 2 * 335 + 500, 1e-3);
}

TEST(Ledger, a_fraction_of_a_post_costs_and_works_that_fraction) {
    AreaStudy study = costed_study();
    const double whole = simulate(study).value(Measure::programme_spending);
    study.arm.support.posts[0].fraction = 0.5;
    const Simulated half = simulate(study);
    EXPECT_NEAR(half.value(Measure::contracted_hours), 35.0 / 7 * 335 / 2, 1e-5);
    EXPECT_NEAR(half.value(Measure::programme_spending), (whole - 60) / 2 + 60, 1e-3)
        << "but the same expenses";
}

TEST(Ledger, money_is_discounted_to_launch_at_the_day_of_the_event) {
    AreaStudy study = costed_study();
    study.arm.support.providers[0].fixed_cost_per_day = 10;
    study.arm.stages[0].costs = {{Payer::tribunal, Category::appeal, 1000, 0}};
    const Simulated simulated = simulate(study);
    const auto factor = [](double days_since_launch) {
        return std::exp(-0.035 * days_since_launch / 365.25);
    };
    EXPECT_NEAR(simulated.discounted(Payer::tribunal, Category::appeal), 10 * 1000 * factor(160), 1e-3);
    EXPECT_NEAR(simulated.discounted(Payer::programme, Category::recruitment_and_training), 500 * factor(30),
                1e-4);
    EXPECT_NEAR(simulated.discounted(Payer::programme, Category::supporter_time_used), 400 * factor(100),
                1e-3);
    double fixed = 0;  // 10 GBP on each day, at that day's factor
    for (int one = 0; one < 365; ++one) fixed += 10 * factor(one);
    EXPECT_NEAR(simulated.discounted(Payer::programme, Category::management_and_premises), fixed, 1e-4);
    const double integral =
        10 * (1 - factor(365)) * 365.25 / 0.035;  // within half a day's discount of the integral
    EXPECT_NEAR(fixed / integral, 1, 0.035 / 365.25);
}

TEST(Ledger, without_a_rate_nothing_is_discounted_and_before_launch_money_is_worth_more) {
    AreaStudy study = costed_study();
    study.arm.discount_per_year = 0;
    const Simulated simulated = simulate(study);
    EXPECT_EQ(simulated.tallies.ledger.paid, simulated.tallies.ledger.discounted);
}

TEST(Ledger, stage_costs_fall_on_their_payer_for_measured_families_with_their_effects) {
    AreaStudy study = costed_study();
    const std::size_t level = add_attribute(study, 2);
    study.arm.stages[0].costs = {
        {Payer::family, Category::legal_help, 100, add_predictor(study.arm, 0, {when(level_fact(level), 1)})},
        {Payer::programme, Category::group_work, 7, 0}};
    study.arm.stages[0].family_hours = 4;
    study.arm.outcomes.family_time_value = 6;
    add_crowd(study, 50, 10);  // before launch: not measured
    const Simulated simulated = simulate(study);
    double expected = 0;
    for (std::uint32_t family = 0; family < 10; ++family) {
        expected += (simulated.families.levels(family) & level_fact(level)) != 0 ? 100 * std::exp(1.0) : 100;
    }
    EXPECT_NEAR(simulated.paid(Payer::family, Category::legal_help), expected, 1e-3);
    EXPECT_NEAR(simulated.paid(Payer::family, Category::family_time), 10 * 4 * 6, 1e-4);
    EXPECT_NEAR(simulated.paid(Payer::programme, Category::group_work), 70, 1e-4);
    double spending = 0;
    for (std::size_t w = 0; w < study.weeks; ++w) {
        spending += from_fixed(
            simulated.tallies.timeline[w * series_count + static_cast<std::size_t>(Series::spending)]);
    }
    EXPECT_NEAR(spending, simulated.value(Measure::programme_spending), 1e-3);
}

TEST(Ledger, baseline_help_costs_the_authority_less_what_the_programme_displaces) {
    AreaStudy study = costed_study();
    study.arm.support.baseline_share = 1;
    study.arm.support.baseline_hours = 4;
    study.arm.support.baseline_cost_per_hour = 25;
    study.arm.support.baseline_displaced_share = 0.4;
    EXPECT_NEAR(simulate(study).paid(Payer::authority, Category::baseline_support), 10 * 100 * 0.6, 1e-4);
    study.arm.support.enabled = false;
    EXPECT_NEAR(simulate(study).paid(Payer::authority, Category::baseline_support), 10 * 100, 1e-4);
}

TEST(Ledger, what_a_family_causes_is_traced_to_its_access_groups_and_what_capacity_costs_is_not) {
    AreaStudy study = costed_study();
    const std::size_t level = add_attribute(study, 2);
    study.population.access_groups = {level_fact(level), level_fact(level + 1), level_fact(level)};
    study.arm.stages[0].has_work = true;
    study.arm.stages[0].work_hours = Sampler::fixed(3);
    study.arm.authority.cost_per_hour = 50;
    study.arm.stages[0].costs = {{Payer::tribunal, Category::appeal, 1000, 0},
                                 {Payer::programme, Category::supervision, 8, 0}};
    study.arm.stages[0].family_hours = 4;
    study.arm.outcomes.family_time_value = 6;
    study.arm.support.baseline_share = 1;
    study.arm.support.baseline_hours = 4;
    study.arm.support.baseline_cost_per_hour = 25;
    study.arm.support.baseline_displaced_share = 0.4;
    study.arm.support.providers[0].fixed_cost_per_day = 10;
    add_crowd(study, 50, 10);  // before launch: not measured
    const Simulated simulated = simulate(study);
    // They arrive 100 days after launch and leave 60 days later, when everything falls due.
    const double factor = std::exp(-0.035 * 160 / 365.25);
    std::array<double, 2> families{};
    for (std::uint32_t family = 0; family < 10; ++family)
        ++families[(simulated.families.levels(family) & level_fact(level)) != 0 ? 0 : 1];
    ASSERT_GT(families[0], 0);
    ASSERT_GT(families[1], 0);
    for (const std::size_t group : {std::size_t{0}, std::size_t{1}}) {
        const auto traced = [&](Payer payer) {
            return from_fixed(simulated.tallies.group_costs[group][static_cast<std::size_t>(payer)]);
        };
        EXPECT_NEAR(traced(Payer::authority), families[group] * (3 * 50 + 4 * 25 * 0.6) * factor, 1e-3);
        EXPECT_NEAR(traced(Payer::tribunal), families[group] * 1000 * factor, 1e-3);
        EXPECT_NEAR(traced(Payer::family), families[group] * 4 * 6 * factor, 1e-3);
        EXPECT_NEAR(traced(Payer::programme), families[group] * 8 * factor, 1e-3)
            << "by who causes it, whatever its category";
        EXPECT_EQ(traced(Payer::volunteer), 0);
    }
    EXPECT_EQ(simulated.tallies.group_costs[2], simulated.tallies.group_costs[0]);
    const Ledger& ledger = simulated.tallies.ledger;
    const auto programme = static_cast<std::size_t>(Payer::programme);
    EXPECT_NEAR(from_fixed(ledger.shared[programme]),
                from_fixed(ledger.by_payer()[programme]) - 10 * 8 * factor, 1e-3);
    EXPECT_GT(ledger.shared[programme], to_fixed(500));
}

/// One family in a stage of 24 months' length, contacted or not; the rest of O7's parts.
AreaStudy wellbeing_study() {
    AreaStudy study = empty_study(2000);
    add_stage(study, Sampler::fixed(12 * days_per_month), {to_stage(1)});
    add_stage(study, Sampler::fixed(12 * days_per_month), {to_outcome(0)});
    add_simple_support(study, 1, 70, 1e6);
    study.arm.outcomes.waiting_loss_per_month = 0.05;
    study.arm.outcomes.contact_removes_share = 0.6;
    study.arm.outcomes.support_gain_points = 0.5;
    study.arm.outcomes.gain_years = 1.5;
    study.arm.outcomes.wellby_value = 13000;
    add_crowd(study, 1);
    return study;
}

TEST(Outcomes, waiting_lowers_life_satisfaction_at_a_steady_rate_a_month_so_the_loss_grows_with_its_square) {
    AreaStudy study = wellbeing_study();
    // 24 months at 0.05 a month reach 1.2 points; the triangle under it is 1.2 x 2 years / 2.
    EXPECT_NEAR(simulate(study).value(Measure::wellbeing_years), -1.2, 1e-4);
    EXPECT_NEAR(simulate(study).value(Measure::wellbeing_value), -1.2 * 13000, 1);
    study.arm.stages[0].lead_days = Sampler::fixed(0);
    EXPECT_NEAR(simulate(study).value(Measure::wellbeing_years), -0.3, 1e-4);
}

TEST(Outcomes, contact_removes_a_share_of_the_loss_and_support_in_time_adds_a_gain_for_a_while) {
    AreaStudy study = wellbeing_study();
    add_task(study, 0, Sampler::fixed(1), 5).proactive = true;  // contact in the first half
    add_task(study, 1, Sampler::fixed(1000), 5);                // late
    const Simulated simulated = simulate(study);
    EXPECT_EQ(simulated.count(Measure::tasks_in_time), 1);
    EXPECT_NEAR(simulated.value(Measure::wellbeing_years), 0.5 * 1.5 * 0.5 - 1.2 * (1 - 0.6 * 0.5), 1e-4);
}

TEST(Outcomes, terminal_outcomes_are_expected_values_and_the_composite_their_weighted_sum) {
    AreaStudy study = empty_study(100);
    const std::size_t level = add_attribute(study, 2);
    add_stage(study, Sampler::fixed(10), {to_outcome(0)});
    study.arm.outcomes.feels_supported = add_probability(study.arm, 0.3, {when(level_fact(level), 1)});
    study.arm.outcomes.engaged = add_probability(study.arm, 0.4);
    study.arm.outcomes.plan_quality = add_probability(study.arm, 0.6);
    study.arm.outcomes.navigation = add_probability(study.arm, 0.1);
    const std::array<double, 4> weights = {0.4, 0.3, 0.2, 0.1};
    std::copy(weights.begin(), weights.end(), study.arm.outcomes.composite_weights);
    add_crowd(study, 100);
    const Simulated simulated = simulate(study);
    double satisfied = 0;
    for (std::uint32_t family = 0; family < 100; ++family) {
        const bool holds = (simulated.families.levels(family) & level_fact(level)) != 0;
        satisfied += holds ? random::logistic(random::logit(0.3) + 1) : 0.3;
    }
    EXPECT_NEAR(simulated.value(Measure::feels_supported), satisfied, 1e-4);
    EXPECT_NEAR(simulated.value(Measure::engaged), 40, 1e-4);
    EXPECT_NEAR(simulated.value(Measure::composite), 0.4 * satisfied + 0.3 * 40 + 0.2 * 60 + 0.1 * 10, 1e-3);
}

TEST(Tallies, the_day_by_which_a_share_of_plans_was_signed_off_is_interpolated_within_the_day) {
    Tallies tallies;
    tallies.reset(1, 0, 1);
    EXPECT_EQ(tallies.sign_off_quantile(0.5), -1);
    tallies.sign_off_days[10] = 4;
    tallies.sign_off_days[20] = 4;
    tallies.count(Measure::plans_signed_off, 8);
    EXPECT_DOUBLE_EQ(tallies.sign_off_quantile(0.25), 10.5);
    EXPECT_DOUBLE_EQ(tallies.sign_off_quantile(0.3), 10.6);
    EXPECT_DOUBLE_EQ(tallies.sign_off_quantile(0.5), 11);
    EXPECT_DOUBLE_EQ(tallies.sign_off_quantile(0.75), 20.5);
}

TEST(Tallies, every_measure_has_a_name_of_its_own_in_the_order_of_the_enumeration) {
    EXPECT_EQ(static_cast<std::size_t>(Measure::programme_spending) + 1, measure_count);
    EXPECT_EQ(measure_facts[static_cast<std::size_t>(Measure::wellbeing_value)].name, "wellbeing_value");
    EXPECT_EQ(measure_facts[static_cast<std::size_t>(Measure::days_to_sign_off)].name, "days_to_sign_off");
    for (std::size_t i = 0; i < measure_count; ++i) {
        for (std::size_t j = 0; j < i; ++j) EXPECT_NE(measure_facts[i].name, measure_facts[j].name);
    }
}

}  // namespace
}  // namespace vfm::model
