// Means over draws: of every arm's cost and effect, and of gains.
#pragma once

#include "vfm/decision/value_of_information.hpp"

#include <span>
#include <vector>

namespace vfm::decision {

/// Every arm's mean cost and mean effect, from which its mean net benefit at any threshold follows.
class MeanEffects {
  public:
    explicit MeanEffects(const MeanSample& means);

    [[nodiscard]] std::vector<double> net_benefit(double threshold) const;
    /// The arm of highest mean net benefit; of exact ties the lowest.
    [[nodiscard]] std::size_t best(double threshold) const;

  private:
    std::vector<double> cost_;
    std::vector<double> effect_;
};

/// The mean with its standard error over independent values; the latter is 0 below two.
[[nodiscard]] WithError mean_with_error(std::span<const double> values);

}  // namespace vfm::decision
