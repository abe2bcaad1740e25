#include "vfm/model/measures.hpp"

#include "vfm/core/contract.hpp"

namespace vfm::model {

const std::array<MeasureFacts, measure_count> measure_facts = {{
    {"families", "families", "measured families: requests and transfers from launch to funding end"},
    {"sought_support", "families", "wanted the programme's support when it was offered"},
    {"users", "families", "taken on by a supporter of the programme"},
    {"referral_lost", "families", "wanted support but never reached a provider"},
    {"misrouted", "families", "first sent to the wrong place"},
    {"duplicated", "families", "supported by two providers at once"},
    {"conflicted", "families", "parent and young person disagreed and nobody else could take one of them"},
    {"refused", "refusals", "refusals to assess or to issue a plan"},
    {"disputed", "disputes", "disputes taken up"},
    {"mediated", "mediations", "mediations held"},
    {"appealed", "appeals", "appeals registered"},
    {"amended", "rounds", "rounds of amendment to a draft"},
    {"plans_ready", "plans", "plans complete for the family and its supporter, first time"},
    {"plans_signed_off", "plans", "plans signed off by the authority, first time"},
    {"provisions_in_place", "plans", "plans whose provision is in place, first time"},
    {"on_time_numerator", "plans", "plans signed off within the limit of their clock"},
    {"on_time_denominator", "plans", "plans signed off whose clock has a limit"},
    {"official_on_time_numerator", "plans", "as official statistics count plans on time"},
    {"official_on_time_denominator", "plans", "as official statistics count plans"},
    {"days_to_sign_off", "days", "from request to first sign-off, summed over plans signed off", false},
    {"days_in_process", "days", "from request to leaving the pathway or the horizon", false},
    {"place_days", "days", "time families held a supporter's place", false},
    {"wait_for_supporter_days", "days", "time in providers' lists", false},
    {"tasks_due", "tasks", "support tasks that fell due for users"},
    {"tasks_in_time", "tasks", "support tasks done by the time they were needed"},
    {"tasks_worked", "tasks", "support tasks worked, in time or late"},
    {"task_wait_days", "days", "from a task falling due to the start of the accrual that pays for it", false},
    {"appointments_due", "appointments", "appointments that fell due for users"},
    {"appointments_lapsed", "appointments", "appointments nobody could keep"},
    {"supporter_changes", "changes", "families handed to another supporter"},
    {"stranded", "families", "with a supporter or in a list when the programme ended"},
    {"open_at_horizon", "families", "still in the pathway at the horizon"},
    {"support_hours", "hours", "supporters' hours used", false},
    {"skilled_hours", "hours", "of these by trained and experienced supporters", false},
    {"contracted_hours", "hours", "supporters' hours in post, other work included", false},
    {"authority_hours", "hours", "caseworkers' hours for measured families", false},
    {"authority_jobs", "jobs", "pieces of casework for measured families"},
    {"authority_wait_days", "days", "time casework for measured families waited for a caseworker", false},
    {"feels_supported", "families", "O1: expected number satisfied with support through the process", false},
    {"engaged", "families", "O2: expected number fully able to express views", false},
    {"plan_quality", "score", "O3: plan quality from 0 to 1, summed over families", false},
    {"navigation", "families", "O4: expected number who found the way easy", false},
    {"composite", "score", "weighted sum of O1 to O4", false},
    {"wellbeing_years", "point-years", "O7: life-satisfaction point-years against no waiting and no support",
     false},
    {"wellbeing_value", "GBP", "O7 in money: a memo, never added to O1 to O4", false},
    {"budget_planned", "GBP", "programme spending planned from launch to funding end", false},
    {"programme_spending", "GBP", "programme spending, undiscounted", false},
}};

const std::array<SeriesFacts, series_count> series_facts = {{
    {"open", "families", "measured families in the pathway at the end of the week"},
    {"waiting", "families", "families in providers' lists at the end of the week"},
    {"caseload", "families", "families with a supporter at the end of the week"},
    {"plans_signed_off", "plans", "plans of measured families signed off in the week"},
    {"spending", "GBP", "programme spending in the week, undiscounted, in units of 2^-20 GBP"},
}};

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
    const auto index = static_cast<std::size_t>(measure);
    return measure_facts[index].whole ? static_cast<double>(sums[index]) : from_fixed(sums[index]);
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
