#include "vfm/decision/conditional_means.hpp"

#include "decision/known_truth.hpp"

#include "vfm/decision/net_benefit.hpp"

#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

using namespace known_truth;

/// A single arm's effect against an arm that costs and achieves nothing: linear in a few of many parameters.
Recipe linear_study(double mean, double deviation, double noise) {
    Recipe recipe;
    recipe.parameters = 4;
    recipe.truth = [mean, deviation](const std::vector<double>& p, std::size_t arm) {
        return arm == 0 ? Truth{} : Truth{0, mean + deviation * (0.8 * p[0] + 0.6 * p[1])};
    };
    recipe.effect_noise = noise;
    return recipe;
}

double variance_of(std::span<const double> values) {
    return stats::variance(values);
}

double error_of(std::span<const double> values, std::span<const double> truth) {
    double squares = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        squares += (values[i] - truth[i]) * (values[i] - truth[i]);
    return std::sqrt(squares / static_cast<double>(values.size()));
}

TEST(ConditionalMeans, AProbabilityOfNinetyFivePercentShowsAsEightyEightUnlessTheNoiseIsTakenOut) {
    // The noise of a draw's mean is as large as the spread of its true mean.
    Recipe recipe = linear_study(1.645, 1, 1);
    recipe.draws = 4000;
    recipe.truth = [](const std::vector<double>& p, std::size_t arm) {
        return arm == 0 ? Truth{} : Truth{0, 1.645 + 0.8 * p[0] + 0.6 * p[1]};
    };
    const SampledStudy study(recipe);
    const ConditionalMeans means = study.means();
    const double error = std::sqrt(0.95 * 0.05 / 4000);
    const auto best = [](const MeanSample& sample) {
        return probability_best(sample.effect, sample.arms, sample.draws)[1];
    };
    // Two arms with independent noise: the difference's has variance 2 / 2 replications.
    EXPECT_NEAR(best(means.observed), normal_probability(1.645 / std::sqrt(2.0)), 4 * 0.0052);
    EXPECT_LT(best(means.observed), 0.90);
    EXPECT_NEAR(best(means.fitted), 0.95, 4 * error);
}

TEST(ConditionalMeans, AreNearerToTheTruthThanDrawsMeansAndHaveTheSpreadOfTheTruth) {
    const SampledStudy study(linear_study(0.3, 1, 2));
    const ConditionalMeans means = study.means();
    ASSERT_EQ(means.source, MeanSource::regression);
    const auto truth = study.true_means.arm_effect(1);
    EXPECT_LT(error_of(means.fitted.arm_effect(1), truth),
              0.25 * error_of(means.observed.arm_effect(1), truth));
    // The between variance, 1, is estimated with a standard error of about 3 x sqrt(2 / 1000).
    EXPECT_NEAR(variance_of(means.fitted.arm_effect(1)), 1, 4 * 0.134);
    EXPECT_NEAR(stats::mean(means.fitted.arm_effect(1)), stats::mean(means.observed.arm_effect(1)), 1e-12);
}

TEST(ConditionalMeans, KeepWhatTheRegressionMissesAndReplicationsShow) {
    // A product of two parameters has neither line nor bend in either.
    Recipe recipe = linear_study(0, 1, 0.7);
    recipe.truth = [](const std::vector<double>& p, std::size_t arm) {
        return arm == 0 ? Truth{} : Truth{0, p[0] * p[1]};
    };
    recipe.draws = 2000;
    const SampledStudy study(recipe);
    const ConditionalMeans means = study.means();
    EXPECT_LT(means.effect[1].explained_share, 0.05);
    EXPECT_GT(means.effect[1].residual_ratio, 1.5);
    EXPECT_NEAR(means.effect[1].noise_variance, 0.49, 4 * 0.49 * std::sqrt(2.0 / 2000));
    EXPECT_NEAR(variance_of(means.fitted.arm_effect(1)), 1, 4 * 2 * std::sqrt(2.0 / 2000));
    EXPECT_LT(error_of(means.fitted.arm_effect(1), study.true_means.arm_effect(1)),
              error_of(means.observed.arm_effect(1), study.true_means.arm_effect(1)));
}

TEST(ConditionalMeans, HoldUpWithASixthAsManyParametersAsDraws) {
    Recipe recipe;
    recipe.arms = 3;
    recipe.draws = 600;
    recipe.parameters = 100;
    recipe.truth = [](const std::vector<double>& p, std::size_t arm) {
        double sum = 0;
        for (std::size_t i = 0; i < p.size(); ++i) sum += p[i] * ((i + arm) % 3 == 0 ? 0.2 : 0.02);
        return Truth{100 * sum, sum + 0.1 * static_cast<double>(arm)};
    };
    recipe.cost_noise = 100;
    recipe.effect_noise = 1;
    const SampledStudy study(recipe);
    const ConditionalMeans means = study.means();
    EXPECT_EQ(means.terms, 200);
    for (std::size_t arm = 1; arm < 3; ++arm) {
        EXPECT_GT(means.effect[arm].explained_share, 0.6);
        EXPECT_LT(means.effect[arm].residual_ratio, 1.2);  // nothing but noise is left
        EXPECT_LT(error_of(means.fitted.arm_effect(arm), study.true_means.arm_effect(arm)),
                  0.75 * error_of(means.observed.arm_effect(arm), study.true_means.arm_effect(arm)));
    }
}

TEST(ConditionalMeans, DoNotDependOnTheReferenceOrOnUnits) {
    Recipe recipe = linear_study(0.3, 1, 1);
    const SampledStudy study(recipe);
    recipe.truth = [](const std::vector<double>& p, std::size_t arm) {
        return arm == 0 ? Truth{} : Truth{0, 1000 * (0.3 + 0.8 * p[0] + 0.6 * p[1])};
    };
    recipe.effect_noise = 1000;
    const SampledStudy in_thousandths(recipe);
    const ConditionalMeans means = study.means(0);
    const ConditionalMeans other = study.means(1);
    const ConditionalMeans scaled = in_thousandths.means(0);
    EXPECT_EQ(means.fitted.effect, other.fitted.effect);
    for (std::size_t i = 0; i < means.fitted.effect.size(); ++i) {
        EXPECT_NEAR(scaled.fitted.effect[i], 1000 * means.fitted.effect[i], 1e-6);
    }
}

TEST(ConditionalMeans, OfArmsThatAreTheSameStayTheSame) {
    Recipe recipe = linear_study(0.3, 1, 0);
    recipe.arms = 3;
    const SampledStudy study(recipe);
    std::vector<double> noisy(study.effect().values.begin(), study.effect().values.end());
    for (std::size_t i = 0; i < noisy.size(); ++i) noisy[i] += i % 2 == 0 ? 0.1 : -0.1;
    Sample effect = study.effect();
    effect.values = noisy;
    const ConditionalMeans means = conditional_means(study.cost(), effect, study.parameters(), 0);
    ASSERT_EQ(means.source, MeanSource::regression);
    for (std::size_t draw = 0; draw < study.effect().draws; ++draw) {
        EXPECT_EQ(means.fitted.arm_effect(1)[draw], means.fitted.arm_effect(2)[draw]);
        EXPECT_EQ(means.fitted.arm_cost(0)[draw], means.fitted.arm_cost(1)[draw]);
    }
}

TEST(ConditionalMeans, WithoutReplicationsAreTakenAtFaceValue) {
    Recipe recipe = linear_study(0.3, 1, 1);
    recipe.replications = 1;
    const SampledStudy study(recipe);
    const ConditionalMeans means = study.means();
    EXPECT_EQ(means.source, MeanSource::at_face_value);
    EXPECT_EQ(means.fitted.effect, means.observed.effect);
    EXPECT_TRUE(
        std::equal(means.fitted.effect.begin(), means.fitted.effect.end(), study.effect().values.begin()));
}

TEST(ConditionalMeans, WithoutNoiseAreTheDrawsMeans) {
    const SampledStudy study(linear_study(0.3, 1, 0));
    const ConditionalMeans means = study.means();
    EXPECT_EQ(means.source, MeanSource::noiseless);
    EXPECT_EQ(means.fitted.effect, study.true_means.effect);
}

TEST(ConditionalMeans, WithFewerDrawsThanTheRegressionNeedsAreShrunkenAndSaySo) {
    Recipe recipe = linear_study(0.3, 1, 1);
    recipe.draws = 100;
    recipe.parameters = 60;
    const SampledStudy study(recipe);
    const ConditionalMeans means = study.means();
    EXPECT_EQ(means.source, MeanSource::few_draws);
    EXPECT_EQ(means.terms, 0);
    // Total variance 1.5 in expectation, of which 1 is between.
    EXPECT_NEAR(variance_of(means.fitted.arm_effect(1)), 1, 4 * 1.5 * std::sqrt(2.0 / 100));
    EXPECT_LT(variance_of(means.fitted.arm_effect(1)), variance_of(means.observed.arm_effect(1)));
}

}  // namespace
}  // namespace vfm::decision
