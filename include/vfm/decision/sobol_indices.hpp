// Variance-based indices from a designed run: the share of a result's variance that each input explains.
#pragma once

#include "vfm/decision/estimate.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vfm::decision {

/// The results of a Saltelli design: two independent matrices of inputs, A and B, and for each group of
/// inputs a hybrid of A in which the group's columns come from B. A row of a hybrid has the random
/// keys of that row of A, and rows of B have keys of their own.
struct SaltelliResults {
    std::size_t rows = 0;
    std::size_t replications = 0;
    std::size_t groups = 0;
    std::span<const double> a;        ///< row x replication
    std::span<const double> b;        ///< row x replication
    std::span<const double> hybrids;  ///< group x row x replication
};

/// How the intervals are made: rows are drawn again with replacement (Efron and Tibshirani 1993, chapter 13).
struct Bootstrap {
    std::size_t resamples = 1000;
    std::uint64_t seed = 1;
};

/// An index with its 95 % percentile interval. It is not clamped: a negative estimate is one that has not
/// converged, and says by its interval how far it is from doing so.
struct SensitivityIndex {
    double value = 0;
    double standard_error = 0;
    Interval interval;

    [[nodiscard]] bool converged() const { return value >= 0; }
};

struct SobolIndices {
    double variance = 0;     ///< of the results' expectation given the inputs: the noise is taken out
    double noise_share = 0;  ///< of the variance of one replication; NaN with one replication
    std::vector<SensitivityIndex> first;  ///< a group: the variance of E[result | group], over `variance`
    std::vector<SensitivityIndex>
        total;  ///< a group: what would be left if all the others were known, over `variance`
};

/// First-order indices by Saltelli et al. (Computer Physics Communications 181, 2010, table 2, b) and total
/// indices by Jansen (Computer Physics Communications 117, 1999).
///
/// Noise inside a row is taken out in three places. The variance is the between-row variance of a one-way
/// analysis of variance. The first-order product pairs B with a difference under A's keys, so that their
/// noise is independent. The total effect's square of the difference of hybrid and A is replaced by the mean
/// of its products over distinct replications, whose expectation is the square of the expected difference:
/// otherwise an input that changes nothing but the variates would show the noise's share. With one
/// replication that cannot be done, and the indices are of the noisy result.
///
/// Both are NaN when the variance is not positive. Throws std::invalid_argument when sizes do not agree or
/// there are fewer than two rows.
[[nodiscard]] SobolIndices sobol_indices(const SaltelliResults& results, const Bootstrap& bootstrap = {});

}  // namespace vfm::decision
