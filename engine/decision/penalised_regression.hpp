// Many outcomes regressed on the same terms, each with as much shrinkage as its own data ask for.
#pragma once

#include "linear_algebra.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::decision {

/// What one regression found, an outcome a column.
struct PenalisedFit {
    Matrix coefficients;                    ///< term x outcome
    std::vector<double> effective_terms;    ///< trace of each outcome's smoother
    std::vector<double> residual_variance;  ///< of each outcome about its fit, by restricted likelihood
};

/// Ridge regression as a mixed model (Ruppert, Wand and Carroll, Semiparametric Regression, 2003, section
/// 4.9): a term's coefficient has a normal prior with variance tau x its weight, and tau is chosen for each
/// outcome by restricted maximum likelihood (Patterson and Thompson, Biometrika 58, 1971). Several sets of
/// weights may be offered, of which each outcome takes the likeliest. The Gram matrix is decomposed once a
/// set, whatever the number of outcomes.
class PenalisedRegression {
  public:
    /// `terms` is draw x term, every column with mean zero; each of `weights` has an entry >= 0 a term.
    PenalisedRegression(const Matrix& terms, std::span<const std::vector<double>> weights);

    /// `products` is terms' x outcomes (term x outcome) and `squares` each outcome's sum of squares, of
    /// outcomes with mean zero.
    [[nodiscard]] PenalisedFit fit(const Matrix& products, std::span<const double> squares) const;

  private:
    struct Directions {
        Matrix loadings;                ///< term x direction: the columns of terms x loadings are orthogonal
        std::vector<double> variances;  ///< their sums of squares
        Matrix left;                    ///< direction x ratio: the share that shrinkage takes from each
        std::vector<double> log_determinants;  ///< a ratio
    };
    [[nodiscard]] static Directions directions_of(const Matrix& gram, std::span<const double> weights);

    std::size_t draws_;
    std::size_t terms_;
    std::vector<Directions> sets_;
};

}  // namespace vfm::decision
