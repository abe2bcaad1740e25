// Means with their intervals, quantiles of samples, and where the variance of repeated draws comes from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace vfm::stats {

/// The sum in the order given, with Neumaier's (1974) compensation: about as if in twice the precision.
[[nodiscard]] double compensated_sum(std::span<const double> values);

/// Not a number when empty.
[[nodiscard]] double mean(std::span<const double> values);

/// Of a sample (divisor n - 1), in two passes; not a number below two values.
[[nodiscard]] double variance(std::span<const double> values);

/// The z below which a standard normal lies with this probability, in (1e-9, 1 - 1e-9): within
/// 4e-15 / density, which is 7e-14 at 0.975 and 6e-7 at the ends. Throws std::invalid_argument outside.
[[nodiscard]] double normal_quantile(double probability);

/// The probability that Student's t with `degrees` >= 1 degrees of freedom lies below x
/// (finite series of Abramowitz and Stegun 1964, 26.7.3 and 26.7.4).
[[nodiscard]] double student_t_probability(double x, std::int64_t degrees);

/// The quantile of Student's t, for degrees >= 1 and a probability in (1e-9, 1 - 1e-9), to about 1e-9
/// relative. Throws std::invalid_argument outside.
[[nodiscard]] double student_t_quantile(double probability, std::int64_t degrees);

/// An estimate with its interval, all in the estimate's unit.
struct Interval {
    double estimate = 0;
    double low = 0;
    double high = 0;
    [[nodiscard]] double half_width() const { return (high - low) / 2; }
};

/// mean -+ z standard errors; `confidence` in (0, 1).
[[nodiscard]] Interval normal_interval(double mean, double standard_error, double confidence = 0.95);

/// The mean of a sample with Student's interval; the ends are not numbers below two values.
[[nodiscard]] Interval student_interval(std::span<const double> sample, double confidence = 0.95);

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

/// The same with a weight > 0 for each draw (importance or frequency weights that add up to anything):
/// weighted means and weighted squares, with the noise of the mean of replications taken out.
[[nodiscard]] VarianceParts variance_parts_weighted(std::span<const double> values,
                                                    std::span<const double> weights,
                                                    std::size_t replications);

}  // namespace vfm::stats
