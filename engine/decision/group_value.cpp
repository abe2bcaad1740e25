#include "vfm/decision/group_value.hpp"

#include "vfm/core/contract.hpp"

namespace vfm::decision {

namespace {

[[maybe_unused]] bool has_shape(const GroupedSample& measure, std::size_t cells, std::size_t groups) {
    return measure.groups == groups && measure.total.values.size() == cells &&
           measure.by_group.size() == cells * groups;
}

/// A group's share of a measure in one arm, draw and replication; 0 when there is nothing to share.
double share_of(const GroupedSample& measure, std::size_t cell, std::size_t group) {
    const double total = measure.total.values[cell];
    return total > 0 ? measure.by_group[cell * measure.groups + group] / total : 0;
}

Quantity net_benefit_of(const Quantity& effect, const Quantity& cost, double threshold) {
    return difference(scaled(effect, threshold), cost);
}

}  // namespace

std::vector<double> apportioned_cost(const GroupCostParts& parts) {
    const std::size_t cells = parts.cost.values.size();
    const std::size_t groups = parts.traced.groups;
    VFM_EXPECT(has_shape(parts.traced, cells, groups) && has_shape(parts.hours, cells, groups) &&
               has_shape(parts.families, cells, groups));
    std::vector<double> cost;
    cost.reserve(cells * groups);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        const GroupedSample& driver = parts.hours.total.values[cell] > 0 ? parts.hours : parts.families;
        const double shared = parts.cost.values[cell] - parts.traced.total.values[cell];
        for (std::size_t group = 0; group < groups; ++group)
            cost.push_back(parts.traced.by_group[cell * groups + group] +
                           shared * share_of(driver, cell, group));
    }
    return cost;
}

AccessGap net_benefit_gap(const AccessGap& effect, const AccessGap& cost, double threshold) {
    AccessGap result{.group = net_benefit_of(effect.group, cost.group, threshold),
                     .rest = net_benefit_of(effect.rest, cost.rest, threshold),
                     .gap = {}};
    result.gap = difference(result.group, result.rest);
    return result;
}

}  // namespace vfm::decision
