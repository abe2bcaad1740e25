// What one area's simulation is summed up in: whole numbers only, so that sums are the same in any order.
#pragma once

#include "vfm/core/contract.hpp"
#include "vfm/core/fixed_point.hpp"
#include "vfm/model/vocabulary.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace vfm::model {

/// Sums over the measured families of an area, and over its programme.
enum class Measure : std::uint8_t {
    families,
    sought_support,
    users,
    referral_lost,
    misrouted,
    duplicated,
    conflicted,
    refused,
    disputed,
    mediated,
    appealed,
    amended,
    plans_ready,
    plans_signed_off,
    provisions_in_place,
    on_time_numerator,
    on_time_denominator,
    official_on_time_numerator,
    official_on_time_denominator,
    days_to_sign_off,
    days_in_process,
    place_days,
    wait_for_supporter_days,
    tasks_due,
    tasks_in_time,
    tasks_worked,
    task_wait_days,
    appointments_due,
    appointments_lapsed,
    supporter_changes,
    stranded,
    open_at_horizon,
    support_hours,
    skilled_hours,
    contracted_hours,
    authority_hours,
    authority_jobs,
    authority_wait_days,
    feels_supported,
    engaged,
    plan_quality,
    navigation,
    composite,
    wellbeing_years,
    wellbeing_value,
    budget_planned,
    programme_spending,
    end  ///< no measure: how many there are
};
inline constexpr auto measure_count = static_cast<std::size_t>(Measure::end);

struct MeasureFacts {
    Measure measure;
    std::string_view name;
    std::string_view unit;
    std::string_view description;
    bool whole = true;  ///< a count; otherwise a Fixed
};
/// Of every measure, in the order of the enumerators: the one place where a measure gets its name.
extern const std::array<MeasureFacts, measure_count> measure_facts;
[[nodiscard]] inline const MeasureFacts& facts_of(Measure measure) {
    return measure_facts[static_cast<std::size_t>(measure)];
}

/// Measures also kept for each access group.
inline constexpr std::array<Measure, 11> group_measures = {
    Measure::families,      Measure::sought_support,  Measure::users,    Measure::plans_signed_off,
    Measure::support_hours, Measure::feels_supported, Measure::engaged,  Measure::plan_quality,
    Measure::navigation,    Measure::wellbeing_years, Measure::composite};
/// Where a measure stands among them. Throws ContractViolation, in every build, for one that is not kept.
[[nodiscard]] constexpr std::size_t group_column(Measure measure) {
    for (std::size_t column = 0; column < group_measures.size(); ++column)
        if (group_measures[column] == measure) return column;
    throw ContractViolation("a measure that is not kept by access group");
}

/// Weekly series, counted at the end of each week but for spending and plans, which are the week's.
enum class Series : std::uint8_t { open, waiting, caseload, plans_signed_off, spending, end };
inline constexpr auto series_count = static_cast<std::size_t>(Series::end);
struct SeriesFacts {
    Series series;
    std::string_view name;
    std::string_view unit;
    std::string_view description;
};
extern const std::array<SeriesFacts, series_count> series_facts;

/// Family-level histograms with bins of equal width; the last bin takes what is beyond.
enum class FamilyHistogram : std::uint8_t {
    days_to_sign_off,
    days_in_process,
    wait_for_supporter_days,
    support_hours,
    end  ///< no histogram: how many there are
};
inline constexpr auto histogram_count = static_cast<std::size_t>(FamilyHistogram::end);
struct HistogramFacts {
    FamilyHistogram histogram;
    std::string_view name;
    std::string_view unit;
    double width = 1;
    std::size_t bins = 1;
};
inline constexpr std::array<HistogramFacts, histogram_count> histogram_facts = {{
    {FamilyHistogram::days_to_sign_off, "days_to_sign_off", "days", 7, 150},
    {FamilyHistogram::days_in_process, "days_in_process", "days", 7, 200},
    {FamilyHistogram::wait_for_supporter_days, "wait_for_supporter_days", "days", 1, 400},
    {FamilyHistogram::support_hours, "support_hours", "hours", 1, 120},
}};

/// The ledger in GBP: undiscounted sums of postings by payer and category, and the same discounted to launch.
struct Ledger {
    using Table = std::array<std::array<Fixed, category_names.size()>, payer_names.size()>;
    using ByPayer = std::array<Fixed, payer_names.size()>;
    Table paid{};
    Table discounted{};
    ByPayer shared{};  ///< of `discounted`: what no one family causes - people in posts, overheads

    /// Discounted, all categories.
    [[nodiscard]] ByPayer by_payer() const;
    /// The part of it that measured families cause one by one.
    [[nodiscard]] ByPayer traced_to_families() const { return traced_to_families(by_payer()); }
    /// The same of the sums by payer, where they are known.
    [[nodiscard]] ByPayer traced_to_families(ByPayer sums) const;
};

/// Everything one area of one arm adds up to.
struct Tallies {
    std::array<std::int64_t, measure_count> sums{};
    std::vector<std::int64_t> ended;           ///< by outcome of the study
    std::vector<std::int64_t> groups;          ///< access group x group measure
    std::vector<Ledger::ByPayer> group_costs;  ///< by access group: what its families cause, discounted
    Ledger ledger;
    std::vector<std::int64_t> timeline;  ///< week x series; spending is Fixed
    std::array<std::vector<std::int64_t>, histogram_count> histograms;
    std::vector<std::int64_t> sign_off_days;  ///< plans by whole days to sign-off, for medians

    /// Sizes and zeroes everything.
    void reset(std::size_t outcomes, std::size_t group_count, std::size_t weeks);

    void count(Measure measure, std::int64_t by = 1) { sums[static_cast<std::size_t>(measure)] += by; }
    void add(Measure measure, double amount) { sums[static_cast<std::size_t>(measure)] += to_fixed(amount); }
    [[nodiscard]] double value(Measure measure) const;
    /// The day by which the share `p` of plans was signed off, interpolated within the day; -1 without plans.
    [[nodiscard]] double sign_off_quantile(double p) const;
};

inline constexpr std::size_t longest_sign_off_days = 2000;

}  // namespace vfm::model
