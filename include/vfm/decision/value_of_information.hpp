// The expected value of perfect information: what it would be worth to know every parameter before choosing.
#pragma once

#include "vfm/decision/conditional_means.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::decision {

/// A number with its standard error over draws; both NaN where there is none.
struct WithError {
    double value = 0;
    double standard_error = 0;
};

/// The value of perfect information at one threshold, GBP a replication.
struct EvpiPoint {
    double threshold = 0;    ///< GBP per unit of effect
    std::size_t best = 0;    ///< the arm of highest mean net benefit; of exact ties the lowest
    WithError fitted;        ///< from the matrix of conditional means
    WithError cross_fitted;  ///< from below; NaN with one replication a draw
    WithError naive;         ///< from above
};

/// EVPI at each threshold: the mean over draws of the highest net benefit, less the highest mean (Raiffa and
/// Schlaifer, Applied Statistical Decision Theory, 1961, section 4.5), three ways.
///
/// *Fitted* takes both from the matrix of conditional means. *Naive* takes them from draws' means: the noise
/// of families counts as something to be known, so it is too high (Goldhaber-Fiebert, Jalal and
/// Alarid-Escudero 2024; O'Hagan, Stevenson and Madan, Health Economics 16, 2007). *Cross-fitted* chooses on
/// all replications but one - the arm in each draw, and the arm that is best on average - and values the
/// choice on the one left out, each in turn: noise makes it choose worse, never look better, so but for the
/// choice of the average arm, which many draws settle, it is too low.
///
/// Standard errors are those of a mean over independent draws of what the choice gains; that of the fitted
/// value takes the gains in draws' means, so that it holds the noise that the fit has taken out. For a Sobol
/// or Latin hypercube design they are too large.
[[nodiscard]] std::vector<EvpiPoint> evpi(const ConditionalMeans& means, const Sample& cost,
                                          const Sample& effect, std::span<const double> thresholds,
                                          unsigned threads = 0);

}  // namespace vfm::decision
