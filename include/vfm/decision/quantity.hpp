// A quantity: a mean or a ratio of sums of one arm, or a difference of two, kept draw by draw so that pairing
// holds.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::decision {

/// What one number says about every draw and replication, enough to give it both of its intervals. Missing
/// numbers are NaN. Two quantities of the same run subtract term by term, which is what pairs them.
struct Quantity {
    std::size_t draws = 0;
    std::size_t replications = 0;
    double value = 0;  ///< the estimate itself; NaN when its denominator is empty

    /// draw x replication: numbers whose mean over replications is the draw's own value, and whose spread
    /// around it is the noise of the families in that draw. A draw with an empty denominator is NaN
    /// throughout.
    std::vector<double> within_draws;

    /// draw x replication: by how much this cell moves `value`, times the number of cells (the influence
    /// function).
    std::vector<double> influence;

    /// Each draw's own value: the mean of `within_draws` over replications.
    [[nodiscard]] std::vector<double> draw_values() const;
};

/// The mean of `values` (draw x replication) per replication; cells that are NaN are left out, cells of an
/// empty sample give a missing value.
[[nodiscard]] Quantity mean_of(std::span<const double> values, std::size_t draws, std::size_t replications);

/// The sum of `numerator` over the sum of `denominator` (both draw x replication): a ratio of sums, never a
/// mean of ratios. The influence of a cell is the ratio estimator's residual (Cochran, Sampling Techniques,
/// 1977, section 6.4); a draw's own value is the ratio of its own sums.
[[nodiscard]] Quantity ratio_of(std::span<const double> numerator, std::span<const double> denominator,
                                std::size_t draws, std::size_t replications);

/// The quantity times a number.
[[nodiscard]] Quantity scaled(const Quantity& quantity, double factor);

/// This minus that, paired by draw and replication. Equal numbers differ by exactly zero.
[[nodiscard]] Quantity difference(const Quantity& minuend, const Quantity& subtrahend);

}  // namespace vfm::decision
