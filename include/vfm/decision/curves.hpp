// Curves over thresholds: how often each arm is the best, what it is worth, what choosing it loses.
#pragma once

#include "vfm/decision/conditional_means.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::decision {

/// Every curve at every threshold, from one matrix of means.
struct Curves {
    std::vector<double> thresholds;  ///< GBP per unit of effect
    std::size_t arms = 0;

    /// threshold x arm: the share of draws in which the arm is the best of all, not: better than the
    /// reference. Arms exactly tied share the draw; there is no tolerance. (Acceptability: van Hout, Al,
    /// Gordon and Rutten, Health Economics 3, 1994; Fenwick, Claxton and Sculpher, Health Economics 10, 2001,
    /// for more than two arms.)
    std::vector<double> probability_best;

    /// threshold x arm, GBP per replication: the mean of threshold x effect - cost (Stinnett and Mullahy,
    /// Medical Decision Making 18, 1998).
    std::vector<double> expected_net_benefit;

    /// threshold x arm, GBP per replication: the mean of what the best arm of each draw is worth more than
    /// this one; never negative. (Alarid-Escudero, Enns, Kuntz, Michaud and Jalal, Value in Health 22, 2019,
    /// section 2.)
    std::vector<double> expected_loss;

    /// A threshold: the arm of the least expected loss, which is that of the highest expected net benefit; of
    /// exact ties the lowest index. Its probability of being the best is the acceptability frontier (Barton,
    /// Briggs and Fenwick, Value in Health 11, 2008). Its expected loss is the expected value of perfect
    /// information.
    std::vector<std::size_t> best;

    [[nodiscard]] std::size_t at(std::size_t threshold, std::size_t arm) const {
        return threshold * arms + arm;
    }
    [[nodiscard]] double frontier(std::size_t threshold) const {
        return probability_best[at(threshold, best[threshold])];
    }
    /// GBP per replication.
    [[nodiscard]] double perfect_information(std::size_t threshold) const {
        return expected_loss[at(threshold, best[threshold])];
    }
};

/// All curves of a matrix with at least one draw over the thresholds given. The same for any number of
/// threads; 0: as many as there are cores.
[[nodiscard]] Curves curves(const MeanSample& means, std::span<const double> thresholds,
                            unsigned threads = 0);

}  // namespace vfm::decision
