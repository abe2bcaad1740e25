// A linear response fitted to draws of a linear model with known slopes, and the joint region that follows.
#include "vfm/decision/linear_response.hpp"

#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

struct LinearModel {
    std::vector<std::vector<double>> parameters{3};
    MeanSample sample{.arms = 2, .draws = 0, .cost = {}, .effect = {}};

    /// The second arm costs 100 + 3 z0 more and achieves 6 + 0.4 z1 more; z2 does nothing; with noise.
    LinearModel(std::size_t draws, double noise, unsigned seed) {
        std::mt19937_64 engine(seed);
        std::normal_distribution<double> normal;
        sample.draws = draws;
        sample.cost.assign(2 * draws, 0.0);
        sample.effect.assign(2 * draws, 0.0);
        for (std::size_t draw = 0; draw < draws; ++draw) {
            const double z0 = normal(engine);
            const double z1 = normal(engine);
            parameters[0].push_back(std::exp(z0));  // scores do not mind
            parameters[1].push_back(5 + 2 * z1);
            parameters[2].push_back(normal(engine));
            sample.cost[draws + draw] = 100 + 3 * z0 + noise * normal(engine);
            sample.effect[draws + draw] = 6 + 0.4 * z1;
        }
    }
    [[nodiscard]] std::vector<std::vector<double>> scores() const {
        std::vector<std::vector<double>> all;
        for (const std::vector<double>& one : parameters) all.push_back(normal_scores(one));
        return all;
    }
};

TEST(LinearResponse, finds_slopes_and_the_joint_region_of_a_linear_gaussian_model) {
    const LinearModel model(4000, 2, 3);
    const std::vector<std::vector<double>> scores = model.scores();
    const LinearResponse response(scores, model.sample);
    const ResponseSurface surface = response.surface(10);
    const double error = response.standard_error(1, 0, 10);
    EXPECT_NEAR(error, 2 / std::sqrt(4000.0), 0.3 * 2 / std::sqrt(4000.0));
    // Ranks stand for values but for a little in the tails: allow 0.03 of a slope for them.
    EXPECT_NEAR(surface.slope[3], -3, 4 * error + 0.03 * 3);
    EXPECT_NEAR(surface.slope[4], 4, 4 * error + 0.03 * 4);
    EXPECT_NEAR(surface.slope[5], 0, 4 * error);
    // Net benefit at 10 a unit: -40 - 3 z0 + 4 z1, distance 8.
    const JointRegion reference = joint_region(surface, 0);
    EXPECT_TRUE(reference.best_at_medians);
    const ResponseSurface nearer = response.surface(15);  // -10 - 3 z0 + 6 z1
    const JointRegion region = joint_region(nearer, 1);
    ASSERT_TRUE(region.found);
    EXPECT_NEAR(region.distance, 10 / std::sqrt(45.0), 0.05);
    EXPECT_NEAR(region.shares[1], 36.0 / 45, 0.03);
}

TEST(LinearResponse, scores_are_normal_quantiles_of_ranks_and_only_clear_correlations_stay) {
    const std::vector<double> scores = normal_scores(std::vector{30.0, 10.0, 20.0});
    EXPECT_NEAR(scores[2], 0, 1e-12);
    EXPECT_NEAR(scores[0], 0.967421566101701, 1e-9);
    EXPECT_NEAR(scores[1], -0.967421566101701, 1e-9);
    LinearModel model(400, 1, 4);
    model.parameters[2] = model.parameters[0];
    const std::vector<std::vector<double>> all = model.scores();
    const std::vector<double> correlation = clear_correlations(all);
    EXPECT_EQ(correlation[1], 0);
    EXPECT_NEAR(correlation[2], 1, 1e-12);
    EXPECT_EQ(correlation[4], 1);
}

TEST(LinearResponse, two_shares_of_one_whole_move_the_arms_by_half_each_and_not_by_rounding) {
    LinearModel model(400, 1, 6);
    std::vector<std::vector<double>> scores = model.scores();
    const ResponseSurface alone = LinearResponse(scores, model.sample).surface(10);
    scores[2] = scores[0];
    std::mt19937_64 engine(7);
    std::uniform_real_distribution<double> rounding(-1e-13, 1e-13);
    for (double& score : scores[2]) score = rounding(engine) - score;
    const ResponseSurface both = LinearResponse(scores, model.sample).surface(10);
    EXPECT_NEAR(both.slope[3], alone.slope[3] / 2, 0.05 * std::abs(alone.slope[3]));
    EXPECT_NEAR(both.slope[5], -both.slope[3], 1e-9);
}

TEST(LinearResponse, too_few_draws_are_refused) {
    const LinearModel model(7, 1, 5);
    const std::vector<std::vector<double>> scores = model.scores();
    EXPECT_THROW(LinearResponse(scores, model.sample), std::invalid_argument);
}

}  // namespace
}  // namespace vfm::decision
