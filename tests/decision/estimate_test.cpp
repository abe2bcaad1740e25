#include "vfm/decision/estimate.hpp"

#include "vfm/stats/sample_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

/// draw x replication: parameters spread draws' means with one standard deviation, families add noise with
/// another.
std::vector<double> noisy_draws(std::size_t draws, std::size_t replications, double between, double within,
                                unsigned seed) {
    std::mt19937_64 engine(seed);
    std::normal_distribution<double> normal;
    std::vector<double> values;
    for (std::size_t draw = 0; draw < draws; ++draw) {
        const double mean = 100 + between * normal(engine);
        for (std::size_t i = 0; i < replications; ++i) values.push_back(mean + within * normal(engine));
    }
    return values;
}

TEST(Estimate, monte_carlo_error_is_the_spread_of_draw_means_over_the_root_of_their_number) {
    // Draw means 2, 6, 4: variance 4, standard error 2 / sqrt(3); Student's t with 2 degrees of freedom
    // is 4.302653.
    const Estimate found = estimate(mean_of(std::vector{1.0, 3.0, 10.0, 2.0, 0.0, 8.0}, 3, 2));
    ASSERT_TRUE(found.monte_carlo);
    EXPECT_NEAR(found.monte_carlo->standard_error, 2 / std::sqrt(3.0), 1e-12);
    EXPECT_NEAR(found.monte_carlo->interval.low, 4 - 4.302652729911275 * 2 / std::sqrt(3.0), 1e-7);
    EXPECT_NEAR(found.monte_carlo->interval.high, 4 + 4.302652729911275 * 2 / std::sqrt(3.0), 1e-7);
}

TEST(Estimate, with_one_draw_the_replications_are_the_observations) {
    const Estimate found = estimate(mean_of(std::vector{2.0, 6.0, 4.0}, 1, 3));
    ASSERT_TRUE(found.monte_carlo);
    EXPECT_NEAR(found.monte_carlo->standard_error, 2 / std::sqrt(3.0), 1e-12);
    EXPECT_EQ(found.parameter.spread, ParameterSpread::none);
    EXPECT_FALSE(found.parameter.interval);
}

TEST(Estimate, a_single_unit_has_a_value_and_no_interval) {
    const Estimate found = estimate(mean_of(std::vector{7.0}, 1, 1));
    EXPECT_EQ(found.value, 7);
    EXPECT_FALSE(found.monte_carlo);
    EXPECT_FALSE(found.parameter.interval);
}

TEST(Estimate, one_replication_a_draw_is_not_separable_and_says_so) {
    std::vector<double> values(101);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i);
    const Estimate found = estimate(mean_of(values, 101, 1));
    EXPECT_EQ(found.parameter.spread, ParameterSpread::includes_noise);
    ASSERT_TRUE(found.parameter.interval);
    EXPECT_DOUBLE_EQ(found.parameter.interval->low, 2.5);
    EXPECT_DOUBLE_EQ(found.parameter.interval->high, 97.5);
    EXPECT_FALSE(found.parameter.noise_share);
}

TEST(Estimate, without_noise_inside_draws_the_parameter_interval_is_the_plain_percentiles) {
    std::vector<double> values;
    for (int draw = 0; draw <= 100; ++draw) values.insert(values.end(), 2, draw);
    const Estimate found = estimate(mean_of(values, 101, 2));
    EXPECT_EQ(found.parameter.spread, ParameterSpread::separated);
    EXPECT_NEAR(found.parameter.interval->low, 2.5, 1e-12);
    EXPECT_NEAR(found.parameter.interval->high, 97.5, 1e-12);
    EXPECT_NEAR(*found.parameter.noise_share, 0, 1e-12);
}

TEST(Estimate, the_noise_inside_draws_is_removed_from_the_parameter_interval) {
    // Parameters spread by 10, families by 20: draw means of 2 replications spread by sqrt(100 + 200) = 17.3,
    // so the plain interval would be 1.73 times too wide. The width of a 95 % percentile interval of n
    // normals has relative standard error of about 2.7 / sqrt(2 n) here; 5 of them fail by chance less than
    // once in a million.
    const std::size_t draws = 20000;
    const Estimate found = estimate(mean_of(noisy_draws(draws, 2, 10, 20, 1), draws, 2));
    const double width = found.parameter.interval->high - found.parameter.interval->low;
    const double expected = 2 * 1.959963985 * 10;
    EXPECT_NEAR(width, expected, 5 * 2.7 / std::sqrt(2.0 * static_cast<double>(draws)) * expected);
    EXPECT_NEAR(*found.parameter.noise_share, 2.0 / 3, 0.03);
}

TEST(Estimate, shrunk_draws_have_exactly_the_between_draw_variance) {
    // The oracle recomputes the interval with the room of statistics' analysis of variance and sorted
    // percentiles.
    const std::vector<double> values = noisy_draws(57, 3, 4, 5, 2);
    const Estimate found = estimate(mean_of(values, 57, 3));
    const stats::VarianceParts parts = stats::variance_parts(values, 57, 3);
    std::vector<double> means;
    for (std::size_t draw = 0; draw < 57; ++draw) {
        means.push_back((values[3 * draw] + values[3 * draw + 1] + values[3 * draw + 2]) / 3);
    }
    const double centre = stats::mean(means);
    const double shrink = std::sqrt(parts.between / stats::variance(means));
    for (double& mean : means) mean = centre + shrink * (mean - centre);
    EXPECT_NEAR(stats::variance(means), parts.between, 1e-10);
    std::sort(means.begin(), means.end());
    EXPECT_NEAR(found.parameter.interval->low, stats::sample_quantile(means, 0.025), 1e-10);
    EXPECT_NEAR(found.parameter.interval->high, stats::sample_quantile(means, 0.975), 1e-10);
}

TEST(Estimate, when_noise_explains_everything_the_parameter_interval_is_a_point) {
    // Replications differ more than draws: the between-draw variance is estimated as negative, and counts as
    // zero.
    const Estimate found = estimate(mean_of(std::vector{0.0, 10.0, 12.0, 0.0, 4.0, 4.0}, 3, 2));
    EXPECT_EQ(found.parameter.interval->low, 5);
    EXPECT_EQ(found.parameter.interval->high, 5);
    EXPECT_EQ(*found.parameter.noise_share, 1);
}

TEST(Estimate, the_monte_carlo_interval_covers_the_mean_in_95_of_100_runs) {
    // 2000 runs of 20 draws: the share that covers has standard error 0.0049; 4 of them fail once in 16,000.
    int covered = 0;
    for (unsigned run = 0; run < 2000; ++run) {
        const Estimate found = estimate(mean_of(noisy_draws(20, 2, 3, 4, 1000 + run), 20, 2));
        covered += found.monte_carlo->interval.low <= 100 && 100 <= found.monte_carlo->interval.high ? 1 : 0;
    }
    EXPECT_NEAR(covered / 2000.0, 0.95, 4 * std::sqrt(0.95 * 0.05 / 2000));
}

TEST(Estimate, the_monte_carlo_error_of_a_ratio_is_that_of_repeated_runs) {
    // The spread of the ratio over 1000 runs against the standard errors they state; a standard deviation
    // from 1000 values has relative standard error 0.022, and 5 of them fail once in two million.
    std::mt19937_64 engine(3);
    std::normal_distribution<double> normal;
    std::vector<double> ratios;
    double stated = 0;
    for (int run = 0; run < 1000; ++run) {
        std::vector<double> top;
        std::vector<double> bottom;
        for (int draw = 0; draw < 50; ++draw) {
            bottom.push_back(100 + 10 * normal(engine));
            top.push_back(0.4 * bottom.back() + 5 * normal(engine));
        }
        const Estimate found = estimate(ratio_of(top, bottom, 50, 1));
        ratios.push_back(found.value);
        stated += found.monte_carlo->standard_error / 1000;
    }
    EXPECT_NEAR(std::sqrt(stats::variance(ratios)) / stated, 1, 5 * 0.022);
}

TEST(Estimate, draws_without_a_value_are_left_out_and_counted) {
    const Estimate found = estimate(ratio_of(std::vector{0.0, 1.0, 3.0}, std::vector{0.0, 4.0, 4.0}, 3, 1));
    EXPECT_DOUBLE_EQ(found.value, 0.5);
    EXPECT_EQ(found.parameter.missing_draws, 1U);
    EXPECT_NEAR(found.parameter.interval->low, 0.25 + 0.025 * 0.5, 1e-12);
}

TEST(Estimate, a_missing_quantity_has_no_interval) {
    const Estimate found = estimate(ratio_of(std::vector{0.0, 0.0}, std::vector{0.0, 0.0}, 2, 1));
    EXPECT_TRUE(found.missing());
    EXPECT_FALSE(found.monte_carlo);
    EXPECT_FALSE(found.parameter.interval);
    EXPECT_EQ(found.parameter.missing_draws, 2U);
}

TEST(Quantile, selection_agrees_with_sorting) {
    std::vector<double> values = noisy_draws(500, 1, 1, 1, 4);
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    for (const double probability : {0.0, 0.025, 0.31, 0.5, 0.975, 1.0}) {
        EXPECT_NEAR(quantile(values, probability), stats::sample_quantile(sorted, probability), 1e-12);
    }
    std::vector<double> one = {3};
    EXPECT_EQ(quantile(one, 0.975), 3);
}

}  // namespace
}  // namespace vfm::decision
