// Costs and effects as linear functions of parameters' normal scores, fitted to given data, the draws.
#pragma once

#include "vfm/decision/conditional_means.hpp"
#include "vfm/decision/joint_region.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::decision {

/// The standard normal quantiles of the ranks of a parameter's draws (Blom-like, (mid-rank - 1/2) / n): what
/// its draws would be if it were normal.
[[nodiscard]] std::vector<double> normal_scores(std::span<const double> draws);

/// Rank correlation of every two parameters' scores, parameter x parameter. Correlations that as many
/// independent draws would show by chance (below 4.5 / sqrt(draws)) are zero.
[[nodiscard]] std::vector<double> clear_correlations(std::span<const std::vector<double>> scores);

/// Linear least squares of every arm's mean cost and mean effect in a draw on the parameters' scores.
class LinearResponse {
  public:
    /// `scores` is a parameter each, as long as the draws. Throws std::invalid_argument unless there are more
    /// draws than twice the parameters, and at least one parameter.
    LinearResponse(std::span<const std::vector<double>> scores, const MeanSample& sample);

    /// Net benefits as functions of the scores, in the money of the sample.
    [[nodiscard]] ResponseSurface surface(double threshold) const;

    /// The standard error of the fitted difference of two arms' net benefits where all parameters have their
    /// medians; that of a slope is the same where scores are not correlated, since their variance is one.
    [[nodiscard]] double standard_error(std::size_t arm, std::size_t other, double threshold) const;

  private:
    std::size_t arms_;
    std::size_t draws_;
    std::size_t parameters_;
    std::vector<double> coefficients_;  ///< (cost of each arm, then effect) x (constant, slopes)
    std::vector<double> residuals_;     ///< likewise x draw
    std::vector<double> correlation_;
};

}  // namespace vfm::decision
