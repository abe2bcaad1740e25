// Curves over thresholds as a table of a few of them: which arm is best there, and how sure that is.
#pragma once

#include "compare_page.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace vfm::program {

/// Places of a grid of so many thresholds that are shown: all of a short one, else evenly spaced ones with
/// both ends.
[[nodiscard]] std::vector<std::size_t> shown_places(const Page& page, std::size_t count);
/// A threshold of the grid, with as many decimals as all of it need.
[[nodiscard]] std::string threshold_text(const decision::Curves& curves, std::size_t place);

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
