#include "vfm/stats/intervals.hpp"

#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <gtest/gtest.h>

namespace vfm::stats {
namespace {

TEST(CompensatedSum, keeps_what_plain_summation_loses) {
    EXPECT_EQ(compensated_sum(std::vector<double>{1, 1e100, 1, -1e100}), 2);
    EXPECT_EQ(compensated_sum({}), 0);
    EXPECT_EQ(compensated_sum(std::vector<double>(10, 0.1)), 1.0);
}

TEST(NormalQuantile, agrees_with_boost) {
    const boost::math::normal_distribution<long double> exact;
    for (double p : {1e-8, 1e-4, 0.025, 0.3, 0.5, 0.501, 0.8, 0.975, 0.995, 0.9999, 1 - 1e-8}) {
        EXPECT_NEAR(normal_quantile(p), static_cast<double>(boost::math::quantile(exact, p)),
                    4e-15 / boost::math::pdf(boost::math::normal(), normal_quantile(p)))
            << p;
    }
    EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-13);
    EXPECT_THROW(static_cast<void>(normal_quantile(1)), std::invalid_argument);
}

TEST(StudentT, agrees_with_boost_for_one_to_many_degrees_of_freedom) {
    for (std::int64_t degrees :
         {1, 2, 3, 4, 5, 6, 7, 10, 29, 30, 99, 200, 511, 998, 999, 1000, 1001, 5000, 1000000}) {
        const boost::math::students_t_distribution<long double> exact(static_cast<long double>(degrees));
        for (double p : {0.001, 0.1, 0.4, 0.6, 0.9, 0.975, 0.995, 0.9999}) {
            const auto expected =
                static_cast<double>(boost::math::quantile(exact, static_cast<long double>(p)));
            EXPECT_NEAR(student_t_quantile(p, degrees) / expected, 1, 1e-9) << p << " with " << degrees;
            EXPECT_NEAR(student_t_probability(expected, degrees), p, degrees <= 1001 ? 1e-13 : 1e-11)
                << p << " with " << degrees;
        }
    }
    EXPECT_EQ(student_t_quantile(0.5, 3), 0);
    EXPECT_NEAR(student_t_quantile(0.975, 1), 12.7062047361747, 1e-9);
    EXPECT_THROW(static_cast<void>(student_t_quantile(0.9, 0)), std::invalid_argument);
}

TEST(StudentInterval, is_the_textbook_one) {
    const std::vector<double> sample = {9, 11, 10, 14, 6};
    const Interval interval = student_interval(sample);
    EXPECT_DOUBLE_EQ(interval.estimate, 10);
    EXPECT_NEAR(interval.half_width(), 2.776445105197793 * std::sqrt(8.5 / 5), 1e-9);
    EXPECT_TRUE(std::isnan(student_interval(std::vector<double>{3}).low));
    EXPECT_NEAR(normal_interval(1, 2).high, 1 + 2 * 1.959963984540054, 1e-12);
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
    const VarianceParts weighted = variance_parts_weighted(values, std::vector<double>{2, 2, 2}, 2);
    EXPECT_DOUBLE_EQ(weighted.within, 2);
    EXPECT_DOUBLE_EQ(weighted.between, 6);
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
    std::vector<double> weights;
    for (std::size_t draw = 0; draw < draws; ++draw) {
        const double truth = 2 * normal(engine);
        weights.push_back(draw % 2 == 0 ? 1 : 3);
        for (std::size_t r = 0; r < replications; ++r) values.push_back(truth + 3 * normal(engine));
    }
    const VarianceParts parts = variance_parts(values, draws, replications);
    EXPECT_NEAR(parts.within, 9, 4 * 9 * std::sqrt(2.0 / (draws * (replications - 1))));
    EXPECT_NEAR(parts.between, 4, 4 * 7 * std::sqrt(2.0 / draws) + 4 * 3 * std::sqrt(2.0 / (2 * draws)));
    const VarianceParts weighted = variance_parts_weighted(values, weights, replications);
    EXPECT_NEAR(weighted.within, 9, 5 * 9 * std::sqrt(2.0 / (draws * (replications - 1))));
    EXPECT_NEAR(weighted.between, 4, 5 * 7 * std::sqrt(2.0 / draws) + 5 * 3 * std::sqrt(2.0 / (2 * draws)));
}

}  // namespace
}  // namespace vfm::stats
