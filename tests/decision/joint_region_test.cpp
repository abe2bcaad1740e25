// The most likely point at which an arm is the best, where it is known: linear net benefits of normal scores.
#include "vfm/decision/joint_region.hpp"

#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

/// Arm 0 has nothing; the others are linear in three scores.
ResponseSurface linear(std::vector<double> constants, std::vector<double> slopes) {
    ResponseSurface surface{.arms = constants.size() + 1,
                            .coordinates = 3,
                            .centre = {0, 0, 0},
                            .constant = {0},
                            .slope = {0, 0, 0},
                            .curvature = {},
                            .correlation = {1, 0, 0, 0, 1, 0, 0, 0, 1}};
    surface.constant.insert(surface.constant.end(), constants.begin(), constants.end());
    surface.slope.insert(surface.slope.end(), slopes.begin(), slopes.end());
    return surface;
}

TEST(JointRegion, of_a_linear_gaussian_difference_is_the_closed_form) {
    // Lead -10 + 3 z0 + 4 z1: nearest point (6/5, 8/5, 0), distance 2, probability Phi(-2).
    const JointRegion region = joint_region(linear({-10}, {3, 4, 0}), 1);
    ASSERT_TRUE(region.found);
    EXPECT_FALSE(region.best_at_medians);
    EXPECT_NEAR(region.distance, 2, 1e-9);
    EXPECT_NEAR(region.probability, 0.022750131948179207, 1e-12);
    EXPECT_NEAR(region.scores[0], 1.2, 1e-9);
    EXPECT_NEAR(region.scores[1], 1.6, 1e-9);
    EXPECT_NEAR(region.scores[2], 0, 1e-9);
    EXPECT_NEAR(region.shares[0], 0.36, 1e-9);
    EXPECT_NEAR(region.shares[1], 0.64, 1e-9);
    const JointRegion other = joint_region(linear({-10}, {3, 4, 0}), 0);
    EXPECT_TRUE(other.best_at_medians);
    EXPECT_NEAR(other.distance, 2, 1e-9);
    EXPECT_NEAR(other.probability, 1 - 0.022750131948179207, 1e-12);
    EXPECT_EQ(other.rival, 1U);
}

TEST(JointRegion, with_correlated_parameters_is_the_closed_form_too) {
    ResponseSurface surface = linear({-10}, {3, 4, 0});
    surface.correlation = {1, 0.5, 0, 0.5, 1, 0, 0, 0, 1};
    const JointRegion region = joint_region(surface, 1);
    const double spread = std::sqrt(9 + 16 + 2 * 0.5 * 12);
    ASSERT_TRUE(region.found);
    EXPECT_NEAR(region.distance, 10 / spread, 1e-9);
    EXPECT_NEAR(region.probability, std::erfc(10 / spread / std::sqrt(2.0)) / 2, 1e-12);
    EXPECT_NEAR(region.scores[0], 10 * (3 + 0.5 * 4) / (spread * spread), 1e-9);
    EXPECT_NEAR(region.scores[1], 10 * (4 + 0.5 * 3) / (spread * spread), 1e-9);
    EXPECT_NEAR(std::accumulate(region.shares.begin(), region.shares.end(), 0.0), 1, 1e-9);
}

TEST(JointRegion, must_pass_every_rival) {
    // Leads of arm 1: -2 + z0 over arm 0 and -3 + z0 - (z0 - z1)... = z1 - 3 over arm 2: nearest is (2, 3).
    const JointRegion region = joint_region(linear({-2, 1}, {1, 0, 0, 1, -1, 0}), 1);
    ASSERT_TRUE(region.found);
    EXPECT_NEAR(region.scores[0], 2, 1e-8);
    EXPECT_NEAR(region.scores[1], 3, 1e-8);
    EXPECT_NEAR(region.distance, std::sqrt(13.0), 1e-8);
    EXPECT_EQ(region.rival, 2);  // both are as good there; passing arm 2 takes three units, arm 0 two
    EXPECT_EQ(joint_region(linear({-3, -1}, {1, 0, 0, 1, -1, 0}), 1).rival, 0);
    // The true probability, Phi(-2) Phi(-3), is below the half-space's.
    EXPECT_GT(region.probability, 0.02275 * 0.00135);
}

TEST(JointRegion, shares_of_points_are_the_probability_of_being_best) {
    // Lead -10 + 3 z0 + 4 z1 of arm 1, and arm 2 is arm 1 again: Phi(-2), shared by two.
    const ResponseSurface surface = linear({-10, -10}, {3, 4, 0, 3, 4, 0});
    std::mt19937_64 engine(3);
    std::normal_distribution<double> normal;
    constexpr std::size_t count = 20000;
    std::vector<double> points(3 * count);
    for (double& one : points) one = normal(engine);
    const std::vector<double> shares = shares_best(surface, points);
    const double truth = 0.022750131948179207;
    EXPECT_NEAR(shares[0], 1 - truth, 4 * std::sqrt(truth / count));
    EXPECT_EQ(shares[1], shares[2]);
    EXPECT_NEAR(shares[0] + shares[1] + shares[2], 1, 1e-9);
}

TEST(JointRegion, follows_a_curved_surface_to_its_nearest_point) {
    // Lead -4 + z0 + z0^2 from a centre at 0: zero at (sqrt(17) - 1) / 2.
    ResponseSurface surface = linear({-4}, {1, 0, 0});
    surface.curvature = {0, 0, 0, 1, 0, 0};
    const JointRegion region = joint_region(surface, 1);
    ASSERT_TRUE(region.found);
    EXPECT_NEAR(region.scores[0], (std::sqrt(17.0) - 1) / 2, 1e-7);
    EXPECT_NEAR(score_alone(surface, 1, 0, 3), (std::sqrt(17.0) - 1) / 2, 1e-9);
    EXPECT_TRUE(std::isnan(score_alone(surface, 1, 1, 3)));
}

TEST(JointRegion, an_arm_that_is_exactly_as_good_as_the_best_has_to_pass_it_to_be_the_best_alone) {
    EXPECT_TRUE(std::isnan(score_alone(linear({0}, {0, 0, 0}), 1, 0, 3)));
    const ResponseSurface rising = linear({0}, {1, 0, 0});
    EXPECT_NEAR(score_alone(rising, 1, 0, 3), 0, 1e-9);
    EXPECT_GE(score_alone(rising, 1, 0, 3), 0);
    EXPECT_TRUE(std::isnan(score_alone(rising, 1, 1, 3)));
}

TEST(JointRegion, an_arm_that_nothing_can_make_the_best_has_none) {
    EXPECT_FALSE(joint_region(linear({-1}, {0, 0, 0}), 1).found);
    // Twice the same arm less a constant: no point passes the better twin.
    EXPECT_FALSE(joint_region(linear({-1, -2}, {1, 1, 0, 1, 1, 0}), 2).found);
    const JointRegion safe = joint_region(linear({-1}, {0, 0, 0}), 0);
    EXPECT_FALSE(safe.found);
    EXPECT_TRUE(safe.best_at_medians);
    EXPECT_EQ(safe.probability, 1);
}

TEST(JointRegion, is_nearer_than_any_other_point_at_which_the_arm_is_the_best) {
    std::mt19937_64 engine(5);
    std::normal_distribution<double> normal;
    for (int study = 0; study < 20; ++study) {
        std::vector<double> constants(4);
        std::vector<double> slopes(12);
        for (double& one : constants) one = normal(engine) - 1;
        for (double& one : slopes) one = normal(engine);
        const ResponseSurface surface = linear(constants, slopes);
        const JointRegion region = joint_region(surface, 1);
        if (!region.found || region.best_at_medians) continue;
        for (int i = 0; i < 2000; ++i) {
            std::vector<double> scores(3);
            for (double& one : scores) one = 3 * normal(engine);
            bool best = true;
            for (std::size_t other = 0; other < surface.arms; ++other) {
                best = best && surface.net_benefit(1, scores) >= surface.net_benefit(other, scores);
            }
            const double distance = std::hypot(scores[0], scores[1], scores[2]);
            if (!best) continue;
            EXPECT_GE(distance, region.distance - 1e-6);
        }
    }
}

}  // namespace
}  // namespace vfm::decision
