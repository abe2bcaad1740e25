// The sections of a comparison's table; each is empty when the file has nothing for it.
#pragma once

#include "compare_page.hpp"

#include <string>

namespace vfm::program {

/// Whose costs, in which prices, discounted how: `Costs: commissioner perspective, GBP of 2015, ...`; empty
/// without costs.
[[nodiscard]] std::string prices_sentence(const Page& page);
/// Title, file, reference, perspective, prices.
[[nodiscard]] std::string opening(const Page& page);
/// What a reader must know to read the numbers rightly.
[[nodiscard]] std::string notes(const Page& page);
/// The answer, with the notes: what arms cost and achieve more than the reference, where they stand, how sure
/// that is.
[[nodiscard]] std::string in_brief(const Page& page);
/// An arm's place in the incremental analysis, which there must be: its ICER, `cheapest`, `dominated`,
/// `ext. dom.` or `tied`.
[[nodiscard]] Cells standing_cells(const Page& page);
/// Costs against effects: incremental analysis, break-even thresholds, where draws fall, net benefit.
[[nodiscard]] std::string analysis(const Page& page);
/// Paired differences from the reference with both intervals: the main outcomes; in full, all measures'.
[[nodiscard]] std::string differences(const Page& page);
/// Costs by perspective and payer.
[[nodiscard]] std::string costs(const Page& page);
/// Levels of the other indicators: efficiency and process; in full, outcomes and the rest of the file too.
[[nodiscard]] std::string levels(const Page& page);
/// O5, equality of access: both levels; in full with the gap, and of the effect too.
[[nodiscard]] std::string equality_of_access(const Page& page);
/// What arms cost and achieve in each type of areas, and which is the best there; empty without types.
[[nodiscard]] std::string area_types(const Page& page);
/// The indices of inequality that the analyst declared; empty without.
[[nodiscard]] std::string inequality(const Page& page);
/// A study of one arm: its measures as rows, with both intervals.
[[nodiscard]] std::string one_arm(const Page& page);

}  // namespace vfm::program
