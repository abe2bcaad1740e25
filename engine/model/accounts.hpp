// The area's accounts: the ledger, the counts, the weekly series, and what the families of access groups
// cost.
#pragma once

#include "area_calendar.hpp"
#include "family_states.hpp"

#include "vfm/model/measures.hpp"

#include <cstdint>
#include <vector>

namespace vfm::model {

inline constexpr Ticks ticks_per_week = 7 * ticks_per_day;

/// A span in fixed-point days: ticks are as fine.
constexpr Fixed fixed_days(Ticks ticks) {
    static_assert(static_cast<double>(ticks_per_day) == fixed_one);
    return ticks;
}

/// Enters into the tallies of one arm, in money of launch where that is asked for. Keeps its memory between
/// replications.
class Accounts {
  public:
    Accounts(const AreaCalendar& calendar, const FamilyStates& states)
        : calendar_(calendar), states_(states) {}

    void start(const PopulationInputs& population, const ArmInputs& arm, Tallies& tallies);
    /// Adds the weekly series to the tallies.
    void close();

    // Counts
    void count(Measure measure, std::int64_t by = 1) { tallies_->count(measure, by); }
    void add(Measure measure, double amount) { tallies_->add(measure, amount); }
    [[nodiscard]] std::int64_t counted(Measure measure) const {
        return tallies_->sums[static_cast<std::size_t>(measure)];
    }
    void count_week(Series series, Ticks time, std::int64_t by);
    void count_in(FamilyHistogram histogram, double value);
    void count_sign_off(Ticks since_request);
    void count_ended(std::uint32_t outcome) { ++tallies_->ended[outcome]; }

    // Money
    void open_account(std::uint32_t family) {
        if (grouped_ != 0) family_costs_[family] = {};
    }
    /// Charges what one measured family causes, and keeps it on the family's account, which is settled with
    /// the access groups it is in.
    void charge(std::uint32_t family, Payer payer, Category category, double pounds, Ticks time);
    /// Enters what no one family causes.
    void enter_shared(Payer payer, Category category, double paid, double discounted);
    /// Spreads spending evenly over the weeks.
    void spend_over(double pounds, Ticks from, Ticks until);
    [[nodiscard]] double discount(Ticks time) const {
        return discount_by_day_[static_cast<std::size_t>(time) / std::size_t{ticks_per_day}];
    }
    /// The integral of the discount factor, which is constant within a day.
    [[nodiscard]] double discounted_days(Ticks from, Ticks until) const;

    // Access groups
    /// Whether the family is in any of them.
    [[nodiscard]] bool is_grouped(Facts facts) const { return (facts & grouped_) != 0; }
    using GroupValues = std::array<std::int64_t, group_measures.size()>;
    /// Adds the family's values of the group measures, and its costs, to every group it is in.
    void settle_groups(std::uint32_t family, const GroupValues& values);
    /// Corrects one of them after the family was settled.
    void correct_groups(std::uint32_t family, Measure measure, Fixed by);

  private:
    void enter(Payer payer, Category category, Fixed paid, Fixed discounted);
    void make_discount_table(double rate_per_year);

    const AreaCalendar& calendar_;
    const FamilyStates& states_;
    const std::vector<Facts>* groups_ = nullptr;
    Tallies* tallies_ = nullptr;
    Facts grouped_ = 0;  ///< a family in any access group has one of these facts; 0: there is no group
    Ticks launch_ = 0;
    std::vector<Ledger::ByPayer> family_costs_;  ///< of measured families, discounted, when they are traced
    std::vector<std::int64_t> timeline_;         ///< week x series; stocks as changes until they are closed
    std::vector<double> discount_by_day_;
    std::vector<double> discounted_days_;  ///< running sum of the table before it: day -> discounted so far
    double discount_table_rate_ = -1;
    Ticks discount_table_launch_ = -1;
};

inline void Accounts::count_week(Series series, Ticks time, std::int64_t by) {
    const Ticks since_launch = time - launch_;
    const std::size_t week = since_launch <= 0 ? 0 : static_cast<std::size_t>(since_launch / ticks_per_week);
    const std::size_t place = week * series_count + static_cast<std::size_t>(series);
    if (place < timeline_.size()) timeline_[place] += by;
}

inline void Accounts::count_in(FamilyHistogram histogram, double value) {
    const HistogramFacts& facts = histogram_facts[static_cast<std::size_t>(histogram)];
    std::vector<std::int64_t>& bins = tallies_->histograms[static_cast<std::size_t>(histogram)];
    const double position = value / facts.width;
    const double last = static_cast<double>(facts.bins - 1);
    const auto bin = static_cast<std::size_t>(position < last ? (position > 0 ? position : 0) : last);
    ++bins[bin];
}

inline void Accounts::count_sign_off(Ticks since_request) {
    count(Measure::plans_signed_off);
    count(Measure::days_to_sign_off, fixed_days(since_request));
    count_in(FamilyHistogram::days_to_sign_off, days_from_ticks(since_request));
    const auto whole_days = static_cast<std::size_t>(since_request / ticks_per_day);
    ++tallies_->sign_off_days[std::min(whole_days, longest_sign_off_days - 1)];
}

inline void Accounts::enter(Payer payer, Category category, Fixed paid, Fixed discounted) {
    const auto row = static_cast<std::size_t>(payer);
    const auto column = static_cast<std::size_t>(category);
    tallies_->ledger.paid[row][column] += paid;
    tallies_->ledger.discounted[row][column] += discounted;
    if (payer == Payer::programme) count(Measure::programme_spending, paid);
}

inline void Accounts::charge(std::uint32_t family, Payer payer, Category category, double pounds,
                             Ticks time) {
    if (pounds == 0) return;
    const Fixed paid = to_fixed(pounds);
    const Fixed discounted = to_fixed(pounds * discount(time));
    enter(payer, category, paid, discounted);
    if (payer == Payer::programme) count_week(Series::spending, time, paid);
    if (grouped_ != 0) family_costs_[family][static_cast<std::size_t>(payer)] += discounted;
}

}  // namespace vfm::model
