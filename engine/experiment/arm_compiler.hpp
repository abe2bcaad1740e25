// Compiles one arm's model to flat tables at one draw of the parameters.
#pragma once

#include "quantities.hpp"

#include "vfm/experiment/marginal_rates.hpp"
#include "vfm/experiment/staffing.hpp"
#include "vfm/model/area_inputs.hpp"

#include <string>
#include <vector>

namespace vfm::experiment {

class ArmCompiler {
  public:
    ArmCompiler(const scenario::Scenario& scenario, const Quantities& read, MarginalRates& rates,
                const std::vector<std::string>& stage_numbers,
                const std::vector<std::string>& outcome_numbers)
        : scenario_(&scenario),
          read_(&read),
          rates_(&rates),
          stage_numbers_(&stage_numbers),
          outcome_numbers_(&outcome_numbers) {}

    [[nodiscard]] model::ArmInputs compile(const scenario::Arm& arm, const ArmStaffing& staffing,
                                           const model::Clock& clock);

  private:
    void compile_pathway();
    [[nodiscard]] model::StageInputs compile_stage(const scenario::Stage& stage);
    [[nodiscard]] model::TaskInputs compile_task(const scenario::Stage& stage, const scenario::Task& task);
    void compile_authority();
    void compile_support(const ArmStaffing& staffing);
    [[nodiscard]] model::KindInputs compile_kind(const scenario::SupporterKind& kind);
    void compile_posts(const ArmStaffing& staffing);
    void compile_outcomes();

    [[nodiscard]] std::uint32_t probability(const scenario::Predictor& predictor);
    [[nodiscard]] std::uint32_t factor(const std::vector<scenario::Effect>& effects);
    [[nodiscard]] std::vector<model::EffectRow> rows_of(const std::vector<scenario::Effect>& effects,
                                                        std::vector<model::EffectRow>& averaged) const;
    [[nodiscard]] double coordinated(const scenario::Coordinated& ends, const char* what) const;
    [[nodiscard]] std::uint32_t add(double intercept, const std::vector<model::EffectRow>& rows);

    const scenario::Scenario* scenario_;
    const Quantities* read_;
    MarginalRates* rates_;
    const std::vector<std::string>* stage_numbers_;
    const std::vector<std::string>* outcome_numbers_;
    const scenario::Arm* arm_ = nullptr;
    model::ArmInputs inputs_;
};

/// The attribute levels a list of covariates names, as facts.
[[nodiscard]] model::Facts level_facts(const std::vector<scenario::Covariate>& covariates);

}  // namespace vfm::experiment
