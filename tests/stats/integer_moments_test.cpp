#include "vfm/stats/integer_moments.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::stats {
namespace {

std::vector<double> values() {
    std::vector<double> made;
    double x = 0.3;
    for (int i = 0; i < 1000; ++i) {
        x = 3.9 * x * (1 - x);
        made.push_back(5000 * x - 700);
    }
    return made;
}

IntegerMoments moments_of(const std::vector<double>& some, std::size_t begin, std::size_t end) {
    IntegerMoments moments;
    for (std::size_t i = begin; i < end; ++i) moments.add(to_fixed(some[i]));
    return moments;
}

TEST(IntegerMoments, are_the_same_in_any_grouping_and_order) {
    const std::vector<double> some = values();
    const IntegerMoments whole = moments_of(some, 0, 1000);
    IntegerMoments parts = moments_of(some, 700, 1000);
    parts.merge(moments_of(some, 0, 13));
    parts.merge(IntegerMoments{});
    parts.merge(moments_of(some, 13, 700));
    EXPECT_EQ(parts, whole);
    EXPECT_EQ(parts.mean(), whole.mean());
    EXPECT_EQ(parts.variance(), whole.variance());
}

TEST(IntegerMoments, give_the_mean_and_variance_of_the_values) {
    const std::vector<double> some = values();
    long double sum = 0;
    for (const double value : some) sum += value;
    const long double mean = sum / 1000;
    long double squares = 0;
    for (const double value : some) squares += (value - mean) * (value - mean);
    const IntegerMoments moments = moments_of(some, 0, 1000);
    EXPECT_NEAR(moments.mean(), static_cast<double>(mean), 1e-6) << "rounding to 2^-20 at most";
    EXPECT_NEAR(moments.variance() / static_cast<double>(squares / 999), 1, 1e-9);
}

TEST(IntegerMoments, lose_nothing_when_the_mean_is_large_against_the_spread) {
    IntegerMoments moments;
    for (int i = 0; i < 1000; ++i) moments.add(to_fixed(4e6) + i % 2);
    EXPECT_DOUBLE_EQ(moments.variance() * fixed_one * fixed_one, 250.0 / 999);
}

TEST(IntegerMoments, of_too_few_values_are_missing_and_of_the_largest_do_not_overflow) {
    IntegerMoments moments;
    EXPECT_TRUE(std::isnan(moments.mean()));
    moments.add(to_fixed(2.5));
    EXPECT_EQ(moments.mean(), 2.5);
    EXPECT_TRUE(std::isnan(moments.variance()));
    // 2^40 values of 2^42 ticks each: the sum of squares is 2^124.
    IntegerMoments large;
    large.add(Fixed{1} << 42);
    for (int i = 0; i < 40; ++i) large.merge(IntegerMoments(large));
    EXPECT_EQ(large.sum_of_squares, Int128{1} << 124);
    EXPECT_EQ(large.mean(), 4194304.0);
    EXPECT_EQ(large.variance(), 0.0);
}

}  // namespace
}  // namespace vfm::stats
