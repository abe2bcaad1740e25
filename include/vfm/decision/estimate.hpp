// An estimate: a number with its two 95 % intervals, Monte Carlo error and parameter uncertainty, never
// mixed.
#pragma once

#include "vfm/decision/quantity.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace vfm::decision {

struct Interval {
    double low = 0;
    double high = 0;
};

/// What the interval over draws holds.
enum class ParameterSpread {
    separated,       ///< parameter uncertainty alone: the noise inside draws is removed
    includes_noise,  ///< one replication a draw: parameters and family noise together, not separable
    none             ///< fewer than two draws with a value: nothing varies
};

/// What more computing would shrink.
struct MonteCarloError {
    double standard_error = 0;
    Interval interval;  ///< 95 %, Student t
};

/// What only evidence would shrink.
struct ParameterUncertainty {
    ParameterSpread spread = ParameterSpread::none;
    std::optional<Interval> interval;   ///< 2.5 to 97.5 % of draws' own values; empty when `spread` is none
    std::optional<double> noise_share;  ///< of the variance of draws' values, when separated
    std::size_t missing_draws = 0;      ///< draws in which the quantity does not exist (empty denominator)
};

struct Estimate {
    double value = 0;                            ///< NaN when missing
    std::optional<MonteCarloError> monte_carlo;  ///< empty with a single draw and replication
    ParameterUncertainty parameter;

    [[nodiscard]] bool missing() const { return value != value; }
};

/// Both intervals of a quantity.
///
/// Monte Carlo error: the spread of the draws' influences over the root of their number, Student t with draws
/// - 1 degrees of freedom; with a single draw, that of its replications. It supposes independent draws: with
/// a Sobol or Latin hypercube design it is conservative (too wide), because such points cover the parameters
/// more evenly.
///
/// Parameter uncertainty: percentiles of the draws' own values after they are shrunk about their mean so that
/// their variance is the between-draw variance of a one-way analysis of variance (Searle, Casella and
/// McCulloch, Variance Components, 1992, section 3.5; the constrained shrinkage is Louis, JASA 79, 1984). A
/// negative variance counts as zero.
[[nodiscard]] Estimate estimate(const Quantity& quantity);

/// The `probability` quantile of `values` (not empty, no NaN), interpolated linearly between order statistics
/// (definition 7 of Hyndman and Fan, The American Statistician 50, 1996). Selects in linear time instead of
/// sorting, which is what a table of thousands of intervals needs; reorders `values`.
[[nodiscard]] double quantile(std::span<double> values, double probability);

}  // namespace vfm::decision
