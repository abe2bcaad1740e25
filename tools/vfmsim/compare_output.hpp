// The four forms a comparison of arms is printed in. Pure: the same comparison gives the same text.
#pragma once

#include "vfm/decision/comparison.hpp"

#include <string>

namespace vfm::program {

/// What stands above a comparison: where its numbers come from.
struct ComparisonSource {
    std::string file;
    std::string title;
    int price_year = 0;      ///< that money is shown in
    int own_price_year = 0;  ///< of the file; another one when money was converted
    double discount_rate = 0;
    bool thresholds_given = false;  ///< the curves' grid is the analyst's, not ours
};

/// How much of a comparison the table shows.
enum class Detail {
    main,  ///< the answer on the first screen, then the main measures; columns empty in all arms are left out
    full   ///< every measure and every interval
};

/// For people: sections of aligned text within 100 columns, an arm a row. Shares are in %, missing numbers
/// `-`. A study of one arm has its measures as rows instead.
[[nodiscard]] std::string comparison_table(const decision::Comparison& comparison,
                                           const ComparisonSource& source, Detail detail);

/// Tidy, one number a line: `section,arm,measure,statistic,value`, full precision, shares from 0 to 1,
/// missing numbers empty. Sections are `arms`, `differences`, `incremental_table`, `icer_table`,
/// `break_even`, `plane`, `ceac`, `ceaf`, `expected_loss`, `expected_net_benefit`, `net_benefit`, `equity`,
/// `group_value`, `group_net_benefit_curve`, `area_types`; from `icer_table` on the measure is the
/// perspective, in curves `PERSPECTIVE@THRESHOLD`; in `net_benefit` it is `net_benefit@THRESHOLD`, in
/// `equity` `INDICATOR@GROUP`, in `group_value` `FIGURE@GROUP` (net benefit:
/// `net_benefit_per_family@THRESHOLD@GROUP`), in its curve `GROUP@THRESHOLD`, in `area_types`
/// `INDICATOR@TYPE` and more (docs/analysis-format.md). `apportioned_cost_per_family` and what follows from
/// it rest on `apportioning_assumption`.
[[nodiscard]] std::string comparison_csv(const decision::Comparison& comparison);

/// One JSON object (format `vfm-comparison`, version 1; docs/analysis-format.md): `command`, `settings`,
/// `arms`, `differences`, `incremental_table`, `net_benefit`, `equity`, `group_value`, `notes` and the tables
/// of `compare_findings`, beside what was compared. Missing numbers are null. An estimate is {value,
/// monte_carlo: {standard_error, low, high}, parameter: {low, high, separated, noise_share}, missing_draws}.
[[nodiscard]] std::string comparison_json(const decision::Comparison& comparison,
                                          const ComparisonSource& source);

/// For a document: what the table's first pages say, as headings, pipe tables and a list of notes.
[[nodiscard]] std::string comparison_markdown(const decision::Comparison& comparison,
                                              const ComparisonSource& source, Detail detail);

/// `on_frontier`, `dominated`, `extendedly_dominated`, `tied`.
[[nodiscard]] std::string standing_name(decision::Standing standing);
/// `above`, `below`, `always`, `never`, `equal`.
[[nodiscard]] std::string worth_it_name(decision::WorthIt worth_it);

}  // namespace vfm::program
