#include "compare_group_findings.hpp"

#include "analysis_rows.hpp"

#include "vfm/decision/group_value.hpp"

#include <array>
#include <limits>
#include <string>
#include <utility>

namespace vfm::program {

namespace {

using namespace decision;
using Cells = std::vector<AnalysisRows::Cell>;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// A part of a gap that has columns of its own.
struct Part {
    const char* name;
    const char* description;
    Estimate ComparedGap::*estimate;
};
constexpr std::array parts = {
    Part{"in_group", "In the access group", &ComparedGap::group},
    Part{"in_rest", "In all other families", &ComparedGap::rest},
    Part{"gap", "Group minus rest", &ComparedGap::gap},
    Part{"group_minus_reference", "This arm's group minus the reference's", &ComparedGap::group_change},
    Part{"rest_minus_reference", "This arm's rest minus the reference's", &ComparedGap::rest_change},
    Part{"gap_minus_reference", "This arm's gap minus the reference's", &ComparedGap::gap_change}};

void add_columns(AnalysisRows& rows) {
    for (const Part& part : parts) {
        const std::string name = part.name;
        const std::string what = part.description;
        rows.numbers(name, "GBP a family", what + ".")
            .numbers(name + "_standard_error", "GBP a family", what + ": Monte Carlo.")
            .numbers(name + "_low", "GBP a family", what + ": 2.5 % point over draws.")
            .numbers(name + "_high", "GBP a family", what + ": 97.5 % point over draws.");
    }
}

void add_cells(Cells& cells, const ComparedGap& gap) {
    for (const Part& part : parts) {
        const Estimate& estimate = gap.*part.estimate;
        const auto& range = estimate.parameter.interval;
        cells.emplace_back(estimate.value);
        cells.emplace_back(estimate.monte_carlo ? estimate.monte_carlo->standard_error : missing);
        cells.emplace_back(range ? range->low : missing);
        cells.emplace_back(range ? range->high : missing);
    }
}

results::AnalysisTable cost_table(const Comparison& comparison) {
    const GroupValue& value = *comparison.group_value;
    AnalysisRows rows("group_costs",
                      "Cost a family in an access group and in all other families, in the "
                      "perspective asked for. " +
                          std::string(apportioning_assumption));
    rows.texts("group", "The access group.").texts("arm", "The arm.");
    add_columns(rows);
    rows.numbers("traced_in_group", "GBP a family", "Of in_group: what families cause one by one.")
        .numbers("traced_in_rest", "GBP a family", "Of in_rest: what families cause one by one.");
    for (std::size_t group = 0; group < value.groups.size(); ++group) {
        for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
            Cells cells = {value.groups[group], comparison.arms[arm]};
            add_cells(cells, value.cost[group][arm]);
            cells.emplace_back(value.traced[group][arm].group.value);
            cells.emplace_back(value.traced[group][arm].rest.value);
            rows.add(cells);
        }
    }
    return rows.table();
}

results::AnalysisTable worth_table(const Comparison& comparison) {
    const GroupValue& value = *comparison.group_value;
    AnalysisRows rows("group_net_benefit",
                      "Threshold x effect - cost, a family in an access group and in all "
                      "other families. " +
                          std::string(apportioning_assumption));
    rows.numbers("threshold", "GBP a unit of effect", "What a unit is worth.")
        .texts("group", "The access group.")
        .texts("arm", "The arm.");
    add_columns(rows);
    for (const GroupNetBenefit& at : value.net_benefit) {
        for (std::size_t group = 0; group < value.groups.size(); ++group) {
            for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
                Cells cells = {at.threshold, value.groups[group], comparison.arms[arm]};
                add_cells(cells, at.groups[group][arm]);
                rows.add(cells);
            }
        }
    }
    return rows.table();
}

/// Net benefit is linear in the threshold: means need no more than those of effect and cost.
results::AnalysisTable curve_table(const Comparison& comparison, const std::vector<double>& thresholds) {
    const GroupValue& value = *comparison.group_value;
    AnalysisRows rows("group_net_benefit_curve",
                      "Mean of threshold x effect - cost, a family in an access group and in all other "
                      "families. " +
                          std::string(apportioning_assumption));
    rows.numbers("threshold", "GBP a unit of effect", "What a unit is worth.")
        .texts("group", "The access group.")
        .texts("arm", "The arm.");
    for (const Part& part : parts)
        rows.numbers(part.name, "GBP a family", std::string(part.description) + ".");
    for (const double threshold : thresholds) {
        for (std::size_t group = 0; group < value.groups.size(); ++group) {
            for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
                Cells cells = {threshold, value.groups[group], comparison.arms[arm]};
                for (const Part& part : parts) {
                    const double effect = (value.effect[group][arm].*part.estimate).value;
                    cells.emplace_back(threshold * effect - (value.cost[group][arm].*part.estimate).value);
                }
                rows.add(cells);
            }
        }
    }
    return rows.table();
}

}  // namespace

std::vector<results::AnalysisTable> group_value_tables(const Comparison& comparison) {
    if (!comparison.group_value) return {};
    std::vector<results::AnalysisTable> tables = {cost_table(comparison)};
    if (!comparison.group_value->net_benefit.empty()) tables.push_back(worth_table(comparison));
    if (comparison.group_value->effect.empty() || comparison.perspectives.empty()) return tables;
    const std::vector<double>& thresholds = comparison.perspectives.front().curves.thresholds;
    if (!thresholds.empty()) tables.push_back(curve_table(comparison, thresholds));
    return tables;
}

}  // namespace vfm::program
