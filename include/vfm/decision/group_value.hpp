// Value for money by access group: what the families of a group cost and are worth, and all others.
#pragma once

#include "vfm/decision/access_gaps.hpp"
#include "vfm/decision/sample.hpp"

#include <string_view>
#include <vector>

namespace vfm::decision {

/// How costs come to groups: an assumption, to be said wherever such a cost, or what follows from it, is
/// shown.
inline constexpr std::string_view apportioning_assumption =
    "Assumption: what no one family causes (people in posts, recruitment, overheads) is apportioned to a "
    "group by its share of the support hours worked, by its share of the families where none were. What "
    "families cause one by one is traced, not assumed.";

/// What the cost of a group is made of; all of one shape.
struct GroupCostParts {
    Sample cost;             ///< all of it, arm x draw x replication
    GroupedSample traced;    ///< the part that measured families cause one by one
    GroupedSample hours;     ///< support worked
    GroupedSample families;  ///< measured
};

/// The cost of every access group, arm x draw x replication x group: what is traced to it, and of the rest of
/// the arm's cost in that draw and replication the group's share of the support hours worked (activity-based
/// costing after Cooper and Kaplan, Harvard Business Review 66(5), 1988, with hours as the one driver), or,
/// where none were worked, its share of the families. All other families cost what is left of the total.
[[nodiscard]] std::vector<double> apportioned_cost(const GroupCostParts& parts);

/// Net benefit a family where a unit of effect is worth `threshold`: threshold x effect - cost, in the group,
/// in the rest and the gap (Stinnett and Mullahy, Medical Decision Making 18, 1998). Both are sums over sums
/// of the same families, so that the levels times their families add up to the arm's net benefit.
[[nodiscard]] AccessGap net_benefit_gap(const AccessGap& effect, const AccessGap& cost, double threshold);

}  // namespace vfm::decision
