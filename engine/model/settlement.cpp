// The ledger, the outcomes and the counts: what is left when a family or the programme is through.
#include "area_state.hpp"
#include "area_steps.hpp"

namespace vfm::model {

/// The integral of the discount factor, which is constant within a day.
double AreaSimulation::State::discounted_days(Ticks from, Ticks until) const {
    const auto integral_to = [this](Ticks time) {
        const auto day = static_cast<std::size_t>(time / ticks_per_day);
        return discounted_days_[day] + days_from_ticks(time % ticks_per_day) * discount_by_day_[day];
    };
    return integral_to(until) - integral_to(from);
}

void AreaSimulation::State::settle_stage_costs(std::uint32_t family, Ticks time) {
    const FamilyState& state = family_states_[family];
    const StageInputs& stage = inputs_->stages[state.stage];
    const Reader read = reader(family, time);
    for (const StageCostInputs& cost : stage.costs) {
        charge(family, cost.payer, cost.category,
               cost.amount * predictors_.factor(cost.effects, state.facts, read), time);
    }
    if (stage.family_hours > 0) {
        const double hours =
            stage.family_hours * predictors_.factor(stage.family_hours_effects, state.facts, read);
        charge(family, Payer::family, Category::family_time, hours * inputs_->outcomes.family_time_value,
               time);
    }
}

/// What is measured of a family when it leaves the pathway, or when the horizon finds it there.
void AreaSimulation::State::settle_family(std::uint32_t family, Ticks time) {
    const FamilyState& state = family_states_[family];
    const SupportInputs& support = inputs_->support;
    const bool user = (state.facts & fact(Flag::user)) != 0;
    if ((state.facts & fact(Flag::baseline_help)) != 0) {
        const double kept = user ? 1 - support.baseline_displaced_share : 1;
        charge(family, Payer::authority, Category::baseline_support,
               support.baseline_hours * support.baseline_cost_per_hour * kept, time);
    }
    const Ticks in_process = time - families_->arrival(family);
    tallies_->count(Measure::days_in_process, fixed_days(in_process));
    add_to_histogram(FamilyHistogram::days_in_process, days_from_ticks(in_process));
    if (user) add_to_histogram(FamilyHistogram::support_hours, from_fixed(state.hours));
    settle_outcomes(family, time);
}

bool AreaSimulation::State::outcomes_are_common() const {
    const OutcomeInputs& outcomes = inputs_->outcomes;
    return predictors_.is_constant(outcomes.feels_supported) && predictors_.is_constant(outcomes.engaged) &&
           predictors_.is_constant(outcomes.plan_quality) && predictors_.is_constant(outcomes.navigation);
}

AreaSimulation::State::FamilyOutcomes AreaSimulation::State::outcomes_of(Facts facts,
                                                                         const Reader& read) const {
    const OutcomeInputs& outcomes = inputs_->outcomes;
    const std::array<double, 4> value = {predictors_.probability(outcomes.feels_supported, facts, read),
                                         predictors_.probability(outcomes.engaged, facts, read),
                                         predictors_.probability(outcomes.plan_quality, facts, read),
                                         predictors_.probability(outcomes.navigation, facts, read)};
    double composite = 0;
    for (std::size_t o = 0; o < value.size(); ++o) composite += outcomes.composite_weights[o] * value[o];
    FamilyOutcomes fixed;
    for (std::size_t o = 0; o < value.size(); ++o) fixed.value[o] = to_fixed(value[o]);
    fixed.composite = to_fixed(composite);
    return fixed;
}

/// O7 after the register's A027 to A030, in point-years: waiting lowers life satisfaction at a steady rate a
/// month, so that the loss grows with the square of the wait; contact removes a share of it; support in time
/// raises it for a while.
double AreaSimulation::State::wellbeing_of(std::uint32_t family, Ticks time) const {
    const FamilyState& state = family_states_[family];
    const OutcomeInputs& outcomes = inputs_->outcomes;
    const double gain = outcomes.support_gain_points * outcomes.gain_years * support_share(state);
    if (outcomes.waiting_loss_per_month == 0) return gain;
    const Ticks in_process = time - families_->arrival(family);
    const double in_contact = state.contacted_ticks > 0 ? static_cast<double>(state.contacted_ticks) /
                                                              static_cast<double>(in_process)
                                                        : 0;
    return gain - waiting_loss(in_process, in_contact);
}

double AreaSimulation::State::waiting_loss(Ticks in_process, double share_in_contact) const {
    const OutcomeInputs& outcomes = inputs_->outcomes;
    const double months = days_from_ticks(in_process) / days_per_month;
    return outcomes.waiting_loss_per_month * months * (months / 24) *
           (1 - outcomes.contact_removes_share * share_in_contact);
}

/// O1 to O4 of this many families whose outcomes are those worked out last.
void AreaSimulation::State::count_outcomes(std::int64_t families) {
    constexpr std::array<Measure, 4> measure = {Measure::feels_supported, Measure::engaged,
                                                Measure::plan_quality, Measure::navigation};
    for (std::size_t o = 0; o < measure.size(); ++o)
        tallies_->count(measure[o], families * outcomes_.value[o]);
    tallies_->count(Measure::composite, families * outcomes_.composite);
}

/// Terminal outcomes are recorded as expected values.
void AreaSimulation::State::settle_outcomes(std::uint32_t family, Ticks time) {
    const FamilyState& state = family_states_[family];
    if (!outcomes_are_common_) outcomes_ = outcomes_of(state.facts, reader(family, time));
    count_outcomes(1);
    if (trace != nullptr) note_outcomes(family, time);

    const double wellbeing = wellbeing_of(family, time);
    tallies_->add(Measure::wellbeing_years, wellbeing);
    tallies_->add(Measure::wellbeing_value, wellbeing * inputs_->outcomes.wellby_value);
    if ((state.facts & in_a_group_) != 0) count_in_groups(family, to_fixed(wellbeing));
}

/// The family's own part of the group measures and its costs, in every access group it is in.
void AreaSimulation::State::count_in_groups(std::uint32_t family, Fixed wellbeing) {
    const FamilyState& state = family_states_[family];
    const std::array<std::int64_t, group_measures.size()> own = {
        1,
        state.care != Care::none ? 1 : 0,
        (state.facts & fact(Flag::user)) != 0 ? 1 : 0,
        (state.milestones >> static_cast<unsigned>(Milestone::plan_signed_off)) & 1,
        state.hours,
        outcomes_.value[0],
        outcomes_.value[1],
        outcomes_.value[2],
        outcomes_.value[3],
        wellbeing,
        outcomes_.composite};
    const Ledger::ByPayer& costs = family_costs_[family];
    const Facts facts = state.facts;
    for (std::size_t group = 0; group < population_->access_groups.size(); ++group) {
        if ((facts & population_->access_groups[group]) == 0) continue;
        for (std::size_t m = 0; m < own.size(); ++m) tallies_->groups[group * own.size() + m] += own[m];
        for (std::size_t p = 0; p < costs.size(); ++p) tallies_->group_costs[group][p] += costs[p];
    }
}

void AreaSimulation::State::note_outcomes(std::uint32_t family, Ticks time) const {
    constexpr std::array<TraceEvent::Kind, 4> what = {
        TraceEvent::Kind::expects_feeling_supported, TraceEvent::Kind::expects_engagement,
        TraceEvent::Kind::expects_plan_quality, TraceEvent::Kind::expects_navigation};
    for (std::size_t o = 0; o < what.size(); ++o)
        note(time, family, what[o], static_cast<std::uint32_t>(outcomes_.value[o]));
}

/// Hours given back after the family was settled.
void AreaSimulation::State::correct_group_hours(const FamilyState& state, Fixed by) {
    constexpr std::size_t column = static_cast<std::size_t>(
        std::find(group_measures.begin(), group_measures.end(), Measure::support_hours) -
        group_measures.begin());
    for (std::size_t group = 0; group < population_->access_groups.size(); ++group) {
        if ((state.facts & population_->access_groups[group]) == 0) continue;
        tallies_->groups[group * group_measures.size() + column] += by;
    }
}

void AreaSimulation::State::settle_programme() {
    if (!inputs_->support.enabled) return;
    const double days = days_from_ticks(clock_.funding_end - clock_.launch);
    const double discounted = discounted_days(clock_.launch, clock_.funding_end);
    for (const ProviderInputs& provider : inputs_->support.providers) {
        enter_shared(Payer::programme, Category::management_and_premises, provider.fixed_cost_per_day * days,
                     provider.fixed_cost_per_day * discounted);
        spend_over(provider.fixed_cost_per_day * days, clock_.launch, clock_.funding_end);
    }
    tallies_->add(Measure::budget_planned, inputs_->budget_planned);
}

void AreaSimulation::State::spend_over(double pounds, Ticks from, Ticks until) {
    if (pounds == 0) return;
    const Ticks span = until - from;
    if (span <= 0) {
        count_week(Series::spending, from, to_fixed(pounds));
        return;
    }
    Ticks week_end = clock_.launch + ((from - clock_.launch) / ticks_per_week + 1) * ticks_per_week;
    for (Ticks at = from; at < until; week_end += ticks_per_week) {
        const Ticks to = week_end < until ? week_end : until;
        count_week(Series::spending, at,
                   to_fixed(pounds * (static_cast<double>(to - at) / static_cast<double>(span))));
        at = to;
    }
}

/// Changes of stocks become stocks.
void AreaSimulation::State::close_timeline() {
    constexpr std::array<Series, 3> stocks = {Series::open, Series::waiting, Series::caseload};
    for (const Series series : stocks) {
        const auto column = static_cast<std::size_t>(series);
        for (std::size_t place = series_count + column; place < timeline_.size(); place += series_count) {
            timeline_[place] += timeline_[place - series_count];
        }
    }
    for (std::size_t place = 0; place < timeline_.size(); ++place)
        tallies_->timeline[place] += timeline_[place];
}

}  // namespace vfm::model
