// A choice of arm in every draw, and what it gains over one arm in all of them.
#pragma once

#include "vfm/decision/conditional_means.hpp"
#include "vfm/decision/incremental.hpp"
#include "vfm/decision/value_of_information.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::decision {

/// Each arm's mean cost and mean effect over draws.
[[nodiscard]] std::vector<CostAndEffect> mean_arms(const MeanSample& means);

/// The arm of highest net benefit where a unit of effect is worth `threshold`; of exact ties the lowest.
[[nodiscard]] std::size_t best_arm(std::span<const CostAndEffect> arms, double threshold);

/// The mean with its standard error over independent values; the latter is 0 below two.
[[nodiscard]] WithError mean_with_error(std::span<const double> values);

/// The arm chosen in each draw at one threshold after another; it keeps its room.
class ArmChoice {
  public:
    explicit ArmChoice(std::size_t draws) : arms_(draws), net_benefits_(draws), gains_(draws) {}

    /// In each draw the best arm by `means`.
    void choose(const MeanSample& means, double threshold);

    /// The mean over draws of what the choice is worth more than arm `present`, by `means`.
    [[nodiscard]] WithError gain(const MeanSample& means, std::size_t present);

    /// gains[i] += what the choice is worth more than arm `present` in draw i, by `means`.
    void add_gains(const MeanSample& means, std::size_t present, std::span<double> gains) const;

  private:
    double threshold_ = 0;
    std::vector<double> arms_;
    std::vector<double> net_benefits_;
    std::vector<double> gains_;
};

}  // namespace vfm::decision
