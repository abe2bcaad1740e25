// First-order indices from the draws at hand: how much of a result's variance each parameter explains alone.
#pragma once

#include "vfm/decision/sobol_indices.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::decision {

/// One result in every draw and replication.
struct DrawnResult {
    std::size_t draws = 0;
    std::size_t replications = 0;
    std::span<const double> values;  ///< draw x replication
};

/// A first-order index and the regression that gave it.
struct FirstOrder {
    Index index;
    std::size_t terms = 0;  ///< of the regression, its constant not counted
};

/// First-order indices of one result, by regression on the draws (no designed run; parameters may be drawn in
/// any way, but those that are drawn together only enter together).
///
/// A result's mean over replications is regressed on a cubic spline of the parameter's ranks; the index is
/// the explained variance, less what as many useless terms would explain, over the variance between draws
/// without the noise inside them (one-way analysis of variance). It is the correlation ratio of Plischke,
/// Borgonovo and Smith (European Journal of Operational Research 226, 2013), with the adjustment of Ezekiel
/// (1930) for the bias that such estimates have (Borgonovo, Hazen and Plischke, Risk Analysis 36, 2016). A
/// group has splines of its members and the products of each two, with fewer terms when the draws are few.
///
/// The standard error is that of the influence function of the ratio, (g - m)^2 + 2 (g - m) e for the
/// explained variance (g fitted, m mean, e residual); the interval is -+1.96 of it.
class FirstOrderIndices {
  public:
    /// Throws std::invalid_argument unless the sizes agree and there are at least 20 draws.
    explicit FirstOrderIndices(const DrawnResult& result);

    /// The index of the parameters together: one column of draws each. NaN when the result does not vary
    /// between draws.
    [[nodiscard]] FirstOrder of(std::span<const std::span<const double>> parameters) const;

    /// Variance of draws' expectations, without the noise inside draws; not clamped.
    [[nodiscard]] double variance() const { return variance_; }

  private:
    std::vector<double> means_;               ///< a draw, centred
    std::vector<double> variance_influence_;  ///< a draw
    double variance_ = 0;
};

}  // namespace vfm::decision
