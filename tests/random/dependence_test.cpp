#include "vfm/random/dependence.hpp"

#include "vfm/random/streams.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::random {
namespace {

TEST(Dirichlet, sticks_are_beta_with_the_sum_of_the_later_concentrations) {
    const std::vector<double> alphas = {2, 3, 5};
    const std::vector<Distribution> sticks = dirichlet_sticks(alphas);
    ASSERT_EQ(sticks.size(), 2U);
    EXPECT_EQ(sticks[0], Distribution::beta(2, 8));
    EXPECT_EQ(sticks[1], Distribution::beta(3, 5));
    EXPECT_THROW(static_cast<void>(dirichlet_sticks(std::vector<double>{1})), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(dirichlet_sticks(std::vector<double>{1, 0})), std::invalid_argument);
}

// Three means at 4 standard errors and a covariance.
TEST(Dirichlet, shares_add_up_to_one_and_have_the_means_and_covariance_of_the_distribution) {
    const std::vector<double> alphas = {2, 3, 5};
    constexpr int n = 20'000;
    std::vector<double> sums(3, 0.0);
    double product = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
        const Pair u = uniform_pair({8, 0, 0}, purpose_hash("dirichlet"), i, 0);
        const std::vector<double> shares = dirichlet_shares(alphas, std::vector<double>{u.first, u.second});
        ASSERT_EQ(shares.size(), 3U);
        ASSERT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1.0, 1e-15);
        for (std::size_t k = 0; k < 3; ++k) {
            ASSERT_GE(shares[k], 0);
            sums[k] += shares[k];
        }
        product += (shares[0] - 0.2) * (shares[2] - 0.5);
    }
    for (std::size_t k = 0; k < 3; ++k) {
        const double p = alphas[k] / 10;
        EXPECT_LT(std::fabs(sums[k] / n - p), 4 * std::sqrt(p * (1 - p) / 11 / n));
    }
    EXPECT_NEAR(product / n, -0.2 * 0.5 / 11, 4 * 0.02 / std::sqrt(1.0 * n));
}

TEST(Cholesky, factor_times_its_transpose_is_the_matrix_even_when_semi_definite) {
    for (const SquareMatrix& matrix :
         {SquareMatrix{3, {4, 2, 1, 2, 5, 3, 1, 3, 6}}, SquareMatrix{2, {1, 1, 1, 1}},
          SquareMatrix{3, {1, -1, 0.5, -1, 1, -0.5, 0.5, -0.5, 1}}}) {
        const SquareMatrix factor = cholesky_factor(matrix);
        for (std::size_t i = 0; i < matrix.size; ++i) {
            for (std::size_t j = 0; j < matrix.size; ++j) {
                double product = 0;
                for (std::size_t k = 0; k < matrix.size; ++k) product += factor.at(i, k) * factor.at(j, k);
                EXPECT_NEAR(product, matrix.at(i, j), 1e-14);
            }
        }
    }
    EXPECT_THROW(static_cast<void>(cholesky_factor({2, {1, 2, 2, 1}})), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(cholesky_factor({2, {1, 0.5, 0.4, 1}})), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(cholesky_factor({3, {1, 1, 0, 1, 1, 1, 0, 1, 1}})), std::invalid_argument);
}

double rank_correlation(const std::vector<double>& x, const std::vector<double>& y) {
    const auto ranks = [](const std::vector<double>& values) {
        std::vector<std::size_t> order(values.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(),
                  [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
        std::vector<double> found(values.size());
        for (std::size_t i = 0; i < order.size(); ++i) found[order[i]] = static_cast<double>(i);
        return found;
    };
    const auto n = static_cast<double>(x.size());
    const std::vector<double> rx = ranks(x);
    const std::vector<double> ry = ranks(y);
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += (rx[i] - ry[i]) * (rx[i] - ry[i]);
    return 1 - 6 * sum / (n * (n * n - 1));
}

// The standard error of a rank correlation is at most about 1.1 / sqrt(n); four of them.
TEST(GaussianCopula, has_the_rank_correlations_asked_for) {
    const SquareMatrix wanted{3, {1, 0.7, -0.4, 0.7, 1, 0.1, -0.4, 0.1, 1}};
    const GaussianCopula copula(wanted);
    constexpr std::uint32_t n = 20'000;
    std::vector<std::vector<double>> joined(3);
    for (std::uint32_t i = 0; i < n; ++i) {
        const Pair a = uniform_pair({9, 0, 0}, 1, i, 0);
        const Pair b = uniform_pair({9, 0, 0}, 2, i, 0);
        const std::vector<double> point = copula.join(std::vector<double>{a.first, a.second, b.first});
        EXPECT_NEAR(point[0], a.first, 1e-14);
        for (std::size_t k = 0; k < 3; ++k) joined[k].push_back(point[k]);
    }
    const double limit = 4 * 1.1 / std::sqrt(1.0 * n);
    EXPECT_NEAR(rank_correlation(joined[0], joined[1]), 0.7, limit);
    EXPECT_NEAR(rank_correlation(joined[0], joined[2]), -0.4, limit);
    EXPECT_NEAR(rank_correlation(joined[1], joined[2]), 0.1, limit);
}

TEST(GaussianCopula, of_correlation_one_gives_the_same_uniform_twice) {
    const GaussianCopula copula({2, {1, 1, 1, 1}});
    const std::vector<double> point = copula.join(std::vector<double>{0.3, 0.9});
    EXPECT_NEAR(point[1], point[0], 1e-12);
}

TEST(GaussianCopula, refuses_what_is_not_a_correlation_matrix) {
    EXPECT_THROW(GaussianCopula({2, {1, 1.1, 1.1, 1}}), std::invalid_argument);
    EXPECT_THROW(GaussianCopula({2, {2, 0, 0, 1}}), std::invalid_argument);
    EXPECT_THROW(GaussianCopula({2, {1, 0.2, 0.3, 1}}), std::invalid_argument);
    EXPECT_THROW(GaussianCopula({3, {1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1}}), std::invalid_argument);
    EXPECT_THROW(GaussianCopula({2, {1, 0, 0}}), std::invalid_argument);
}

}  // namespace
}  // namespace vfm::random
