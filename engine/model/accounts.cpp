#include "accounts.hpp"

#include "vfm/random/mathematics.hpp"

#include <array>

namespace vfm::model {

void Accounts::start(const PopulationInputs& population, const ArmInputs& arm, Tallies& tallies) {
    groups_ = &population.access_groups;
    tallies_ = &tallies;
    launch_ = calendar_.clock().launch;
    grouped_ = 0;
    for (const Facts group : population.access_groups) grouped_ |= group;
    if (grouped_ != 0) resize_with_room(family_costs_, states_.drawn().size());
    timeline_.assign(tallies.timeline.size(), 0);
    make_discount_table(arm.discount_per_year);
}

void Accounts::make_discount_table(double rate_per_year) {
    const std::size_t days = static_cast<std::size_t>(calendar_.clock().horizon / ticks_per_day) + 2;
    if (rate_per_year == discount_table_rate_ && launch_ == discount_table_launch_ &&
        discount_by_day_.size() == days) {
        return;
    }
    discount_table_rate_ = rate_per_year;
    discount_table_launch_ = launch_;
    discount_by_day_.resize(days);
    discounted_days_.resize(days);
    const double launch = days_from_ticks(launch_);
    double so_far = 0;
    for (std::size_t day = 0; day < days; ++day) {
        discount_by_day_[day] =
            random::exponential(-rate_per_year * (static_cast<double>(day) - launch) / days_per_year);
        discounted_days_[day] = so_far;
        so_far += discount_by_day_[day];
    }
}

double Accounts::discounted_days(Ticks from, Ticks until) const {
    const auto integral_to = [this](Ticks time) {
        const auto day = static_cast<std::size_t>(time / ticks_per_day);
        return discounted_days_[day] + days_from_ticks(time % ticks_per_day) * discount_by_day_[day];
    };
    return integral_to(until) - integral_to(from);
}

void Accounts::enter_shared(Payer payer, Category category, double paid, double discounted) {
    enter(payer, category, to_fixed(paid), to_fixed(discounted));
    tallies_->ledger.shared[static_cast<std::size_t>(payer)] += to_fixed(discounted);
}

void Accounts::spend_over(double pounds, Ticks from, Ticks until) {
    if (pounds == 0) return;
    const Ticks span = until - from;
    if (span <= 0) {
        count_week(Series::spending, from, to_fixed(pounds));
        return;
    }
    Ticks week_end = launch_ + ((from - launch_) / ticks_per_week + 1) * ticks_per_week;
    for (Ticks at = from; at < until; week_end += ticks_per_week) {
        const Ticks to = week_end < until ? week_end : until;
        count_week(Series::spending, at,
                   to_fixed(pounds * (static_cast<double>(to - at) / static_cast<double>(span))));
        at = to;
    }
}

void Accounts::settle_groups(std::uint32_t family, const GroupValues& values) {
    const Facts facts = states_[family].facts;
    const Ledger::ByPayer& costs = family_costs_[family];
    for (std::size_t group = 0; group < groups_->size(); ++group) {
        if ((facts & (*groups_)[group]) == 0) continue;
        for (std::size_t m = 0; m < values.size(); ++m)
            tallies_->groups[group * values.size() + m] += values[m];
        for (std::size_t p = 0; p < costs.size(); ++p) tallies_->group_costs[group][p] += costs[p];
    }
}

void Accounts::correct_groups(std::uint32_t family, Measure measure, Fixed by) {
    const std::size_t column = group_column(measure);
    for (std::size_t group = 0; group < groups_->size(); ++group) {
        if ((states_[family].facts & (*groups_)[group]) == 0) continue;
        tallies_->groups[group * group_measures.size() + column] += by;
    }
}

/// Changes of stocks become stocks.
void Accounts::close() {
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
