#include "vfm/random/quantiles.hpp"

#include "vfm/random/mathematics.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::random {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Quantiles, agree_with_closed_forms) {
    EXPECT_EQ(quantile(Distribution::fixed(3), 0.1), 3);
    EXPECT_DOUBLE_EQ(quantile(Distribution::uniform(2, 6), 0.25), 3);
    EXPECT_DOUBLE_EQ(quantile(Distribution::triangular(0, 1, 2), 0.125), 0.5);
    EXPECT_DOUBLE_EQ(quantile(Distribution::exponential(5), 0.5), 5 * std::log(2.0));
    EXPECT_DOUBLE_EQ(quantile(Distribution::normal(10, 2), 0.975), 10 + 2 * 1.959963984540054);
    EXPECT_DOUBLE_EQ(quantile(Distribution::lognormal(1, 0.5), 0.5), std::exp(1.0));
    EXPECT_DOUBLE_EQ(quantile(Distribution::beta(1, 2), 0.75), 0.5) << "1 - sqrt(1 - u)";
    EXPECT_DOUBLE_EQ(quantile(Distribution::beta(3, 1), 0.125), 0.5) << "u^(1/3)";
    EXPECT_DOUBLE_EQ(quantile(Distribution::gamma(1, 5), 0.5), 5 * std::log(2.0));
}

TEST(Quantiles, of_symmetric_betas_at_and_next_to_their_medians_are_found) {
    for (const double alpha : {0.5, 2.0, 7.0, 20.0, 34.5, 70.0, 200.0, 1000.0}) {
        const Distribution beta = Distribution::beta(alpha, alpha);
        for (int ulps = -3; ulps <= 3; ++ulps) {
            const double u = 0.5 + ulps * 0x1p-53;
            EXPECT_NEAR(quantile(beta, u), 0.5, 1e-9) << alpha << " at " << ulps;
        }
    }
}

TEST(Quantiles, upper_tails_keep_their_digits) {
    const double u = 1 - 0x1p-50;
    EXPECT_NEAR(quantile(Distribution::exponential(1), u), 50 * std::log(2.0), 1e-13);
    EXPECT_NEAR(quantile(Distribution::normal(0, 1), u), standard_normal_quantile(u), 1e-14);
}

TEST(Quantiles, factories_from_moments_have_those_moments) {
    EXPECT_NEAR(mean(Distribution::lognormal_mean_sd(30, 12)), 30, 1e-13);
    EXPECT_NEAR(mean(Distribution::gamma_mean_sd(30, 12)), 30, 1e-13);
    const Distribution gamma = Distribution::gamma_mean_sd(30, 12);
    EXPECT_NEAR(std::sqrt(gamma.first()) * gamma.second(), 12, 1e-13);
    const Distribution beta = Distribution::beta_mean_sd(0.2, 0.05);
    const double size = beta.first() + beta.second();
    EXPECT_NEAR(mean(beta), 0.2, 1e-15);
    EXPECT_NEAR(std::sqrt(0.2 * 0.8 / (size + 1)), 0.05, 1e-15);
    EXPECT_DOUBLE_EQ(mean(Distribution::triangular(1, 2, 6)), 3);
    EXPECT_DOUBLE_EQ(mean(Distribution::exponential(4)), 4);
    EXPECT_DOUBLE_EQ(mean(Distribution::uniform(2, 5)), 3.5);
}

TEST(Quantiles, factories_from_intervals_have_those_intervals) {
    const Distribution normal = Distribution::normal_mean_interval(10, 8, 12);
    EXPECT_NEAR(quantile(normal, 0.025), 8, 1e-13);
    EXPECT_NEAR(quantile(normal, 0.975), 12, 1e-13);
    const Distribution median = Distribution::lognormal_median_interval(20, 10, 40);
    EXPECT_NEAR(quantile(median, 0.025), 10, 1e-13);
    EXPECT_NEAR(quantile(median, 0.975), 40, 1e-13);
    EXPECT_NEAR(quantile(median, 0.5), 20, 1e-13);
    const Distribution of_mean = Distribution::lognormal_mean_interval(20, 10, 40);
    EXPECT_NEAR(mean(of_mean), 20, 1e-13);
    EXPECT_NEAR(quantile(of_mean, 0.975) / quantile(of_mean, 0.025), 4, 1e-13);
}

TEST(Quantiles, and_cumulative_probabilities_undo_each_other) {
    const std::vector<Distribution> all = {Distribution::uniform(-1, 3),
                                           Distribution::triangular(0, 2, 3),
                                           Distribution::normal(5, 3),
                                           Distribution::lognormal(0, 1),
                                           Distribution::gamma(2.5, 4),
                                           Distribution::beta(0.7, 3),
                                           Distribution::exponential(2),
                                           Distribution::normal(5, 3).truncated(0, 6),
                                           Distribution::gamma(2.5, 4).truncated(20, infinity)};
    for (const Distribution& one : all) {
        for (double u : {0.001, 0.2, 0.5, 0.77, 0.999}) {
            EXPECT_NEAR(cumulative_probability(one, quantile(one, u)), u, 1e-12) << describe(one);
        }
    }
}

TEST(Empirical, gives_each_value_with_the_probability_of_its_weight) {
    const Distribution weighted = Distribution::empirical({5, 1, 3, 9}, {1, 2, 1, 0});
    EXPECT_EQ(quantile(weighted, 0.49), 1);
    EXPECT_EQ(quantile(weighted, 0.51), 3);
    EXPECT_EQ(quantile(weighted, 0.76), 5);
    EXPECT_EQ(quantile(weighted, 1 - 0x1p-53), 5) << "a weight of 0 is never drawn";
    EXPECT_DOUBLE_EQ(mean(weighted), 2.5);
    EXPECT_DOUBLE_EQ(cumulative_probability(weighted, 1), 0.5);
    EXPECT_DOUBLE_EQ(mean(Distribution::empirical({1, 2, 6}, {})), 3);
    EXPECT_DOUBLE_EQ(mean(weighted.truncated(2, 10)), 4);
}

TEST(Truncation, stays_inside_and_has_the_closed_mean_of_a_truncated_normal) {
    const Distribution cut = Distribution::normal(1, 2).truncated(0, 4);
    const double a = -0.5;
    const double b = 1.5;
    const auto density = [](double z) { return std::exp(-z * z / 2) / std::sqrt(2 * M_PI); };
    const double inside = standard_normal_cdf(b) - standard_normal_cdf(a);
    EXPECT_NEAR(mean(cut), 1 + 2 * (density(a) - density(b)) / inside, 1e-12);
    EXPECT_NEAR(quantile(cut, 0.3), 1 + 2 * standard_normal_quantile(standard_normal_cdf(a) + 0.3 * inside),
                1e-13);
    for (double u : {1e-16, 0.5, 1 - 0x1p-53}) {
        EXPECT_GE(quantile(cut, u), 0);
        EXPECT_LE(quantile(cut, u), 4);
    }
}

TEST(Truncation, far_in_a_tail_keeps_its_digits) {
    // The mean of a normal above a is density / upper tail; at 10 that is 10.0980932...
    const double expected = std::exp(-50.0) / std::sqrt(2 * M_PI) / (std::erfc(10 / std::sqrt(2.0)) / 2);
    EXPECT_NEAR(mean(Distribution::normal(0, 1).truncated(10, infinity)), expected, 1e-10);
    EXPECT_NEAR(mean(Distribution::normal(0, 1).truncated(-infinity, -10)), -expected, 1e-10);
    EXPECT_NEAR(mean(Distribution::exponential(2).truncated(100, infinity)), 102, 1e-10) << "no memory";
}

TEST(Truncation, twice_is_the_intersection) {
    EXPECT_EQ(Distribution::normal(0, 1).truncated(-1, 2).truncated(0, 5),
              Distribution::normal(0, 1).truncated(0, 2));
}

TEST(Truncation, that_leaves_nothing_is_refused) {
    EXPECT_THROW(static_cast<void>(Distribution::uniform(0, 1).truncated(2, 3)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Distribution::exponential(1).truncated(-3, -1)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Distribution::normal(0, 1).truncated(3, 3)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Distribution::fixed(1).truncated(2, 3)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Distribution::empirical({1}, {}).truncated(2, 3)), std::invalid_argument);
}

TEST(Distributions, impossible_parameters_are_refused_with_a_plain_sentence) {
    EXPECT_THROW(static_cast<void>(Distribution::uniform(1, 1)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Distribution::triangular(0, 3, 2)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Distribution::normal(0, 0)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Distribution::normal(std::nan(""), 1)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Distribution::gamma(-1, 1)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Distribution::exponential(infinity)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Distribution::lognormal_mean_interval(5, 0, 10)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Distribution::normal_mean_interval(50, 0, 10)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Distribution::empirical({1, 2}, {1})), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Distribution::empirical({1, 2}, {0, 0})), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Distribution::empirical({}, {})), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(quantile(Distribution::normal(0, 1), 1)), std::invalid_argument);
    try {
        static_cast<void>(Distribution::beta_mean_sd(0.5, 0.6));
        FAIL();
    } catch (const std::invalid_argument& error) {
        EXPECT_STREQ(
            error.what(),
            "the standard deviation of a beta distribution with mean 0.5 must be below 0.5, and it is 0.6");
    }
}

TEST(Distributions, describe_themselves) {
    EXPECT_EQ(describe(Distribution::beta(2, 8)), "beta(alpha=2, beta=8)");
    EXPECT_EQ(describe(Distribution::normal(3, 1).truncated(0, infinity)),
              "normal(mean=3, sd=1) within [0, inf]");
    EXPECT_EQ(describe(Distribution::empirical({1, 2}, {})), "empirical(2 values)");
    EXPECT_EQ(describe(Distribution::triangular(0, 0.5, 2)), "triangular(low=0, mode=0.5, high=2)");
    EXPECT_EQ(describe(Distribution::fixed(1.25)), "fixed(1.25)");
}

}  // namespace
}  // namespace vfm::random
