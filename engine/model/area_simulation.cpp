#include "vfm/model/area_simulation.hpp"

#include "area_state.hpp"
#include "area_steps.hpp"

#include "vfm/core/capacity.hpp"
#include "vfm/model/short_cuts.hpp"

namespace vfm::model {

AreaSimulation::AreaSimulation() : state_(std::make_unique<State>()) {}
AreaSimulation::~AreaSimulation() = default;

void AreaSimulation::enter(const PopulationInputs& population, const Families& families) {
    state_->enter(population, families);
}

void AreaSimulation::run(const ArmInputs& arm, Tallies& tallies) {
    state_->run(arm, tallies);
}

std::vector<TraceEvent> AreaSimulation::replay(const ArmInputs& arm, Tallies& tallies) {
    std::vector<TraceEvent> trace;
    state_->trace = &trace;
    try {
        state_->run(arm, tallies);
    } catch (...) {
        state_->trace = nullptr;
        throw;
    }
    state_->trace = nullptr;
    return trace;
}

void AreaSimulation::State::enter(const PopulationInputs& population, const Families& families) {
    population_ = &population;
    families_ = &families;
    samples_.forget();
    warm_up_.warm_up_number = 0;
}

void AreaSimulation::State::run(const ArmInputs& inputs, Tallies& tallies) {
    inputs_ = &inputs;
    tallies_ = &tallies;
    start();
    if (families_side_by_side_) {
        open_programme();
        simulate_side_by_side();
    } else if (places_by_recursion_) {
        open_programme();
        give_places();
    } else {
        warm_up();
        open_programme();
    }
    simulate_until(clock_.horizon);
    close();
}

/// Everything that happens before `end`.
void AreaSimulation::State::simulate_until(Ticks end) {
    const std::span<const std::uint32_t> arrivals = families_->in_order();
    for (;;) {
        const Ticks next_arrival = arrived_ < arrivals.size() ? families_->arrival(arrivals[arrived_]) : end;
        if (!calendar_.empty() && calendar_.next().time() <= next_arrival) {
            if (calendar_.next().time() >= end) break;
            const des::Event event = calendar_.pop();
            now_ = event.time;
            let_happen(event);
        } else {
            if (next_arrival >= end) break;
            now_ = next_arrival;
            family_arrives(arrivals[arrived_++]);
        }
    }
}

void AreaSimulation::State::start() {
    clock_ = population_->clock;
    stage_count_ = inputs_->stages.size();
    now_ = 0;
    arrived_ = 0;
    programme_over_ = false;
    predictors_.fold(inputs_->predictors, inputs_->rows, families_->area_effects(), families_->area_type());
    outcomes_are_common_ = outcomes_are_common();
    if (outcomes_are_common_) outcomes_ = outcomes_of(0, reader(nobody, 0));
    samples_.prepare(*families_, inputs_->stages);
    in_a_group_ = 0;
    for (const Facts group : population_->access_groups) in_a_group_ |= group;
    calendar_.clear();
    tasks_.clear();
    measured_.clear();
    timeline_.assign(tallies_->timeline.size(), 0);
    links_.reset(families_->size());
    resize_with_room(family_states_, families_->size());  // each is set up when its family comes in
    if (in_a_group_ != 0) resize_with_room(family_costs_, families_->size());
    resize_with_room(later_visits_, families_->size() * inputs_->stages.size());
    if (!inputs_->authority.unlimited) caseworkers_.reset(inputs_->authority.caseworkers, 0);
    panels_.resize(inputs_->stages.size());
    for (std::size_t s = 0; s < inputs_->stages.size(); ++s) {
        const StageInputs& stage = inputs_->stages[s];
        if (!stage.has_panel) continue;
        const double phase = random::uniform_pair(families_->cell(), stage.panel_purpose, 0, 0).first;
        panels_[s] = des::Agenda(static_cast<Ticks>(phase * static_cast<double>(stage.panel_period)),
                                 stage.panel_period, stage.panel_places);
    }
    make_discount_table();
    const SupportInputs& support = inputs_->support;
    support_is_passive_ = support_is_passive(*inputs_);
    // A replay tells what happened in order of time, which only the calendar knows.
    families_side_by_side_ = trace == nullptr && !inputs_->side_by_side_order.empty();
    places_by_recursion_ = trace == nullptr && places_need_no_calendar(*population_, *inputs_);
    supporters_.assign(support.posts.size(), SupporterState{});
    providers_.assign(support.providers.size(), ProviderState{});
}

void AreaSimulation::State::open_programme() {
    const SupportInputs& support = inputs_->support;
    if (!support.enabled) return;
    for (std::uint32_t post = 0; post < support.posts.size(); ++post) {
        ProviderState& provider = providers_[support.posts[post].provider];
        if (provider.post_count++ == 0) provider.first_post = post;
        hire(post, clock_.launch);
    }
    schedule(clock_.funding_end, Happens::programme_ends, 0);
}

void AreaSimulation::State::make_discount_table() {
    const std::size_t days = static_cast<std::size_t>(clock_.horizon / ticks_per_day) + 2;
    if (inputs_->discount_per_year == discount_table_rate_ && clock_.launch == discount_table_launch_ &&
        discount_by_day_.size() == days) {
        return;
    }
    discount_table_rate_ = inputs_->discount_per_year;
    discount_table_launch_ = clock_.launch;
    discount_by_day_.resize(days);
    discounted_days_.resize(days);
    const double launch = days_from_ticks(clock_.launch);
    double so_far = 0;
    for (std::size_t day = 0; day < days; ++day) {
        discount_by_day_[day] =
            random::exponential(-discount_table_rate_ * (static_cast<double>(day) - launch) / days_per_year);
        discounted_days_[day] = so_far;
        so_far += discount_by_day_[day];
    }
}

void AreaSimulation::State::let_happen(const des::Event& event) {
    switch (static_cast<Happens>(event.kind)) {
        case Happens::programme_ends:
            end_programme(event.time);
            break;
        case Happens::supporter_leaves:
            supporter_leaves(event.entity, event.time);
            break;
        case Happens::supporter_starts:
            supporter_starts(event.entity, event.time);
            break;
        case Happens::stage_ends:
            if (family_states_[event.entity].gone) {
                end_support(event.entity, event.time);  // it ran ahead of the calendar
            } else {
                end_stage(event.entity, event.time);
            }
            break;
        case Happens::casework_arrives:
            do_casework(event.entity, event.time);
            break;
        case Happens::panel_case_arrives:
            hear_at_panel(event.entity, event.time);
            break;
        case Happens::stage_begins:
            begin_stage(event.entity, family_states_[event.entity].stage, event.time);
            break;
        case Happens::list_joined:
            join_list(event.entity, event.time);
            break;
        case Happens::task_falls_due:
            task_falls_due(event.entity, event.time);
            break;
    }
}

void AreaSimulation::State::family_arrives(std::uint32_t family) {
    const FamilyState& state = come_in(family);
    const SupportInputs& support = inputs_->support;
    if (state.measured && support.enabled && support.waits_for_supporter) {
        offer_support(family, now_);
        if (state.begun || touches_support(state)) return;  // the pathway begins when a place is free
    }
    begin_stage(family, state.stage, now_);
}

FamilyState& AreaSimulation::State::come_in(std::uint32_t family) {
    FamilyState& state = family_states_[family];
    state = {};
    state.facts = families_->levels(family);
    state.clock_start = now_;
    state.measured = now_ >= clock_.launch && now_ < clock_.funding_end;
    state.stage = static_cast<std::uint16_t>(inputs_->entry_stages[families_->name(family).stream]);
    if (!state.measured) return state;
    measured_.push_back(family);
    if (in_a_group_ != 0) family_costs_[family] = {};
    tallies_->count(Measure::families);
    const SupportInputs& support = inputs_->support;
    if (support.baseline_share > 0) {
        const FamilyName who = families_->name(family);
        const double luck = random::uniform_pair(families_->cell(),
                                                 population_->streams[who.stream].delay_purpose, who.index, 0)
                                .second;
        if (luck < support.baseline_share) state.facts |= fact(Flag::baseline_help);
    }
    return state;
}

/// Whoever is left at the horizon is counted as open; then the programme is settled.
void AreaSimulation::State::close() {
    if (inputs_->support.enabled && !programme_over_) end_programme(clock_.horizon);
    for (const std::uint32_t family : measured_) {
        if (family_states_[family].gone) continue;
        tallies_->count(Measure::open_at_horizon);
        settle_family(family, clock_.horizon);
    }
    settle_programme();
    close_timeline();
}

double AreaSimulation::State::Reader::operator()(NumericCovariate covariate) const {
    const FamilyState& family_state = state->family_states_[family];
    switch (covariate) {
        case NumericCovariate::days_in_process:
            return days_from_ticks(time - state->families_->arrival(family));
        case NumericCovariate::days_since_launch:
            return days_from_ticks(time - state->clock_.launch);
        case NumericCovariate::wait_for_supporter:
            return days_from_ticks(family_state.listed_ticks);
        case NumericCovariate::supporter_changes:
            return family_state.supporter_changes;
        case NumericCovariate::support_share:
            return support_share(family_state);
        case NumericCovariate::stage_visits:
            return family_state.visit + 1;
        case NumericCovariate::authority_delay:
            return days_from_ticks(family_state.authority_delay);
    }
    return 0;
}

}  // namespace vfm::model
