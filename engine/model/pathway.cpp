#include "pathway.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/random/streams.hpp"

#include <array>
#include <limits>

namespace vfm::model {

namespace {

constexpr std::uint8_t most_visits = 250;

[[noreturn]] void never_leaves() {
    throw UserError(
        "a family began the same stage 250 times: the pathway's transitions form a loop that is hardly "
        "ever left; lower the probabilities that lead back");
}

constexpr Ticks no_limit = std::numeric_limits<Ticks>::max();

/// How long after the start of its clock a family should be through this stage: the first deadline that is
/// for it.
Ticks limit_of(const StageInputs& stage, Facts facts) {
    for (const DeadlineInputs& deadline : stage.deadlines) {
        if ((facts & deadline.when) == deadline.when) return deadline.within;
    }
    return no_limit;
}

/// The measure that entries of a stage are counted in.
constexpr Measure measure_of(Count count) {
    constexpr std::array<Measure, count_names.size()> counted = {
        Measure::refused, Measure::disputed, Measure::mediated, Measure::appealed, Measure::amended};
    return counted[static_cast<std::size_t>(count)];
}

}  // namespace

void Pathway::start(const PopulationInputs& population, const ArmInputs& arm) {
    population_ = &population;
    arm_ = &arm;
    horizon_ = population.clock.horizon;
}

void Pathway::close() {
    for (const std::uint32_t family : states_.measured()) {
        if (states_[family].gone) continue;
        accounts_.count(Measure::open_at_horizon);
        outcomes_.settle(family, horizon_);
    }
}

void Pathway::arrive(std::uint32_t family, Ticks time) {
    const Families& families = states_.drawn();
    const FamilyName who = families.name(family);
    FamilyState& state = states_.arrive(family, arm_->entry_stages[who.stream], time);
    const Clock& clock = calendar_.clock();
    if (time >= clock.launch && time < clock.funding_end) {
        states_.measure(family);
        accounts_.open_account(family);
        accounts_.count(Measure::families);
        if (arm_->support.baseline_share > 0) {
            const double uniform =
                random::uniform_pair(families.cell(), population_->streams[who.stream].delay_purpose,
                                     who.index, 0)
                    .second;
            if (uniform < arm_->support.baseline_share) state.facts |= fact(Flag::baseline_help);
        }
        if (programme_.waits_for_supporter()) {
            programme_.offer(family, time);
            if (state.begun || state.is_with_programme()) return;  // it begins when a place is free
        }
    }
    begin(family, state.stage, time);
}

inline void Pathway::count_entry(FamilyState& state, const StageInputs& stage, Ticks time) {
    state.visit_start = time;
    ++state.visit_number;
    state.visit_tasks = 0;
    state.visit_in_time = 0;
    state.last_task_done = 0;
    state.facts &= ~(fact(Flag::supported) | fact(Flag::contacted));
    if (stage.starts_clock) {
        state.clock_start = time;
        state.facts &= ~fact(Flag::late);
    }
    if (!state.measured) return;
    if (!state.begun) {
        state.begun = true;
        accounts_.count_week(Series::open, time, 1);
    }
    if (stage.counts_as) accounts_.count(measure_of(*stage.counts_as));
}

inline void Pathway::enter(std::uint32_t family, FamilyState& state, const StageInputs& stage, Ticks time) {
    count_entry(state, stage, time);
    state.visit = states_.count_visit(family, state);
    if (state.visit == most_visits) never_leaves();
    trace_.record(time, family, TraceEvent::Kind::enters_stage, state.stage);
}

inline Ticks Pathway::lead_end(std::uint32_t family, const FamilyState& state, const StageInputs& stage,
                               Ticks time) {
    const bool works_at_once = stage.has_work && authority_.is_unlimited();
    VisitSamples samples;
    if (works_at_once) {
        samples = samples_.at(family, state.stage, state.visit);
    } else {
        samples.lead_days = samples_.lead_days(family, state.stage, state.visit);
    }
    const Ticks end =
        time + at_least_now(samples.lead_days * predictors_.factor(stage.lead_effects, family, time));
    if (works_at_once && state.measured && end < horizon_)
        authority_.work_at_once(family, stage, samples.hours, end);
    return end;
}

/// As official statistics count: everybody, measured or not.
inline void Pathway::count_official(const FamilyState& state, Ticks time) {
    const OfficialTimelinessInputs& official = *arm_->official;
    if (time < official.from || time >= official.until || (state.facts & official.when) != official.when)
        return;
    accounts_.count(Measure::official_on_time_denominator);
    if (time - state.clock_start <= official.within) accounts_.count(Measure::official_on_time_numerator);
}

inline void Pathway::reach_milestone(std::uint32_t family, FamilyState& state, const StageInputs& stage,
                                     Ticks time) {
    const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(stage.milestone));
    if ((state.milestones & bit) != 0) return;
    state.milestones |= bit;
    const bool signed_off = stage.milestone == Milestone::plan_signed_off;
    if (signed_off && arm_->official) count_official(state, time);
    if (!state.measured) return;
    if (stage.milestone == Milestone::plan_ready) accounts_.count(Measure::plans_ready);
    if (stage.milestone == Milestone::provision_in_place) accounts_.count(Measure::provisions_in_place);
    if (!signed_off) return;
    accounts_.count_sign_off(time - states_.drawn().arrival(family));
    accounts_.count_week(Series::plans_signed_off, time, 1);
    const Ticks limit = limit_of(stage, state.facts);
    if (limit != no_limit) {
        accounts_.count(Measure::on_time_denominator);
        // Late at an earlier stage is no matter here: a plan is on time when its own deadline is kept.
        if (time - state.clock_start <= limit) accounts_.count(Measure::on_time_numerator);
    }
}

void Pathway::settle_costs(std::uint32_t family, const StageInputs& stage, Ticks time) {
    for (const StageCostInputs& cost : stage.costs) {
        accounts_.charge(family, cost.payer, cost.category,
                         cost.amount * predictors_.factor(cost.effects, family, time), time);
    }
    if (stage.family_hours > 0) {
        const double hours =
            stage.family_hours * predictors_.factor(stage.family_hours_effects, family, time);
        accounts_.charge(family, Payer::family, Category::family_time,
                         hours * arm_->outcomes.family_time_value, time);
    }
}

inline const TransitionInputs& Pathway::draw_transition(std::uint32_t family, const FamilyState& state,
                                                        const StageInputs& stage, Ticks time) const {
    std::size_t taken = 0;
    if (stage.next.size() > 1) {
        double uniform = states_.drawn().next(family, stage.number, state.visit);
        for (; taken + 1 < stage.next.size(); ++taken) {
            const double p = predictors_.probability(stage.next[taken].probability, family, time);
            if (uniform < p) break;
            uniform = (uniform - p) / (1 - p);  // what is left of the uniform is uniform again
        }
    }
    return stage.next[taken];
}

inline void Pathway::leave(std::uint32_t family, FamilyState& state, std::uint32_t outcome, Ticks time) {
    state.gone = true;
    trace_.record(time, family, TraceEvent::Kind::leaves_pathway, outcome);
    programme_.leave(family, time);
    if (!state.measured) return;
    accounts_.count_ended(arm_->outcome_numbers[outcome]);
    accounts_.count_week(Series::open, time, -1);
    outcomes_.settle(family, time);
}

inline std::uint32_t Pathway::close_stage(std::uint32_t family, FamilyState& state, const StageInputs& stage,
                                          Ticks time) {
    if (state.support == SupportStatus::supported) supporters_.refresh_facts(state, time);
    if (state.visit_tasks > 0 && state.visit_in_time >= state.visit_tasks && state.last_task_done <= time)
        state.facts |= fact(Flag::supported);
    if (state.has(Flag::contacted)) state.contacted_ticks += time - state.visit_start;
    if (time - state.clock_start > limit_of(stage, state.facts)) state.facts |= fact(Flag::late);
    if (stage.milestone != Milestone::none) reach_milestone(family, state, stage, time);
    if (state.measured && (!stage.costs.empty() || stage.family_hours > 0)) settle_costs(family, stage, time);
    const TransitionInputs& taken = draw_transition(family, state, stage, time);
    if (!taken.to_outcome) return taken.target;
    leave(family, state, taken.target, time);
    return nobody;
}

void Pathway::begin(std::uint32_t family, std::uint32_t stage_index, Ticks time) {
    FamilyState& state = states_[family];
    while (time < horizon_) {
        const StageInputs& stage = arm_->stages[stage_index];
        state.stage = static_cast<std::uint16_t>(stage_index);
        const bool seeks = programme_.is_sought(family, stage, time);
        if (time > calendar_.now() && (seeks || programme_.watches_start(state, stage))) {
            calendar_.schedule(time, EventKind::stage_begins, family);
            return;
        }
        enter(family, state, stage, time);
        if (stage.ends_support && state.is_with_programme()) programme_.end_support(family, time);
        if (seeks) programme_.offer(family, time);
        if (state.support == SupportStatus::supported) tasks_.raise(family, stage, time);

        const Ticks end = lead_end(family, state, stage, time);
        if (stage.has_work && !authority_.is_unlimited()) {
            schedule(end, EventKind::casework_arrives, family);
            return;
        }
        if (stage.has_panel) {
            schedule(end, EventKind::panel_case_arrives, family);
            return;
        }
        if (programme_.watches_end(state, end)) {
            schedule(end, EventKind::stage_ends, family);
            return;
        }
        if (end >= horizon_) return;
        stage_index = close_stage(family, state, stage, end);
        if (stage_index == nobody) return;
        time = end;
    }
}

void Pathway::end_stage(std::uint32_t family, Ticks time) {
    FamilyState& state = states_[family];
    if (state.gone) {
        programme_.end_support(family, time);  // it ran ahead of the calendar
        return;
    }
    const std::uint32_t next = close_stage(family, state, arm_->stages[state.stage], time);
    if (next != nobody) begin(family, next, time);
}

void Pathway::end_at(std::uint32_t family, Ticks time) {
    if (time >= horizon_) return;
    if (states_[family].is_with_programme()) {
        calendar_.schedule(time, EventKind::stage_ends, family);
    } else {
        end_stage(family, time);
    }
}

void Pathway::do_casework(std::uint32_t family, Ticks time) {
    const StageInputs& stage = arm_->stages[states_[family].stage];
    const Ticks end = authority_.serve(family, stage, time);
    if (stage.has_panel) {
        schedule(end, EventKind::panel_case_arrives, family);
    } else {
        end_at(family, end);
    }
}

void Pathway::hear_at_panel(std::uint32_t family, Ticks time) {
    end_at(family, authority_.hear(family, time));
}

}  // namespace vfm::model
