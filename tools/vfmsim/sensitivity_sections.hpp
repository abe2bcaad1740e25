// The sections of a sensitivity page at one threshold; each is empty when nothing was found for it.
#pragma once

#include "vfm/inquiry/sensitivity_findings.hpp"

#include <cstddef>
#include <string>

namespace vfm::program {

/// One threshold of what was found.
struct PageView {
    const inquiry::SensitivityFindings& all;
    std::size_t threshold = 0;  ///< its index
    std::size_t top = 10;       ///< rows of a table

    [[nodiscard]] double worth() const { return all.question.thresholds.values[threshold]; }
    [[nodiscard]] const std::string& arm(std::size_t index) const { return all.question.arms[index]; }
    [[nodiscard]] std::size_t subject() const { return inquiry::subject_at(all, worth()); }
    [[nodiscard]] std::size_t best() const { return inquiry::best_at(all, worth()); }
};

/// What the page divides money by, and the unit it is then in: a family where the file counts them.
[[nodiscard]] double money_divisor(const inquiry::SensitivityFindings& findings);
[[nodiscard]] std::string money_unit(const inquiry::SensitivityFindings& findings);

/// A name's underscores as blanks.
[[nodiscard]] std::string in_words(std::string name);

/// Which arm is the best, and by how much.
[[nodiscard]] std::string threshold_heading(const PageView& view);
/// For every arm how far it is from being the best; for the subject, by which changes.
[[nodiscard]] std::string what_would_have_to_be_true(const PageView& view);
/// The largest bars of the subject.
[[nodiscard]] std::string tornado(const PageView& view);
/// Where the best arm changes, and where the subject changes sides with the reference.
[[nodiscard]] std::string switching_values(const PageView& view);
/// First-order or Sobol indices of the subject.
[[nodiscard]] std::string variance_indices(const PageView& view);

}  // namespace vfm::program
