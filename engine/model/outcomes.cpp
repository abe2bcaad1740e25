#include "outcomes.hpp"

namespace vfm::model {

namespace {

/// In the order of `Expected::value`.
constexpr std::array outcome_measures = {Measure::feels_supported, Measure::engaged, Measure::plan_quality,
                                         Measure::navigation};

}  // namespace

void Outcomes::start(const ArmInputs& arm) {
    inputs_ = &arm.outcomes;
    support_ = &arm.support;
    are_common_ =
        predictors_.is_constant(inputs_->feels_supported) && predictors_.is_constant(inputs_->engaged) &&
        predictors_.is_constant(inputs_->plan_quality) && predictors_.is_constant(inputs_->navigation);
    if (!are_common_) return;
    expected_ =
        expected_by([this](std::uint32_t predictor) { return predictors_.constant_probability(predictor); });
}

inline double Outcomes::waiting_loss(Ticks in_process, double share_in_contact) const {
    const double months = days_from_ticks(in_process) / days_per_month;
    return inputs_->waiting_loss_per_month * months * (months / 24) *
           (1 - inputs_->contact_removes_share * share_in_contact);
}

/// O7 after the register's A027 to A030, in point-years: waiting lowers life satisfaction at a steady rate a
/// month, so that the loss grows with the square of the wait; contact removes a share of it; support in time
/// raises it for a while.
inline double Outcomes::wellbeing_of(std::uint32_t family, Ticks time) const {
    const FamilyState& state = states_[family];
    const double gain = inputs_->support_gain_points * inputs_->gain_years * state.support_share();
    if (inputs_->waiting_loss_per_month == 0) return gain;
    const Ticks in_process = time - states_.drawn().arrival(family);
    const double in_contact = state.contacted_ticks > 0 ? static_cast<double>(state.contacted_ticks) /
                                                              static_cast<double>(in_process)
                                                        : 0;
    return gain - waiting_loss(in_process, in_contact);
}

template <class Probability>
Outcomes::Expected Outcomes::expected_by(const Probability& probability) const {
    const std::array<double, 4> value = {probability(inputs_->feels_supported), probability(inputs_->engaged),
                                         probability(inputs_->plan_quality),
                                         probability(inputs_->navigation)};
    double composite = 0;
    for (std::size_t o = 0; o < value.size(); ++o) composite += inputs_->composite_weights[o] * value[o];
    Expected fixed;
    for (std::size_t o = 0; o < value.size(); ++o) fixed.value[o] = to_fixed(value[o]);
    fixed.composite = to_fixed(composite);
    return fixed;
}

Outcomes::Expected Outcomes::expected_of(std::uint32_t family, Ticks time) const {
    return expected_by(
        [&](std::uint32_t predictor) { return predictors_.probability(predictor, family, time); });
}

void Outcomes::settle_groups(std::uint32_t family, const Expected& expected, Fixed wellbeing) {
    const FamilyState& state = states_[family];
    Accounts::GroupValues values{};
    values[group_column(Measure::families)] = 1;
    values[group_column(Measure::sought_support)] = state.support != SupportStatus::none ? 1 : 0;
    values[group_column(Measure::users)] = state.has(Flag::user) ? 1 : 0;
    values[group_column(Measure::plans_signed_off)] =
        (state.milestones >> static_cast<unsigned>(Milestone::plan_signed_off)) & 1;
    values[group_column(Measure::support_hours)] = state.hours;
    for (std::size_t o = 0; o < outcome_measures.size(); ++o)
        values[group_column(outcome_measures[o])] = expected.value[o];
    values[group_column(Measure::wellbeing_years)] = wellbeing;
    values[group_column(Measure::composite)] = expected.composite;
    accounts_.settle_groups(family, values);
}

inline void Outcomes::count(const Expected& expected) {
    for (std::size_t o = 0; o < outcome_measures.size(); ++o)
        accounts_.count(outcome_measures[o], expected.value[o]);
    accounts_.count(Measure::composite, expected.composite);
}

/// Terminal outcomes are recorded as expected values.
inline void Outcomes::settle_outcomes(std::uint32_t family, Ticks time) {
    if (!are_common_) expected_ = expected_of(family, time);
    const Expected& expected = expected_;
    count(expected);
    if (trace_.is_recorded()) {
        using Kind = TraceEvent::Kind;
        constexpr std::array<Kind, 4> kind = {Kind::expects_feeling_supported, Kind::expects_engagement,
                                              Kind::expects_plan_quality, Kind::expects_navigation};
        for (std::size_t o = 0; o < kind.size(); ++o)
            trace_.record(time, family, kind[o], static_cast<std::uint32_t>(expected.value[o]));
    }
    const double wellbeing = wellbeing_of(family, time);
    accounts_.add(Measure::wellbeing_years, wellbeing);
    accounts_.add(Measure::wellbeing_value, wellbeing * inputs_->wellby_value);
    if (accounts_.is_grouped(states_[family].facts)) settle_groups(family, expected, to_fixed(wellbeing));
}

void Outcomes::settle(std::uint32_t family, Ticks time) {
    const FamilyState& state = states_[family];
    const bool user = state.has(Flag::user);
    if (state.has(Flag::baseline_help)) {
        const double kept = user ? 1 - support_->baseline_displaced_share : 1;
        accounts_.charge(family, Payer::authority, Category::baseline_support,
                         support_->baseline_hours * support_->baseline_cost_per_hour * kept, time);
    }
    const Ticks in_process = time - states_.drawn().arrival(family);
    accounts_.count(Measure::days_in_process, fixed_days(in_process));
    accounts_.count_in(FamilyHistogram::days_in_process, days_from_ticks(in_process));
    if (user) accounts_.count_in(FamilyHistogram::support_hours, from_fixed(state.hours));
    settle_outcomes(family, time);
}

}  // namespace vfm::model
