// What a comparison found in each type of areas: tables of a page, lines of CSV, and tables that are stored.
#pragma once

#include "compare_page.hpp"

#include "vfm/results/analysis_file.hpp"

#include <string>
#include <vector>

namespace vfm::program {

/// A type's compared ratio of two measures, or mean of one (`denominator` empty); null when it has none.
[[nodiscard]] const decision::ComparedIndicator* find_in_type(const decision::AreaTypeComparison& type,
                                                              std::string_view numerator,
                                                              std::string_view denominator);

/// What arms do in one type: families, uptake, cost and effect a family, differences from the reference.
[[nodiscard]] TextTable area_type_table(const Page& page, const decision::AreaTypeComparison& type);
/// `Rural counties: 2 areas, 312 families a programme`.
[[nodiscard]] std::string area_type_heading(const decision::AreaTypeComparison& type);
/// The best arm of each type over thresholds, types as columns; no rows without curves.
[[nodiscard]] TextTable best_by_type(const Page& page);
/// What that table does not show.
inline constexpr const char* best_by_type_note =
    "The arm that is the best on average is not always the likeliest to be the best: --threshold shows every "
    "arm's share.";

/// `area_types`, `area_type_break_even`, `area_type_net_benefit` and `area_type_ceaf`, those of them that
/// have rows. docs/analysis-format.md has the columns.
[[nodiscard]] std::vector<results::AnalysisTable> area_type_findings(const decision::Comparison& comparison);

}  // namespace vfm::program
