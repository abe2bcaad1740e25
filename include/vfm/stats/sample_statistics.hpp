// Means, variances and quantiles of samples, and where the variance of repeated draws comes from.
#pragma once

#include <cstddef>
#include <span>

namespace vfm::stats {

/// The sum in the order given, with Neumaier's (1974) compensation: about as if in twice the precision.
[[nodiscard]] double compensated_sum(std::span<const double> values);

/// Not a number when empty.
[[nodiscard]] double mean(std::span<const double> values);

/// Of a sample (divisor n - 1), in two passes; not a number below two values.
[[nodiscard]] double variance(std::span<const double> values);

/// Quantile of an ascending sample by linear interpolation between order statistics (type 7 of Hyndman and
/// Fan 1996, R's default). Throws std::invalid_argument when the sample is empty or share is outside [0, 1].
[[nodiscard]] double sample_quantile(std::span<const double> ascending, double share);

/// Where the variance of a draws x replications matrix comes from.
struct VarianceParts {
    double between = 0;  ///< of the true means of draws; an unbiased estimate, so it can be negative
    double within = 0;   ///< of one replication around its draw's mean
};

/// One-way random-effects analysis of variance (Searle, Casella and McCulloch 1992, section 3.5; the balanced
/// case): `values` is draws x replications, row by row. Within is missing (not a number) with one
/// replication, when between is the plain variance of the rows. Throws std::invalid_argument unless sizes
/// agree and draws >= 2.
[[nodiscard]] VarianceParts variance_parts(std::span<const double> values, std::size_t draws,
                                           std::size_t replications);

}  // namespace vfm::stats
