// The values of every parameter in every draw of a study.
#pragma once

#include "vfm/experiment/parameter_space.hpp"
#include "vfm/random/design_points.hpp"
#include "vfm/scenario/scenario.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace vfm::experiment {

/// Draws parameters from the joint distribution a scenario declares: independent ones by their quantiles at
/// the design's points, correlated ones through a Gaussian copula, shares of a whole by breaking a stick.
/// Values are made when asked for; memory does not grow with the draws. The scenario must outlive it.
class ParameterDraws {
  public:
    /// Throws std::invalid_argument when the design or the correlations are impossible.
    explicit ParameterDraws(const scenario::Scenario& scenario);

    /// Every parameter's value in one draw, in the scenario's order.
    [[nodiscard]] std::vector<double> draw(std::uint64_t draw) const;

    /// Every parameter's mean: the deterministic run.
    [[nodiscard]] const std::vector<double>& means() const { return space_.means(); }

    /// Indices of the parameters that vary between draws.
    [[nodiscard]] const std::vector<std::size_t>& uncertain() const { return space_.uncertain(); }

    /// The joint distribution that draws are taken from.
    [[nodiscard]] const ParameterSpace& space() const { return space_; }

  private:
    ParameterSpace space_;
    std::optional<random::DesignPoints> points_;
};

}  // namespace vfm::experiment
