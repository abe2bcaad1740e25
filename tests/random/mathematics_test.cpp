#include "vfm/random/mathematics.hpp"

#include "vfm/random/streams.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/special_functions/erf.hpp>
#include <gtest/gtest.h>

namespace vfm::random {
namespace {

/// The error of a double in units of the last place of the exact value.
double units_off(double found, long double exact) {
    int exponent = 0;
    std::frexp(static_cast<double>(exact), &exponent);
    return static_cast<double>(std::fabs(found - exact) / std::ldexp(1.0L, exponent - 53));
}

Pair uniforms(std::uint32_t i) {
    return uniform_pair({20240, 0, 0}, purpose_hash("mathematics test"), i, 0);
}

constexpr std::uint32_t many = 500'000;

TEST(Mathematics, exponential_is_within_one_unit_in_the_last_place_of_long_double) {
    double worst = 0;
    for (std::uint32_t i = 0; i < many; ++i) {
        const Pair u = uniforms(i);
        const double wide = (u.first - 0.5) * 1400;
        const double near = (u.second - 0.5) * 2;
        worst = std::max({worst, units_off(exponential(wide), std::exp(static_cast<long double>(wide))),
                          units_off(exponential(near), std::exp(static_cast<long double>(near)))});
    }
    EXPECT_LT(worst, 1.0);
}

TEST(Mathematics, exponential_is_exact_at_zero_and_goes_to_zero_and_infinity_at_the_ends_of_the_range) {
    EXPECT_EQ(exponential(0.0), 1.0);
    EXPECT_EQ(exponential(-0.0), 1.0);
    EXPECT_EQ(exponential(710.0), detail::infinity);
    EXPECT_EQ(exponential(detail::infinity), detail::infinity);
    EXPECT_EQ(exponential(-746.0), 0.0);
    EXPECT_EQ(exponential(-detail::infinity), 0.0);
    EXPECT_TRUE(std::isnan(exponential(detail::not_a_number)));
    EXPECT_TRUE(std::isfinite(exponential(709.78)));
    EXPECT_EQ(exponential(-745.0), 5e-324);
    EXPECT_NEAR(exponential(-710.0) / 4.47628622567513e-309, 1.0, 1e-12);
}

TEST(Mathematics, logarithm_is_within_one_unit_in_the_last_place_of_long_double) {
    double worst = 0;
    for (std::uint32_t i = 0; i < many; ++i) {
        const Pair u = uniforms(i);
        const double wide = exponential((u.first - 0.5) * 1400);
        const double near = 0.5 + u.second;
        worst = std::max({worst, units_off(logarithm(wide), std::log(static_cast<long double>(wide))),
                          units_off(logarithm(near), std::log(static_cast<long double>(near)))});
    }
    EXPECT_LT(worst, 1.0);
}

TEST(Mathematics, logarithm_of_special_values) {
    EXPECT_EQ(logarithm(1.0), 0.0);
    EXPECT_EQ(logarithm(0.0), -detail::infinity);
    EXPECT_EQ(logarithm(-0.0), -detail::infinity);
    EXPECT_EQ(logarithm(detail::infinity), detail::infinity);
    EXPECT_TRUE(std::isnan(logarithm(-1.0)));
    EXPECT_TRUE(std::isnan(logarithm(detail::not_a_number)));
    EXPECT_LT(units_off(logarithm(5e-324), std::log(static_cast<long double>(5e-324))), 1.0);
    EXPECT_LT(units_off(logarithm(1e-310), std::log(static_cast<long double>(1e-310))), 1.0);
}

TEST(Mathematics, logarithm_one_plus_keeps_its_digits_near_zero) {
    double worst = 0;
    for (std::uint32_t i = 0; i < many; ++i) {
        const Pair u = uniforms(i);
        const double centred = u.first - 0.5;
        const double x = centred * centred * centred * (u.second < 0.5 ? -7.9 : 400.0);
        if (x > -1)
            worst =
                std::max(worst, units_off(logarithm_one_plus(x), std::log1p(static_cast<long double>(x))));
    }
    EXPECT_LT(worst, 2.0);
    EXPECT_EQ(logarithm_one_plus(0.0), 0.0);
    EXPECT_EQ(logarithm_one_plus(1e-300), 1e-300);
    EXPECT_EQ(logarithm_one_plus(-1.0), -detail::infinity);
    EXPECT_EQ(logarithm_one_plus(detail::infinity), detail::infinity);
}

TEST(Mathematics, logistic_is_stable_in_both_tails_and_logit_undoes_it) {
    for (double x = -40; x <= 30; x += 0.37) {
        const long double exact = 1 / (1 + std::exp(-static_cast<long double>(x)));
        EXPECT_LT(units_off(logistic(x), exact), 3.0) << x;
    }
    EXPECT_EQ(logistic(0.0), 0.5);
    EXPECT_EQ(logistic(800.0), 1.0);
    EXPECT_EQ(logistic(-800.0), 0.0);
    EXPECT_NEAR(logistic(-700.0) / 9.85967654375977e-305, 1.0, 1e-12);
    EXPECT_EQ(logit(0.5), 0.0);
    EXPECT_EQ(logit(0.0), -detail::infinity);
    EXPECT_EQ(logit(1.0), detail::infinity);
    for (double p : {1e-300, 1e-9, 0.1, 0.3, 0.499999, 0.5000001, 0.6, 0.9}) {
        EXPECT_NEAR(logistic(logit(p)) / p, 1.0, 2e-13) << p;
    }
}

/// Boost's complementary error function in long double: below 1/2 it loses nothing.
long double exact_cdf(double z) {
    return boost::math::erfc(-static_cast<long double>(z) / std::sqrt(2.0L)) / 2;
}

TEST(Mathematics, normal_cdf_agrees_with_boost_in_long_double_in_both_tails) {
    for (double z = -37.5; z <= 9; z += 0.0137) {
        EXPECT_NEAR(static_cast<double>(standard_normal_cdf(z) / exact_cdf(z)), 1.0, 2e-15) << z;
    }
    EXPECT_EQ(standard_normal_cdf(0.0), 0.5);
    EXPECT_EQ(standard_normal_cdf(40.0), 1.0);
    EXPECT_EQ(standard_normal_cdf(-40.0), 0.0);
    EXPECT_TRUE(std::isnan(standard_normal_cdf(detail::not_a_number)));
}

TEST(Mathematics, normal_quantile_agrees_with_boost_in_long_double) {
    double worst = 0;
    for (std::uint32_t i = 0; i < 50'000; ++i) {
        const Pair u = uniforms(i);
        // Half the probabilities go far into the lower tail; 1 - u is exact in long double above one half.
        const double p = i % 2 == 0 ? u.first : u.first * exponential(-36.0 * u.second);
        const auto exact_p = static_cast<long double>(p);
        const long double exact = p < 0.5 ? -std::sqrt(2.0L) * boost::math::erfc_inv(2 * exact_p)
                                          : std::sqrt(2.0L) * boost::math::erf_inv(2 * exact_p - 1);
        worst = std::max(worst, static_cast<double>(std::fabs(standard_normal_quantile(p) / exact - 1)));
    }
    EXPECT_LT(worst, 2e-15);
}

TEST(Mathematics, normal_quantile_is_odd_and_known_at_the_usual_places) {
    EXPECT_EQ(standard_normal_quantile(0.5), 0.0);
    EXPECT_NEAR(standard_normal_quantile(0.975), 1.959963984540054, 1e-15);
    for (double u : {0.25, 0x1p-10, 0x1p-30, 0x1p-52}) {
        EXPECT_EQ(standard_normal_quantile(u), -standard_normal_quantile(1 - u));
    }
    EXPECT_NEAR(standard_normal_quantile(0x1p-53), -8.20953615160139, 1e-13);
}

}  // namespace
}  // namespace vfm::random
