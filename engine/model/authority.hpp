// The authority: caseworkers who serve pieces of casework and panels that hear cases, first come, first
// served.
#pragma once

#include "accounts.hpp"
#include "area_calendar.hpp"
#include "family_predictors.hpp"
#include "family_states.hpp"
#include "stage_samples.hpp"

#include "vfm/des/agenda.hpp"
#include "vfm/des/server_pool.hpp"

#include <cstdint>
#include <vector>

namespace vfm::model {

class Authority {
  public:
    Authority(const AreaCalendar& calendar, FamilyStates& states, const FamilyPredictors& predictors,
              const StageSamples& samples, Accounts& accounts)
        : calendar_(calendar),
          states_(states),
          predictors_(predictors),
          samples_(samples),
          accounts_(accounts) {}

    void start(const ArmInputs& arm);

    /// Whether nobody ever waits for a caseworker.
    [[nodiscard]] bool is_unlimited() const { return inputs_->unlimited; }
    /// Casework on the family's present stage that waits for nobody and takes no time. `hours` are those of
    /// the visit before any effect.
    void work_at_once(std::uint32_t family, const StageInputs& stage, double hours, Ticks time);
    /// Casework on the family's present stage that joins the queue now. Gives when it will be done.
    Ticks serve(std::uint32_t family, const StageInputs& stage, Ticks time);
    /// When the panel of the family's present stage hears the case that is ready now.
    Ticks hear(std::uint32_t family, Ticks time) { return panels_[states_[family].stage].admit(time); }

    /// The queues as they are: kept for another arm, and taken over from one.
    struct Queues {
        des::ServerPool caseworkers;
        std::vector<des::Agenda> panels;
    };
    void keep(Queues& queues) const;
    void resume(const Queues& queues);

  private:
    void charge(std::uint32_t family, double hours, Ticks time);

    const AreaCalendar& calendar_;
    FamilyStates& states_;
    const FamilyPredictors& predictors_;
    const StageSamples& samples_;
    Accounts& accounts_;
    const AuthorityInputs* inputs_ = nullptr;
    des::ServerPool caseworkers_;
    std::vector<des::Agenda> panels_;  ///< by stage
};

inline void Authority::charge(std::uint32_t family, double hours, Ticks time) {
    accounts_.add(Measure::authority_hours, hours);
    accounts_.charge(family, Payer::authority, Category::casework, hours * inputs_->cost_per_hour, time);
}

inline void Authority::work_at_once(std::uint32_t family, const StageInputs& stage, double hours,
                                    Ticks time) {
    accounts_.count(Measure::authority_jobs);
    charge(family, hours * predictors_.factor(stage.work_effects, family, time), time);
}

inline Ticks Authority::serve(std::uint32_t family, const StageInputs& stage, Ticks time) {
    FamilyState& state = states_[family];
    const double hours = samples_.hours(family, state.stage, state.visit) *
                         predictors_.factor(stage.work_effects, family, time);
    const Ticks service = at_least_now(hours * inputs_->days_per_hour);
    const Ticks start = caseworkers_.admit(time, service);
    const Ticks end = start + service;
    state.authority_delay = start - time;
    if (!state.measured) return end;
    accounts_.count(Measure::authority_jobs);
    accounts_.count(Measure::authority_wait_days, fixed_days(start - time));
    const Ticks horizon = calendar_.clock().horizon;
    if (end < horizon) {
        charge(family, hours, end);
    } else if (start < horizon) {  // as much as is worked by then
        charge(family, hours * (static_cast<double>(horizon - start) / static_cast<double>(service)),
               horizon);
    }
    return end;
}

}  // namespace vfm::model
