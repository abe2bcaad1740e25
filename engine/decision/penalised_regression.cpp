#include "penalised_regression.hpp"

#include <cmath>
#include <limits>

namespace vfm::decision {

namespace {

/// One outcome in the orthogonal directions of one set.
struct Projected {
    Eigen::ArrayXd squares;    ///< of its component along each direction
    Eigen::ArrayXd variances;  ///< of the directions
    double rest = 0;           ///< its sum of squares in no direction
    double degrees = 1;        ///< draws - 1
};

/// Twice the restricted log likelihood at a ratio of prior to residual variance, the latter profiled out.
double likelihood(const Projected& outcome, double ratio) {
    const Eigen::ArrayXd inflated = 1 + ratio * outcome.variances;
    const double residual = (outcome.squares / inflated).sum() + outcome.rest;
    if (!(residual > 0)) return std::numeric_limits<double>::infinity();
    return -outcome.degrees * std::log(residual / outcome.degrees) - inflated.log().sum();
}

struct Chosen {
    double ratio = 0;
    double likelihood = -std::numeric_limits<double>::infinity();
};

/// The likeliest ratio: a coarse grid on the scale of logarithms, then three finer ones around the best.
Chosen likeliest_ratio(const Projected& outcome) {
    Chosen best{0, likelihood(outcome, 0)};
    if (outcome.variances.size() == 0 || !(outcome.squares.sum() + outcome.rest > 0)) return best;
    const double unit = 1 / outcome.variances.maxCoeff();
    double centre = 6;
    double step = 1.5;
    int reach = 12;  // ratios from e^-12 to e^24 over the strongest direction's variance
    for (int round = 0; round < 4; ++round) {
        double found = centre;
        for (int i = -reach; i <= reach; ++i) {
            const double exponent = centre + step * i;
            const Chosen here{unit * std::exp(exponent), likelihood(outcome, unit * std::exp(exponent))};
            if (here.likelihood > best.likelihood) {
                best = here;
                found = exponent;
            }
        }
        centre = found;
        step /= 4;
        reach = 3;
    }
    return best;
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
        const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(scaled);
        // Directions that rounding alone has made are left out.
        const double floor = count > 0 ? 1e-11 * solver.eigenvalues().maxCoeff() : 0;
        Eigen::Index first = 0;
        while (first < count && !(solver.eigenvalues()[first] > floor)) ++first;
        Directions directions{Eigen::MatrixXd::Zero(terms_, count - first),
                              solver.eigenvalues().tail(count - first)};
        for (Eigen::Index i = 0; i < count; ++i) {
            const Eigen::Index term = used[static_cast<std::size_t>(i)];
            directions.loadings.row(term) = roots[term] * solver.eigenvectors().row(i).tail(count - first);
        }
        sets_.push_back(std::move(directions));
    }
}

PenalisedFit PenalisedRegression::fit(const Eigen::MatrixXd& products, const Eigen::VectorXd& squares) const {
    const Eigen::Index outcomes = products.cols();
    PenalisedFit result{Eigen::MatrixXd::Zero(terms_, outcomes), Eigen::VectorXd::Zero(outcomes),
                        Eigen::VectorXd::Zero(outcomes)};
    std::vector<Chosen> best(static_cast<std::size_t>(outcomes));
    for (const Directions& set : sets_) {
        const Eigen::MatrixXd along = set.loadings.transpose() * products;  // direction x outcome
        for (Eigen::Index k = 0; k < outcomes; ++k) {
            const Eigen::ArrayXd parts = along.col(k).array().square() / set.variances.array();
            const Projected outcome{parts, set.variances.array(), std::max(0.0, squares[k] - parts.sum()),
                                    static_cast<double>(draws_ - 1)};
            const Chosen chosen = likeliest_ratio(outcome);
            if (!(chosen.likelihood > best[static_cast<std::size_t>(k)].likelihood)) continue;
            best[static_cast<std::size_t>(k)] = chosen;
            const Eigen::ArrayXd inflated = 1 + chosen.ratio * outcome.variances;
            const Eigen::ArrayXd kept = 1 - 1 / inflated;
            result.coefficients.col(k) =
                set.loadings * (kept * along.col(k).array() / set.variances.array()).matrix();
            result.effective_terms[k] = kept.sum();
            result.residual_variance[k] = ((parts / inflated).sum() + outcome.rest) / outcome.degrees;
        }
    }
    return result;
}

}  // namespace vfm::decision
