// Many outcomes regressed on the same terms, each with as much shrinkage as its own data ask for.
#pragma once

#include <vector>

#include <Eigen/Dense>

namespace vfm::decision {

/// What one regression found, an outcome a column.
struct PenalisedFit {
    Eigen::MatrixXd coefficients;       ///< term x outcome
    Eigen::VectorXd effective_terms;    ///< trace of each outcome's smoother
    Eigen::VectorXd residual_variance;  ///< of each outcome about its fit, by restricted likelihood
};

/// Ridge regression as a mixed model (Ruppert, Wand and Carroll, Semiparametric Regression, 2003, section
/// 4.9): a term's coefficient has a normal prior with variance tau x its weight, and tau is chosen for each
/// outcome by restricted maximum likelihood (Patterson and Thompson, Biometrika 58, 1971). Several sets of
/// weights may be offered, of which each outcome takes the likeliest. The Gram matrix is decomposed once a
/// set, whatever the number of outcomes.
class PenalisedRegression {
  public:
    /// `terms` is draw x term, every column with mean zero; each of `weights` has an entry >= 0 a term.
    PenalisedRegression(const Eigen::MatrixXd& terms, const std::vector<Eigen::VectorXd>& weights);

    /// `products` is terms' x outcomes (term x outcome) and `squares` each outcome's sum of squares, of
    /// outcomes with mean zero.
    [[nodiscard]] PenalisedFit fit(const Eigen::MatrixXd& products, const Eigen::VectorXd& squares) const;

  private:
    struct Directions {
        Eigen::MatrixXd loadings;   ///< term x direction: the columns of terms x loadings are orthogonal
        Eigen::VectorXd variances;  ///< their sums of squares
        Eigen::MatrixXd left;       ///< direction x ratio: the share that shrinkage takes from each
        Eigen::VectorXd log_determinants;  ///< a ratio
    };
    Eigen::Index draws_;
    Eigen::Index terms_;
    std::vector<Directions> sets_;
};

}  // namespace vfm::decision
