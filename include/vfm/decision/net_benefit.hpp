// Net benefit over draws: what arms are worth at a threshold, how often each is best, where draws fall in the
// plane.
#pragma once

#include "vfm/decision/conditional_means.hpp"
#include "vfm/decision/estimate.hpp"
#include "vfm/decision/sample.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::decision {

struct ArmNetBenefit {
    Estimate value;       ///< threshold x effect - cost, GBP per replication
    Estimate difference;  ///< this arm minus the reference; exactly zero for the reference
    double probability_best = 0;
};

/// All arms at one threshold.
struct NetBenefit {
    double threshold = 0;  ///< GBP per unit of effect
    std::vector<ArmNetBenefit> arms;
    std::size_t best = 0;  ///< the highest mean net benefit; of exact ties the lowest index
};

/// Net benefit of every arm; the probability of being best is that of draws' means, at face value (Stinnett
/// and Mullahy, Medical Decision Making 18, 1998). `cost` and `effect` have the same shape.
[[nodiscard]] NetBenefit net_benefit(const Sample& cost, const Sample& effect, double threshold,
                                     std::size_t reference);

/// For each arm the share of draws in which it is the best of all (not: better than the reference). `values`
/// is arm x draw. Arms exactly tied share the draw; there is no tolerance.
[[nodiscard]] std::vector<double> probability_best(std::span<const double> values, std::size_t arms,
                                                   std::size_t draws);

/// Shares of draws in the cost-effectiveness plane, this arm minus the reference.
struct PlaneShares {
    double dearer_better = 0;
    double cheaper_better = 0;
    double cheaper_worse = 0;
    double dearer_worse = 0;
    double on_an_axis = 0;  ///< no difference in cost, or in effect, or in both
};

/// Where the draws' differences from the reference fall, one entry an arm.
[[nodiscard]] std::vector<PlaneShares> plane_shares(const MeanSample& means, std::size_t reference);

}  // namespace vfm::decision
