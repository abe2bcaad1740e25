// Types of areas in the model: which rows hold where, and how many families come.
#include "study_builder.hpp"

#include "vfm/model/families.hpp"
#include "vfm/model/predictor.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace vfm::model {
namespace {

using namespace testing;

EffectRow in_type(std::int16_t type, double coefficient, Facts facts = 0) {
    EffectRow row = when(facts, coefficient);
    row.area_type = type;
    return row;
}

TEST(AreaTypes, a_row_holds_in_areas_of_its_type_alone) {
    ArmInputs arm;
    EffectRow by_effect = in_type(1, 2);
    by_effect.first_area_effect = 0;
    const std::uint32_t p =
        add_predictor(arm, -1, {in_type(0, 0.5), by_effect, in_type(1, 0.25, level_fact(0))});
    const std::vector<double> effects = {0.1};
    const auto logit_in = [&](std::int16_t type, Facts facts) {
        AreaPredictors predictors;
        predictors.fold(arm.predictors, arm.rows, effects, type);
        const double chance = predictors.probability(p, facts, [](NumericCovariate) { return 0.0; });
        return std::log(chance / (1 - chance));
    };
    EXPECT_NEAR(logit_in(0, level_fact(0)), -0.5, 1e-12);
    EXPECT_NEAR(logit_in(1, 0), -0.8, 1e-12);
    EXPECT_NEAR(logit_in(1, level_fact(0)), -0.55, 1e-12);
    EXPECT_NEAR(logit_in(2, level_fact(0)), -1, 1e-12);
    EXPECT_NEAR(logit_in(EffectRow::none, level_fact(0)), -1, 1e-12);
}

TEST(AreaTypes, a_predictor_that_differs_by_type_alone_is_constant_in_an_area) {
    ArmInputs arm;
    const std::uint32_t p = add_predictor(arm, -1, {in_type(0, 0.5), in_type(1, 0.25, level_fact(0))});
    AreaPredictors predictors;
    predictors.fold(arm.predictors, arm.rows, {}, 0);
    EXPECT_TRUE(predictors.is_constant(p));
    predictors.fold(arm.predictors, arm.rows, {}, 1);
    EXPECT_FALSE(predictors.is_constant(p));
}

TEST(AreaTypes, stand_one_after_the_other) {
    PopulationInputs population;
    EXPECT_EQ(population.type_of_area(0), EffectRow::none);
    population.area_types = {{2, 1}, {1, 1}, {3, 1}};
    std::vector<std::int16_t> types;
    for (std::uint32_t area = 0; area < 7; ++area) types.push_back(population.type_of_area(area));
    EXPECT_EQ(types, (std::vector<std::int16_t>{0, 0, 1, 2, 2, 2, EffectRow::none}));
}

// Families of 500 areas each: Poisson counts about the demand, within four standard errors.
TEST(AreaTypes, families_come_by_demand) {
    PopulationInputs population;
    population.streams.push_back({});
    population.streams[0].intensity = {{0, 365 * ticks_per_day, 0.1}};
    population.streams[0].arrival_purpose = 7;
    population.area_types = {{500, 0.5}, {500, 1.5}};
    Families families;
    double counts[2] = {0, 0};
    for (std::uint32_t area = 0; area < 1000; ++area) {
        families.draw(population, {11, 0, area});
        ASSERT_EQ(families.area_type(), area < 500 ? 0 : 1);
        counts[area < 500 ? 0 : 1] += static_cast<double>(families.size());
    }
    EXPECT_NEAR(counts[0], 9125, 4 * std::sqrt(9125.0));
    EXPECT_NEAR(counts[1], 27375, 4 * std::sqrt(27375.0));
}

TEST(AreaTypes, of_equal_demand_change_nobodys_variates) {
    PopulationInputs population;
    population.streams.push_back({});
    population.streams[0].intensity = {{0, 365 * ticks_per_day, 0.1}};
    population.streams[0].arrival_purpose = 7;
    Families plain;
    plain.draw(population, {11, 3, 4});
    PopulationInputs with_types = population;
    with_types.area_types = {{2, 1}, {5, 1}};
    Families typed;
    typed.draw(with_types, {11, 3, 4});
    ASSERT_EQ(typed.size(), plain.size());
    for (std::uint32_t family = 0; family < plain.size(); ++family)
        EXPECT_EQ(typed.arrival(family), plain.arrival(family));
}

}  // namespace
}  // namespace vfm::model
