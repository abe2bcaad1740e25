#include "vfm/stats/sample_statistics.hpp"

#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::stats {
namespace {

TEST(CompensatedSum, keeps_what_plain_summation_loses) {
    EXPECT_EQ(compensated_sum(std::vector<double>{1, 1e100, 1, -1e100}), 2);
    EXPECT_EQ(compensated_sum({}), 0);
    EXPECT_EQ(compensated_sum(std::vector<double>(10, 0.1)), 1.0);
}

TEST(SampleQuantile, is_type_seven) {
    const std::vector<double> sample = {1, 2, 4, 8};
    EXPECT_EQ(sample_quantile(sample, 0), 1);
    EXPECT_EQ(sample_quantile(sample, 1), 8);
    EXPECT_EQ(sample_quantile(sample, 0.5), 3);
    EXPECT_DOUBLE_EQ(sample_quantile(sample, 0.9), 4 + 0.7 * 4);
    EXPECT_THROW(static_cast<void>(sample_quantile({}, 0.5)), std::invalid_argument);
}

TEST(VarianceParts, of_a_small_table_are_those_worked_by_hand) {
    // Rows 1 3 / 5 7 / 6 8: means 2, 6, 7; variance of means 7; within 2; between 7 - 2 / 2.
    const std::vector<double> values = {1, 3, 5, 7, 6, 8};
    const VarianceParts parts = variance_parts(values, 3, 2);
    EXPECT_DOUBLE_EQ(parts.within, 2);
    EXPECT_DOUBLE_EQ(parts.between, 6);
    const VarianceParts single = variance_parts(std::vector<double>{2, 6, 7}, 3, 1);
    EXPECT_DOUBLE_EQ(single.between, 7);
    EXPECT_TRUE(std::isnan(single.within));
    EXPECT_THROW(static_cast<void>(variance_parts(values, 2, 2)), std::invalid_argument);
}

// The standard errors are those of normal theory: within 2 s^4 / (n (r - 1)), of the variance of means 2 v^2
// / (n - 1).
TEST(VarianceParts, recover_what_the_values_were_made_with) {
    std::mt19937_64 engine(5);
    std::normal_distribution<double> normal;
    constexpr std::size_t draws = 20'000;
    constexpr std::size_t replications = 3;
    std::vector<double> values;
    for (std::size_t draw = 0; draw < draws; ++draw) {
        const double truth = 2 * normal(engine);
        for (std::size_t r = 0; r < replications; ++r) values.push_back(truth + 3 * normal(engine));
    }
    const VarianceParts parts = variance_parts(values, draws, replications);
    EXPECT_NEAR(parts.within, 9, 4 * 9 * std::sqrt(2.0 / (draws * (replications - 1))));
    EXPECT_NEAR(parts.between, 4, 4 * 7 * std::sqrt(2.0 / draws) + 4 * 3 * std::sqrt(2.0 / (2 * draws)));
}

}  // namespace
}  // namespace vfm::stats
