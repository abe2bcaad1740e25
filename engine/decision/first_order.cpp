#include "vfm/decision/first_order.hpp"

#include "spline_basis.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/stats/intervals.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <Eigen/QR>

namespace vfm::decision {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double normal_975 = 1.959963984540054;

struct Fit {
    std::vector<double> fitted;  ///< around zero
    std::size_t terms = 0;
};

/// Least squares on the columns and a constant; columns that others give are left out by the pivoting.
Fit least_squares(const Columns& columns, const std::vector<double>& centred) {
    const auto rows = static_cast<Eigen::Index>(centred.size());
    Eigen::MatrixXd design(rows, static_cast<Eigen::Index>(columns.size()));
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const Eigen::Map<const Eigen::VectorXd> column(columns[c].data(), rows);
        design.col(static_cast<Eigen::Index>(c)) = column.array() - column.mean();
        // Columns are of the order of one: what is left of one that does not vary is rounding.
        if (design.col(static_cast<Eigen::Index>(c)).cwiseAbs().maxCoeff() < 1e-12) {
            design.col(static_cast<Eigen::Index>(c)).setZero();
        }
    }
    const Eigen::Map<const Eigen::VectorXd> target(centred.data(), rows);
    Eigen::ColPivHouseholderQR<Eigen::MatrixXd> solver(design);
    solver.setThreshold(1e-9);
    if (solver.rank() == 0) return {.fitted = std::vector<double>(centred.size(), 0.0), .terms = 0};
    const Eigen::VectorXd fitted = design * solver.solve(target);
    return {.fitted = {fitted.begin(), fitted.end()}, .terms = static_cast<std::size_t>(solver.rank())};
}

}  // namespace

FirstOrderIndices::FirstOrderIndices(const DrawnResult& result) {
    constexpr std::size_t least_draws = 20;
    if (result.draws < least_draws || result.replications == 0 ||
        result.values.size() != result.draws * result.replications) {
        throw std::invalid_argument("first-order indices need at least 20 draws of the result");
    }
    const stats::VarianceParts parts =
        stats::variance_parts(result.values, result.draws, result.replications);
    variance_ = parts.between;
    const auto replications = static_cast<double>(result.replications);
    const double centre = stats::mean(result.values);
    for (std::size_t draw = 0; draw < result.draws; ++draw) {
        const std::span<const double> cells =
            result.values.subspan(draw * result.replications, result.replications);
        const double mean = stats::mean(cells) - centre;
        const double noise = result.replications > 1 ? stats::variance(cells) / replications : 0.0;
        means_.push_back(mean);
        variance_influence_.push_back(mean * mean - noise);
    }
}

FirstOrder FirstOrderIndices::of(std::span<const std::span<const double>> parameters) const {
    VFM_EXPECT(!parameters.empty() && parameters.front().size() == means_.size());
    FirstOrder result{.index = {.value = missing, .standard_error = missing, .interval = {missing, missing}},
                      .terms = 0};
    if (!(variance_ > 0)) return result;
    const Fit fit = least_squares(regressors(parameters), means_);
    const auto draws = static_cast<double>(means_.size());
    const auto terms = static_cast<double>(fit.terms);
    double explained = 0;
    double residual = 0;
    for (std::size_t i = 0; i < means_.size(); ++i) {
        explained += fit.fitted[i] * fit.fitted[i];
        residual += (means_[i] - fit.fitted[i]) * (means_[i] - fit.fitted[i]);
    }
    const double left = residual / (draws - terms - 1);
    const double index = (explained - terms * left) / (draws - 1) / variance_;
    std::vector<double> influence(means_.size());
    for (std::size_t i = 0; i < means_.size(); ++i) {
        const double error = means_[i] - fit.fitted[i];
        influence[i] =
            (fit.fitted[i] * fit.fitted[i] + 2 * fit.fitted[i] * error - index * variance_influence_[i]) /
            variance_;
    }
    const double standard_error = std::sqrt(stats::variance(influence) / draws);
    result.index = {.value = index,
                    .standard_error = standard_error,
                    .interval = {index - normal_975 * standard_error, index + normal_975 * standard_error}};
    result.terms = fit.terms;
    return result;
}

}  // namespace vfm::decision
