// The program that measures statistical speed, on a study whose variances are known.
#include "estimate_variance.hpp"

#include "vfm/random/streams.hpp"
#include "vfm/scenario/load.hpp"
#include "vfm/stats/sample_statistics.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace vfm::bench {
namespace {

using random::DesignKind;

// Fifty families a replication. A case turns out costly (GBP 1,000) with chance 0.2 in the reference arm and
// 0.36 in the other (odds 1/4 x 2.25), which also pays a price of 0 to 600, uniform between draws, for every
// family, and raises the chance of feeling supported from 0.6 to 0.75 (odds 1.5 x 2).
constexpr double families = 50;
constexpr double price_width = 600;
constexpr double between = price_width * price_width / 12;
constexpr double within_common = 1e6 * 0.16 * 0.84 / families;
constexpr double within_own = 1e6 * (0.2 * 0.8 + 0.36 * 0.64) / families;
constexpr Contrast without_effect = {1, 0, 0};

/// Something for the attribute `need` to change, or nothing.
Subject known_subject(const std::string& effect_of_need = "") {
    return Subject(scenario::parse_scenario(R"(format: vfm-scenario 1
title: Known variances
clock: {launch: 2014-01-01, funding_end: 2014-12-31, horizon: 2015-12-31}
money: {price_year: 2014, discount_rate: 0, perspectives: {all: [authority]}}
parameters:
  price: {distribution: {uniform: {low: 0, high: 600}}, unit: GBP, price_year: 2014, source: here, quality: assumption}
population:
  attributes: {need: {levels: {high: 0.5, low: rest}}}
  arrivals: {callers: {entry: ask, annual_volume: 5000, stop_after: 50}}
policies: {costly: 0}
pathway:
  outcomes: [answered]
  stages:
    ask:
      phase: assessment
      lead_days: 10
      next:
        - {to: dispute, probability: {base: 0.2, effects: [{when: policy.costly, odds_ratio: 2.25}]}}
        - {end: answered}
    dispute:
      phase: dispute
      lead_days: 5
      costs: [{payer: authority, category: casework, amount: 1000}]
      next: [{end: answered}]
authority: {unlimited: true, cost_per_hour: 0}
outcomes:
  feels_supported: {base: 0.6, effects: [{when: policy.costly, odds_ratio: 2})" +
                                                effect_of_need +
                                                R"(]}
  engaged: {base: 0.5}
  plan_quality: {base: 0.5}
  navigation: {base: 0.5}
arms:
  cheap: {title: Cheap}
  costly:
    title: Costly
    set:
      policies.costly: 1
      pathway.stages.ask.costs: [{payer: authority, category: casework, amount: price}]
)",
                                            "known.yaml"));
}

void expect_near(const Estimated& found, double known) {
    EXPECT_NEAR(found.value, known, 4 * found.standard_error);
    EXPECT_GT(found.standard_error, 0);
}

// False alarms: 4 standard errors, 1 in 10,000 for each expectation.
TEST(StatisticalSpeed, families_in_common_leave_the_variance_of_the_difference_alone) {
    const Subject subject = known_subject();
    const Plan own{RandomNumbers::own, DesignKind::monte_carlo, 50, 2, 20, 1};
    Plan common = own;
    common.numbers = RandomNumbers::common;
    const Sample apart = simulate(subject, own, 1);
    const Sample paired = simulate(subject, common, 1);
    expect_near(variance_of_a_draw(apart, without_effect, 1), between + within_own);
    expect_near(variance_of_a_draw(paired, without_effect, 1), between + within_common);
    expect_near(variance_of_a_draw(paired, without_effect, 2), between + within_common / 2);
    expect_near(variance_within_a_draw(apart, without_effect), within_own);
    expect_near(variance_within_a_draw(paired, without_effect), within_common);
    expect_near(
        ratio(variance_within_a_draw(apart, without_effect), variance_within_a_draw(paired, without_effect)),
        within_own / within_common);
    EXPECT_EQ(paired.histories(), families);
}

// A price that is linear in its uniform: n strata leave 1 / n^2 of the variance of a draw (McKay, Beckman and
// Conover 1979), and scrambled Sobol points are stratified in the same way.
TEST(StatisticalSpeed, strata_take_the_variance_between_draws_away_and_leave_that_within) {
    const Subject subject = known_subject();
    constexpr std::uint64_t draws = 8;
    const double known = between / std::pow(draws, 3) + within_common / draws;
    for (const DesignKind sampling : {DesignKind::latin_hypercube, DesignKind::sobol}) {
        const Sample sample = simulate(subject, {RandomNumbers::common, sampling, draws, 1, 250, 1}, 2);
        expect_near(variance_with_error(estimates(sample, without_effect, draws, 1)), known);
    }
    const Sample plain =
        simulate(subject, {RandomNumbers::common, DesignKind::monte_carlo, draws, 1, 250, 1}, 2);
    expect_near(variance_with_error(estimates(plain, without_effect, draws, 1)),
                (between + within_common) / draws);
}

TEST(StatisticalSpeed, the_first_points_of_a_sobol_design_are_the_smaller_design) {
    const Subject subject = known_subject();
    const Sample large = simulate(subject, {RandomNumbers::common, DesignKind::sobol, 16, 1, 4, 1}, 1);
    const Sample small = simulate(subject, {RandomNumbers::common, DesignKind::sobol, 8, 1, 4, 1}, 1);
    const Contrast contrast{1, 0, 100};
    EXPECT_EQ(estimates(large, contrast, 8, 1), estimates(small, contrast, 8, 1));
}

TEST(StatisticalSpeed, realised_outcomes_add_the_variance_of_their_chances) {
    const Subject subject = known_subject();
    const Plan plan{RandomNumbers::common, DesignKind::sobol, 4, 1, 1, 1};
    const std::vector<UnitOutcomes> units = expected_outcomes(subject, plan, 1);
    ASSERT_EQ(units.size(), 4U);
    EXPECT_EQ(units.front().families.at(1).size(), families);
    const double square = 0.25 * 0.25 / families;  // of a weight
    const double rounding = 1e-5 * square;         // chances are kept to 2^-20
    EXPECT_NEAR(realised_outcome_variance(units, RandomNumbers::common, 1, 0).value, square * 0.15 * 0.85,
                rounding);
    EXPECT_NEAR(realised_outcome_variance(units, RandomNumbers::own, 1, 0).value,
                square * (0.6 * 0.4 + 0.75 * 0.25 + 4 * 0.25), rounding);
}

/// The composite of a unit's arm, a measured family, with outcomes drawn: one uniform for a family's outcome,
/// `own_numbers`, if not 0, for random numbers of the arm's own.
double realised_composite(const UnitOutcomes& unit, std::size_t arm, std::uint32_t own_numbers) {
    double sum = 0;
    for (std::uint32_t family = 0; family < unit.families[arm].size(); ++family) {
        for (std::uint32_t o = 0; o < 4; ++o) {
            const double chance = unit.families[arm][family][o];
            const double uniform =
                random::uniform_pair(unit.cell, random::purpose_hash("outcome"), family, 8 * own_numbers + o)
                    .first;
            const double outcome = o == plan_quality ? chance : (uniform < chance ? 1.0 : 0.0);
            sum += unit.weights[o] * outcome;
        }
    }
    return sum / static_cast<double>(unit.families[arm].size());
}

double expected_composite(const UnitOutcomes& unit, std::size_t arm) {
    double sum = 0;
    for (const Outcomes& family : unit.families[arm]) {
        for (std::size_t o = 0; o < 4; ++o) sum += unit.weights[o] * family[o];
    }
    return sum / static_cast<double>(unit.families[arm].size());
}

TEST(StatisticalSpeed, drawing_outcomes_one_by_one_gives_the_variance_computed) {
    const Subject subject = known_subject(", {when: need.high, odds_ratio: 4}");
    for (const RandomNumbers numbers : {RandomNumbers::own, RandomNumbers::common}) {
        const std::vector<UnitOutcomes> units =
            expected_outcomes(subject, {numbers, DesignKind::monte_carlo, 1000, 1, 1, 7}, 1);
        std::vector<double> apart;
        for (const UnitOutcomes& unit : units) {
            const double realised = realised_composite(unit, 1, numbers == RandomNumbers::own ? 1 : 0) -
                                    realised_composite(unit, 0, 0);
            apart.push_back(realised - (expected_composite(unit, 1) - expected_composite(unit, 0)));
        }
        const Estimated direct = variance_with_error(apart);
        EXPECT_NEAR(stats::mean(apart), 0, 4 * std::sqrt(direct.value / 1000));
        expect_near(direct, realised_outcome_variance(units, numbers, 1, 0).value);
    }
}

TEST(StatisticalSpeed, the_standard_error_of_a_variance_comes_from_the_fourth_moment) {
    const std::vector<double> two_points = {-1, 1, -1, 1, -1, 1, -1, 1};  // s^2 = 8/7, m4 = 1
    const Estimated found = variance_with_error(two_points);
    EXPECT_DOUBLE_EQ(found.value, 8.0 / 7);
    EXPECT_DOUBLE_EQ(found.standard_error, std::sqrt((1 - 64.0 / 49 * 5 / 7) / 8));
}

TEST(StatisticalSpeed, draws_needed_follow_the_curve_between_its_points_and_one_over_n_beyond) {
    const double step = 1.001;
    EXPECT_NEAR(draws_needed({{1}, {900}}, 100, 10), 100, 100 * (step - 1));
    const Curve falling = {{1, 16, 256}, {800, 400, 0}};
    EXPECT_NEAR(draws_needed(falling, 0, 200.0 / 64), 64, 64 * (step - 1));  // halfway between 16 and 256
    EXPECT_NEAR(draws_needed(falling, 100, 0.1), 1000, 1000 * (step - 1));
    EXPECT_EQ(draws_needed(falling, 0, 1e6), 1);
}

}  // namespace
}  // namespace vfm::bench
