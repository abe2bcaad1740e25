// Studies by type of area: marginal rates hold over the types, and the types' sums are the study's.
#include "small_study.hpp"

#include "vfm/experiment/marginal_rates.hpp"
#include "vfm/experiment/unit_runner.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace vfm::experiment {
namespace {

using model::EffectRow;
using testing::small_yaml;

const UnitRunner::AfterUnit to_its_end = [](std::uint64_t) { return true; };

double chance_at(double x) {
    return 1 / (1 + std::exp(-x));
}

EffectRow in_type(std::int16_t type, double coefficient, model::Facts mask = 0) {
    EffectRow row;
    row.mask = mask;
    row.coefficient = coefficient;
    row.area_type = type;
    return row;
}

/// Three areas of the first type with half the demand, one of the second: 3/5 and 2/5 of the families.
model::PopulationInputs two_types() {
    model::PopulationInputs population;
    population.area_types = {{3, 0.8}, {1, 1.6}};
    return population;
}

TEST(AreaTypes, a_marginal_rate_is_the_mean_over_the_families_of_all_types) {
    const model::PopulationInputs population = two_types();
    MarginalRates rates(population);
    const std::vector<EffectRow> rows = {in_type(1, 1.5)};
    const double a = rates.logit_intercept(0.2, rows);
    EXPECT_NEAR(0.6 * chance_at(a) + 0.4 * chance_at(a + 1.5), 0.2, 1e-12);
    const double b = rates.log_intercept(rows);
    EXPECT_NEAR(0.6 * std::exp(b) + 0.4 * std::exp(b + 1.5), 1, 1e-12);
}

TEST(AreaTypes, effects_on_types_levels_and_area_effects_are_averaged_over_together) {
    model::PopulationInputs population = two_types();
    population.attributes = {{0, 2, -1, {0.3, 1}}};
    population.area_effects = {{0.9, 1}};
    EffectRow by_effect = in_type(0, 1);
    by_effect.first_area_effect = 0;
    EffectRow level;
    level.mask = model::level_fact(1);
    level.coefficient = -0.7;
    const std::vector<EffectRow> rows = {by_effect, level, in_type(1, 1.2, model::level_fact(0))};
    MarginalRates rates(population);
    const double a = rates.logit_intercept(0.3, rows);
    double mean = 0;  // by the midpoint rule over the effect, and by hand over types and levels
    constexpr int steps = 4000;
    constexpr double width = 16.0 / steps;
    for (int i = 0; i < steps; ++i) {
        const double z = -8 + (i + 0.5) * width;
        const double weight = std::exp(-z * z / 2) * width / std::sqrt(2 * 3.14159265358979323846);
        mean += weight * (0.6 * (0.3 * chance_at(a + 0.9 * z) + 0.7 * chance_at(a + 0.9 * z - 0.7)) +
                          0.4 * (0.3 * chance_at(a + 1.2) + 0.7 * chance_at(a - 0.7)));
    }
    EXPECT_NEAR(mean, 0.3, 1e-9);
}

TEST(AreaTypes, that_no_effect_names_change_no_intercept) {
    model::PopulationInputs population;
    population.area_effects = {{0.9, 1}};
    model::PopulationInputs with_types = population;
    with_types.area_types = {{3, 0.8}, {1, 1.6}};
    EffectRow row;
    row.coefficient = 1;
    row.first_area_effect = 0;
    const std::vector<EffectRow> rows = {row};
    MarginalRates plain(population);
    MarginalRates typed(with_types);
    EXPECT_EQ(typed.logit_intercept(0.2, rows), plain.logit_intercept(0.2, rows));
    EXPECT_EQ(typed.log_intercept(rows), plain.log_intercept(rows));
}

scenario::Scenario typed_scenario(const std::vector<scenario::Override>& overrides = {}) {
    std::string text = small_yaml();
    const auto replace = [&text](const std::string& part, const std::string& by) {
        text.replace(text.find(part), part.size(), by);
    };
    replace("areas: {count: 2,",
            "areas: {types: {town: {count: 2}, county: {count: 1, demand: 0.5}, city: {count: 1}},");
    replace("{when: area.refusal, coefficient: 1}",
            "{when: area.refusal, coefficient: 1}, {when: area_type.county, odds_ratio: 3}");
    return scenario::parse_scenario(text, "typed.yaml", overrides);
}

TEST(AreaTypes, demands_are_relative_to_an_average_area) {
    const scenario::Scenario scenario = typed_scenario();
    const CompiledStudy study(scenario);
    Resolver resolver(scenario, study.staffing());
    const model::PopulationInputs population = resolver.resolve(study.parameters().means()).population;
    ASSERT_EQ(population.area_types.size(), 3U);
    double sum = 0;
    for (const model::AreaTypeInputs& type : population.area_types) sum += type.areas * type.demand;
    EXPECT_NEAR(sum, 4, 1e-12);
    EXPECT_NEAR(population.area_types[1].demand / population.area_types[0].demand, 0.5, 1e-12);
}

// Exactly: sums are whole numbers, and so are their differences.
TEST(AreaTypes, add_up_to_every_additive_measure_of_the_summary) {
    const scenario::Scenario scenario = typed_scenario();
    const CompiledStudy study(scenario);
    const results::Layout& layout = study.layout();
    ASSERT_EQ(layout.area_types.size(), 3U);
    EXPECT_EQ(layout.area_types[1], (results::AreaType{"county", "county", 1}));
    UnitRunner runner(study);
    const results::Batch batch = runner.run_batch(0, to_its_end);
    const std::size_t measures = layout.measures.size();
    const std::size_t by_type = layout.area_type_measures.size();
    ASSERT_GT(by_type, 50U);
    std::size_t compared = 0;
    for (std::size_t row = 0; row < batch.row_count * layout.arms.size(); ++row) {
        std::size_t column = 0;
        for (std::size_t m = 0; m < measures; ++m) {
            if (!layout.measures[m].additive) continue;
            ASSERT_EQ(layout.area_type_measures[column], layout.measures[m].name);
            double sum = 0;
            for (std::size_t type = 0; type < 3; ++type)
                sum += batch.area_types[(row * 3 + type) * by_type + column];
            EXPECT_EQ(sum, batch.summary[row * measures + m]) << layout.measures[m].name;
            ++column;
            ++compared;
        }
    }
    EXPECT_EQ(compared, batch.row_count * 3 * by_type);
}

// Another way to the same numbers: the types' areas simulated one by one.
TEST(AreaTypes, have_the_sums_of_their_own_areas) {
    const scenario::Scenario scenario = typed_scenario();
    const CompiledStudy study(scenario);
    const results::Layout& layout = study.layout();
    UnitRunner runner(study);
    const results::Batch batch = runner.run_batch(0, to_its_end);
    Resolver resolver(scenario, study.staffing());
    const ResolvedDraw draw = resolver.resolve(study.parameters().draw(0));
    constexpr std::uint32_t first_area[] = {0, 2, 3, 4};
    model::Families families;
    model::AreaSimulation area;
    for (std::size_t arm = 0; arm < layout.arms.size(); ++arm) {
        for (std::size_t type = 0; type < 3; ++type) {
            model::Tallies tallies;
            tallies.reset(draw.arms[arm].study_outcome_count, layout.groups.size(), layout.weeks);
            for (std::uint32_t a = first_area[type]; a < first_area[type + 1]; ++a) {
                families.draw(draw.population, {scenario.design.seed, 0, a});
                EXPECT_EQ(families.area_type(), static_cast<std::int16_t>(type));
                area.enter(draw.population, families);
                area.run(draw.arms[arm], tallies);
            }
            const double* row = batch.area_types.data() + (arm * 3 + type) * layout.area_type_measures.size();
            for (std::size_t m = 0; m < model::measure_count; ++m)
                EXPECT_EQ(row[m], tallies.value(static_cast<model::Measure>(m))) << m;
        }
    }
}

// A rate of 0.2 with an odds ratio of 3 in one of two types of areas: shares by type are those of the logit.
TEST(AreaTypes, shares_by_type_are_those_of_the_logit_and_meet_the_rate_together) {
    const std::string text = R"(format: vfm-scenario 1
title: One rate in two types
clock: {launch: 2015-01-01, funding_end: 2015-12-31}
money: {price_year: 2015, perspectives: {all: [programme]}}
design: {replications: 40, seed: 3}
areas: {types: {plain: {count: 3}, other: {count: 1, demand: 2}}}
population: {arrivals: {requests: {entry: request, annual_volume: 400}}}
pathway:
  outcomes: [plan, refused]
  stages:
    request:
      phase: assessment
      lead_days: 1
      next:
        - {end: refused, probability: {base: 0.2, effects: [{when: area_type.other, odds_ratio: 3}]}}
        - {end: plan}
authority: {unlimited: true, cost_per_hour: 0}
support: {enabled: false}
arms: {only: {title: Only}}
)";
    const scenario::Scenario scenario = scenario::parse_scenario(text, "rate.yaml", {});
    const CompiledStudy study(scenario);
    const results::Layout& layout = study.layout();
    UnitRunner runner(study);
    double families[2] = {0, 0};
    double refused[2] = {0, 0};
    const auto place_of = [&](const std::string& name) {
        const auto& names = layout.area_type_measures;
        return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    };
    for (std::uint64_t b = 0; b < study.batches(); ++b) {
        const results::Batch batch = runner.run_batch(b, to_its_end);
        for (std::size_t i = 0; i < batch.row_count * 2; ++i) {
            const double* row = batch.area_types.data() + i * layout.area_type_measures.size();
            families[i % 2] += row[place_of("families")];
            refused[i % 2] += row[place_of("ended_refused")];
        }
    }
    // With 3 : 2 families, 0.6 p + 0.4 q = 0.2 and q / (1 - q) = 3 p / (1 - p): 1.2 p^2 + 1.4 p - 0.2 = 0.
    const double p = (std::sqrt(1.4 * 1.4 + 4 * 1.2 * 0.2) - 1.4) / 2.4;
    const double q = 3 * p / (1 + 2 * p);
    ASSERT_NEAR(0.6 * p + 0.4 * q, 0.2, 1e-12);
    ASSERT_GT(families[0] + families[1], 60000);
    const auto error = [](double share, double of) { return 4 * std::sqrt(share * (1 - share) / of); };
    EXPECT_NEAR(refused[0] / families[0], p, error(p, families[0]));
    EXPECT_NEAR(refused[1] / families[1], q, error(q, families[1]));
    const double all = families[0] + families[1];
    EXPECT_NEAR((refused[0] + refused[1]) / all, 0.2, error(0.2, all));
    EXPECT_NEAR(families[0] / all, 0.6, error(0.6, all));
}

}  // namespace
}  // namespace vfm::experiment
