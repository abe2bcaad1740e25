// Curves over thresholds as a table of a few of them: which arm is best there, and how sure that is.
#pragma once

#include "compare_page.hpp"

#include <string>

namespace vfm::program {

/// A threshold a row, from few of the grid's: the arm of highest expected net benefit, the probability that
/// it is the best of all, what choosing it loses on average, and the runner-up by probability. In full,
/// eleven.
[[nodiscard]] TextTable curve_summary(const Page& page, const decision::PerspectiveAnalysis& found);

/// What the columns mean.
[[nodiscard]] std::string curve_legend(const Page& page);

/// The section of the page: of the basis's perspective; in full, of all, with every arm's probability of
/// being the best.
[[nodiscard]] std::string curve_section(const Page& page);

}  // namespace vfm::program
