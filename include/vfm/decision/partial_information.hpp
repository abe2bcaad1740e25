// The expected value of partial perfect information: what it would be worth to know one parameter, or a
// group.
#pragma once

#include "vfm/decision/conditional_means.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace vfm::decision {

/// Parameters to be known together: columns of a ParameterSample.
struct ParameterSet {
    std::string name;
    std::vector<std::size_t> members;
};

/// EVPPI at one threshold, GBP a replication.
struct EvppiPoint {
    double threshold = 0;  ///< GBP per unit of effect
    double value = 0;
    double standard_error = 0;
    /// What chance gives in one case of twenty: the second largest of the same estimate under 39 random
    /// orders of the parameters' draws.
    double null = 0;

    /// Whether the estimate is above what permuted parameters give.
    [[nodiscard]] bool distinguishable() const { return value > null; }
};

/// One set of parameters over all thresholds.
struct Evppi {
    ParameterSet parameters;
    std::vector<EvppiPoint> curve;
    std::size_t terms = 0;       ///< of the regression
    double explained_share = 0;  ///< of the variance of arms' cost and effect, on average, by the set
};

/// EVPPI by regression (Strong, Oakley and Brennan, Medical Decision Making 34, 2014): cost and effect of
/// each arm less the reference's are regressed on the set once, and the fits valued at every threshold as if
/// they were the truth. One parameter: a penalised cubic spline; several: splines, their products of two and
/// of three, all shrunken by restricted likelihood (see engine/decision/smooth_terms.hpp). One Gram matrix
/// serves all outcomes of a set.
///
/// The standard error is that of the gain in draws' means by the decision that the fits make (the estimate's
/// influence function, which holds both the draws and the fit's own error); it is never below the spread of
/// the permuted estimates. Parameters must be independent of those outside the set, or the value of knowing
/// them is partly that of others: see `dependent_blocks`. `thresholds` are ascending; of more than 41 the
/// null is worked out at 41 and lies on straight lines between. An estimate may exceed that of a larger set
/// by its error; nothing forces the order.
[[nodiscard]] std::vector<Evppi> evppi(const ConditionalMeans& means, const ParameterSample& parameters,
                                       std::span<const ParameterSet> sets, std::span<const double> thresholds,
                                       std::size_t reference, unsigned threads = 0);

}  // namespace vfm::decision
