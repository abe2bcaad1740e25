// Stages: begun, worked on by the authority, ended, left. Events are made only where something is shared.
#include "area_state.hpp"
#include "area_steps.hpp"

#include "vfm/core/errors.hpp"

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

}  // namespace

bool AreaSimulation::State::would_seek_support(std::uint32_t family, const StageInputs& stage,
                                               Ticks time) const {
    const FamilyState& state = family_states_[family];
    const SupportInputs& support = inputs_->support;
    if (!stage.offers_support || !support.enabled || !state.measured || state.care != Care::none)
        return false;
    return wants_support(family, state.facts, time);
}

inline void AreaSimulation::State::count_entry(FamilyState& state, const StageInputs& stage, Ticks time) {
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
        count_week(Series::open, time, 1);
    }
    if (stage.counts_as) tallies_->count(measure_of(*stage.counts_as));
}

/// Begins a stage, and as many after it as touch nothing that families share: those need no event.
void AreaSimulation::State::begin_stage(std::uint32_t family, std::uint32_t stage_index, Ticks time) {
    FamilyState& state = family_states_[family];
    const AuthorityInputs& authority = inputs_->authority;
    while (time < clock_.horizon) {
        const StageInputs& stage = inputs_->stages[stage_index];
        state.stage = static_cast<std::uint16_t>(stage_index);
        const bool seeks =
            stage.offers_support && state.care == Care::none && would_seek_support(family, stage, time);
        const bool watched =
            seeks || (touches_support(state) &&
                      (!support_runs_ahead(state) || (stage.ends_support && !places_by_recursion_)));
        if (time > now_ && watched) {
            schedule(time, Happens::stage_begins, family);
            return;
        }
        count_entry(state, stage, time);
        const std::uint8_t visit = count_visit(state, family);
        if (visit == most_visits) never_leaves();
        state.visit = visit;
        note(time, family, TraceEvent::Kind::enters_stage, stage_index);
        if (stage.ends_support && touches_support(state)) end_support(family, time);
        if (seeks) offer_support(family, time);
        const bool raised = state.raised_visit == state.visit_number;  // when taken on just now
        if (state.care == Care::supported && !raised && !stage.tasks.empty()) raise_tasks(family, time);

        const Reader read = reader(family, time);
        const bool works_at_once = stage.has_work && authority.unlimited;
        VisitSamples samples;
        if (works_at_once) {
            samples = samples_.at(family, stage_index, visit);
        } else {
            samples.lead_days = samples_.lead_days(family, stage_index, visit);
        }
        const double lead = samples.lead_days * predictors_.factor(stage.lead_effects, state.facts, read);
        Ticks end = time + at_least_now(lead);
        if (works_at_once && state.measured && end < clock_.horizon) {
            const double hours =
                samples.hours * predictors_.factor(stage.work_effects, state.facts, reader(family, end));
            tallies_->add(Measure::authority_hours, hours);
            tallies_->count(Measure::authority_jobs);
            charge(family, Payer::authority, Category::casework, hours * authority.cost_per_hour, end);
        }
        if (stage.has_work && !authority.unlimited) {
            if (end < clock_.horizon) schedule(end, Happens::casework_arrives, family);
            return;
        }
        if (stage.has_panel) {
            if (end < clock_.horizon) schedule(end, Happens::panel_case_arrives, family);
            return;
        }
        const bool still_watched =
            touches_support(state) && (!support_runs_ahead(state) || end >= clock_.funding_end);
        if (still_watched) {
            if (end < clock_.horizon) schedule(end, Happens::stage_ends, family);
            return;
        }
        if (end >= clock_.horizon) return;
        stage_index = close_stage(family, end);
        if (stage_index == nobody) return;
        time = end;
    }
}

void AreaSimulation::State::do_casework(std::uint32_t family, Ticks time) {
    FamilyState& state = family_states_[family];
    const StageInputs& stage = inputs_->stages[state.stage];
    const AuthorityInputs& authority = inputs_->authority;
    const double hours = samples_.hours(family, state.stage, state.visit) *
                         predictors_.factor(stage.work_effects, state.facts, reader(family, time));
    const Ticks service = at_least_now(hours * authority.days_per_hour);
    const Ticks start = caseworkers_.admit(time, service);
    const Ticks end = start + service;
    state.authority_delay = start - time;
    if (state.measured) {
        tallies_->add(Measure::authority_hours, hours);
        tallies_->count(Measure::authority_jobs);
        tallies_->count(Measure::authority_wait_days, fixed_days(start - time));
        if (end < clock_.horizon)
            charge(family, Payer::authority, Category::casework, hours * authority.cost_per_hour, end);
    }
    if (end >= clock_.horizon) return;
    if (stage.has_panel) {
        schedule(end, Happens::panel_case_arrives, family);
    } else if (touches_support(state)) {
        schedule(end, Happens::stage_ends, family);
    } else {
        end_stage(family, end);
    }
}

void AreaSimulation::State::hear_at_panel(std::uint32_t family, Ticks time) {
    const Ticks meeting = panels_[family_states_[family].stage].admit(time);
    if (meeting >= clock_.horizon) return;
    if (touches_support(family_states_[family])) {
        schedule(meeting, Happens::stage_ends, family);
    } else {
        end_stage(family, meeting);
    }
}

void AreaSimulation::State::end_stage(std::uint32_t family, Ticks time) {
    const std::uint32_t next = close_stage(family, time);
    if (next != nobody) begin_stage(family, next, time);
}

std::uint32_t AreaSimulation::State::close_stage(std::uint32_t family, Ticks time) {
    FamilyState& state = family_states_[family];
    const StageInputs& stage = inputs_->stages[state.stage];
    if (state.care == Care::supported) refresh_supporter_facts(state, time);
    if (state.visit_tasks > 0 && state.visit_in_time >= state.visit_tasks && state.last_task_done <= time) {
        state.facts |= fact(Flag::supported);
    }
    if ((state.facts & fact(Flag::contacted)) != 0) state.contacted_ticks += time - state.visit_start;
    const Ticks limit = limit_of(stage, state.facts);
    if (time - state.clock_start > limit) state.facts |= fact(Flag::late);
    if (stage.milestone != Milestone::none) reach_milestone(family, stage, time);
    if (state.measured && (!stage.costs.empty() || stage.family_hours > 0)) settle_stage_costs(family, time);

    std::size_t taken = 0;
    if (stage.next.size() > 1) {
        double luck = families_->next(family, stage.number, state.visit);
        const Reader read = reader(family, time);
        for (; taken + 1 < stage.next.size(); ++taken) {
            const double p = predictors_.probability(stage.next[taken].probability, state.facts, read);
            if (luck < p) break;
            luck = (luck - p) / (1 - p);  // what is left of the uniform is uniform again
        }
    }
    const TransitionInputs& way = stage.next[taken];
    if (!way.to_outcome) return way.target;
    leave_pathway(family, way.target, time);
    return nobody;
}

void AreaSimulation::State::reach_milestone(std::uint32_t family, const StageInputs& stage, Ticks time) {
    FamilyState& state = family_states_[family];
    const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(stage.milestone));
    const bool first = (state.milestones & bit) == 0;
    state.milestones |= bit;
    const bool signed_off = stage.milestone == Milestone::plan_signed_off;
    if (signed_off && first && inputs_->official) {
        const OfficialTimelinessInputs& official = *inputs_->official;
        if (time >= official.from && time < official.until &&
            (state.facts & official.when) == official.when) {
            tallies_->count(Measure::official_on_time_denominator);
            if (time - state.clock_start <= official.within)
                tallies_->count(Measure::official_on_time_numerator);
        }
    }
    if (!state.measured || !first) return;
    if (stage.milestone == Milestone::plan_ready) tallies_->count(Measure::plans_ready);
    if (stage.milestone == Milestone::provision_in_place) tallies_->count(Measure::provisions_in_place);
    if (!signed_off) return;
    count_sign_off(family, time);
    const Ticks limit = limit_of(stage, state.facts);
    if (limit != no_limit) {
        tallies_->count(Measure::on_time_denominator);
        // Late at an earlier stage is no matter here: a plan is on time when its own deadline is kept.
        if (time - state.clock_start <= limit) tallies_->count(Measure::on_time_numerator);
    }
}

void AreaSimulation::State::count_sign_off(std::uint32_t family, Ticks time) {
    const Ticks since_request = time - families_->arrival(family);
    tallies_->count(Measure::plans_signed_off);
    tallies_->count(Measure::days_to_sign_off, fixed_days(since_request));
    add_to_histogram(FamilyHistogram::days_to_sign_off, days_from_ticks(since_request));
    const auto whole_days = static_cast<std::size_t>(since_request / ticks_per_day);
    ++tallies_->sign_off_days[std::min(whole_days, longest_sign_off_days - 1)];
    count_week(Series::plans_signed_off, time, 1);
}

void AreaSimulation::State::leave_pathway(std::uint32_t family, std::uint32_t outcome, Ticks time) {
    FamilyState& state = family_states_[family];
    state.gone = true;
    note(time, family, TraceEvent::Kind::leaves_pathway, outcome);
    if (touches_support(state)) {
        if (time > now_ && !places_by_recursion_) {
            schedule(time, Happens::stage_ends, family);  // the place is given back then
        } else {
            end_support(family, time);
        }
    }
    if (!state.measured) return;
    ++tallies_->ended[inputs_->outcome_numbers[outcome]];
    count_week(Series::open, time, -1);
    settle_family(family, time);
}

}  // namespace vfm::model
