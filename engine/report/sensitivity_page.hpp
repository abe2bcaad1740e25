// What the sections of a sensitivity report share: one threshold of what was found.
#pragma once

#include "vfm/inquiry/sensitivity_findings.hpp"
#include "vfm/report/report.hpp"
#include "vfm/report/study_words.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace vfm::report {

/// The report has its tables already, with a row for each finding, in their order.
struct SensitivityPage {
    const inquiry::SensitivityFindings& found;
    const Report& report;
    MoneyUnit money;
    std::size_t threshold = 0;  ///< its index
    std::size_t top = 10;       ///< rows of a table

    [[nodiscard]] double worth() const { return found.thresholds()[threshold]; }
    [[nodiscard]] const std::string& arm(std::size_t index) const { return found.question.arms[index]; }
    [[nodiscard]] std::size_t reference() const { return found.question.reference; }
    [[nodiscard]] std::size_t best() const { return inquiry::best_at(found, worth()); }
    [[nodiscard]] std::size_t subject() const { return inquiry::subject_at(found, worth()); }

    /// Indices of the findings at this threshold that fit, in their order.
    template <class Finding, class Fits>
    [[nodiscard]] std::vector<std::size_t> rows_of(const std::vector<Finding>& findings, Fits fits) const {
        std::vector<std::size_t> rows;
        for (std::size_t row = 0; row < findings.size(); ++row) {
            if (findings[row].threshold == threshold && fits(findings[row])) rows.push_back(row);
        }
        return rows;
    }
};

/// Keeps the first rows of the page's tables, and says how many more there are.
void keep_top(const SensitivityPage& page, Section& section);

/// A column of a table, three significant digits each number: parameters of every size stand in one column.
[[nodiscard]] Shown each_to_three_digits(std::string heading, std::vector<Source> cells);
/// `3.1 to 4.2`, an end that is missing `..`: from the columns `interval_low` and `interval_high`.
[[nodiscard]] Shown interval_column(std::string heading);
/// `+1.23`, standard normal units.
[[nodiscard]] Shown normal_units_column();

/// For every arm how far it is from being the best; for the subject, by which changes.
[[nodiscard]] std::vector<Section> what_would_have_to_be_true(const SensitivityPage& page);
/// The largest bars of the subject; empty without one-way runs.
[[nodiscard]] std::vector<Section> tornado(const SensitivityPage& page);
/// Where the best arm changes, and where the subject changes sides with the reference.
[[nodiscard]] std::vector<Section> switching_values(const SensitivityPage& page);
/// First-order or Sobol indices of the subject.
[[nodiscard]] std::vector<Section> variance_indices(const SensitivityPage& page);

}  // namespace vfm::report
