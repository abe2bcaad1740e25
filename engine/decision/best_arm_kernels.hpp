// The arm of highest net benefit in every draw: the inner loop of all value of information.
#pragma once

#include "vfm/decision/conditional_means.hpp"

#include <cstddef>
#include <span>

namespace vfm::decision {

/// What is best in each draw at one threshold, for `values.size()` draws.
struct BestArms {
    std::span<double> arms;    ///< index of the best arm, of exact ties the lowest
    std::span<double> values;  ///< its net benefit
};

/// Net benefit threshold x effect - cost of every arm, and the highest. Whole numbers in doubles, so that
/// both results fill the same vector registers.
void find_best_arms(const MeanSample& means, double threshold, const BestArms& best);

/// gains[i] += what the arm chosen in draw i is worth more than arm `present` there, by `means`.
void add_gains(const MeanSample& means, double threshold, std::span<const double> chosen, std::size_t present,
               std::span<double> gains);

}  // namespace vfm::decision
