#include "vfm/decision/linear_response.hpp"

#include "spline_basis.hpp"

#include "vfm/stats/quantiles.hpp"

#include <cmath>
#include <stdexcept>

#include <Eigen/QR>

namespace vfm::decision {

namespace {

Eigen::Index index(std::size_t number) {
    return static_cast<Eigen::Index>(number);
}

}  // namespace

std::vector<double> normal_scores(std::span<const double> draws) {
    std::vector<double> scores = relative_ranks(draws);
    for (double& score : scores) score = stats::normal_quantile(score);
    return scores;
}

std::vector<double> clear_correlations(std::span<const std::vector<double>> scores) {
    const std::size_t width = scores.size();
    const auto draws = static_cast<double>(scores.front().size());
    Eigen::MatrixXd standard(index(scores.front().size()), index(width));
    for (std::size_t p = 0; p < width; ++p) {
        const Eigen::Map<const Eigen::VectorXd> column(scores[p].data(), standard.rows());
        Eigen::VectorXd centred = column.array() - column.mean();
        const double norm = centred.norm();
        standard.col(index(p)) = norm > 0 ? Eigen::VectorXd(centred / norm) : centred;
    }
    const Eigen::MatrixXd products = standard.transpose() * standard;
    std::vector<double> correlation(width * width, 0.0);
    const double by_chance = 4.5 / std::sqrt(draws);
    for (std::size_t i = 0; i < width; ++i) {
        for (std::size_t j = 0; j < width; ++j) {
            const double one = products(index(i), index(j));
            if (i == j) {
                correlation[i * width + j] = 1;
            } else if (std::abs(one) > by_chance) {
                correlation[i * width + j] = one;
            }
        }
    }
    return correlation;
}

LinearResponse::LinearResponse(std::span<const std::vector<double>> scores, const MeanSample& sample)
    : arms_(sample.arms), draws_(sample.draws), parameters_(scores.size()) {
    if (scores.empty() || draws_ < 2 * parameters_ + 2) {
        throw std::invalid_argument("a linear response needs more than twice as many draws as parameters");
    }
    Eigen::MatrixXd design(index(draws_), index(parameters_ + 1));
    design.col(0).setOnes();
    for (std::size_t p = 0; p < parameters_; ++p) {
        design.col(index(p + 1)) = Eigen::Map<const Eigen::VectorXd>(scores[p].data(), design.rows());
    }
    Eigen::ColPivHouseholderQR<Eigen::MatrixXd> solver(design);
    solver.setThreshold(1e-9);
    const auto fit = [&](std::span<const double> target, std::vector<double>& coefficients,
                         std::vector<double>& residuals) {
        const Eigen::Map<const Eigen::VectorXd> values(target.data(), design.rows());
        const Eigen::VectorXd solved = solver.solve(values);
        const Eigen::VectorXd left = values - design * solved;
        coefficients.insert(coefficients.end(), solved.begin(), solved.end());
        residuals.insert(residuals.end(), left.begin(), left.end());
    };
    for (std::size_t arm = 0; arm < arms_; ++arm) {
        fit(sample.arm_cost(arm), cost_, cost_residual_);
        fit(sample.arm_effect(arm), effect_, effect_residual_);
    }
    correlation_ = clear_correlations(scores);
}

ResponseSurface LinearResponse::surface(double threshold) const {
    ResponseSurface surface{.arms = arms_,
                            .coordinates = parameters_,
                            .centre = std::vector<double>(parameters_, 0.0),
                            .constant = {},
                            .slope = {},
                            .curvature = {},
                            .correlation = correlation_};
    for (std::size_t arm = 0; arm < arms_; ++arm) {
        const std::size_t first = arm * (parameters_ + 1);
        surface.constant.push_back(threshold * effect_[first] - cost_[first]);
        for (std::size_t p = 1; p <= parameters_; ++p) {
            surface.slope.push_back(threshold * effect_[first + p] - cost_[first + p]);
        }
    }
    return surface;
}

double LinearResponse::standard_error(std::size_t arm, std::size_t other, double threshold) const {
    double squares = 0;
    for (std::size_t draw = 0; draw < draws_; ++draw) {
        const std::size_t here = arm * draws_ + draw;
        const std::size_t there = other * draws_ + draw;
        const double left = threshold * (effect_residual_[here] - effect_residual_[there]) -
                            (cost_residual_[here] - cost_residual_[there]);
        squares += left * left;
    }
    const auto freedom = static_cast<double>(draws_ - parameters_ - 1);
    return std::sqrt(squares / freedom / static_cast<double>(draws_));
}

}  // namespace vfm::decision
