// How exactly a study's incremental net benefit is estimated: variances, and the draws that a precision
// needs.
#pragma once

#include "study_sample.hpp"

#include <span>
#include <vector>

namespace vfm::bench {

/// A figure with its standard error.
struct Estimated {
    double value = 0;
    double standard_error = 0;
};

/// The variance of a sample (divisor n - 1) and its standard error from the fourth moment: Var(s^2) =
/// (m4 - s^4 (n - 3) / (n - 1)) / n (Cramer 1946, section 27.4). Needs at least four values.
[[nodiscard]] Estimated variance_with_error(std::span<const double> values);

/// a / b, with the standard error to first order when they are independent.
[[nodiscard]] Estimated ratio(const Estimated& a, const Estimated& b);

/// What is compared: an arm minus the reference, at a threshold in GBP a unit of effect.
struct Contrast {
    std::size_t arm = 0;
    std::size_t reference = 0;
    double threshold = 0;
};

/// Each repeat's estimate, in GBP a measured family, from its first `draws` draws and `replications`
/// replications: (threshold x effect - cost) / families of the arm, in sums over units, minus the
/// reference's.
[[nodiscard]] std::vector<double> estimates(const Sample& sample, const Contrast& contrast,
                                            std::uint64_t draws, std::uint64_t replications);

/// n times the variance of the mean of n independent draws, from every draw of every repeat: the ratios of
/// sums taken to first order, one value a draw. For plain Monte Carlo alone.
[[nodiscard]] Estimated variance_of_a_draw(const Sample& sample, const Contrast& contrast,
                                           std::uint64_t replications);

/// The part of that variance which is chance within a draw, for one replication: half the mean squared
/// difference of a draw's two replications. Needs two replications.
[[nodiscard]] Estimated variance_within_a_draw(const Sample& sample, const Contrast& contrast);

/// What realising outcomes adds to the variance of one unit's incremental net benefit, in effect^2: given the
/// families, outcomes are Bernoulli with the chances expected of them, independent of each other but for
/// random numbers in common, by which a family has the same uniform for an outcome in both arms. Then the
/// variance of a difference is |p - q| (1 - |p - q|), and of arms with numbers of their own p (1 - p) + q (1
/// - q). Plan quality is a score, not a chance, and adds nothing. Units of one area.
[[nodiscard]] Estimated realised_outcome_variance(const std::vector<UnitOutcomes>& units,
                                                  RandomNumbers numbers, std::size_t arm,
                                                  std::size_t reference);

/// n x Var(estimate from n draws) at the sizes tried, in ascending order of n.
struct Curve {
    std::vector<double> draws;
    std::vector<double> variance_of_a_draw;
};

/// The draws, to 0.1 %, for which (curve + `more`) / n comes down to `variance`: between sizes the curve is
/// linear in log n, beyond them constant.
[[nodiscard]] double draws_needed(const Curve& curve, double more, double variance);

}  // namespace vfm::bench
