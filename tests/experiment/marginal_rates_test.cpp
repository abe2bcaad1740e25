// Rates that are meant over attributes and area effects: the intercept keeps them there.
#include "vfm/experiment/marginal_rates.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/model/families.hpp"

#include <cmath>
#include <functional>

#include <gtest/gtest.h>

namespace vfm::experiment {
namespace {

using model::EffectRow;
using model::level_fact;

double logistic(double x) {
    return 1 / (1 + std::exp(-x));
}
double logit(double p) {
    return std::log(p / (1 - p));
}

/// E[f(Z)] for a standard normal by the midpoint rule on 20,000 intervals: slow and plain.
double over_normal(const std::function<double(double)>& f) {
    constexpr int steps = 20000;
    const double width = 20.0 / steps;
    double sum = 0;
    for (int i = 0; i < steps; ++i) {
        const double z = -10 + (i + 0.5) * width;
        sum += f(z) * std::exp(-z * z / 2) * width;
    }
    return sum / std::sqrt(2 * 3.14159265358979323846);
}

EffectRow on_level(std::size_t level, double coefficient) {
    EffectRow row;
    row.mask = level_fact(level);
    row.coefficient = coefficient;
    return row;
}

EffectRow on_area(std::int16_t effect, double coefficient, model::Facts mask = 0) {
    EffectRow row;
    row.mask = mask;
    row.coefficient = coefficient;
    row.first_area_effect = effect;
    return row;
}

model::PopulationInputs one_effect(double sd) {
    model::PopulationInputs population;
    population.area_effects = {{sd, 1}};
    return population;
}

/// Two attributes, the second's shares depending on the first, and two correlated area effects.
model::PopulationInputs rich_population() {
    model::PopulationInputs population;
    population.attributes = {{0, 2, -1, {0.3, 1}}, {2, 3, 0, {0.1, 0.5, 1, 0.6, 0.8, 1}}};
    population.area_effects = {{0.9, 1}, {0.6, 2}};
    population.area_correlation = {1, 0, 0.6, 0.8};
    return population;
}

/// E[link(x)] over rich_population by summing over levels and two nested integrals.
double brute_force(const std::vector<EffectRow>& rows, const std::function<double(double)>& link) {
    const double first[2] = {0.3, 0.7};
    const double second[2][3] = {{0.1, 0.4, 0.5}, {0.6, 0.2, 0.2}};
    double expected = 0;
    for (std::size_t i = 0; i < 2; ++i) {
        for (std::size_t j = 0; j < 3; ++j) {
            const model::Facts facts = level_fact(i) | level_fact(2 + j);
            const auto at = [&](double z1, double z2) {
                const double area[2] = {0.9 * z1, 0.6 * (0.6 * z1 + 0.8 * z2)};
                double x = 0;
                for (const EffectRow& row : rows) {
                    if ((facts & row.mask) != row.mask) continue;
                    x += row.coefficient * (row.first_area_effect < 0 ? 1 : area[row.first_area_effect]);
                }
                return link(x);
            };
            double integral = 0;
            constexpr double step = 0.1;
            for (int a = -80; a <= 80; ++a) {
                for (int b = -80; b <= 80; ++b) {
                    const double z1 = a * step;
                    const double z2 = b * step;
                    integral += at(z1, z2) * std::exp(-(z1 * z1 + z2 * z2) / 2) * step * step;
                }
            }
            expected += first[i] * second[i][j] * integral / (2 * 3.14159265358979323846);
        }
    }
    return expected;
}

const std::vector<EffectRow> rich_rows = {on_level(0, 0.7), on_level(3, -1.1), on_area(0, 1),
                                          on_area(1, 0.5, level_fact(4))};

// The specification's example of why the intercept must be solved.
TEST(MarginalRates, a_conditional_rate_of_3_9_percent_with_sd_1_5_is_8_3_percent_on_average) {
    const double conditional = logit(0.039);
    EXPECT_NEAR(over_normal([&](double z) { return logistic(conditional + 1.5 * z); }), 0.083, 0.0005);
    const model::PopulationInputs population = one_effect(1.5);
    MarginalRates rates(population);
    const std::vector<EffectRow> rows = {on_area(0, 1)};
    const double solved = rates.logit_intercept(0.039, rows);
    EXPECT_NEAR(over_normal([&](double z) { return logistic(solved + 1.5 * z); }), 0.039, 1e-9);
    EXPECT_LT(solved, conditional);
}

TEST(MarginalRates, the_rate_stays_put_as_the_spread_of_areas_grows) {
    const std::vector<EffectRow> rows = {on_area(0, 1)};
    for (const double rate : {0.001, 0.039, 0.5, 0.9, 0.999}) {
        for (const double sd : {0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0}) {
            const model::PopulationInputs population = one_effect(sd);
            MarginalRates rates(population);
            const double a = rates.logit_intercept(rate, rows);
            const double mean = over_normal([&](double z) { return logistic(a + sd * z); });
            EXPECT_NEAR(mean, rate, sd <= 2 ? 1e-9 : 1e-6) << "rate " << rate << ", sd " << sd;
            if (sd == 0) {
                EXPECT_NEAR(a, logit(rate), 1e-12);
            }
        }
    }
}

TEST(MarginalRates, attributes_that_depend_on_one_another_and_correlated_effects_are_averaged_over) {
    const model::PopulationInputs population = rich_population();
    MarginalRates rates(population);
    for (const double rate : {0.02, 0.4, 0.8}) {
        const double a = rates.logit_intercept(rate, rich_rows);
        EXPECT_NEAR(brute_force(rich_rows, [&](double x) { return logistic(a + x); }), rate, 1e-8);
    }
}

TEST(MarginalRates, a_factor_has_mean_one) {
    const model::PopulationInputs population = rich_population();
    MarginalRates rates(population);
    const double a = rates.log_intercept(rich_rows);
    EXPECT_NEAR(brute_force(rich_rows, [&](double x) { return std::exp(a + x); }), 1, 1e-9);
    const std::vector<EffectRow> area = {on_area(0, 1)};
    EXPECT_NEAR(rates.log_intercept(area), -0.9 * 0.9 / 2, 1e-14);
    EXPECT_EQ(rates.log_intercept({}), 0);
}

TEST(MarginalRates, what_only_the_simulation_can_tell_is_not_averaged_over) {
    const model::PopulationInputs population = rich_population();
    MarginalRates rates(population);
    EffectRow flag;
    flag.mask = model::fact(model::Flag::supported);
    flag.coefficient = 3;
    EffectRow per_unit;
    per_unit.coefficient = 1;
    per_unit.covariate = 0;
    EffectRow product = on_area(0, 1);
    product.second_area_effect = 1;
    const std::vector<EffectRow> rows = {flag, per_unit, product};
    EXPECT_DOUBLE_EQ(rates.logit_intercept(0.2, rows), random::logit(0.2));
    EXPECT_DOUBLE_EQ(rates.log_intercept(rows), 0);
}

TEST(MarginalRates, components_are_shares_and_equal_ones_are_merged) {
    const model::PopulationInputs population = rich_population();
    const MarginalRates rates(population);
    const std::vector<EffectRow> rows = {on_level(0, 0.7)};
    const std::vector<Component> components = rates.components(rows);
    ASSERT_EQ(components.size(), 2U);
    EXPECT_NEAR(components[0].weight, 0.7, 1e-15);
    EXPECT_EQ(components[0].mean, 0);
    EXPECT_NEAR(components[1].weight, 0.3, 1e-15);
    double weight = 0;
    for (const Component& one : rates.components(rich_rows)) weight += one.weight;
    EXPECT_NEAR(weight, 1, 1e-14);
}

TEST(MarginalRates, certainty_and_impossibility_have_no_finite_intercept) {
    const model::PopulationInputs population = rich_population();
    MarginalRates rates(population);
    EXPECT_EQ(rates.logit_intercept(0, rich_rows), -std::numeric_limits<double>::infinity());
    EXPECT_EQ(rates.logit_intercept(1, rich_rows), std::numeric_limits<double>::infinity());
}

TEST(MarginalRates, too_many_combinations_are_the_users_error) {
    model::PopulationInputs population;
    std::vector<EffectRow> rows;
    for (std::size_t a = 0; a < 18; ++a) {
        population.attributes.push_back({2 * a, 2, -1, {0.5, 1}});
        rows.push_back(on_level(2 * a, 0.01));
    }
    MarginalRates rates(population);
    EXPECT_THROW(static_cast<void>(rates.logit_intercept(0.3, rows)), UserError);
}

// The families that are drawn, area after area, have the rate on average: within four standard errors between
// areas.
TEST(MarginalRates, simulated_families_have_the_rate) {
    model::PopulationInputs population = rich_population();
    population.clock.horizon = 100 * ticks_per_day;
    model::StreamInputs stream;
    stream.intensity = {{0, 100 * ticks_per_day, 0.5}};
    stream.arrival_purpose = 3;
    stream.attribute_purposes = {4, 5};
    population.streams = {stream};
    MarginalRates rates(population);
    const double a = rates.logit_intercept(0.15, rich_rows);
    constexpr int areas = 4000;
    double sum = 0;
    double squares = 0;
    double all = 0;
    model::Families families;
    for (std::uint64_t area = 0; area < areas; ++area) {
        families.draw(population, {9, area, 0});
        double in_area = 0;
        for (std::uint32_t f = 0; f < families.size(); ++f) {
            double x = a;
            for (const EffectRow& row : rich_rows) {
                if ((families.levels(f) & row.mask) != row.mask) continue;
                const auto effect =
                    static_cast<std::size_t>(std::max<std::int16_t>(row.first_area_effect, 0));
                x += row.coefficient * (row.first_area_effect < 0 ? 1 : families.area_effects()[effect]);
            }
            in_area += logistic(x);
        }
        const double excess = in_area - 0.15 * static_cast<double>(families.size());
        sum += excess;
        squares += excess * excess;
        all += static_cast<double>(families.size());
    }
    EXPECT_NEAR(sum / all, 0, 4 * std::sqrt(squares) / all);
    EXPECT_LT(std::sqrt(squares) / all, 0.005);
}

}  // namespace
}  // namespace vfm::experiment
