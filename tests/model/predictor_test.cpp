#include "vfm/model/predictor.hpp"

#include "study_builder.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace vfm::model {
namespace {

using namespace testing;

class Predictors : public ::testing::Test {
  protected:
    ArmInputs arm;
    std::vector<double> area_effects = {0.5, -2};
    double value = 0;

    [[nodiscard]] AreaPredictors folded() const {
        AreaPredictors predictors;
        predictors.fold(arm.predictors, arm.rows, area_effects);
        return predictors;
    }
    [[nodiscard]] double logit_of(std::uint32_t predictor, Facts facts) const {
        const double p = folded().probability(predictor, facts, [this](NumericCovariate) { return value; });
        return std::log(p / (1 - p));
    }
};

TEST_F(Predictors, add_what_holds_on_the_logit_scale) {
    const std::uint32_t p = add_predictor(arm, -1, {when(level_fact(0), 0.7), when(fact(Flag::late), 0.4)});
    EXPECT_NEAR(logit_of(p, 0), -1, 1e-12);
    EXPECT_NEAR(logit_of(p, level_fact(0)), -0.3, 1e-12);
    EXPECT_NEAR(logit_of(p, level_fact(0) | fact(Flag::late)), 0.1, 1e-12);
}

TEST_F(Predictors, a_product_of_covariates_holds_when_all_of_them_do) {
    const std::uint32_t p = add_predictor(arm, 0, {when(level_fact(0) | kind_fact(1), 2)});
    EXPECT_NEAR(logit_of(p, level_fact(0)), 0, 1e-12);
    EXPECT_NEAR(logit_of(p, kind_fact(1)), 0, 1e-12);
    EXPECT_NEAR(logit_of(p, level_fact(0) | kind_fact(1)), 2, 1e-12);
}

TEST_F(Predictors, area_effects_multiply_a_coefficient_one_or_two_at_a_time) {
    EffectRow one = when(0, 3);
    one.first_area_effect = 0;
    EffectRow two = when(level_fact(1), 0.25);
    two.first_area_effect = 0;
    two.second_area_effect = 1;
    const std::uint32_t p = add_predictor(arm, 0, {one, two});
    EXPECT_NEAR(logit_of(p, 0), 1.5, 1e-12);
    EXPECT_NEAR(logit_of(p, level_fact(1)), 1.5 - 0.25, 1e-12);
}

TEST_F(Predictors, a_numeric_covariate_is_centred_scaled_and_capped) {
    EffectRow row = per(NumericCovariate::wait_for_supporter, 0.5);
    row.centre = 10;
    row.inverse_scale = 1.0 / 5;
    row.cap = 2;
    const std::uint32_t p = add_predictor(arm, 0, {row});
    for (const auto& [at, expected] :
         {std::pair{10.0, 0.0}, {15.0, 0.5}, {0.0, -1.0}, {20.0, 1.0}, {90.0, 1.0}}) {
        value = at;
        EXPECT_NEAR(logit_of(p, 0), expected, 1e-12) << at;
    }
}

TEST_F(Predictors, a_factor_is_the_exponential_of_the_sum) {
    const std::uint32_t f = add_predictor(arm, 0.2, {when(level_fact(0), 0.3)});
    const auto none = [](NumericCovariate) { return 0.0; };
    EXPECT_NEAR(folded().factor(f, 0, none), std::exp(0.2), 1e-14);
    EXPECT_NEAR(folded().factor(f, level_fact(0), none), std::exp(0.5), 1e-14);
}

TEST_F(Predictors, certainty_and_impossibility_stay_so_whatever_holds) {
    const std::uint32_t never = add_probability(arm, 0, {when(level_fact(0), 5)});
    const std::uint32_t always = add_probability(arm, 1, {when(level_fact(0), -5)});
    const auto none = [](NumericCovariate) { return 0.0; };
    for (const Facts facts : {Facts{0}, level_fact(0)}) {
        EXPECT_EQ(folded().probability(never, facts, none), 0);
        EXPECT_EQ(folded().probability(always, facts, none), 1);
    }
}

}  // namespace
}  // namespace vfm::model
