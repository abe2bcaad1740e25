#include "vfm/decision/incremental.hpp"

#include "missing.hpp"

#include "vfm/decision/quantity.hpp"

#include <algorithm>

namespace vfm::decision {

namespace {

using Rows = std::vector<IncrementalRow>;

Rows rows_by_cost(std::span<const CostAndEffect> arms) {
    Rows rows;
    for (std::size_t arm = 0; arm < arms.size(); ++arm) {
        rows.push_back({.arm = arm,
                        .cost = arms[arm].cost,
                        .effect = arms[arm].effect,
                        .standing = Standing::on_frontier,
                        .against = {},
                        .incremental_cost = missing,
                        .incremental_effect = missing,
                        .icer = missing});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const IncrementalRow& a, const IncrementalRow& b) {
        return a.cost != b.cost ? a.cost < b.cost : a.effect > b.effect;
    });
    return rows;
}

/// In order of cost, an arm that does not achieve more than all before it is dominated by the best of them.
void mark_dominated(Rows& rows) {
    const IncrementalRow* best = nullptr;
    for (IncrementalRow& row : rows) {
        if (best == nullptr || row.effect > best->effect) {
            best = &row;
            continue;
        }
        const bool same = row.cost == best->cost && row.effect == best->effect;
        row.standing = same ? Standing::tied : Standing::dominated;
        row.against = {best->arm};
    }
}

/// Whether `middle` lies above the line from `low` to `high`: the step to it costs more per unit than the
/// next.
bool above_line(const IncrementalRow& low, const IncrementalRow& middle, const IncrementalRow& high) {
    return (middle.cost - low.cost) * (high.effect - middle.effect) >
           (high.cost - middle.cost) * (middle.effect - low.effect);
}

/// The lower convex hull of those not dominated; what falls off it is extendedly dominated.
std::vector<IncrementalRow*> mark_extendedly_dominated(Rows& rows) {
    std::vector<IncrementalRow*> frontier;
    for (IncrementalRow& row : rows) {
        if (row.standing != Standing::on_frontier) continue;
        while (frontier.size() >= 2 && above_line(**(frontier.end() - 2), *frontier.back(), row)) {
            frontier.back()->standing = Standing::extendedly_dominated;
            frontier.pop_back();
        }
        frontier.push_back(&row);
    }
    for (IncrementalRow& row : rows) {
        if (row.standing != Standing::extendedly_dominated) continue;
        const auto better =
            std::find_if(frontier.begin(), frontier.end(),
                         [&row](const IncrementalRow* other) { return other->effect > row.effect; });
        row.against = {(*(better - 1))->arm, (*better)->arm};
    }
    return frontier;
}

/// Names a frontier arm as the dominating one wherever one dominates.
void prefer_frontier_arms(Rows& rows, const std::vector<IncrementalRow*>& frontier) {
    for (IncrementalRow& row : rows) {
        if (row.standing != Standing::dominated) continue;
        for (const IncrementalRow* other : frontier) {
            if (other->cost <= row.cost && other->effect >= row.effect) row.against = {other->arm};
        }
    }
}

}  // namespace

std::vector<CostAndEffect> mean_arms(const Sample& cost, const Sample& effect) {
    std::vector<CostAndEffect> means;
    for (std::size_t arm = 0; arm < cost.arms; ++arm) {
        const auto mean = [arm](const Sample& of) {
            return mean_of(of.arm(arm), of.draws, of.replications).value;
        };
        means.push_back({.cost = mean(cost), .effect = mean(effect)});
    }
    return means;
}

std::vector<IncrementalRow> incremental_table(std::span<const CostAndEffect> arms) {
    Rows rows = rows_by_cost(arms);
    mark_dominated(rows);
    const std::vector<IncrementalRow*> frontier = mark_extendedly_dominated(rows);
    prefer_frontier_arms(rows, frontier);
    for (std::size_t i = 1; i < frontier.size(); ++i) {
        IncrementalRow& row = *frontier[i];
        const IncrementalRow& before = *frontier[i - 1];
        row.against = {before.arm};
        row.incremental_cost = row.cost - before.cost;
        row.incremental_effect = row.effect - before.effect;
        row.icer = row.incremental_cost / row.incremental_effect;
    }
    return rows;
}

BreakEven break_even(const CostAndEffect& arm, const CostAndEffect& reference) {
    const double cost = arm.cost - reference.cost;
    const double effect = arm.effect - reference.effect;
    if (cost == 0 && effect == 0) return {WorthIt::equal, missing};
    if (cost <= 0 && effect >= 0) return {WorthIt::always, missing};
    if (cost >= 0 && effect <= 0) return {WorthIt::never, missing};
    return {effect > 0 ? WorthIt::above : WorthIt::below, cost / effect};
}

}  // namespace vfm::decision
