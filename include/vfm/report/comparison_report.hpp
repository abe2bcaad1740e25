// The report of a comparison of arms: all it found as tables, and the pages that people read.
#pragma once

#include "vfm/decision/comparison.hpp"
#include "vfm/report/report.hpp"

#include <string>

namespace vfm::report {

/// Where a comparison's numbers come from.
struct ComparisonSource {
    std::string file;
    std::string title;
    int price_year = 0;      ///< that money is shown in
    int own_price_year = 0;  ///< of the file; another one when money was converted
    double discount_rate = 0;
    bool thresholds_given = false;  ///< the curves' grid is the analyst's, not ours
};

/// How much of a comparison people see. Programs get all of it.
enum class Detail {
    main,  ///< the answer on the first screen, then the main measures; columns empty in all arms are left out
    full   ///< every measure and every interval
};

/// docs/analysis-format.md has the tables. People see an arm a row, of a study of one arm a measure a row;
/// shares are in %, what is missing is `-`.
[[nodiscard]] Report comparison_report(const decision::Comparison& comparison, const ComparisonSource& source,
                                       Detail detail);

}  // namespace vfm::report
