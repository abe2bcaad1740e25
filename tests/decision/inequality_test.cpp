#include "vfm/decision/inequality.hpp"

#include "decision/example_study.hpp"

#include "vfm/core/errors.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

using testing::HasSubstr;
using Levels = std::vector<GroupLevel>;

TEST(AtkinsonOfChances, is_zero_when_all_have_the_same_chance) {
    for (const double aversion : {0.5, 1.0, 2.0}) {
        EXPECT_NEAR(atkinson_of_chances(Levels{{30, 0.4}, {70, 0.4}}, aversion), 0, 1e-15);
    }
    EXPECT_EQ(atkinson_of_chances(Levels{{5, 0.3}}, 2), 0);
}

TEST(AtkinsonOfChances, by_hand) {
    // Half have 0.2, half 0.6: the mean is 0.4. At 2: the harmonic mean is 0.3, so a quarter could be given
    // up.
    EXPECT_NEAR(atkinson_of_chances(Levels{{50, 0.2}, {50, 0.6}}, 2), 0.25, 1e-12);
    // At 1 the geometric mean: sqrt(0.12) / 0.4. At a half: ((sqrt 0.2 + sqrt 0.6) / 2)^2 / 0.4.
    EXPECT_NEAR(atkinson_of_chances(Levels{{50, 0.2}, {50, 0.6}}, 1), 1 - std::sqrt(0.12) / 0.4, 1e-12);
    EXPECT_NEAR(atkinson_of_chances(Levels{{50, 0.2}, {50, 0.6}}, 0.5),
                1 - std::pow((std::sqrt(0.2) + std::sqrt(0.6)) / 2, 2) / 0.4, 1e-12);
    // A quarter with 0.2, the rest with 0.6: mean 0.5, harmonic mean 1 / (0.25 / 0.2 + 0.75 / 0.6) = 0.4.
    EXPECT_NEAR(atkinson_of_chances(Levels{{25, 0.2}, {75, 0.6}}, 2), 0.2, 1e-12);
}

TEST(AtkinsonOfChances, rises_with_aversion_and_does_not_hang_on_the_level_or_on_how_many_there_are) {
    const Levels levels{{25, 0.2}, {75, 0.6}};
    double before = 0;
    for (const double aversion : {0.25, 0.5, 0.999, 1.0, 1.001, 2.0, 5.0}) {
        const double index = atkinson_of_chances(levels, aversion);
        EXPECT_GT(index, before);
        before = index;
    }
    EXPECT_NEAR(atkinson_of_chances(Levels{{1, 0.1}, {3, 0.3}}, 2), 0.2, 1e-12);
}

TEST(AtkinsonOfChances, is_one_when_a_group_has_no_chance_at_all_and_missing_when_nobody_has) {
    EXPECT_EQ(atkinson_of_chances(Levels{{50, 0}, {50, 0.6}}, 1), 1);
    EXPECT_EQ(atkinson_of_chances(Levels{{50, 0}, {50, 0.6}}, 2), 1);
    EXPECT_NEAR(atkinson_of_chances(Levels{{50, 0}, {50, 0.6}}, 0.5), 0.5, 1e-12);
    EXPECT_TRUE(std::isnan(atkinson_of_chances(Levels{{50, 0}, {50, 0}}, 2)));
    EXPECT_TRUE(std::isnan(atkinson_of_chances({}, 2)));
    EXPECT_NEAR(atkinson_of_chances(Levels{{0, 0}, {25, 0.2}, {75, 0.6}}, 2), 0.2, 1e-12)
        << "nobody is in the first";
}

TEST(SlopeIndex, by_hand) {
    // Ranks 0.25, 0.65, 0.9; weighted covariance 0.033, variance 0.07.
    EXPECT_NEAR(slope_index(Levels{{50, 0.2}, {30, 0.4}, {20, 0.5}}), 0.033 / 0.07, 1e-12);
    // Two halves lie half the way apart: their difference, doubled.
    EXPECT_NEAR(slope_index(Levels{{1, 0.3}, {1, 0.4}}), 0.2, 1e-12);
}

TEST(SlopeIndex, of_a_straight_line_is_its_whole_rise_whatever_the_groups_sizes) {
    // Values at the mean ranks of the line 2 + 5 x rank.
    EXPECT_NEAR(slope_index(Levels{{10, 2.25}, {40, 3.5}, {50, 5.75}}), 5, 1e-12);
    EXPECT_NEAR(slope_index(Levels{{50, 5.75}, {40, 3.5}, {10, 2.25}}), -5, 1e-12) << "the other way round";
}

TEST(SlopeIndex, needs_two_groups_with_families) {
    EXPECT_TRUE(std::isnan(slope_index(Levels{{5, 0.3}})));
    EXPECT_TRUE(std::isnan(slope_index(Levels{{5, 0.3}, {0, 0.9}})));
    EXPECT_TRUE(std::isnan(slope_index({})));
    EXPECT_EQ(slope_index(Levels{{5, 0.3}, {7, 0.3}}), 0);
}

TEST(DistributionalWeight, is_the_inverse_income_to_the_elasticity) {
    EXPECT_EQ(distributional_weight(1, 1.3), 1);
    EXPECT_NEAR(distributional_weight(0.5, 1), 2, 1e-15);
    EXPECT_NEAR(distributional_weight(2, 2), 0.25, 1e-15);
}

/// A quarter of the families are of language.other, with an eighth of all users and a quarter of the
/// composite.
Comparison compared(const EquityChoices& equity) {
    return compare(ExampleStudy().tables(), {.equity = equity});
}

const InequalityRow& row(const Comparison& found, const std::string& index, const std::string& measure,
                         std::size_t arm) {
    for (const InequalityRow& each : found.inequality) {
        if (each.index == index && each.measure == measure && each.arm == arm) return each;
    }
    throw std::out_of_range(index);
}

TEST(ComparedInequality, nothing_is_shown_that_nobody_declared) {
    EXPECT_TRUE(compared({}).inequality.empty());
}

TEST(ComparedInequality, of_chances_is_over_each_attributes_levels_and_the_rest) {
    const Comparison found = compared({.aversion = 2});
    // dual_paid: 5 of 25 families against 35 of 75, so chances of 0.2 and 0.4667 with mean 0.4.
    const double harmonic = 1 / (0.25 / 0.2 + 0.75 / (35.0 / 75));
    EXPECT_NEAR(row(found, "atkinson_of_chances", "uptake_share", 1).value, 1 - harmonic / 0.4, 1e-12);
    EXPECT_TRUE(std::isnan(row(found, "atkinson_of_chances", "uptake_share", 0).value))
        << "nobody has a chance";
    EXPECT_EQ(row(found, "atkinson_of_chances", "uptake_share", 1).attribute, "language");
    EXPECT_EQ(row(found, "atkinson_of_chances", "uptake_share", 3).minus_reference, 0)
        << "a copy of the reference";
}

TEST(ComparedInequality, slope_is_over_the_order_declared) {
    const Comparison found = compared({.ordered = {{"language", {"other", "rest"}}}});
    EXPECT_NEAR(row(found, "slope_index", "uptake_share", 1).value, 2 * (35.0 / 75 - 0.2), 1e-12);
    const Comparison turned = compared({.ordered = {{"language", {"rest", "other"}}}});
    EXPECT_NEAR(row(turned, "slope_index", "uptake_share", 1).value, -2 * (35.0 / 75 - 0.2), 1e-12);
}

TEST(ComparedInequality, weights_an_effect_by_the_incomes_declared) {
    const Comparison found = compared({.incomes = {{"language.other", 0.5}}, .elasticity = 1});
    // A quarter of 52 counts twice.
    EXPECT_NEAR(row(found, "weighted_effect", "composite", 1).value, 52 * 1.25, 1e-9);
    EXPECT_NEAR(row(found, "weighted_effect", "composite", 0).minus_reference, (40 - 52) * 1.25, 1e-9);
}

std::string refusal(const EquityChoices& equity) {
    try {
        (void)compared(equity);
    } catch (const UserError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(ComparedInequality, is_refused_where_the_file_does_not_hold_it) {
    EXPECT_THAT(refusal({.ordered = {{"langage", {"other", "rest"}}}}),
                HasSubstr("did you mean 'language'?"));
    EXPECT_THAT(refusal({.ordered = {{"language", {"othr", "rest"}}}}),
                HasSubstr("did you mean 'language.other'?"));
    EXPECT_THAT(refusal({.ordered = {{"language", {"other"}}}}), HasSubstr("two levels or more"));
    EXPECT_THAT(refusal({.ordered = {{"language", {"other", "other"}}}}), HasSubstr("comes twice"));
    EXPECT_THAT(refusal({.incomes = {{"language.other", 0.5}}}), HasSubstr("--income-elasticity"));
    EXPECT_THAT(refusal({.incomes = {{"language.other", 0.5}, {"income.low", 0.5}}, .elasticity = 1}),
                HasSubstr("two attributes overlap"));
    ExampleStudy study;
    study.layout.groups.clear();
    EXPECT_THROW((void)compare(study.tables(), {.equity = {.aversion = 1}}), UserError);
}

}  // namespace
}  // namespace vfm::decision
