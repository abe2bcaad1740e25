#include "vfm/random/dependence.hpp"

#include "arguments.hpp"

#include "vfm/random/mathematics.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <boost/math/constants/constants.hpp>

namespace vfm::random {

namespace {

bool is_symmetric(const SquareMatrix& matrix) {
    for (std::size_t i = 0; i < matrix.size; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const double difference = matrix.at(i, j) - matrix.at(j, i);
            if (!(difference < 1e-12 && difference > -1e-12)) return false;
        }
    }
    return true;
}

double largest_uniform() {
    return 1.0 - 0x1p-53;
}

}  // namespace

std::vector<Distribution> dirichlet_sticks(std::span<const double> alphas) {
    require(alphas.size() >= 2, "a Dirichlet distribution needs at least two shares");
    double later = 0.0;
    std::vector<Distribution> sticks;
    for (std::size_t k = alphas.size(); k-- > 0;) {
        require(alphas[k] > 0.0 && alphas[k] < detail::infinity,
                "each concentration of a Dirichlet distribution must be above 0");
        if (k + 1 < alphas.size()) sticks.push_back(Distribution::beta(alphas[k], later));
        later += alphas[k];
    }
    std::reverse(sticks.begin(), sticks.end());
    return sticks;
}

std::vector<double> shares_from_sticks(std::span<const double> parts) {
    std::vector<double> shares;
    double left = 1.0;
    for (const double part : parts) {
        shares.push_back(left * part);
        left -= shares.back();
    }
    shares.push_back(left);
    return shares;
}

std::vector<double> dirichlet_shares(std::span<const double> alphas, std::span<const double> uniforms) {
    const std::vector<Distribution> sticks = dirichlet_sticks(alphas);
    require(uniforms.size() == sticks.size(), "a Dirichlet draw needs one uniform fewer than shares");
    std::vector<double> parts;
    for (std::size_t k = 0; k < sticks.size(); ++k) parts.push_back(quantile(sticks[k], uniforms[k]));
    return shares_from_sticks(parts);
}

SquareMatrix cholesky_factor(const SquareMatrix& matrix) {
    require(matrix.values.size() == matrix.size * matrix.size,
            "a square matrix needs size times size values");
    require(is_symmetric(matrix), "the matrix is not symmetric");
    // Pivots this far below 0 are rounding; further below, the matrix is not positive semi-definite.
    constexpr double tolerance = 1e-10;
    const std::size_t n = matrix.size;
    SquareMatrix factor{n, std::vector<double>(n * n, 0.0)};
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t i = j; i < n; ++i) {
            double rest = matrix.at(i, j);
            for (std::size_t k = 0; k < j; ++k) rest -= factor.at(i, k) * factor.at(j, k);
            double& entry = factor.values[i * n + j];
            if (i == j) {
                require(rest >= -tolerance, "the matrix is not positive semi-definite");
                entry = rest > tolerance ? __builtin_sqrt(rest) : 0.0;
            } else if (factor.at(j, j) > 0.0) {
                entry = rest / factor.at(j, j);
            } else {
                // A zero pivot leaves no room: with a zero variance every covariance is zero, up to rounding.
                require(rest * rest <= 1e-8, "the matrix is not positive semi-definite");
            }
        }
    }
    return factor;
}

GaussianCopula::GaussianCopula(const SquareMatrix& spearman) {
    require(spearman.values.size() == spearman.size * spearman.size,
            "a square matrix needs size times size values");
    SquareMatrix pearson = spearman;
    for (std::size_t i = 0; i < spearman.size; ++i) {
        require(spearman.at(i, i) == 1.0, "a correlation matrix has ones on its diagonal");
        for (std::size_t j = 0; j < spearman.size; ++j) {
            const double rho = spearman.at(i, j);
            require(rho >= -1.0 && rho <= 1.0, "a correlation lies between -1 and 1");
            const long double angle =
                boost::math::constants::pi<long double>() * static_cast<long double>(rho) / 6;
            if (i != j) pearson.values[i * spearman.size + j] = static_cast<double>(2 * std::sin(angle));
        }
    }
    factor_ = cholesky_factor(pearson);
}

std::vector<double> GaussianCopula::join(std::span<const double> independent) const {
    require(independent.size() == factor_.size, "a copula joins as many uniforms as it has rows");
    std::vector<double> normals;
    for (const double u : independent) normals.push_back(standard_normal_quantile(u));
    std::vector<double> joined;
    for (std::size_t i = 0; i < factor_.size; ++i) {
        double z = 0.0;
        for (std::size_t k = 0; k <= i; ++k) z += factor_.at(i, k) * normals[k];
        joined.push_back(std::clamp(standard_normal_cdf(z), 0x1p-1022, largest_uniform()));
    }
    return joined;
}

}  // namespace vfm::random
