#include "vfm/decision/partial_information.hpp"

#include "decision/known_truth.hpp"

#include "vfm/decision/value_of_information.hpp"

#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

using namespace known_truth;

constexpr double at[] = {1000};

Evppi evppi_of(const SampledStudy& study, std::vector<std::size_t> members,
               std::span<const double> thresholds = at) {
    const ParameterSet sets[] = {{"set", std::move(members)}};
    return evppi(study.means(), study.parameters(), sets, thresholds, 0, 1).front();
}

/// Effect 0.2 + 0.8 p0 + 0.5 p1 + 0.33 p2, at no cost, against an arm worth nothing; p3 does nothing.
Recipe linear_study() {
    Recipe recipe;
    recipe.parameters = 4;
    recipe.draws = 2000;
    recipe.truth = [](const std::vector<double>& p, std::size_t arm) {
        return arm == 0 ? Truth{} : Truth{0, 0.2 + 0.8 * p[0] + 0.5 * p[1] + 0.33 * p[2]};
    };
    return recipe;
}

void expect_near(const EvppiPoint& point, double truth) {
    EXPECT_NEAR(point.value, truth, 3 * point.standard_error) << point.standard_error;
    EXPECT_LT(point.standard_error, 0.25 * truth);
    EXPECT_TRUE(point.distinguishable());
}

TEST(Evppi, OfOneNormalParameterIsTheUnitNormalLossOfItsPart) {
    const SampledStudy study(linear_study());
    expect_near(evppi_of(study, {0}).curve[0], normal_loss(200, 800));
    expect_near(evppi_of(study, {1}).curve[0], normal_loss(200, 500));
}

TEST(Evppi, WithFamilyNoiseInsideDrawsIsTheSame) {
    Recipe recipe = linear_study();
    recipe.effect_noise = 1;
    const SampledStudy study(recipe);
    expect_near(evppi_of(study, {0}).curve[0], normal_loss(200, 800));
    expect_near(evppi_of(study, {0, 1}).curve[0], normal_loss(200, std::hypot(800, 500)));
}

TEST(Evppi, CoversTheTruthOverManyStudies) {
    int covered = 0;
    constexpr int studies = 20;
    for (unsigned seed = 1; seed <= studies; ++seed) {
        Recipe recipe = linear_study();
        recipe.draws = 300;
        recipe.effect_noise = 0.7;
        recipe.seed = seed;
        const SampledStudy study(recipe);
        const EvppiPoint point = evppi_of(study, {1}).curve[0];
        covered += std::abs(point.value - normal_loss(200, 500)) < 1.96 * point.standard_error ? 1 : 0;
    }
    EXPECT_GE(covered, 16);  // 95 % of 20 is 19; fewer than 16 in one case of three hundred
}

TEST(Evppi, OfCorrelatedParametersIsThatOfTheirBlock) {
    Recipe recipe = linear_study();
    recipe.joint = [](std::vector<double>& p) { p[1] = 0.6 * p[0] + 0.8 * p[1]; };
    const SampledStudy study(recipe);
    // 0.8 p0 + 0.5 (0.6 p0 + 0.8 z): variance 1.1^2 + 0.4^2.
    expect_near(evppi_of(study, {0, 1}).curve[0], normal_loss(200, 1000 * std::hypot(1.1, 0.4)));
}

TEST(Evppi, OfAnInertParameterIsNotDistinguishableFromZero) {
    // Over 20 studies, one false alarm is expected.
    int alarms = 0;
    for (unsigned seed = 1; seed <= 20; ++seed) {
        Recipe recipe = linear_study();
        recipe.draws = 300;
        recipe.seed = seed;
        recipe.truth = [](const std::vector<double>& p, std::size_t arm) {
            return arm == 0 ? Truth{} : Truth{0, 0.02 + 0.8 * p[0]};
        };
        const SampledStudy study(recipe);
        alarms += evppi_of(study, {3}).curve[0].distinguishable() ? 1 : 0;
    }
    EXPECT_LE(alarms, 4);  // five or more in one case of four hundred
}

TEST(Evppi, FollowsACurveThatALineWouldMiss) {
    // E max(0, 1000 (p^2 - 1)) = 2000 phi(1): no line in p says when the arm is worth it.
    Recipe recipe = linear_study();
    recipe.truth = [](const std::vector<double>& p, std::size_t arm) {
        return arm == 0 ? Truth{} : Truth{0, p[0] * p[0] - 1 + 0.5 * p[1]};
    };
    const SampledStudy study(recipe);
    EXPECT_GT(evppi_of(study, {0}).curve[0].value, 0);
    expect_near(evppi_of(study, {0}).curve[0], 2000 * std::exp(-0.5) / std::sqrt(2 * std::acos(-1.0)));
}

TEST(Evppi, OfAGroupFindsProductsThatNoMemberShows) {
    // E max(0, 1000 p0 p1) = 1000 / pi; each alone is worth nothing.
    Recipe recipe = linear_study();
    recipe.truth = [](const std::vector<double>& p, std::size_t arm) {
        return arm == 0 ? Truth{} : Truth{0, p[0] * p[1] + 0.5 * p[2]};
    };
    recipe.effect_noise = 0.5;
    const SampledStudy study(recipe);
    expect_near(evppi_of(study, {0, 1}).curve[0], 1000 / std::acos(-1.0));
    EXPECT_LT(evppi_of(study, {0}).curve[0].value, 100);
}

TEST(Evppi, OfAGroupOfEightHoldsUp) {
    Recipe recipe = linear_study();
    recipe.parameters = 9;
    recipe.draws = 600;
    recipe.truth = [](const std::vector<double>& p, std::size_t arm) {
        double sum = 0.1 + 0.8 * p[8];
        for (std::size_t i = 0; i < 8; ++i) sum += 0.35 * p[i];
        return arm == 0 ? Truth{} : Truth{0, sum};
    };
    const SampledStudy study(recipe);
    expect_near(evppi_of(study, {0, 1, 2, 3, 4, 5, 6, 7}).curve[0], normal_loss(100, 350 * std::sqrt(8.0)));
}

TEST(Evppi, OfAGroupIsNoLessThanOfItsMembersAndNoMoreThanEvpiWithinErrors) {
    const SampledStudy study(linear_study());
    constexpr double many[] = {100, 1000, 5000};
    const Evppi group = evppi_of(study, {0, 1, 2}, many);
    const std::vector<EvpiPoint> all = evpi(study.means(), study.cost(), study.effect(), many, 1);
    for (std::size_t i = 0; i < std::size(many); ++i) {
        const double error = 2 * group.curve[i].standard_error;
        for (std::size_t member = 0; member < 3; ++member) {
            EXPECT_GE(group.curve[i].value + error, evppi_of(study, {member}, many).curve[i].value);
        }
        EXPECT_LE(group.curve[i].value, all[i].fitted.value + error);
    }
}

TEST(Evppi, IsTheSameBitsOnAnyNumberOfThreadsAndForAnyOtherSets) {
    Recipe recipe = linear_study();
    recipe.draws = 300;
    const SampledStudy study(recipe);
    const ParameterSet sets[] = {{"a", {0}}, {"b", {1}}, {"c", {0, 1, 2}}};
    constexpr double many[] = {300, 1000};
    const ConditionalMeans means = study.means();
    const std::vector<Evppi> one = evppi(means, study.parameters(), sets, many, 0, 1);
    const std::vector<Evppi> several = evppi(means, study.parameters(), sets, many, 0, 4);
    for (std::size_t k = 0; k < one.size(); ++k) {
        for (std::size_t i = 0; i < 2; ++i) {
            EXPECT_EQ(one[k].curve[i].value, several[k].curve[i].value);
            EXPECT_EQ(one[k].curve[i].standard_error, several[k].curve[i].standard_error);
            EXPECT_EQ(one[k].curve[i].null, several[k].curve[i].null);
        }
    }
    EXPECT_EQ(evppi_of(study, {1}, many).curve[1].value, one[1].curve[1].value);
}

TEST(Evppi, OfParametersThatHardlyVaryOrNotAtAllIsZero) {
    Recipe recipe = linear_study();
    recipe.draws = 200;
    recipe.joint = [](std::vector<double>& p) {
        p[1] = p[1] > 0 ? 1 : -1;  // two values
        p[2] = 0;                  // one value
    };
    const SampledStudy study(recipe);
    // 0.7 or -0.3, as likely as not: half the time one is spared 300.
    const EvppiPoint either = evppi_of(study, {1}).curve[0];
    EXPECT_NEAR(either.value, 150, 3 * either.standard_error);
    EXPECT_TRUE(either.distinguishable());
    const EvppiPoint constant = evppi_of(study, {2}).curve[0];
    EXPECT_EQ(constant.value, 0);
    EXPECT_FALSE(constant.distinguishable());
}

}  // namespace
}  // namespace vfm::decision
