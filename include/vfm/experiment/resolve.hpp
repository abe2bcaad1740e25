// From a scenario, an arm and a draw of its parameters to the plain numbers the model simulates.
#pragma once

#include "vfm/experiment/staffing.hpp"
#include "vfm/model/area_inputs.hpp"
#include "vfm/random/sampler.hpp"
#include "vfm/scenario/scenario.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vfm::experiment {

/// Everything one draw's units need. Samplers point into `tables`.
struct ResolvedDraw {
    std::shared_ptr<random::GammaTables> tables;
    model::PopulationInputs population;
    std::vector<model::ArmInputs> arms;
};

/// Makes draws of one scenario. One resolver a worker: it keeps tables that draws share.
class Resolver {
  public:
    /// The scenario and its staffing must outlive the resolver.
    Resolver(const scenario::Scenario& scenario, const std::vector<ArmStaffing>& staffing);

    /// The inputs at these parameter values (in the scenario's order).
    /// Throws UserError when a value is impossible where it is used (a negative mean, say).
    [[nodiscard]] ResolvedDraw resolve(const std::vector<double>& values);

    /// The arm whose inputs could not be made when `resolve` threw last; nothing if it was at what all arms
    /// share.
    [[nodiscard]] std::optional<std::size_t> failed_arm() const { return arm_; }

  private:
    const scenario::Scenario* scenario_;
    const std::vector<ArmStaffing>* staffing_;
    std::shared_ptr<random::GammaTables> tables_;
    std::optional<std::size_t> arm_;  ///< whose inputs are being made
};

/// Stage names over all arms in order of first appearance: the numbering of StageInputs::number.
[[nodiscard]] std::vector<std::string> stage_names(const scenario::Scenario& scenario);

/// Outcome names over all arms in order of first appearance.
[[nodiscard]] std::vector<std::string> outcome_names(const scenario::Scenario& scenario);

}  // namespace vfm::experiment
