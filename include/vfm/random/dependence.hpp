// Parameters that are drawn together: shares of a whole, and rank correlations.
#pragma once

#include "vfm/random/quantiles.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::random {

/// The sticks of a Dirichlet(alphas) by breaking (Connor and Mosimann 1969): stick k of alphas.size() - 1 is
/// Beta(alpha_k, sum of the later alphas), the part it takes of what earlier sticks left.
/// Throws std::invalid_argument unless there are at least two alphas and all are finite and > 0.
[[nodiscard]] std::vector<Distribution> dirichlet_sticks(std::span<const double> alphas);

/// Shares of the whole, one more than sticks, from the part each stick takes; they add up to 1.
[[nodiscard]] std::vector<double> shares_from_sticks(std::span<const double> parts);

/// One Dirichlet draw: alphas.size() shares from alphas.size() - 1 independent uniforms.
[[nodiscard]] std::vector<double> dirichlet_shares(std::span<const double> alphas,
                                                   std::span<const double> uniforms);

/// A square matrix, row by row.
struct SquareMatrix {
    std::size_t size = 0;
    std::vector<double> values;  ///< size * size
    [[nodiscard]] double at(std::size_t row, std::size_t column) const { return values[row * size + column]; }
};

/// The lower triangular L with L L' = matrix; a zero pivot (semi-definite matrix) gives a zero column.
/// Throws std::invalid_argument when the matrix is not symmetric and positive semi-definite.
[[nodiscard]] SquareMatrix cholesky_factor(const SquareMatrix& matrix);

/// Uniforms joined by a Gaussian copula with given Spearman rank correlations rho: the normals' correlation
/// is 2 sin(pi rho / 6) (Pearson 1907).
class GaussianCopula {
  public:
    /// Throws std::invalid_argument unless the matrix has a unit diagonal, is symmetric, has entries in [-1,
    /// 1] and becomes a positive semi-definite correlation of normals.
    explicit GaussianCopula(const SquareMatrix& spearman);

    /// Dependent uniforms, strictly inside (0, 1), from as many independent ones. The first is unchanged up
    /// to rounding.
    [[nodiscard]] std::vector<double> join(std::span<const double> independent) const;

    [[nodiscard]] const SquareMatrix& factor() const { return factor_; }

  private:
    SquareMatrix factor_;
};

}  // namespace vfm::random
