#include "group_comparison.hpp"

#include "layout_sample.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/decision/group_value.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

namespace vfm::decision {

namespace {

/// A measure of a file in total and by group, kept as long as views of it are.
class GroupTable {
  public:
    GroupTable(const StudyTables& tables, const std::string& measure)
        : GroupTable(*tables.layout, tables.measure(measure), tables.group_measure(measure)) {}
    GroupTable(const results::Layout& layout, std::vector<double> total, std::vector<double> by_group)
        : layout_(layout), total_(std::move(total)), by_group_(std::move(by_group)) {
        VFM_EXPECT(total_.size() == layout_.arms.size() * layout_.study_units());
        VFM_EXPECT(by_group_.size() == total_.size() * layout_.groups.size());
    }

    [[nodiscard]] GroupedSample sample() const {
        return {sample_of(layout_, total_), by_group_, layout_.groups.size()};
    }

  private:
    const results::Layout& layout_;
    std::vector<double> total_;
    std::vector<double> by_group_;
};

bool is_grouped(const results::Layout& layout, const std::string& measure) {
    return std::find(layout.group_measures.begin(), layout.group_measures.end(), measure) !=
           layout.group_measures.end();
}

}  // namespace

std::vector<ComparedGap> compared_gaps(const std::vector<AccessGap>& arms, std::size_t reference) {
    std::vector<ComparedGap> result;
    result.reserve(arms.size());
    const AccessGap& base = arms[reference];
    for (const AccessGap& arm : arms) {
        result.push_back({.group = estimate(arm.group),
                          .rest = estimate(arm.rest),
                          .gap = estimate(arm.gap),
                          .group_change = estimate(difference(arm.group, base.group)),
                          .rest_change = estimate(difference(arm.rest, base.rest)),
                          .gap_change = estimate(difference(arm.gap, base.gap))});
    }
    return result;
}

std::optional<GroupValue> compare_group_value(const StudyTables& tables, const Basis& basis,
                                              const std::vector<double>& thresholds, std::size_t reference) {
    const results::Layout& layout = *tables.layout;
    const std::string traced_name = "traced_" + basis.cost;
    if (basis.cost.empty() || layout.groups.empty()) return std::nullopt;
    for (const std::string& needed : {traced_name, std::string("support_hours"), std::string("families")}) {
        if (!is_grouped(layout, needed)) return std::nullopt;
    }
    const GroupTable families(tables, "families");
    const GroupTable traced(tables, traced_name);
    const GroupTable hours(tables, "support_hours");
    const std::vector<double> all_costs = tables.measure(basis.cost);
    const GroupTable cost(layout, all_costs,
                          apportioned_cost({.cost = sample_of(layout, all_costs),
                                            .traced = traced.sample(),
                                            .hours = hours.sample(),
                                            .families = families.sample()}));
    std::optional<GroupTable> effect;
    if (!basis.effect.empty() && is_grouped(layout, basis.effect)) effect.emplace(tables, basis.effect);

    GroupValue result{.groups = layout.groups, .cost = {}, .traced = {}, .effect = {}, .net_benefit = {}};
    if (effect) {
        for (const double threshold : thresholds)
            result.net_benefit.push_back({.threshold = threshold, .groups = {}});
    }
    for (std::size_t group = 0; group < layout.groups.size(); ++group) {
        const std::vector<AccessGap> costs = access_gaps(cost.sample(), families.sample(), group);
        result.cost.push_back(compared_gaps(costs, reference));
        result.traced.push_back(
            compared_gaps(access_gaps(traced.sample(), families.sample(), group), reference));
        if (!effect) continue;
        const std::vector<AccessGap> effects = access_gaps(effect->sample(), families.sample(), group);
        result.effect.push_back(compared_gaps(effects, reference));
        for (GroupNetBenefit& at : result.net_benefit) {
            std::vector<AccessGap> worth;
            for (std::size_t arm = 0; arm < costs.size(); ++arm)
                worth.push_back(net_benefit_gap(effects[arm], costs[arm], at.threshold));
            at.groups.push_back(compared_gaps(worth, reference));
        }
    }
    return result;
}

}  // namespace vfm::decision
