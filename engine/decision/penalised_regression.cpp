#include "penalised_regression.hpp"

#include <cmath>
#include <limits>

namespace vfm::decision {

namespace {

/// Ratios of prior to residual variance that are tried, over the strongest direction's: none, then e^-12 to
/// e^24 in steps of a half. The likelihood is flat between neighbours.
constexpr Eigen::Index ratios = 74;
double ratio_at(Eigen::Index place) {
    return place == 0 ? 0 : std::exp(-12 + 0.5 * static_cast<double>(place - 1));
}

}  // namespace

PenalisedRegression::PenalisedRegression(const Eigen::MatrixXd& terms,
                                         const std::vector<Eigen::VectorXd>& weights)
    : draws_(terms.rows()), terms_(terms.cols()) {
    Eigen::MatrixXd gram = Eigen::MatrixXd::Zero(terms_, terms_);
    gram.selfadjointView<Eigen::Lower>().rankUpdate(terms.transpose());
    gram.triangularView<Eigen::StrictlyUpper>() = gram.transpose();
    for (const Eigen::VectorXd& set : weights) {
        const Eigen::VectorXd roots = set.cwiseSqrt();
        std::vector<Eigen::Index> used;  // a term of weight zero is not in the model
        for (Eigen::Index term = 0; term < terms_; ++term) {
            if (set[term] > 0) used.push_back(term);
        }
        const auto count = static_cast<Eigen::Index>(used.size());
        Eigen::MatrixXd scaled(count, count);
        for (Eigen::Index j = 0; j < count; ++j) {
            for (Eigen::Index i = 0; i < count; ++i) {
                const Eigen::Index row = used[static_cast<std::size_t>(i)];
                const Eigen::Index column = used[static_cast<std::size_t>(j)];
                scaled(i, j) = roots[row] * gram(row, column) * roots[column];
            }
        }
        if (count == 0) continue;
        const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(scaled);
        // Directions that rounding alone has made are left out.
        const double floor = 1e-11 * solver.eigenvalues().maxCoeff();
        Eigen::Index first = 0;
        while (first < count && !(solver.eigenvalues()[first] > floor)) ++first;
        Directions directions;
        directions.variances = solver.eigenvalues().tail(count - first);
        directions.loadings = Eigen::MatrixXd::Zero(terms_, count - first);
        for (Eigen::Index i = 0; i < count; ++i) {
            const Eigen::Index term = used[static_cast<std::size_t>(i)];
            directions.loadings.row(term) = roots[term] * solver.eigenvectors().row(i).tail(count - first);
        }
        directions.left = Eigen::MatrixXd(count - first, ratios);
        const Eigen::ArrayXd relative = directions.variances.array() / directions.variances.maxCoeff();
        for (Eigen::Index place = 0; place < ratios; ++place) {
            directions.left.col(place) = 1 / (1 + ratio_at(place) * relative);
        }
        directions.log_determinants = -directions.left.array().log().colwise().sum().transpose();
        sets_.push_back(std::move(directions));
    }
}

PenalisedFit PenalisedRegression::fit(const Eigen::MatrixXd& products, const Eigen::VectorXd& squares) const {
    const Eigen::Index outcomes = products.cols();
    PenalisedFit result{Eigen::MatrixXd::Zero(terms_, outcomes), Eigen::VectorXd::Zero(outcomes),
                        Eigen::VectorXd::Zero(outcomes)};
    const auto degrees = static_cast<double>(draws_ - 1);
    Eigen::VectorXd best = Eigen::VectorXd::Constant(outcomes, -std::numeric_limits<double>::infinity());
    for (const Directions& set : sets_) {
        const Eigen::MatrixXd along = set.loadings.transpose() * products;  // direction x outcome
        const Eigen::MatrixXd parts =
            along.array().square().colwise() / set.variances.array();  // of each outcome's sum of squares
        const Eigen::MatrixXd inside = parts.transpose() * set.left;   // outcome x ratio
        for (Eigen::Index k = 0; k < outcomes; ++k) {
            const double outside = std::max(0.0, squares[k] - parts.col(k).sum());
            // Twice the restricted log likelihood, the residual variance profiled out.
            const Eigen::ArrayXd residuals = (inside.row(k).transpose().array() + outside) / degrees;
            const Eigen::ArrayXd likelihoods = -degrees * residuals.log() - set.log_determinants.array();
            Eigen::Index chosen = 0;
            if (!(likelihoods.maxCoeff(&chosen) > best[k])) continue;
            best[k] = likelihoods[chosen];
            const Eigen::ArrayXd kept = 1 - set.left.col(chosen).array();
            result.coefficients.col(k) =
                set.loadings * (kept * along.col(k).array() / set.variances.array()).matrix();
            result.effective_terms[k] = kept.sum();
            result.residual_variance[k] = residuals[chosen];
        }
    }
    return result;
}

}  // namespace vfm::decision
