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
        post(cost.payer, cost.category, cost.amount * predictors_.factor(cost.effects, state.facts, read),
             time);
    }
    if (stage.family_hours > 0) {
        const double hours =
            stage.family_hours * predictors_.factor(stage.family_hours_effects, state.facts, read);
        post(Payer::family, Category::family_time, hours * inputs_->outcomes.family_time_value, time);
    }
}

/// What is measured of a family when it leaves the pathway, or when the horizon finds it there.
void AreaSimulation::State::settle_family(std::uint32_t family, Ticks time) {
    const FamilyState& state = family_states_[family];
    const SupportInputs& support = inputs_->support;
    const bool user = (state.facts & fact(Flag::user)) != 0;
    if ((state.facts & fact(Flag::baseline_help)) != 0) {
        const double kept = user ? 1 - support.baseline_displaced_share : 1;
        post(Payer::authority, Category::baseline_support,
             support.baseline_hours * support.baseline_cost_per_hour * kept, time);
    }
    const double days = days_from_ticks(time - families_->arrival(family));
    tallies_->add(Measure::days_in_process, days);
    spread(Spread::days_in_process, days);
    if (user) spread(Spread::support_hours, from_fixed(state.hours));
    settle_outcomes(family, time);
}

/// Terminal outcomes are recorded as expected values. O7 after the register's A027 to A030: waiting lowers
/// life satisfaction at a steady rate a month, so that the loss grows with the square of the wait; contact
/// removes a share of it; support in time raises it for a while.
void AreaSimulation::State::settle_outcomes(std::uint32_t family, Ticks time) {
    const FamilyState& state = family_states_[family];
    const OutcomeInputs& outcomes = inputs_->outcomes;
    const Reader read = reader(family, time);
    const std::array<double, 4> value = {predictors_.probability(outcomes.feels_supported, state.facts, read),
                                         predictors_.probability(outcomes.engaged, state.facts, read),
                                         predictors_.probability(outcomes.plan_quality, state.facts, read),
                                         predictors_.probability(outcomes.navigation, state.facts, read)};
    constexpr std::array<Measure, 4> measure = {Measure::feels_supported, Measure::engaged,
                                                Measure::plan_quality, Measure::navigation};
    double composite = 0;
    for (std::size_t o = 0; o < value.size(); ++o) {
        tallies_->add(measure[o], value[o]);
        composite += outcomes.composite_weights[o] * value[o];
    }
    tallies_->add(Measure::composite, composite);

    const Ticks in_process = time - families_->arrival(family);
    const double months = days_from_ticks(in_process) / days_per_month;
    const double in_contact = state.contacted_ticks > 0 ? static_cast<double>(state.contacted_ticks) /
                                                              static_cast<double>(in_process)
                                                        : 0;
    const double loss = outcomes.waiting_loss_per_month * months * (months / 24) *
                        (1 - outcomes.contact_removes_share * in_contact);
    const double gain = outcomes.support_gain_points * outcomes.gain_years * support_share(state);
    tallies_->add(Measure::wellbeing_years, gain - loss);
    tallies_->add(Measure::wellbeing_value, (gain - loss) * outcomes.wellby_value);

    if (population_->access_groups.empty()) return;
    const std::array<std::int64_t, group_measures.size()> own = {
        1,
        state.care != Care::none ? 1 : 0,
        (state.facts & fact(Flag::user)) != 0 ? 1 : 0,
        (state.milestones >> static_cast<unsigned>(Milestone::plan_signed_off)) & 1,
        state.hours,
        to_fixed(value[0]),
        to_fixed(value[1]),
        to_fixed(value[2]),
        to_fixed(value[3]),
        to_fixed(gain - loss)};
    for (std::size_t group = 0; group < population_->access_groups.size(); ++group) {
        if ((state.facts & population_->access_groups[group]) == 0) continue;
        for (std::size_t m = 0; m < own.size(); ++m) tallies_->groups[group * own.size() + m] += own[m];
    }
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
        enter(Payer::programme, Category::management_and_premises, provider.fixed_cost_per_day * days,
              provider.fixed_cost_per_day * discounted);
        spend_over(provider.fixed_cost_per_day * days, clock_.launch, clock_.funding_end);
    }
    tallies_->add(Measure::budget_planned, inputs_->budget_planned);
}

void AreaSimulation::State::spend_over(double pounds, Ticks from, Ticks until) {
    const Ticks span = until - from;
    if (span <= 0) {
        count_week(Series::spending, from, to_fixed(pounds));
        return;
    }
    for (Ticks at = from; at < until;) {
        const Ticks week_end = clock_.launch + ((at - clock_.launch) / ticks_per_week + 1) * ticks_per_week;
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
