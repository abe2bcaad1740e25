#include "vfm/model/area_simulation.hpp"

#include "accounts.hpp"
#include "area_calendar.hpp"
#include "authority.hpp"
#include "family_predictors.hpp"
#include "family_states.hpp"
#include "outcomes.hpp"
#include "pathway.hpp"
#include "programme.hpp"
#include "stage_samples.hpp"
#include "support_tasks.hpp"
#include "supporters.hpp"
#include "trace.hpp"
#include "warm_up.hpp"

#include <algorithm>

namespace vfm::model {

/// The parts of an area, each built from those it may call, and the loop over events.
class AreaSimulation::State {
  public:
    void enter(const PopulationInputs& population, const Families& families);
    void run(const ArmInputs& arm, Tallies& tallies);

    Trace trace;

  private:
    void start(const ArmInputs& arm, Tallies& tallies);
    void warm_up(std::uint32_t number);
    void simulate_until(Ticks end);
    void handle(const des::Event& event);

    const PopulationInputs* population_ = nullptr;
    const Families* families_ = nullptr;
    std::size_t arrived_ = 0;  ///< families so far

    AreaCalendar calendar_;
    FamilyStates states_;
    StageSamples samples_;
    FamilyPredictors predictors_{states_, calendar_};
    Accounts accounts_{calendar_, states_};
    Outcomes outcomes_{states_, predictors_, accounts_, trace};
    Authority authority_{calendar_, states_, predictors_, samples_, accounts_};
    Supporters supporters_{calendar_, states_, accounts_};
    SupportTasks tasks_{calendar_, states_, predictors_, supporters_, accounts_, trace};
    // These two call each other: the pathway offers support, and a family may wait for it to begin.
    Programme programme_{calendar_, states_, predictors_, supporters_, tasks_, accounts_, trace, pathway_};
    Pathway pathway_{calendar_, states_,    predictors_, samples_,  authority_, supporters_,
                     tasks_,    programme_, accounts_,   outcomes_, trace};
    WarmUp warm_up_{calendar_, states_, authority_, accounts_};
};

AreaSimulation::AreaSimulation() : state_(std::make_unique<State>()) {}
AreaSimulation::~AreaSimulation() = default;

void AreaSimulation::enter(const PopulationInputs& population, const Families& families) {
    state_->enter(population, families);
}

void AreaSimulation::run(const ArmInputs& arm, Tallies& tallies) {
    state_->run(arm, tallies);
}

std::vector<TraceEvent> AreaSimulation::replay(const ArmInputs& arm, Tallies& tallies) {
    std::vector<TraceEvent> events;
    state_->trace.record_into(&events);
    try {
        state_->run(arm, tallies);
    } catch (...) {
        state_->trace.record_into(nullptr);
        throw;
    }
    state_->trace.record_into(nullptr);
    return events;
}

void AreaSimulation::State::enter(const PopulationInputs& population, const Families& families) {
    population_ = &population;
    families_ = &families;
    samples_.forget();
    warm_up_.forget();
}

void AreaSimulation::State::run(const ArmInputs& arm, Tallies& tallies) {
    start(arm, tallies);
    warm_up(arm.warm_up_number);
    programme_.open();
    simulate_until(calendar_.clock().horizon);
    programme_.close();
    pathway_.close();
    accounts_.close();
}

void AreaSimulation::State::start(const ArmInputs& arm, Tallies& tallies) {
    arrived_ = 0;
    calendar_.start(population_->clock);
    states_.start(*families_, arm.stages.size());
    samples_.prepare(*families_, arm.stages);
    predictors_.start(arm);
    accounts_.start(*population_, arm, tallies);
    outcomes_.start(arm);
    authority_.start(arm);
    supporters_.start(arm);
    tasks_.start(arm);
    programme_.start(*population_, arm);
    pathway_.start(*population_, arm);
}

/// The years until launch. A replay needs to see everything happen.
void AreaSimulation::State::warm_up(std::uint32_t number) {
    if (warm_up_.is_kept(number) && !trace.is_recorded()) {
        arrived_ = warm_up_.take_over();
        return;
    }
    if (number != 0) warm_up_.begin();
    simulate_until(std::min(calendar_.clock().launch, calendar_.clock().horizon));
    if (number != 0) warm_up_.keep(number, arrived_);
}

/// Everything that happens before `end`.
void AreaSimulation::State::simulate_until(Ticks end) {
    const std::span<const std::uint32_t> arrivals = families_->in_order();
    for (;;) {
        const Ticks next_arrival = arrived_ < arrivals.size() ? families_->arrival(arrivals[arrived_]) : end;
        const Ticks next_event = calendar_.next_time();
        if (next_event <= next_arrival) {
            if (next_event >= end) break;
            handle(calendar_.take());
        } else {
            if (next_arrival >= end) break;
            calendar_.move_to(next_arrival);
            pathway_.arrive(arrivals[arrived_++], next_arrival);
        }
    }
}

void AreaSimulation::State::handle(const des::Event& event) {
    switch (static_cast<EventKind>(event.kind)) {
        case EventKind::programme_ends:
            programme_.end(event.time);
            break;
        case EventKind::supporter_leaves:
            programme_.supporter_leaves(event.entity, event.time);
            break;
        case EventKind::supporter_starts:
            programme_.supporter_starts(event.entity, event.time);
            break;
        case EventKind::stage_ends:
            pathway_.end_stage(event.entity, event.time);
            break;
        case EventKind::casework_arrives:
            pathway_.do_casework(event.entity, event.time);
            break;
        case EventKind::panel_case_arrives:
            pathway_.hear_at_panel(event.entity, event.time);
            break;
        case EventKind::stage_begins:
            pathway_.begin_present_stage(event.entity, event.time);
            break;
        case EventKind::list_joined:
            programme_.join_list(event.entity, event.time);
            break;
        case EventKind::task_falls_due:
            tasks_.fall_due(event.entity, event.time);
            break;
    }
}

}  // namespace vfm::model
