#include "vfm/model/measures.hpp"

#include "vfm/core/contract.hpp"

namespace vfm::model {

namespace {

/// Whether there is an entry for each enumerator, in their order.
template <class Facts, std::size_t count, class Enumerator>
constexpr bool one_each_in_order(const std::array<Facts, count>& facts, Enumerator Facts::*of) {
    for (std::size_t i = 0; i < count; ++i) {
        if (static_cast<std::size_t>(facts[i].*of) != i) return false;
    }
    return true;
}

}  // namespace

constexpr std::array<MeasureFacts, measure_count> measure_facts = {{
    {Measure::families, "families", "families",
     "measured families: requests and transfers from launch to funding end"},
    {Measure::sought_support, "sought_support", "families",
     "wanted the programme's support when it was offered"},
    {Measure::users, "users", "families", "taken on by a supporter of the programme"},
    {Measure::referral_lost, "referral_lost", "families", "wanted support but never reached a provider"},
    {Measure::misrouted, "misrouted", "families", "first sent to the wrong place"},
    {Measure::duplicated, "duplicated", "families", "supported by two providers at once"},
    {Measure::conflicted, "conflicted", "families",
     "parent and young person disagreed and nobody else could take one of them"},
    {Measure::refused, "refused", "refusals", "refusals to assess or to issue a plan"},
    {Measure::disputed, "disputed", "disputes", "disputes taken up"},
    {Measure::mediated, "mediated", "mediations", "mediations held"},
    {Measure::appealed, "appealed", "appeals", "appeals registered"},
    {Measure::amended, "amended", "rounds", "rounds of amendment to a draft"},
    {Measure::plans_ready, "plans_ready", "plans",
     "plans complete for the family and its supporter, first time"},
    {Measure::plans_signed_off, "plans_signed_off", "plans", "plans signed off by the authority, first time"},
    {Measure::provisions_in_place, "provisions_in_place", "plans",
     "plans whose provision is in place, first time"},
    {Measure::on_time_numerator, "on_time_numerator", "plans",
     "plans signed off within the limit of their clock"},
    {Measure::on_time_denominator, "on_time_denominator", "plans",
     "plans signed off whose clock has a limit"},
    {Measure::official_on_time_numerator, "official_on_time_numerator", "plans",
     "as official statistics count plans on time"},
    {Measure::official_on_time_denominator, "official_on_time_denominator", "plans",
     "as official statistics count plans"},
    {Measure::days_to_sign_off, "days_to_sign_off", "days",
     "from request to first sign-off, summed over plans signed off", false},
    {Measure::days_in_process, "days_in_process", "days",
     "from request to leaving the pathway or the horizon", false},
    {Measure::place_days, "place_days", "days", "time families held a supporter's place", false},
    {Measure::wait_for_supporter_days, "wait_for_supporter_days", "days", "time in providers' lists", false},
    {Measure::tasks_due, "tasks_due", "tasks", "support tasks that fell due for users"},
    {Measure::tasks_in_time, "tasks_in_time", "tasks", "support tasks done by the time they were needed"},
    {Measure::tasks_worked, "tasks_worked", "tasks", "support tasks worked, in time or late"},
    {Measure::task_wait_days, "task_wait_days", "days",
     "from a task falling due to the start of the accrual that pays for it", false},
    {Measure::appointments_due, "appointments_due", "appointments", "appointments that fell due for users"},
    {Measure::appointments_lapsed, "appointments_lapsed", "appointments", "appointments nobody could keep"},
    {Measure::supporter_changes, "supporter_changes", "changes", "families handed to another supporter"},
    {Measure::stranded, "stranded", "families", "with a supporter or in a list when the programme ended"},
    {Measure::open_at_horizon, "open_at_horizon", "families", "still in the pathway at the horizon"},
    {Measure::support_hours, "support_hours", "hours", "supporters' hours used", false},
    {Measure::skilled_hours, "skilled_hours", "hours", "of these by trained and experienced supporters",
     false},
    {Measure::contracted_hours, "contracted_hours", "hours", "supporters' hours in post, other work included",
     false},
    {Measure::authority_hours, "authority_hours", "hours", "caseworkers' hours for measured families", false},
    {Measure::authority_jobs, "authority_jobs", "jobs", "pieces of casework for measured families"},
    {Measure::authority_wait_days, "authority_wait_days", "days",
     "time casework for measured families waited for a caseworker", false},
    {Measure::feels_supported, "feels_supported", "families",
     "O1: expected number satisfied with support through the process", false},
    {Measure::engaged, "engaged", "families", "O2: expected number fully able to express views", false},
    {Measure::plan_quality, "plan_quality", "score", "O3: plan quality from 0 to 1, summed over families",
     false},
    {Measure::navigation, "navigation", "families", "O4: expected number who found the way easy", false},
    {Measure::composite, "composite", "score", "weighted sum of O1 to O4", false},
    {Measure::wellbeing_years, "wellbeing_years", "point-years",
     "O7: life-satisfaction point-years against no waiting and no support", false},
    {Measure::wellbeing_value, "wellbeing_value", "GBP", "O7 in money: a memo, never added to O1 to O4",
     false},
    {Measure::budget_planned, "budget_planned", "GBP",
     "programme spending planned from launch to funding end", false},
    {Measure::programme_spending, "programme_spending", "GBP", "programme spending, undiscounted", false},
}};
static_assert(one_each_in_order(measure_facts, &MeasureFacts::measure));

constexpr std::array<SeriesFacts, series_count> series_facts = {{
    {Series::open, "open", "families", "measured families in the pathway at the end of the week"},
    {Series::waiting, "waiting", "families", "families in providers' lists at the end of the week"},
    {Series::caseload, "caseload", "families", "families with a supporter at the end of the week"},
    {Series::plans_signed_off, "plans_signed_off", "plans",
     "plans of measured families signed off in the week"},
    {Series::spending, "spending", "GBP",
     "programme spending in the week, undiscounted, in units of 2^-20 GBP"},
}};
static_assert(one_each_in_order(series_facts, &SeriesFacts::series));
static_assert(one_each_in_order(histogram_facts, &HistogramFacts::histogram));

Ledger::ByPayer Ledger::by_payer() const {
    ByPayer sums{};
    for (std::size_t payer = 0; payer < sums.size(); ++payer) {
        for (const Fixed amount : discounted[payer]) sums[payer] += amount;
    }
    return sums;
}

Ledger::ByPayer Ledger::traced_to_families(ByPayer sums) const {
    for (std::size_t payer = 0; payer < sums.size(); ++payer) sums[payer] -= shared[payer];
    return sums;
}

void Tallies::reset(std::size_t outcomes, std::size_t group_count, std::size_t weeks) {
    sums.fill(0);
    ended.assign(outcomes, 0);
    groups.assign(group_count * group_measures.size(), 0);
    group_costs.assign(group_count, Ledger::ByPayer{});
    ledger = {};
    timeline.assign(weeks * series_count, 0);
    for (std::size_t s = 0; s < histogram_count; ++s) histograms[s].assign(histogram_facts[s].bins, 0);
    sign_off_days.assign(longest_sign_off_days, 0);
}

double Tallies::value(Measure measure) const {
    const std::int64_t sum = sums[static_cast<std::size_t>(measure)];
    return facts_of(measure).whole ? static_cast<double>(sum) : from_fixed(sum);
}

double Tallies::sign_off_quantile(double p) const {
    VFM_EXPECT(p > 0 && p < 1);
    const std::int64_t plans = sums[static_cast<std::size_t>(Measure::plans_signed_off)];
    if (plans == 0) return -1;
    const double wanted = p * static_cast<double>(plans);
    auto enough = static_cast<std::int64_t>(wanted);
    if (static_cast<double>(enough) < wanted) ++enough;
    std::int64_t reached = 0;
    std::size_t day = 0;
    while (reached + sign_off_days[day] < enough) reached += sign_off_days[day++];
    return static_cast<double>(day) +
           (wanted - static_cast<double>(reached)) / static_cast<double>(sign_off_days[day]);
}

}  // namespace vfm::model
