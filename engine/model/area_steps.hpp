// The small steps that every event takes - counted, posted, discounted - where callers can inline them.
#pragma once

#include "area_state.hpp"

namespace vfm::model {

inline constexpr Ticks ticks_per_week = 7 * ticks_per_day;

/// A span in fixed-point days: ticks are as fine.
constexpr Fixed fixed_days(Ticks ticks) {
    static_assert(static_cast<double>(ticks_per_day) == fixed_one);
    return ticks;
}

/// The measure that entries of a stage are counted in.
constexpr Measure measure_of(Count count) {
    constexpr std::array<Measure, count_names.size()> counted = {
        Measure::refused, Measure::disputed, Measure::mediated, Measure::appealed, Measure::amended};
    return counted[static_cast<std::size_t>(count)];
}

/// A span that is not negative, rounded down, which a cast does above zero.
inline Ticks at_least_now(double days) {
    return days > 0 ? static_cast<Ticks>(days * static_cast<double>(ticks_per_day)) : 0;
}

inline bool AreaSimulation::State::is_experienced(std::uint32_t post, Ticks time) const {
    const KindInputs& kind = inputs_->support.kinds[inputs_->support.posts[post].kind];
    return days_from_ticks(time - supporters_[post].started) >= kind.experienced_after_days;
}

inline void AreaSimulation::State::refresh_supporter_facts(FamilyState& state, Ticks time) const {
    constexpr Facts all_kinds = ((Facts{1} << kind_limit) - 1) << kind_bit_offset;
    state.facts &= ~(all_kinds | fact(Flag::trained) | fact(Flag::experienced));
    state.facts |= supporters_[state.supporter].facts;
    if (is_experienced(state.supporter, time)) state.facts |= fact(Flag::experienced);
}

inline double AreaSimulation::State::discount(Ticks time) const {
    return discount_by_day_[static_cast<std::size_t>(time / ticks_per_day)];
}

inline void AreaSimulation::State::enter_fixed(Payer payer, Category category, Fixed paid, Fixed discounted) {
    const auto row = static_cast<std::size_t>(payer);
    const auto column = static_cast<std::size_t>(category);
    tallies_->ledger.paid[row][column] += paid;
    tallies_->ledger.discounted[row][column] += discounted;
    if (payer == Payer::programme) tallies_->count(Measure::programme_spending, paid);
}

inline void AreaSimulation::State::enter_shared(Payer payer, Category category, double paid,
                                                double discounted) {
    enter_fixed(payer, category, to_fixed(paid), to_fixed(discounted));
    tallies_->ledger.shared[static_cast<std::size_t>(payer)] += to_fixed(discounted);
}

inline void AreaSimulation::State::count_week(Series series, Ticks time, std::int64_t by) {
    const Ticks since_launch = time - clock_.launch;
    const std::size_t week = since_launch <= 0 ? 0 : static_cast<std::size_t>(since_launch / ticks_per_week);
    const std::size_t place = week * series_count + static_cast<std::size_t>(series);
    if (place < timeline_.size()) timeline_[place] += by;
}

inline Fixed AreaSimulation::State::post(Payer payer, Category category, double pounds, Ticks time) {
    if (pounds == 0) return 0;
    const Fixed discounted = to_fixed(pounds * discount(time));
    enter_fixed(payer, category, to_fixed(pounds), discounted);
    if (payer == Payer::programme) count_week(Series::spending, time, to_fixed(pounds));
    return discounted;
}

inline void AreaSimulation::State::charge(std::uint32_t family, Payer payer, Category category, double pounds,
                                          Ticks time) {
    const Fixed discounted = post(payer, category, pounds, time);
    if (in_a_group_ != 0) family_costs_[family][static_cast<std::size_t>(payer)] += discounted;
}

inline void AreaSimulation::State::add_to_histogram(FamilyHistogram what, double value) {
    const HistogramFacts& facts = histogram_facts[static_cast<std::size_t>(what)];
    std::vector<std::int64_t>& bins = tallies_->histograms[static_cast<std::size_t>(what)];
    const double position = value / facts.width;
    const double last = static_cast<double>(facts.bins - 1);
    const auto bin = static_cast<std::size_t>(position < last ? (position > 0 ? position : 0) : last);
    ++bins[bin];
}

/// The share of its support tasks done in time; 0 when there were none.
inline double AreaSimulation::State::support_share(const FamilyState& state) {
    return state.tasks_due == 0 ? 0.0 : static_cast<double>(state.tasks_in_time) / state.tasks_due;
}

inline void AreaSimulation::State::count_wait(FamilyState& state, Ticks time) {
    state.listed_ticks += time - state.list_since;
    tallies_->count(Measure::wait_for_supporter_days, fixed_days(time - state.list_since));
}

/// A family's first supporter.
inline void AreaSimulation::State::count_user(FamilyState& state) {
    state.facts |= fact(Flag::user);
    tallies_->count(Measure::users);
    add_to_histogram(FamilyHistogram::wait_for_supporter_days, days_from_ticks(state.listed_ticks));
}

inline void AreaSimulation::State::count_place_held(const FamilyState& state, Ticks time) {
    count_week(Series::caseload, time, -1);
    tallies_->count(Measure::place_days, fixed_days(time - state.supported_since));
}

inline bool AreaSimulation::State::wants_support(std::uint32_t family, Facts facts, Ticks time) const {
    const SupportInputs& support = inputs_->support;
    if (time < clock_.launch || time >= clock_.last_referral || time >= clock_.funding_end) return false;
    double awareness = 1;
    if (support.awareness_ramp_days > 0) {
        const double ramp = days_from_ticks(time - clock_.launch) / support.awareness_ramp_days;
        if (ramp < 1) awareness = support.awareness_at_launch + (1 - support.awareness_at_launch) * ramp;
    }
    const double wish = families_->uptake_variate(family);
    return wish < awareness &&
           wish < awareness * predictors_.probability(support.uptake, facts, reader(family, time));
}

}  // namespace vfm::model
