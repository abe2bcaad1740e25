#include "vfm/decision/value_of_information.hpp"

#include "decision/known_truth.hpp"

#include "vfm/stats/sample_statistics.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

using namespace known_truth;

/// An arm against one that is worth nothing: its effect has mean 0.5 and standard deviation 1, it costs
/// GBP 400.
Recipe two_arms(double noise) {
    Recipe recipe;
    recipe.parameters = 3;
    recipe.draws = 2000;
    recipe.truth = [](const std::vector<double>& p, std::size_t arm) {
        return arm == 0 ? Truth{} : Truth{400, 0.5 + 0.8 * p[0] + 0.6 * p[1]};
    };
    recipe.effect_noise = noise;
    recipe.cost_noise = 100 * noise;
    return recipe;
}

double two_arm_evpi(double threshold) {
    return normal_loss(threshold * 0.5 - 400, threshold);
}

constexpr double thresholds[] = {0, 300, 800, 1000, 3000};

std::vector<EvpiPoint> evpi_of(const SampledStudy& study, std::span<const double> at = thresholds,
                               unsigned threads = 1) {
    return evpi(study.means(), study.cost(), study.effect(), at, threads);
}

void expect_near(const WithError& estimate, double truth, double errors) {
    EXPECT_NEAR(estimate.value, truth, errors * estimate.standard_error) << estimate.standard_error;
}

TEST(Evpi, OfTwoArmsThatAreNormalIsTheUnitNormalLoss) {
    const SampledStudy study(two_arms(0));
    const std::vector<EvpiPoint> curve = evpi_of(study);
    EXPECT_EQ(curve[0].fitted.value, 0);  // no worth, and dearer in every draw
    EXPECT_EQ(curve[0].best, 0);
    EXPECT_EQ(curve.back().best, 1);
    for (std::size_t i = 1; i < curve.size(); ++i) {
        expect_near(curve[i].fitted, two_arm_evpi(thresholds[i]), 3);
        EXPECT_EQ(curve[i].fitted.value, curve[i].naive.value);  // nothing to take out
    }
}

TEST(Evpi, WithFamilyNoiseIsRightWhenFittedTooHighWhenNaiveAndTooLowWhenCrossFitted) {
    const SampledStudy study(two_arms(1));
    for (const EvpiPoint& point : evpi_of(study, std::span(thresholds).subspan(2))) {
        const double truth = two_arm_evpi(point.threshold);
        expect_near(point.fitted, truth, 3);
        EXPECT_GT(point.naive.value, truth + 3 * point.naive.standard_error);
        EXPECT_LT(point.cross_fitted.value, truth - 3 * point.cross_fitted.standard_error);
    }
}

TEST(Evpi, CorrectedCoversTheTruthOverManyStudiesAndNaiveDoesNot) {
    constexpr double at[] = {800};
    const double truth = two_arm_evpi(800);
    int fitted = 0;
    int naive = 0;
    int below = 0;
    constexpr int studies = 40;
    for (int i = 0; i < studies; ++i) {
        Recipe recipe = two_arms(1);
        recipe.draws = 400;
        recipe.seed = 100U + static_cast<unsigned>(i);
        const SampledStudy study(recipe);
        const EvpiPoint point = evpi_of(study, at).front();
        const auto covers = [truth](const WithError& estimate) {
            return std::abs(estimate.value - truth) < 1.96 * estimate.standard_error;
        };
        fitted += covers(point.fitted) ? 1 : 0;
        naive += covers(point.naive) ? 1 : 0;
        below += point.cross_fitted.value < truth ? 1 : 0;
    }
    EXPECT_GE(fitted, 34);  // 95 % of 40 is 38; fewer than 34 in one case of a hundred
    EXPECT_LE(naive, 4);
    EXPECT_GE(below, 36);
}

/// Ten arms that differ in nothing but noise.
Recipe ten_equal_arms(unsigned seed) {
    Recipe recipe;
    recipe.arms = 10;
    recipe.draws = 300;
    recipe.parameters = 3;
    recipe.truth = [](const std::vector<double>& p, std::size_t) { return Truth{100 * p[0], p[0] + p[1]}; };
    recipe.cost_noise = 100;
    recipe.effect_noise = 1;
    recipe.seed = seed;
    return recipe;
}

TEST(Evpi, OfTenArmsEqualInLawIsCoveredByCrossFittedAndNotByNaive) {
    constexpr double at[] = {100};
    int crossed = 0;
    int fitted = 0;
    int naive = 0;
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const SampledStudy study(ten_equal_arms(seed));
        const EvpiPoint point = evpi_of(study, at).front();
        crossed += std::abs(point.cross_fitted.value) < 1.96 * point.cross_fitted.standard_error ? 1 : 0;
        naive += point.naive.value < 10 * point.naive.standard_error ? 1 : 0;
        fitted += point.fitted.value < 1.96 * point.fitted.standard_error ? 1 : 0;
        EXPECT_LT(point.fitted.value, 0.25 * point.naive.value);
    }
    EXPECT_GE(crossed, 16);  // fewer in one case of four hundred
    // A value that cannot be negative does not average to zero: it is near, and mostly within its error.
    EXPECT_GE(fitted, 14);
    EXPECT_EQ(naive, 0);
}

TEST(Evpi, IsTheLeastExpectedLossOfTheSameMatrix) {
    const SampledStudy study(ten_equal_arms(7));
    const ConditionalMeans means = study.means();
    constexpr double at[] = {50, 400};
    for (const EvpiPoint& point : evpi(means, study.cost(), study.effect(), at, 1)) {
        std::vector<double> net;
        for (std::size_t arm = 0; arm < means.fitted.arms; ++arm) {
            net.push_back(point.threshold * stats::mean(means.fitted.arm_effect(arm)) -
                          stats::mean(means.fitted.arm_cost(arm)));
        }
        double highest = 0;
        for (std::size_t draw = 0; draw < means.fitted.draws; ++draw) {
            double best = -1e300;
            for (std::size_t arm = 0; arm < means.fitted.arms; ++arm) {
                best = std::max(best, point.threshold * means.fitted.arm_effect(arm)[draw] -
                                          means.fitted.arm_cost(arm)[draw]);
            }
            highest += best / static_cast<double>(means.fitted.draws);
        }
        double least = 1e300;
        for (const double benefit : net) least = std::min(least, highest - benefit);
        EXPECT_NEAR(point.fitted.value, least, 1e-9 * std::abs(highest));
        EXPECT_EQ(point.best,
                  static_cast<std::size_t>(std::max_element(net.begin(), net.end()) - net.begin()));
    }
}

TEST(Evpi, IsTheSameBitsOnAnyNumberOfThreads) {
    const SampledStudy study(two_arms(1));
    const std::vector<EvpiPoint> one = evpi_of(study, thresholds, 1);
    const std::vector<EvpiPoint> many = evpi_of(study, thresholds, 5);
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].fitted.value, many[i].fitted.value);
        EXPECT_EQ(one[i].cross_fitted.standard_error, many[i].cross_fitted.standard_error);
        EXPECT_EQ(one[i].naive.value, many[i].naive.value);
    }
}

TEST(Evpi, WithOneReplicationHasNoCrossFittedValueAndOneArmNoValueAtAll) {
    Recipe recipe = two_arms(0);
    recipe.replications = 1;
    const SampledStudy study(recipe);
    EXPECT_TRUE(std::isnan(evpi_of(study).back().cross_fitted.value));
    recipe.arms = 1;
    const SampledStudy alone(recipe);
    EXPECT_EQ(evpi_of(alone).back().fitted.value, 0);
}

}  // namespace
}  // namespace vfm::decision
