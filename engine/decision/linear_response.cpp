#include "vfm/decision/linear_response.hpp"

#include "linear_algebra.hpp"
#include "ranks.hpp"

#include "vfm/stats/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace vfm::decision {

std::vector<double> normal_scores(std::span<const double> draws) {
    std::vector<double> scores = relative_ranks(draws);
    for (double& score : scores) score = stats::normal_quantile(score);
    return scores;
}

std::vector<double> clear_correlations(std::span<const std::vector<double>> scores) {
    Matrix columns(scores.front().size(), scores.size());
    for (std::size_t p = 0; p < scores.size(); ++p) columns.set_column(p, scores[p]);
    Matrix found = correlations(columns);
    const double by_chance = 4.5 / std::sqrt(static_cast<double>(columns.rows()));
    for (double& correlation : found.values()) {
        if (!(std::abs(correlation) > by_chance)) correlation = 0;
    }
    for (std::size_t p = 0; p < scores.size(); ++p) found(p, p) = 1;
    return {found.values().begin(), found.values().end()};
}

LinearResponse::LinearResponse(std::span<const std::vector<double>> scores, const MeanSample& sample)
    : arms_(sample.arms), draws_(sample.draws), parameters_(scores.size()) {
    if (scores.empty() || draws_ < 2 * parameters_ + 2) {
        throw std::invalid_argument("a linear response needs more than twice as many draws as parameters");
    }
    Matrix design(draws_, parameters_ + 1);
    std::fill(design.column(0).begin(), design.column(0).end(), 1.0);
    for (std::size_t p = 0; p < parameters_; ++p) design.set_column(p + 1, scores[p]);
    Matrix targets(draws_, 2 * arms_);
    for (std::size_t arm = 0; arm < arms_; ++arm) {
        targets.set_column(arm, sample.arm_cost(arm));
        targets.set_column(arms_ + arm, sample.arm_effect(arm));
    }
    const Matrix coefficients = least_squares(design, targets);
    targets -= product(design, coefficients);
    coefficients_.assign(coefficients.values().begin(), coefficients.values().end());
    residuals_.assign(targets.values().begin(), targets.values().end());
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
        const double* const cost = coefficients_.data() + arm * (parameters_ + 1);
        const double* const effect = cost + arms_ * (parameters_ + 1);
        surface.constant.push_back(threshold * effect[0] - cost[0]);
        for (std::size_t p = 1; p <= parameters_; ++p) {
            surface.slope.push_back(threshold * effect[p] - cost[p]);
        }
    }
    return surface;
}

double LinearResponse::standard_error(std::size_t arm, std::size_t other, double threshold) const {
    const double* const here = residuals_.data() + arm * draws_;
    const double* const there = residuals_.data() + other * draws_;
    const std::size_t effect = arms_ * draws_;
    double squares = 0;
    for (std::size_t draw = 0; draw < draws_; ++draw) {
        const double left =
            threshold * (here[effect + draw] - there[effect + draw]) - (here[draw] - there[draw]);
        squares += left * left;
    }
    const auto freedom = static_cast<double>(draws_ - parameters_ - 1);
    return std::sqrt(squares / freedom / static_cast<double>(draws_));
}

}  // namespace vfm::decision
