#include "vfm/stats/quantiles.hpp"

#include <cmath>
#include <stdexcept>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <gtest/gtest.h>

namespace vfm::stats {
namespace {

TEST(NormalQuantile, is_that_of_long_double) {
    const boost::math::normal_distribution<long double> exact;
    for (double p : {1e-8, 1e-4, 0.025, 0.3, 0.5, 0.501, 0.8, 0.975, 0.995, 0.9999, 1 - 1e-8}) {
        EXPECT_NEAR(normal_quantile(p), static_cast<double>(boost::math::quantile(exact, p)),
                    4e-15 / boost::math::pdf(boost::math::normal(), normal_quantile(p)))
            << p;
    }
    EXPECT_NEAR(normal_quantile(0.975), normal_975, 1e-13);
    EXPECT_THROW(static_cast<void>(normal_quantile(1)), std::invalid_argument);
}

TEST(NormalProbability, undoes_the_quantile_and_passes_on_what_is_no_number) {
    for (double p : {1e-8, 0.025, 0.5, 0.8, 0.9999}) {
        EXPECT_NEAR(normal_probability(normal_quantile(p)) / p, 1, 1e-13) << p;
    }
    EXPECT_TRUE(std::isnan(normal_probability(std::nan(""))));
}

TEST(StudentT, is_that_of_long_double_for_one_to_many_degrees_of_freedom) {
    for (std::int64_t degrees :
         {1, 2, 3, 4, 5, 6, 7, 10, 29, 30, 99, 200, 511, 998, 999, 1000, 1001, 5000, 1000000}) {
        const boost::math::students_t_distribution<long double> exact(static_cast<long double>(degrees));
        for (double p : {0.001, 0.1, 0.4, 0.6, 0.9, 0.975, 0.995, 0.9999}) {
            const auto expected =
                static_cast<double>(boost::math::quantile(exact, static_cast<long double>(p)));
            EXPECT_NEAR(student_t_quantile(p, degrees) / expected, 1, 1e-9) << p << " with " << degrees;
        }
    }
    EXPECT_EQ(student_t_quantile(0.5, 3), 0);
    EXPECT_NEAR(student_t_quantile(0.975, 1), 12.7062047361747, 1e-9);
    EXPECT_THROW(static_cast<void>(student_t_quantile(0.9, 0)), std::invalid_argument);
}

}  // namespace
}  // namespace vfm::stats
