// First-order indices from given data, the draws: how much of a result's variance each parameter explains
// alone.
#pragma once

#include "vfm/decision/sobol_indices.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace vfm::decision {

/// One result in every draw and replication.
struct DrawnResult {
    std::size_t draws = 0;
    std::size_t replications = 0;
    std::span<const double> values;  ///< draw x replication
};

/// The indices of one result.
struct FirstOrder {
    double variance = 0;  ///< of draws' expectations, without the noise inside draws; not clamped
    std::vector<SensitivityIndex> indices;  ///< a block; NaN when the variance is not positive
};

/// First-order indices by regression on the draws (no designed run; parameters may be drawn in any way, but
/// those that are drawn together only enter together, as a block).
///
/// A result's mean over replications, less the linear effects of all parameters outside the block (where
/// there are at least four draws a parameter to know them by), is regressed on a cubic spline of the
/// parameter's ranks; the index is the explained variance, less what as many useless terms would explain,
/// over the variance between draws without the noise inside them (one-way analysis of variance). It is the
/// correlation ratio of Plischke, Borgonovo and Smith (European Journal of Operational Research 226, 2013),
/// with the adjustment of Ezekiel (1930) for the bias that such estimates have (Borgonovo, Hazen and
/// Plischke, Risk Analysis 36, 2016). Blocks are independent of each other, so that what is taken off leaves
/// the index as it is; it leaves less noise, and makes the adjustment the same for random and for evenly
/// spread draws. A block of several has splines of its members and products of two and of three, with fewer
/// terms when the draws are few.
///
/// The standard error is that of the influence function of the ratio, (g - m)^2 + 2 (g - m) e for the
/// explained variance (g fitted, m mean, e residual); the interval is -+1.96 of it.
class FirstOrderIndices {
  public:
    /// `parameters` is a column of draws each; `blocks` lists which of them enter together. Throws
    /// std::invalid_argument when there is no parameter, columns differ in length or have fewer than 20
    /// draws.
    FirstOrderIndices(std::span<const std::vector<double>> parameters,
                      std::vector<std::vector<std::size_t>> blocks);
    ~FirstOrderIndices();
    FirstOrderIndices(const FirstOrderIndices&) = delete;
    FirstOrderIndices& operator=(const FirstOrderIndices&) = delete;

    /// Throws std::invalid_argument unless the sizes agree with the parameters' draws.
    [[nodiscard]] FirstOrder of(const DrawnResult& result) const;

  private:
    struct Regression;
    std::unique_ptr<Regression> regression_;
};

}  // namespace vfm::decision
