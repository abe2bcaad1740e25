// Tables of a comparison by access group and by type of areas.
#include "comparison_tables.hpp"

#include "vfm/decision/group_value.hpp"

#include <algorithm>
#include <array>

namespace vfm::report {

namespace {

using decision::ComparedGap;
using decision::Comparison;
using decision::Estimate;
using decision::GroupValue;

/// A part of a gap that has a column of its own.
struct GapPart {
    const char* name;
    const char* description;
    Estimate ComparedGap::*estimate;
    enum class Of { level, change } of = Of::level;
};
constexpr std::array gap_parts = {GapPart{"in_group", "In the access group.", &ComparedGap::group},
                                  GapPart{"in_rest", "In all other families.", &ComparedGap::rest},
                                  GapPart{"gap", "Group minus rest.", &ComparedGap::gap},
                                  GapPart{"group_minus_reference", "This arm's group minus the reference's.",
                                          &ComparedGap::group_change, GapPart::Of::change},
                                  GapPart{"rest_minus_reference", "This arm's rest minus the reference's.",
                                          &ComparedGap::rest_change, GapPart::Of::change},
                                  GapPart{"gap_minus_reference", "This arm's gap minus the reference's.",
                                          &ComparedGap::gap_change, GapPart::Of::change}};

std::string with_assumption(std::string description) {
    return std::move(description) + ' ' + std::string(decision::apportioning_assumption);
}

void declare_gaps(Table& table, const Column& like) {
    for (const GapPart& part : gap_parts) {
        Column column = like;
        column.name = part.name;
        column.description = part.description;
        table.column(std::move(column));
    }
}

void add_gaps(std::vector<Cell>& row, const Comparison& comparison, std::size_t arm, const ComparedGap& gap) {
    for (const GapPart& part : gap_parts) {
        const Estimate& estimate = gap.*part.estimate;
        const bool change = part.of == GapPart::Of::change;
        row.push_back(change ? difference_cell(comparison, arm, estimate) : Cell(estimate));
    }
}

Table gaps_table(const Comparison& comparison) {
    Table table("access_groups",
                "Levels in an access group and in all other families, and the gap between them.");
    table.text("group", "The access group.")
        .text("measure", "The indicator.")
        .text("unit", "Its unit; a share is from 0 to 1.")
        .text("arm", "The arm.");
    declare_gaps(table, {.kind = Kind::estimate, .unit_in = "unit"});
    for (const decision::GroupComparison& compared : comparison.gaps) {
        for (std::size_t arm = 0; arm < compared.arms.size(); ++arm) {
            std::vector<Cell> row = {compared.group, compared.indicator.name, compared.indicator.unit,
                                     comparison.arms[arm]};
            add_gaps(row, comparison, arm, compared.arms[arm]);
            table.add(std::move(row));
        }
    }
    return table;
}

Table group_costs_table(const Comparison& comparison) {
    Table table("group_costs", with_assumption("Cost a family in an access group and in all other families, "
                                               "in the perspective asked for."));
    table.text("group", "The access group.").text("arm", "The arm.");
    declare_gaps(table, {.kind = Kind::estimate, .unit = "GBP a family"});
    table.estimate("traced_in_group", "GBP a family", "Of in_group: what families cause one by one.")
        .estimate("traced_in_rest", "GBP a family", "Of in_rest: what families cause one by one.");
    if (!comparison.group_value) return table;
    const GroupValue& value = *comparison.group_value;
    for (std::size_t group = 0; group < value.groups.size(); ++group) {
        for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
            std::vector<Cell> row = {value.groups[group], comparison.arms[arm]};
            add_gaps(row, comparison, arm, value.cost[group][arm]);
            row.emplace_back(value.traced[group][arm].group);
            row.emplace_back(value.traced[group][arm].rest);
            table.add(std::move(row));
        }
    }
    return table;
}

Table group_net_benefit_table(const Comparison& comparison) {
    Table table("group_net_benefit",
                with_assumption("Threshold x effect - cost, a family in an access group and in all other "
                                "families, at the thresholds asked for."));
    table.number("threshold", "GBP a unit of effect", "What a unit of effect is worth.")
        .text("group", "The access group.")
        .text("arm", "The arm.");
    declare_gaps(table, {.kind = Kind::estimate, .unit = "GBP a family"});
    if (!comparison.group_value) return table;
    const GroupValue& value = *comparison.group_value;
    for (const decision::GroupNetBenefit& at : value.net_benefit) {
        for (std::size_t group = 0; group < value.groups.size(); ++group) {
            for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
                std::vector<Cell> row = {at.threshold, value.groups[group], comparison.arms[arm]};
                add_gaps(row, comparison, arm, at.groups[group][arm]);
                table.add(std::move(row));
            }
        }
    }
    return table;
}

/// Net benefit is linear in the threshold: means need no more than those of effect and cost.
Table group_curve_table(const Comparison& comparison) {
    Table table("group_net_benefit_curve",
                with_assumption("Mean of threshold x effect - cost, a family in an access group and in all "
                                "other families, over the thresholds of curves."));
    table.number("threshold", "GBP a unit of effect", "What a unit of effect is worth.")
        .text("group", "The access group.")
        .text("arm", "The arm.");
    declare_gaps(table, {.kind = Kind::number, .unit = "GBP a family"});
    const bool has_curves =
        comparison.group_value && !comparison.group_value->effect.empty() && !comparison.perspectives.empty();
    if (!has_curves) return table;
    const GroupValue& value = *comparison.group_value;
    for (const double threshold : comparison.perspectives.front().curves.thresholds) {
        for (std::size_t group = 0; group < value.groups.size(); ++group) {
            for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
                std::vector<Cell> row = {threshold, value.groups[group], comparison.arms[arm]};
                for (const GapPart& part : gap_parts) {
                    if (part.of == GapPart::Of::change && arm == comparison.reference) {
                        row.emplace_back(Missing{"reference"});
                        continue;
                    }
                    const double effect = (value.effect[group][arm].*part.estimate).value;
                    row.emplace_back(threshold * effect - (value.cost[group][arm].*part.estimate).value);
                }
                table.add(std::move(row));
            }
        }
    }
    return table;
}

/// Of the index: Atkinson's is a share of the mean, the others are in the unit of what they compare.
std::string unit_of(const Comparison& comparison, const decision::InequalityRow& row) {
    if (row.index == "atkinson_of_chances") return "share";
    const auto& all = comparison.indicators;
    const auto place = std::find_if(all.begin(), all.end(), [&row](const decision::ComparedIndicator& each) {
        return each.indicator.name == row.measure;
    });
    return place == all.end() ? std::string() : place->indicator.unit;
}

Table inequality_table(const Comparison& comparison) {
    Table table("inequality", "Indices of inequality between access groups, as the analyst declared them.");
    table.text("index", "atkinson_of_chances, slope_index or weighted_effect.")
        .text("attribute", "Whose levels are compared.")
        .text("measure", "What is compared between them.")
        .text("unit", "Of the index.")
        .text("arm", "The arm.")
        .column({.name = "value", .description = "The index.", .unit_in = "unit"})
        .column({.name = "minus_reference",
                 .description = "This arm's less the reference's.",
                 .unit_in = "unit"});
    for (const decision::InequalityRow& row : comparison.inequality) {
        table.add({row.index, row.attribute, row.measure, unit_of(comparison, row), comparison.arms[row.arm],
                   row.value, row.minus_reference});
    }
    return table;
}

Table type_levels_table(const Comparison& comparison) {
    Table table("area_types",
                "Families, costs and outcomes in each type of areas: ratios of sums over its areas.");
    table.text("area_type", "The type of areas.")
        .text("measure", "The indicator.")
        .text("unit", "Of the indicator; a share is from 0 to 1.")
        .text("arm", "The arm.")
        .column({.name = "value",
                 .kind = Kind::estimate,
                 .description = "Over the families of the type; families: a replication.",
                 .unit_in = "unit"})
        .column({.name = "difference",
                 .kind = Kind::estimate,
                 .description = "This arm minus the reference.",
                 .unit_in = "unit"});
    for (const decision::AreaTypeComparison& type : comparison.area_types) {
        for (const decision::ComparedIndicator& compared : type.indicators) {
            for (std::size_t arm = 0; arm < compared.arms.size(); ++arm) {
                table.add({type.type, compared.indicator.name, compared.indicator.unit, comparison.arms[arm],
                           compared.arms[arm], difference_cell(comparison, arm, compared.differences[arm])});
            }
        }
    }
    return table;
}

Table type_break_even_table(const Comparison& comparison) {
    Table table("area_type_break_even",
                "From which threshold on an arm is worth more than the reference in a type of areas.");
    table.text("area_type", "The type of areas.")
        .text("arm", "The arm.")
        .text("worth_it", "above or below the threshold, always, never or equal.")
        .number("threshold", "GBP a unit of effect", "Cost difference over effect difference.");
    for (const decision::AreaTypeComparison& type : comparison.area_types) {
        for (std::size_t arm = 0; arm < type.break_even.size(); ++arm) {
            if (arm == comparison.reference) continue;
            const decision::BreakEven& point = type.break_even[arm];
            table.add(
                {type.type, comparison.arms[arm], worth_it_name(point.worth_it), threshold_cell(point)});
        }
    }
    return table;
}

Table type_net_benefit_table(const Comparison& comparison) {
    Table table(
        "area_type_net_benefit",
        "Threshold x effect - cost over families, in each type of areas, at the thresholds asked for.");
    table.text("area_type", "The type of areas.")
        .number("threshold", "GBP a unit of effect", "What a unit of effect is worth.")
        .text("arm", "The arm.")
        .text("best", "The arm of highest net benefit in the type.")
        .estimate("net_benefit", "GBP a family", "Of a measured family of the type.")
        .estimate("difference", "GBP a family", "This arm minus the reference.")
        .number("probability_best", "share", "Of its being the best of all arms in the type.");
    for (const decision::AreaTypeComparison& type : comparison.area_types) {
        for (const decision::NetBenefit& at : type.net_benefit) {
            for (std::size_t arm = 0; arm < at.arms.size(); ++arm) {
                const decision::ArmNetBenefit& found = at.arms[arm];
                table.add({type.type, at.threshold, comparison.arms[arm], comparison.arms[at.best],
                           found.value, difference_cell(comparison, arm, found.difference),
                           found.probability_best});
            }
        }
    }
    return table;
}

Table type_frontier_table(const Comparison& comparison) {
    Table table("area_type_ceaf",
                "The arm of highest expected net benefit in each type of areas, and how sure that is.");
    table.text("area_type", "The type of areas.")
        .number("threshold", "GBP a unit of effect", "What a unit of effect is worth.")
        .text("arm", "Of highest expected net benefit in the type.")
        .number("probability_best", "share", "Of its being the best of all arms in the type.")
        .number("expected_loss", "GBP a programme", "In the type's areas, against knowing every parameter.");
    for (const decision::AreaTypeComparison& type : comparison.area_types) {
        for (std::size_t i = 0; i < type.curves.thresholds.size(); ++i) {
            table.add({type.type, type.curves.thresholds[i], comparison.arms[type.curves.best[i]],
                       type.curves.frontier(i), type.curves.perfect_information(i)});
        }
    }
    return table;
}

}  // namespace

std::vector<Table> group_tables(const Comparison& comparison) {
    return {gaps_table(comparison), group_costs_table(comparison), group_net_benefit_table(comparison),
            group_curve_table(comparison), inequality_table(comparison)};
}

std::vector<Table> area_type_tables(const Comparison& comparison) {
    return {type_levels_table(comparison), type_break_even_table(comparison),
            type_net_benefit_table(comparison), type_frontier_table(comparison)};
}

}  // namespace vfm::report
