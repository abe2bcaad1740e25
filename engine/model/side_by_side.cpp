// Stage after stage for all families at once, where nothing but places is shared: no events, and variates
// drawn for those alone who come to a stage. What it gives is bit for bit what the families would get one by
// one.
#include "area_state.hpp"
#include "area_steps.hpp"

#include "vfm/core/capacity.hpp"
#include "vfm/model/short_cuts.hpp"

#include <algorithm>
#include <numeric>

namespace vfm::model {
namespace {

bool only_places_are_shared(const PopulationInputs& population, const ArmInputs& inputs) {
    if (inputs.support.enabled) return places_need_no_calendar(population, inputs);
    return authority_is_never_short(inputs);
}

bool families_are_told_apart(const PopulationInputs& population, const ArmInputs& inputs) {
    const auto tells_apart = [](const EffectRow& row) {
        return row.mask != 0 || row.covariate != EffectRow::none;
    };
    return !population.access_groups.empty() || inputs.support.baseline_share > 0 ||
           std::any_of(inputs.rows.begin(), inputs.rows.end(), tells_apart);
}

bool deadlines_count(const ArmInputs& inputs) {
    return inputs.official || std::any_of(inputs.stages.begin(), inputs.stages.end(),
                                          [](const StageInputs& stage) { return !stage.deadlines.empty(); });
}

bool a_milestone_can_be_reached_twice(const ArmInputs& inputs) {
    std::array<int, milestone_names.size()> stages{};
    for (const StageInputs& stage : inputs.stages) {
        if (stage.milestone != Milestone::none && ++stages[static_cast<std::size_t>(stage.milestone)] > 1)
            return true;
    }
    return false;
}

/// Kahn's (1962) order of the stages; shorter than their number when some of them form a loop.
std::vector<std::uint32_t> topological_order(const std::vector<StageInputs>& stages) {
    std::vector<std::uint32_t> ways_in(stages.size(), 0);
    for (const StageInputs& stage : stages) {
        for (const TransitionInputs& way : stage.next) {
            if (!way.to_outcome) ++ways_in[way.target];
        }
    }
    std::vector<std::uint32_t> order;
    for (std::uint32_t s = 0; s < stages.size(); ++s) {
        if (ways_in[s] == 0) order.push_back(s);
    }
    for (std::size_t next = 0; next < order.size(); ++next) {
        for (const TransitionInputs& way : stages[order[next]].next) {
            if (!way.to_outcome && --ways_in[way.target] == 0) order.push_back(way.target);
        }
    }
    return order;
}

}  // namespace

std::vector<std::uint32_t> side_by_side_order(const PopulationInputs& population, const ArmInputs& inputs) {
    if (!only_places_are_shared(population, inputs) || families_are_told_apart(population, inputs) ||
        deadlines_count(inputs) || a_milestone_can_be_reached_twice(inputs))
        return {};
    std::vector<std::uint32_t> order = topological_order(inputs.stages);
    if (order.size() < inputs.stages.size()) order.clear();
    return order;
}

void AreaSimulation::State::simulate_side_by_side() {
    SideBySide& side = side_by_side_;
    side.begun = {};
    side.steps.clear();
    side.family.clear();
    side.end.clear();
    side.hours.clear();
    resize_with_room(side.so_far, families_->size());
    resize_with_room(side.place_until, families_->size());
    resize_with_room(side.start, families_->size());
    for (std::uint32_t stream = 0; stream < population_->streams.size(); ++stream) go_through_stages(stream);
    if (inputs_->support.enabled) open_places();
    std::fill(side.start.begin(), side.start.end(), SideBySide::elsewhere);
    for (const std::uint32_t family : families_->in_order()) {
        now_ = families_->arrival(family);
        if (now_ >= clock_.horizon) break;
        ++arrived_;
        begin_side_by_side(family);
    }
    count_begun();
    for (const SideBySide::Step& step : side.steps) {
        if (step.place < stage_count_) {
            settle_stage(step);
        } else {
            settle_outcome(step);
        }
    }
}

/// How long every family of the stream would take, and which way it would go, whenever it begins.
void AreaSimulation::State::go_through_stages(std::uint32_t stream) {
    SideBySide& side = side_by_side_;
    const IndexRange families = families_->of_stream(stream);
    const std::size_t places = stage_count_ + inputs_->outcome_count;
    if (side.coming.size() < places) side.coming.resize(places);
    // One more than can come: `choose_of_two` puts families down before it counts them.
    for (std::size_t place = 0; place < places; ++place)
        resize_with_room(side.coming[place], families.count + 1);
    side.coming_count.assign(places, 0);
    std::fill_n(side.so_far.begin() + static_cast<std::ptrdiff_t>(families.first), families.count, Ticks{0});
    std::fill_n(side.place_until.begin() + static_cast<std::ptrdiff_t>(families.first), families.count,
                clock_.horizon);
    const std::uint32_t entry = inputs_->entry_stages[stream];
    std::iota(side.coming[entry].begin(), side.coming[entry].end() - 1, 0U);
    side.coming_count[entry] = static_cast<std::uint32_t>(families.count);
    for (const std::uint32_t stage : inputs_->side_by_side_order) go_through(stream, stage);
    for (std::size_t outcome = stage_count_; outcome < places; ++outcome) leave_side_by_side(stream, outcome);
}

void AreaSimulation::State::go_through(std::uint32_t stream, std::uint32_t stage_index) {
    SideBySide& side = side_by_side_;
    const StageInputs& stage = inputs_->stages[stage_index];
    const std::uint32_t first_family = families_->of_stream(stream).first;
    const std::span<const std::uint32_t> indices(side.coming[stage_index].data(),
                                                 side.coming_count[stage_index]);
    if (indices.empty()) return;
    const SideBySide::Step step = take_step(stage_index, indices, first_family);
    draw_step(stream, stage, indices, std::span(side.hours).subspan(step.first));
    const double lead_factor = constant_factor(stage.lead_effects);
    const double hours_factor = stage.has_work ? constant_factor(stage.work_effects) : 1;
    for (std::size_t i = 0; i < step.count; ++i) {
        const std::uint32_t family = first_family + indices[i];
        if (stage.ends_support)
            side.place_until[family] = std::min(side.place_until[family], side.so_far[family]);
        side.so_far[family] += at_least_now(side.lead_days[i] * lead_factor);
        side.end[step.first + i] = side.so_far[family];
        side.hours[step.first + i] *= hours_factor;
    }
    choose_ways(stage, indices);
}

/// A stretch of the arrays for the families that come to a place.
SideBySide::Step AreaSimulation::State::take_step(std::size_t place, std::span<const std::uint32_t> indices,
                                                  std::uint32_t first_family) {
    SideBySide& side = side_by_side_;
    const SideBySide::Step step{static_cast<std::uint32_t>(place), side.family.size(), indices.size()};
    side.steps.push_back(step);
    resize_with_room(side.family, step.first + step.count);
    resize_with_room(side.end, step.first + step.count);
    resize_with_room(side.hours, step.first + step.count);
    for (std::size_t i = 0; i < step.count; ++i) side.family[step.first + i] = first_family + indices[i];
    return step;
}

/// Lead times, hours and the luck that decides the way, of a first visit.
void AreaSimulation::State::draw_step(std::uint32_t stream, const StageInputs& stage,
                                      std::span<const std::uint32_t> indices, std::span<double> hours) {
    SideBySide& side = side_by_side_;
    const StreamInputs& inputs = population_->streams[stream];
    const random::Cell& cell = families_->cell();
    const std::size_t count = indices.size();
    const auto sized = [count](Workspace<double>& values) {
        resize_with_room(values, count);
        return std::span(values);
    };
    const std::span<double> lead_luck = sized(side.lead_luck);
    const std::span<double> hours_luck = sized(side.hours_luck);
    const std::span<double> way_luck = sized(side.way_luck);
    const std::span<double> lead_days = sized(side.lead_days);
    const bool draws_hours = stage.has_work && !stage.work_hours.is_fixed();
    if (!stage.lead_days.is_fixed() || draws_hours)
        random::fill_uniform_pairs_of(cell, inputs.work_purposes[stage.number], 0, indices, lead_luck,
                                      hours_luck);
    if (!stage.lead_days.is_fixed()) random::fill_normals(lead_luck);
    stage.lead_days.fill(lead_luck, lead_days);
    if (draws_hours) random::fill_normals(hours_luck);
    if (stage.has_work) stage.work_hours.fill(hours_luck, hours);
    // The lane of the lead times is free again and takes the one nobody reads.
    if (stage.next.size() > 1)
        random::fill_uniform_pairs_of(cell, inputs.next_purposes[stage.number], 0, indices, way_luck,
                                      lead_luck);
}

void AreaSimulation::State::choose_ways(const StageInputs& stage, std::span<const std::uint32_t> indices) {
    SideBySide& side = side_by_side_;
    const auto place_of = [&](const TransitionInputs& way) {
        return way.to_outcome ? stage_count_ + way.target : way.target;
    };
    const std::size_t last = stage.next.size() - 1;
    if (last == 1 && place_of(stage.next[0]) != place_of(stage.next[1])) {
        choose_of_two(constant_probability(stage.next[0].probability), indices, place_of(stage.next[0]),
                      place_of(stage.next[1]));
        return;
    }
    for (std::size_t i = 0; i < indices.size(); ++i) {
        std::size_t taken = 0;
        for (double luck = side.way_luck[i]; taken < last; ++taken) {
            const double p = constant_probability(stage.next[taken].probability);
            if (luck < p) break;
            luck = (luck - p) / (1 - p);
        }
        const std::size_t place = place_of(stage.next[taken]);
        side.coming[place][side.coming_count[place]++] = indices[i];
    }
}

/// By far the most common: every family is put down at both places, and stays at one of them.
void AreaSimulation::State::choose_of_two(double probability, std::span<const std::uint32_t> indices,
                                          std::size_t first_place, std::size_t second_place) {
    SideBySide& side = side_by_side_;
    std::uint32_t* const first = side.coming[first_place].data();
    std::uint32_t* const second = side.coming[second_place].data();
    std::size_t first_count = side.coming_count[first_place];
    std::size_t second_count = side.coming_count[second_place];
    for (std::size_t i = 0; i < indices.size(); ++i) {
        const bool goes_first = side.way_luck[i] < probability;
        first[first_count] = indices[i];
        second[second_count] = indices[i];
        first_count += goes_first ? 1 : 0;
        second_count += goes_first ? 0 : 1;
    }
    side.coming_count[first_place] = static_cast<std::uint32_t>(first_count);
    side.coming_count[second_place] = static_cast<std::uint32_t>(second_count);
}

void AreaSimulation::State::leave_side_by_side(std::uint32_t stream, std::size_t outcome) {
    SideBySide& side = side_by_side_;
    const std::uint32_t first_family = families_->of_stream(stream).first;
    const std::span<const std::uint32_t> indices(side.coming[outcome].data(), side.coming_count[outcome]);
    const SideBySide::Step step = take_step(outcome, indices, first_family);
    for (std::size_t i = 0; i < step.count; ++i) {
        const std::uint32_t family = first_family + indices[i];
        side.end[step.first + i] = side.so_far[family];
        side.place_until[family] = std::min(side.place_until[family], side.so_far[family]);
    }
}

/// Gives the family that arrives now its moment to begin - or leaves it to the general way when the
/// programme's end or the horizon would find it on the pathway.
void AreaSimulation::State::begin_side_by_side(std::uint32_t family) {
    SideBySide& side = side_by_side_;
    const bool measured = now_ >= clock_.launch && now_ < clock_.funding_end;
    if (!measured) return;  // it shares nothing, and nothing of it is counted
    const std::uint32_t entry = inputs_->entry_stages[families_->name(family).stream];
    const bool holds_place = inputs_->support.enabled && inputs_->stages[entry].offers_support &&
                             wants_support(family, families_->levels(family), now_);
    const Ticks from = holds_place ? places_.start_of(now_) : now_;
    const Ticks until = holds_place ? std::min(clock_.funding_end, clock_.horizon) : clock_.horizon;
    if (from + side.so_far[family] >= until) {
        give_place(family);
        return;
    }
    side.start[family] = from;
    ++side.begun.families;
    count_week(Series::open, from, 1);
    if (!holds_place) return;
    if (from > now_) {
        count_week(Series::waiting, now_, 1);
        count_week(Series::waiting, from, -1);
    }
    const Ticks held = side.place_until[family];
    places_.occupy_until(from + held);
    ++side.begun.users;
    side.begun.waited += from - now_;
    side.begun.held += held;
    add_to_histogram(FamilyHistogram::wait_for_supporter_days, days_from_ticks(from - now_));
    count_week(Series::caseload, from, 1);
    count_week(Series::caseload, from + held, -1);
}

/// What `come_in`, `hold_place` and `settle_family` count of those who began.
void AreaSimulation::State::count_begun() {
    const SideBySide::Begun& begun = side_by_side_.begun;
    tallies_->count(Measure::families, begun.families);
    tallies_->count(Measure::sought_support, begun.users);
    tallies_->count(Measure::users, begun.users);
    tallies_->count(Measure::wait_for_supporter_days, fixed_days(begun.waited));
    tallies_->count(Measure::place_days, fixed_days(begun.held));
    tallies_->histograms[static_cast<std::size_t>(FamilyHistogram::support_hours)].front() +=
        begun.users;  // no hours
}

/// Whether no family is left to the general way: the rule, so that loops need not ask of each.
bool AreaSimulation::State::everybody_began() const {
    return side_by_side_.begun.families == static_cast<std::int64_t>(families_->size());
}

std::int64_t AreaSimulation::State::count_here(const SideBySide::Step& step) const {
    if (everybody_began()) return static_cast<std::int64_t>(step.count);
    const SideBySide& side = side_by_side_;
    std::int64_t here = 0;
    for (std::size_t i = step.first; i < step.first + step.count; ++i)
        here += side.start[side.family[i]] != SideBySide::elsewhere ? 1 : 0;
    return here;
}

/// What `begin_stage`, `close_stage` and `reach_milestone` count of a family.
void AreaSimulation::State::settle_stage(const SideBySide::Step& step) {
    const SideBySide& side = side_by_side_;
    const StageInputs& stage = inputs_->stages[step.place];
    const std::int64_t here = count_here(step);
    if (stage.counts_as) tallies_->count(measure_of(*stage.counts_as), here);
    if (stage.milestone == Milestone::plan_ready) tallies_->count(Measure::plans_ready, here);
    if (stage.milestone == Milestone::provision_in_place) tallies_->count(Measure::provisions_in_place, here);
    if (stage.has_work) {
        tallies_->count(Measure::authority_jobs, here);
        settle_casework(step);
    }
    if (stage.costs.empty() && stage.family_hours == 0 && stage.milestone != Milestone::plan_signed_off)
        return;
    for (std::size_t i = step.first; i < step.first + step.count; ++i) {
        const Ticks start = side.start[side.family[i]];
        if (start == SideBySide::elsewhere) continue;
        const Ticks end = start + side.end[i];
        for (const StageCostInputs& cost : stage.costs)
            post(cost.payer, cost.category, cost.amount * constant_factor(cost.effects), end);
        if (stage.family_hours > 0) {
            post(Payer::family, Category::family_time,
                 stage.family_hours * constant_factor(stage.family_hours_effects) *
                     inputs_->outcomes.family_time_value,
                 end);
        }
        if (stage.milestone == Milestone::plan_signed_off) count_sign_off(side.family[i], end);
    }
}

/// The authority's hours in a stage and what they cost, in sums of its own: the ledger is far.
void AreaSimulation::State::settle_casework(const SideBySide::Step& step) {
    const SideBySide& side = side_by_side_;
    const double cost_per_hour = inputs_->authority.cost_per_hour;
    const bool discounts = inputs_->discount_per_year != 0;
    const bool everybody = everybody_began();
    Fixed hours = 0;
    Fixed paid = 0;
    Fixed discounted = 0;
    for (std::size_t i = step.first; i < step.first + step.count; ++i) {
        if (!everybody && side.start[side.family[i]] == SideBySide::elsewhere) continue;
        const double pounds = side.hours[i] * cost_per_hour;
        hours += to_fixed(side.hours[i]);
        paid += to_fixed(pounds);
        if (discounts) discounted += to_fixed(pounds * discount(side.start[side.family[i]] + side.end[i]));
    }
    if (!discounts) discounted = paid;
    tallies_->count(Measure::authority_hours, hours);
    enter_fixed(Payer::authority, Category::casework, paid, discounted);
}

/// What `leave_pathway` and `settle_family` count of a family.
void AreaSimulation::State::settle_outcome(const SideBySide::Step& step) {
    const SideBySide& side = side_by_side_;
    const OutcomeInputs& outcomes = inputs_->outcomes;
    std::int64_t here = 0;
    Fixed days_in_process = 0;
    Fixed wellbeing_years = 0;
    Fixed wellbeing_value = 0;
    for (std::size_t i = step.first; i < step.first + step.count; ++i) {
        const std::uint32_t family = side.family[i];
        if (side.start[family] == SideBySide::elsewhere) continue;
        const Ticks end = side.start[family] + side.end[i];
        const Ticks in_process = end - families_->arrival(family);
        ++here;
        count_week(Series::open, end, -1);
        days_in_process += fixed_days(in_process);
        add_to_histogram(FamilyHistogram::days_in_process, days_from_ticks(in_process));
        if (outcomes.waiting_loss_per_month == 0) continue;
        const double wellbeing = -waiting_loss(in_process, 0);
        wellbeing_years += to_fixed(wellbeing);
        wellbeing_value += to_fixed(wellbeing * outcomes.wellby_value);
    }
    tallies_->ended[inputs_->outcome_numbers[step.place - stage_count_]] += here;
    tallies_->count(Measure::days_in_process, days_in_process);
    tallies_->count(Measure::wellbeing_years, wellbeing_years);
    tallies_->count(Measure::wellbeing_value, wellbeing_value);
    count_outcomes(here);
}

}  // namespace vfm::model
