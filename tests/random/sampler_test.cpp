#include "vfm/random/sampler.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/random/simd_path.hpp"
#include "vfm/random/streams.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <gtest/gtest.h>

namespace vfm::random {
namespace {

static_assert(std::is_trivially_copyable_v<Sampler>);
static_assert(sizeof(Sampler) <= 48);

/// The gamma quantile of mean 1 at a standard normal, from Boost in long double, each tail from its own side.
long double exact_gamma(double shape, double z) {
    const long double tail = boost::math::erfc(std::fabs(static_cast<long double>(z)) / std::sqrt(2.0L)) / 2;
    const long double k = shape;
    return (z < 0 ? boost::math::gamma_p_inv(k, tail) : boost::math::gamma_q_inv(k, tail)) / k;
}

class EveryShape : public testing::TestWithParam<double> {};

TEST_P(EveryShape, gamma_table_is_right_to_a_millionth_in_the_body) {
    const GammaTable unmade(GetParam());
    const GammaTable& table = unmade.made();
    for (double z = -3; z <= 5; z += 0.0173) {
        EXPECT_NEAR(static_cast<double>(table.at(z) / exact_gamma(GetParam(), z)), 1.0, 1e-6) << z;
    }
}

TEST_P(EveryShape, gamma_table_has_the_mean_and_variance_of_the_distribution) {
    const GammaTable unmade(GetParam());
    const GammaTable& table = unmade.made();
    // The trapezoidal rule over the normal density converges faster than any power of the step.
    double mean = 0;
    double square = 0;
    const double step = 1.0 / 512;
    for (double z = -8.4; z <= 8.4; z += step) {
        const double weight = std::exp(-z * z / 2) / std::sqrt(2 * M_PI) * step;
        mean += weight * table.at(z);
        square += weight * table.at(z) * table.at(z);
    }
    EXPECT_NEAR(mean, 1.0, 1e-7);
    EXPECT_NEAR((square - mean * mean) * GetParam(), 1.0, 1e-5);
}

TEST_P(EveryShape, gamma_table_increases_and_stays_above_zero_to_its_ends) {
    const GammaTable unmade(GetParam());
    const GammaTable& table = unmade.made();
    double before = 0;
    for (double z = -8.49; z <= 8.49; z += 0.0101) {
        const double now = table.at(z);
        ASSERT_GT(now, before) << z;
        before = now;
    }
    EXPECT_EQ(table.at(-100), table.at(-8.5));
    EXPECT_EQ(table.at(100), table.at(9));
    EXPECT_GT(table.at(-100), 0);
}

INSTANTIATE_TEST_SUITE_P(Gamma, EveryShape,
                         testing::Values(0.3, 0.5, 0.99, 1.0, 2.5, 4.0, 25.0, 100.0, 10000.0),
                         [](const auto& instance) {
                             std::string name = "shape_" + std::to_string(instance.param);
                             for (char& letter : name) letter = letter == '.' ? '_' : letter;
                             return name;
                         });

TEST(GammaTables, hold_one_table_for_each_shape_at_a_stable_address) {
    GammaTables tables;
    const GammaTable* const four = tables.make(4);
    const GammaTable* const two = tables.make(2);
    EXPECT_NE(four, two);
    EXPECT_EQ(tables.make(4), four);
    EXPECT_EQ(four->shape(), 4);
    EXPECT_THROW(tables.make(0.01), std::invalid_argument);
    EXPECT_THROW(tables.make(std::nan("")), std::invalid_argument);
}

struct Case {
    std::string name;
    Sampler sampler;
    double variance;
};

std::vector<Case> cases(GammaTables& tables) {
    return {{"lognormal", Sampler::lognormal_mean_cv(42, 0.5), 21.0 * 21.0},
            {"gamma", Sampler::gamma_mean_shape(12, 4, tables), 36.0},
            {"exponential", Sampler::exponential_mean(3, tables), 9.0},
            {"uniform", Sampler::uniform_between(-2, 4), 3.0},
            {"triangular", Sampler::triangular(1, 2, 6), (1.0 + 4 + 36 - 2 - 6 - 12) / 18},
            {"right-angled", Sampler::triangular(0, 0, 3), 0.5}};
}

// Means at 4 standard errors: 6 cases, a false alarm in 2,600 choices of the seed.
TEST(Sampler, has_the_mean_and_the_variance_it_says) {
    GammaTables tables;
    std::vector<double> z(400'000);
    std::vector<double> other(z.size());
    fill_uniform_pairs({3, 1, 4}, purpose_hash("sampler"), 0, 0, z, other);
    fill_normals(z);
    const auto n = static_cast<double>(z.size());
    for (const Case& one : cases(tables)) {
        double sum = 0;
        double squares = 0;
        for (const double value : z) {
            const double deviation = one.sampler.sample(value) - one.sampler.mean();
            sum += deviation;
            squares += deviation * deviation;
        }
        EXPECT_LT(std::fabs(sum / n), 4 * std::sqrt(one.variance / n)) << one.name;
        EXPECT_NEAR(squares / n / one.variance, 1.0, 0.03) << one.name;
    }
}

// 1,003 values: whole registers and a remainder; tails, ends and beyond them on every path of the processor.
TEST(Sampler, fills_a_batch_with_the_bits_of_single_samples_on_every_path) {
    GammaTables tables;
    std::vector<double> z(1003);
    std::vector<double> other(z.size());
    fill_uniform_pairs({3, 1, 4}, purpose_hash("batch"), 0, 0, z, other);
    fill_normals(z);
    z[0] = -40;
    z[1] = 40;
    z[2] = 0;
    z[3] = -8.5;
    z[4] = 8.5;
    z[1002] = 6;
    const Path before = active_path();
    for (const Path path : supported_paths()) {
        force_path(path);
        for (const Case& one : cases(tables)) {
            std::vector<double> batch(z.size());
            one.sampler.fill(z, batch);
            for (std::size_t i = 0; i < z.size(); ++i) {
                ASSERT_EQ(std::bit_cast<std::uint64_t>(batch[i]),
                          std::bit_cast<std::uint64_t>(one.sampler.sample(z[i])))
                    << one.name << " at " << z[i] << ", path " << name_of(path);
            }
        }
    }
    force_path(before);
    std::vector<double> too_few(z.size() - 1);
    EXPECT_THROW(Sampler::fixed(1).fill(z, too_few), ContractViolation);
}

TEST(Sampler, increases_with_the_normal_it_is_given) {
    GammaTables tables;
    for (const Case& one : cases(tables)) {
        double before = -1e9;
        for (double z = -6; z <= 6; z += 0.01) {
            ASSERT_GT(one.sampler.sample(z), before) << one.name << " at " << z;
            before = one.sampler.sample(z);
        }
    }
}

TEST(Sampler, fixed_is_the_same_at_every_normal_and_zero_by_default) {
    EXPECT_EQ(Sampler::fixed(7).sample(-5), 7);
    EXPECT_EQ(Sampler::fixed(7).mean(), 7);
    EXPECT_EQ(Sampler().sample(1), 0);
    EXPECT_NEAR(Sampler::lognormal_mean_cv(9, 0).sample(3), 9, 1e-14);
}

TEST(Sampler, medians_and_tails_are_those_of_the_closed_forms) {
    GammaTables tables;
    EXPECT_NEAR(Sampler::lognormal_mean_cv(10, 1).sample(0), 10 / std::sqrt(2.0), 1e-14);
    EXPECT_NEAR(Sampler::exponential_mean(5, tables).sample(0), 5 * std::log(2.0), 5e-7);
    EXPECT_NEAR(Sampler::exponential_mean(5, tables).sample(3),
                -5 * std::log(std::erfc(3 / std::sqrt(2.0)) / 2), 5e-6);
    EXPECT_EQ(Sampler::uniform_between(2, 4).sample(0), 3);
    EXPECT_NEAR(Sampler::triangular(0, 1, 2).sample(0), 1, 1e-15);
    EXPECT_EQ(Sampler::triangular(2, 2, 2).sample(1), 2);
}

TEST(Sampler, impossible_parameters_are_refused) {
    GammaTables tables;
    EXPECT_THROW(static_cast<void>(Sampler::lognormal_mean_cv(0, 1)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Sampler::lognormal_mean_cv(1, -1)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Sampler::gamma_mean_shape(-1, 1, tables)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Sampler::exponential_mean(std::nan(""), tables)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Sampler::uniform_between(2, 1)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Sampler::triangular(0, 3, 2)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(Sampler::fixed(std::numeric_limits<double>::infinity())),
                 std::invalid_argument);
}

}  // namespace
}  // namespace vfm::random
