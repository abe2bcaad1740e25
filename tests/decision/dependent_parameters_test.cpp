#include "vfm/decision/dependent_parameters.hpp"

#include "decision/known_truth.hpp"

#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

using Blocks = std::vector<std::vector<std::size_t>>;

TEST(DependentParameters, FormBlocksThroughWhatTheyShare) {
    const DependentPair pairs[] = {{1, 4}, {4, 2}, {5, 3}};
    EXPECT_EQ(dependent_blocks(7, pairs), (Blocks{{0}, {1, 2, 4}, {3, 5}, {6}}));
    EXPECT_EQ(dependent_blocks(2, {}), (Blocks{{0}, {1}}));
}

TEST(DependentParameters, EnterAGroupAsWholeBlocks) {
    const Blocks blocks{{0}, {1, 2, 4}, {3, 5}, {6}};
    const std::size_t members[] = {4, 6};
    EXPECT_EQ(with_dependents(members, blocks), (std::vector<std::size_t>{1, 2, 4, 6}));
}

TEST(DependentParameters, AreFoundInSamplesByTheirRanks) {
    known_truth::Recipe recipe;
    recipe.parameters = 12;
    recipe.draws = 500;
    recipe.truth = [](const std::vector<double>&, std::size_t) { return known_truth::Truth{}; };
    recipe.joint = [](std::vector<double>& p) {
        p[7] = std::exp(5 * (p[2] + p[7]));  // the same order, another scale
        p[9] = 1 - p[3] + 0.1 * p[9];
    };
    const known_truth::SampledStudy study(recipe);
    EXPECT_EQ(correlated_pairs(study.parameters()), (std::vector<DependentPair>{{2, 7}, {3, 9}}));
}

}  // namespace
}  // namespace vfm::decision
