// The indicators: which numbers arms are compared by, formed from the measures that a results file happens to
// hold.
#pragma once

#include "vfm/decision/basis.hpp"
#include "vfm/results/layout.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace vfm::decision {

/// Under which heading an indicator is shown.
enum class Heading {
    cost,        ///< by perspective and payer
    outcome,     ///< the outcomes O1 to O4, O6, O7 and their composite
    efficiency,  ///< economy, efficiency and effectiveness: money per hour, family, plan and unit of effect
    process,     ///< what happened on the way
    other        ///< measures this version has no words for
};
/// `cost`, `outcome`, ... in the order of the enumerators.
[[nodiscard]] std::string_view heading_name(Heading heading);

/// One number an arm: a mean per programme, or a ratio of two sums.
struct Indicator {
    std::string name;   ///< stable: `on_time_share`
    std::string label;  ///< in words
    std::string unit;   ///< `GBP`, `share` (0 to 1), `days`, ...
    Heading heading = Heading::other;
    std::string numerator;    ///< a measure
    std::string denominator;  ///< a measure; empty: the mean over replications
};

/// Every indicator that the measures of `layout` can form, in order of headings: those known here, then
/// ratios the file declares, then every other measure (per measured family when it is additive). The
/// efficiency ratios are of the basis's cost and effect.
[[nodiscard]] std::vector<Indicator> indicators(const results::Layout& layout, const Basis& basis);

/// The indicators that can be formed by access group: those of which numerator and denominator are group
/// measures.
[[nodiscard]] std::vector<Indicator> group_indicators(const results::Layout& layout,
                                                      const std::vector<Indicator>& indicators);

}  // namespace vfm::decision
