// The joint distribution of parameters: means, scores, one parameter moved, what belongs together.
#include "vfm/experiment/parameter_space.hpp"

#include "small_study.hpp"

#include "vfm/random/mathematics.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace vfm::experiment {
namespace {

using testing::small_scenario;

std::size_t index_of(const scenario::Scenario& scenario, const std::string& name) {
    std::size_t p = 0;
    while (scenario.parameters.at(p).name != name) ++p;
    return p;
}

TEST(ParameterSpace, the_scores_of_the_means_give_the_means) {
    const scenario::Scenario scenario = small_scenario();
    const ParameterSpace space(scenario);
    const std::vector<double> there = space.at_scores(space.mean_scores());
    for (std::size_t p = 0; p < there.size(); ++p) EXPECT_NEAR(there[p], space.means()[p], 1e-9 * there[p]);
}

TEST(ParameterSpace, a_share_that_is_moved_leaves_the_others_in_proportion) {
    const scenario::Scenario scenario = small_scenario();
    const ParameterSpace space(scenario);
    const std::size_t a = index_of(scenario, "mix.a");
    const std::vector<double> moved = space.moved(a, 0.6);
    EXPECT_DOUBLE_EQ(moved[a], 0.6);
    EXPECT_DOUBLE_EQ(moved[a + 1], 0.4 * 3 / 8);
    EXPECT_DOUBLE_EQ(moved[a + 2], 0.4 * 5 / 8);
    for (std::size_t p = 0; p < moved.size(); ++p) {
        if (p >= a && p <= a + 2) continue;
        EXPECT_EQ(moved[p], space.means()[p]);
    }
    EXPECT_EQ(space.marginal(a), random::Distribution::beta(2, 8));
    const std::size_t hours = index_of(scenario, "hours");
    EXPECT_EQ(space.moved(hours, 7)[hours], 7);
    EXPECT_EQ(space.moved(hours, 7)[a], space.means()[a]);
}

TEST(ParameterSpace, correlated_parameters_and_shares_of_a_whole_are_blocks) {
    const scenario::Scenario scenario = small_scenario();
    const ParameterSpace space(scenario);
    ASSERT_EQ(space.names(),
              (std::vector<std::string>{"hours", "lead", "mix.a/stick", "mix.b/stick", "refusal"}));
    const std::vector<Block> blocks = space.blocks();
    ASSERT_EQ(blocks.size(), 3U);
    EXPECT_EQ(blocks[0].coordinates, (std::vector<std::size_t>{0, 4}));
    EXPECT_EQ(blocks[1].coordinates, (std::vector<std::size_t>{1}));
    EXPECT_EQ(blocks[2].coordinates, (std::vector<std::size_t>{2, 3}));
    EXPECT_EQ(blocks[2].parameters.size(), 3U);
    const random::SquareMatrix correlation = space.score_correlation();
    EXPECT_NEAR(correlation.at(0, 4), 2 * std::sin(std::acos(-1.0) * 0.6 / 6), 1e-12);
    EXPECT_NEAR(correlation.at(4, 0), correlation.at(0, 4), 0);
    EXPECT_EQ(correlation.at(0, 1), 0);
    EXPECT_EQ(correlation.at(3, 3), 1);
}

TEST(ParameterSpace, uniforms_become_scores_through_the_copula) {
    const scenario::Scenario scenario = small_scenario();
    const ParameterSpace space(scenario);
    const std::vector<double> uniforms = {0.9, 0.3, 0.2, 0.7, 0.4};
    const double rho = space.score_correlation().at(0, 4);
    std::vector<double> scores;
    for (const double u : uniforms) scores.push_back(random::standard_normal_quantile(u));
    scores[4] = rho * scores[0] + std::sqrt(1 - rho * rho) * scores[4];
    const std::vector<double> by_uniforms = space.at_uniforms(uniforms);
    const std::vector<double> by_scores = space.at_scores(scores);
    for (std::size_t p = 0; p < by_scores.size(); ++p)
        EXPECT_NEAR(by_uniforms[p], by_scores[p], 1e-10 * by_scores[p]);
}

}  // namespace
}  // namespace vfm::experiment
