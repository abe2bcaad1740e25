// What the sections of a comparison's report share: where they read, and views with an arm a row.
#pragma once

#include "vfm/decision/comparison.hpp"
#include "vfm/report/comparison_report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace vfm::report {

/// What is laid out for people, and how much of it. The report has its tables already.
struct ComparisonPage {
    const decision::Comparison& all;
    const ComparisonSource& source;
    Detail detail;
    const Report& report;

    [[nodiscard]] bool full() const { return detail == Detail::full; }
    [[nodiscard]] bool imported() const { return all.origin == decision::Origin::imported; }
    [[nodiscard]] bool one_arm() const { return all.arms.size() == 1; }
    [[nodiscard]] const std::string& reference() const { return all.arms[all.reference]; }
    /// In full nothing is left out; otherwise what is zero or missing in every arm is.
    [[nodiscard]] Shown::When unless_empty() const {
        return full() ? Shown::When::always : Shown::When::not_empty;
    }
};

/// An access group's name: `english_additional.yes` is `english_additional` to a reader.
[[nodiscard]] std::string group_name(const std::string& group);
/// The label of an indicator with the unit it is shown in.
[[nodiscard]] std::string label_of(const decision::Indicator& indicator);

/// The compared ratio of two measures, or mean of one (`denominator` empty); null when there is none.
[[nodiscard]] const decision::ComparedIndicator* find_indicator(
    const std::vector<decision::ComparedIndicator>& indicators, std::string_view numerator,
    std::string_view denominator);

/// A view with an arm a row, in the order of the file or another one; its columns are looked up by arm.
[[nodiscard]] View by_arm(const ComparisonPage& page);
[[nodiscard]] View by_arm(const std::vector<std::size_t>& order);

/// A column of the table `measures` for one indicator: its level (`value`) or its `difference`.
[[nodiscard]] Source measured(const decision::Indicator& indicator, std::string column);
/// The level of an indicator in every arm; four digits unless something else is said.
[[nodiscard]] Shown level(const ComparisonPage& page, const decision::ComparedIndicator& compared,
                          std::string heading);

/// An estimate in full: a mean with both intervals as neighbours.
void add_with_intervals(View& view, const Shown& mean);

/// From which threshold on an arm is worth more than the reference, of one of the tables that say so.
[[nodiscard]] Shown worth_it(const std::string& table, const Where& where, std::size_t wrap);
/// Places of a curve's thresholds that people see, both ends among them: 6, in full 11.
[[nodiscard]] std::vector<std::size_t> shown_places(const ComparisonPage& page, std::size_t count);
/// Decimals of a curve's thresholds: pence only when there are some.
[[nodiscard]] Precision of_thresholds(const decision::Curves& curves);

/// The sections, each empty when the file has nothing for it.
using Sections = std::vector<Section>;
/// The answer, with the notes: what arms cost and achieve more than the reference, where they stand, how sure
/// that is.
[[nodiscard]] Sections in_brief(const ComparisonPage& page);
/// Costs against effects: incremental analysis, break-even thresholds, where draws fall, net benefit.
[[nodiscard]] Sections value_for_money(const ComparisonPage& page);
/// Paired differences from the reference: the main outcomes; in full, all measures' with both intervals.
[[nodiscard]] Sections differences(const ComparisonPage& page);
/// Costs by perspective and payer.
[[nodiscard]] Sections costs(const ComparisonPage& page);
/// Levels of the other indicators: efficiency and process; in full, outcomes and the rest of the file too.
[[nodiscard]] Sections levels(const ComparisonPage& page);
/// A study of one arm: its measures as rows, with both intervals.
[[nodiscard]] Sections only_arm(const ComparisonPage& page);
/// Equality of access (O5), and cost and net benefit by access group with the assumption behind them.
[[nodiscard]] Sections access_groups(const ComparisonPage& page);
/// The indices of inequality that the analyst declared.
[[nodiscard]] Sections inequality(const ComparisonPage& page);
/// What arms cost and achieve in each type of areas, and which is the best there.
[[nodiscard]] Sections area_types(const ComparisonPage& page);

}  // namespace vfm::report
