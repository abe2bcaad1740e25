// A scenario made ready to run: shared, const, valid once built.
#pragma once

#include "vfm/experiment/parameter_draws.hpp"
#include "vfm/experiment/resolve.hpp"
#include "vfm/experiment/staffing.hpp"
#include "vfm/results/batch.hpp"
#include "vfm/results/layout.hpp"
#include "vfm/scenario/scenario.hpp"

#include <memory>

namespace vfm::experiment {

/// What every worker shares. The scenario must outlive it.
class CompiledStudy {
  public:
    /// Solves staffing at parameter means and lays the tables out. Throws UserError when the scenario cannot
    /// be run (a budget too small, a design that is impossible).
    explicit CompiledStudy(const scenario::Scenario& scenario);
    explicit CompiledStudy(scenario::Scenario&&) = delete;  // it would be gone before the study is run

    [[nodiscard]] const scenario::Scenario& scenario() const { return *scenario_; }
    [[nodiscard]] const ParameterDraws& parameters() const { return parameters_; }
    [[nodiscard]] const std::vector<ArmStaffing>& staffing() const { return staffing_; }
    [[nodiscard]] const results::Layout& layout() const { return layout_; }
    [[nodiscard]] std::uint64_t batch_units() const { return batch_units_; }
    [[nodiscard]] std::uint64_t batches() const { return results::batch_count(layout_, batch_units_); }

    /// The header of a run's journal.
    [[nodiscard]] results::RunHeader header() const;

  private:
    const scenario::Scenario* scenario_;
    ParameterDraws parameters_;
    std::vector<ArmStaffing> staffing_;
    results::Layout layout_;
    std::uint64_t batch_units_;
};

/// Names and sizes of a scenario's result tables.
[[nodiscard]] results::Layout lay_out(const scenario::Scenario& scenario, const ParameterDraws& parameters);

}  // namespace vfm::experiment
