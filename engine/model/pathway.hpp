// The pathway: stages begun, worked on, ended and left. Events are made only where something is shared.
#pragma once

#include "accounts.hpp"
#include "area_calendar.hpp"
#include "authority.hpp"
#include "family_predictors.hpp"
#include "family_states.hpp"
#include "outcomes.hpp"
#include "programme.hpp"
#include "stage_samples.hpp"
#include "support_tasks.hpp"
#include "supporters.hpp"
#include "trace.hpp"

#include <cstdint>

namespace vfm::model {

class Pathway {
  public:
    Pathway(AreaCalendar& calendar, FamilyStates& states, const FamilyPredictors& predictors,
            const StageSamples& samples, Authority& authority, const Supporters& supporters,
            SupportTasks& tasks, Programme& programme, Accounts& accounts, Outcomes& outcomes, Trace& trace)
        : calendar_(calendar),
          states_(states),
          predictors_(predictors),
          samples_(samples),
          authority_(authority),
          supporters_(supporters),
          tasks_(tasks),
          programme_(programme),
          accounts_(accounts),
          outcomes_(outcomes),
          trace_(trace) {}

    void start(const PopulationInputs& population, const ArmInputs& arm);
    /// Whoever is left at the horizon is counted as open.
    void close();

    // Events
    void arrive(std::uint32_t family, Ticks time);
    void begin_present_stage(std::uint32_t family, Ticks time) { begin(family, states_[family].stage, time); }
    void do_casework(std::uint32_t family, Ticks time);
    void hear_at_panel(std::uint32_t family, Ticks time);
    void end_stage(std::uint32_t family, Ticks time);

    /// Begins a stage, and as many after it as touch nothing that families share: those need no event.
    void begin(std::uint32_t family, std::uint32_t stage, Ticks time);

  private:
    void enter(std::uint32_t family, FamilyState& state, const StageInputs& stage, Ticks time);
    void count_entry(FamilyState& state, const StageInputs& stage, Ticks time);
    /// Does what casework needs no queue, and gives when the lead time ends.
    [[nodiscard]] Ticks lead_end(std::uint32_t family, const FamilyState& state, const StageInputs& stage,
                                 Ticks time);
    void schedule(Ticks time, EventKind kind, std::uint32_t family) {
        if (time < horizon_) calendar_.schedule(time, kind, family);
    }
    /// The stage ends at this time, as an event if something may happen to the family's support before.
    void end_at(std::uint32_t family, Ticks time);
    /// Ends the present stage and gives the next; `nobody` when the family left the pathway.
    std::uint32_t close_stage(std::uint32_t family, FamilyState& state, const StageInputs& stage, Ticks time);
    [[nodiscard]] const TransitionInputs& draw_transition(std::uint32_t family, const FamilyState& state,
                                                          const StageInputs& stage, Ticks time) const;
    void settle_costs(std::uint32_t family, const StageInputs& stage, Ticks time);
    void reach_milestone(std::uint32_t family, FamilyState& state, const StageInputs& stage, Ticks time);
    void count_official(const FamilyState& state, Ticks time);
    void leave(std::uint32_t family, FamilyState& state, std::uint32_t outcome, Ticks time);

    AreaCalendar& calendar_;
    FamilyStates& states_;
    const FamilyPredictors& predictors_;
    const StageSamples& samples_;
    Authority& authority_;
    const Supporters& supporters_;
    SupportTasks& tasks_;
    Programme& programme_;
    Accounts& accounts_;
    Outcomes& outcomes_;
    Trace& trace_;
    const PopulationInputs* population_ = nullptr;
    const ArmInputs* arm_ = nullptr;
    Ticks horizon_ = 0;
};

}  // namespace vfm::model
