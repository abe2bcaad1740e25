// A comparison by access group, for people.
#include "comparison_page.hpp"

#include "vfm/decision/group_value.hpp"
#include "vfm/report/numbers.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace vfm::report {

namespace {

using decision::ComparedGap;
using decision::GroupComparison;
using decision::GroupValue;

/// Which two parts of a gap stand side by side.
struct Sides {
    const char* group;
    const char* rest;
};
constexpr Sides level_sides{"in_group", "in_rest"};
constexpr Sides change_sides{"group_minus_reference", "rest_minus_reference"};

/// `26.8/41.2`: in the group and in the rest.
Shown side_by_side(const ComparisonPage& page, const std::string& group, const std::string& table,
                   const Where& where, Sides sides) {
    return {.heading = group_name(group),
            .cells = {{.column = sides.group, .where = where, .table = table},
                      {.column = sides.rest, .where = where, .table = table}},
            .between = "/",
            .scale = "sides",
            .wrap = 9,
            .when = page.unless_empty()};
}

std::vector<const GroupComparison*> groups_of(const decision::Comparison& all, std::string_view measure) {
    std::vector<const GroupComparison*> result;
    for (const GroupComparison& compared : all.gaps) {
        if (compared.indicator.numerator == measure && compared.indicator.denominator == "families")
            result.push_back(&compared);
    }
    return result;
}

std::string access_heading(const decision::Indicator& indicator) {
    return fmt::format(
        "O5 equality of access: {}, in the group / in the rest of the families. A gap can close by levelling "
        "down: read both",
        label_of(indicator));
}

Precision of_gaps(const decision::Indicator& indicator) {
    return indicator.unit == "share" ? decimals(1) : digits(4);
}

Sections gaps_in_full(const ComparisonPage& page, std::string_view measure) {
    const std::vector<const GroupComparison*> groups = groups_of(page.all, measure);
    if (groups.empty()) return {};
    View view = by_arm(page);
    for (const GroupComparison* compared : groups) {
        for (const auto& [heading, column] :
             {std::pair("group", "in_group"), std::pair("rest", "in_rest"), std::pair("gap", "gap")}) {
            view.columns.push_back(
                {.heading = heading,
                 .cells = {{.column = column,
                            .where = {{"group", compared->group}, {"measure", compared->indicator.name}},
                            .table = "access_groups"}},
                 .precision = of_gaps(compared->indicator),
                 .scale = "gaps",
                 .group = compared->group});
        }
    }
    return {{.heading = access_heading(groups.front()->indicator), .view = std::move(view)}};
}

/// A narrower gap in every arm gets no column: less than one family in a hundred.
constexpr double gap_worth_a_column = 0.01;

/// Uptake by group. Groups that go with the rest in every arm are named, without a column.
Sections uptake_gaps(const ComparisonPage& page) {
    const std::vector<const GroupComparison*> groups = groups_of(page.all, "users");
    if (groups.empty()) return {};
    Section section{.heading = access_heading(groups.front()->indicator), .view = by_arm(page)};
    std::string even;
    for (const GroupComparison* compared : groups) {
        const std::vector<ComparedGap>& arms = compared->arms;
        const auto wide = [](const ComparedGap& arm) {
            return std::abs(arm.gap.value) >= gap_worth_a_column;
        };
        const auto missing = [](const ComparedGap& arm) { return arm.gap.missing(); };
        if (std::any_of(arms.begin(), arms.end(), wide)) {
            const Where where = {{"group", compared->group}, {"measure", compared->indicator.name}};
            Shown column = side_by_side(page, compared->group, "access_groups", where, level_sides);
            column.precision = of_gaps(compared->indicator);
            section.view->columns.push_back(std::move(column));
        } else if (!std::all_of(arms.begin(), arms.end(), missing)) {
            even += (even.empty() ? "" : ", ") + group_name(compared->group);
        }
    }
    if (!even.empty())
        section.notes.push_back("Less than 1 percentage point from the rest in every arm: " + even);
    return {std::move(section)};
}

/// Uptake first, then everything else that the file has by group.
Sections every_gap(const ComparisonPage& page) {
    std::vector<std::string> measures = {"users"};
    for (const GroupComparison& compared : page.all.gaps) {
        const std::string& measure = compared.indicator.numerator;
        if (measure == "traced_" + page.all.basis.cost) continue;  // stands beside the whole cost
        if (std::find(measures.begin(), measures.end(), measure) == measures.end())
            measures.push_back(measure);
    }
    Sections sections;
    for (const std::string& measure : measures) {
        for (Section& section : gaps_in_full(page, measure)) sections.push_back(std::move(section));
    }
    return sections;
}

bool is_missing(const std::vector<ComparedGap>& arms) {
    return std::all_of(arms.begin(), arms.end(), [](const ComparedGap& arm) { return arm.gap.missing(); });
}

std::string group_cost_heading(const ComparisonPage& page) {
    return fmt::format("Cost a family by access group, {}, GBP: in the group / in the rest of the families",
                       in_words(page.all.basis.perspective));
}

std::string group_worth_heading(const ComparisonPage& page, double threshold) {
    return fmt::format("Net benefit a family where a unit of {} is worth {}: in the group / in the rest{}",
                       in_words(page.all.basis.effect), pounds(threshold),
                       page.one_arm() ? "" : "; this arm minus " + page.reference());
}

/// An access group a column, of one of the tables by group.
View pairs_by_group(const ComparisonPage& page, const std::string& table, const Where& where, Sides sides) {
    View view = by_arm(page);
    const GroupValue& value = *page.all.group_value;
    for (std::size_t group = 0; group < value.groups.size(); ++group) {
        if (is_missing(value.cost[group])) continue;
        Where here = where;
        here.emplace_back("group", value.groups[group]);
        Shown column = side_by_side(page, value.groups[group], table, here, sides);
        column.precision = digits(3);
        view.columns.push_back(std::move(column));
    }
    return view;
}

Sections group_value_in_short(const ComparisonPage& page) {
    Sections sections = {
        {.heading = group_cost_heading(page), .view = pairs_by_group(page, "group_costs", {}, level_sides)},
        {.heading = "Of this traced to the families one by one",
         .view = pairs_by_group(page, "group_costs", {}, {"traced_in_group", "traced_in_rest"}),
         .notes = {std::string(decision::apportioning_assumption)}}};
    for (const decision::GroupNetBenefit& at : page.all.group_value->net_benefit) {
        sections.push_back({.heading = group_worth_heading(page, at.threshold),
                            .view = pairs_by_group(page, "group_net_benefit", {{"threshold", at.threshold}},
                                                   page.one_arm() ? level_sides : change_sides)});
    }
    return sections;
}

/// One group's levels and gap, what is traced, and the changes from the reference with their intervals.
View group_view(const ComparisonPage& page, const std::string& table, const Where& where) {
    View view = by_arm(page);
    const auto add = [&](const char* column, const char* heading, const std::string& above, Part part) {
        view.columns.push_back({.heading = heading,
                                .cells = {{.column = column, .where = where, .table = table}},
                                .part = part,
                                .precision = digits(3),
                                .scale = column,
                                .group = above,
                                .wrap = 10});
    };
    add("in_group", "group", "level", Part::with_error);
    add("in_rest", "rest", "level", Part::with_error);
    add("gap", "gap", "level", Part::with_error);
    if (table == "group_costs") {
        add("traced_in_group", "group", "of this traced", Part::with_error);
        add("traced_in_rest", "rest", "of this traced", Part::with_error);
    }
    if (page.one_arm()) return view;
    const std::string minus = "minus " + page.reference();
    const auto add_change = [&](const char* column, const char* heading, const std::string& above) {
        add(column, heading, above, Part::with_error);
        add(column, "parameters 95 %", above, Part::parameters);
    };
    add_change("group_minus_reference", "group", minus);
    add_change("rest_minus_reference", "rest", minus);
    add_change("gap_minus_reference", "difference", "gap " + minus);
    return view;
}

Sections group_value_in_full(const ComparisonPage& page) {
    const GroupValue& value = *page.all.group_value;
    Sections sections;
    const auto add = [&](const std::string& heading, const std::string& table, const Where& where) {
        for (std::size_t group = 0; group < value.groups.size(); ++group) {
            if (is_missing(value.cost[group])) continue;
            Where here = where;
            here.emplace_back("group", value.groups[group]);
            sections.push_back(
                {.heading = value.groups[group] + ". " + heading, .view = group_view(page, table, here)});
        }
    };
    add(group_cost_heading(page) + "; ± Monte Carlo 95 %", "group_costs", {});
    sections.push_back({.notes = {std::string(decision::apportioning_assumption)}});
    for (const decision::GroupNetBenefit& at : value.net_benefit)
        add(group_worth_heading(page, at.threshold), "group_net_benefit", {{"threshold", at.threshold}});
    return sections;
}

/// Why there is no cost or no net benefit by group; empty when there is nothing to say.
std::string missing_by_group(const ComparisonPage& page) {
    if (page.all.gaps.empty())
        return page.imported() ? "An imported sample has no access groups: nothing is shown by group." : "";
    if (!page.all.group_value) {
        return "The file has no costs by access group, so there is neither a cost nor a net benefit by "
               "group.";
    }
    if (!page.all.group_value->net_benefit.empty()) return {};
    if (page.all.group_value->effect.empty()) {
        return fmt::format(
            "The file does not have the effect '{}' by access group, so there is no net benefit by group.",
            page.all.basis.effect);
    }
    return "Net benefit by access group: name what a unit of effect is worth with --threshold.";
}

std::string inequality_heading(const decision::InequalityRow& row) {
    const std::string attribute = in_words(row.attribute);
    if (row.index == "atkinson_of_chances") {
        return fmt::format(
            "Inequality of chances by {} (Atkinson, % of the mean chance that could be given up if all "
            "groups had the same; it is of chances, not of what families got)",
            attribute);
    }
    if (row.index == "slope_index") {
        return fmt::format(
            "Slope index over {}, worst off first: what the best-off end has more than the worst-off (shares "
            "in percentage points)",
            attribute);
    }
    return fmt::format("Effect a programme, weighted by the relative incomes declared for {}", attribute);
}

}  // namespace

Sections access_groups(const ComparisonPage& page) {
    Sections sections = page.full() ? every_gap(page) : uptake_gaps(page);
    if (page.all.group_value) {
        for (Section& section : page.full() ? group_value_in_full(page) : group_value_in_short(page))
            sections.push_back(std::move(section));
    }
    const std::string missing = missing_by_group(page);
    if (missing.empty()) return sections;
    if (sections.empty()) return {{.notes = {missing}}};
    sections.back().notes.push_back(missing);
    return sections;
}

Sections inequality(const ComparisonPage& page) {
    Sections sections;
    std::set<std::pair<std::string, std::string>> begun;
    for (const decision::InequalityRow& row : page.all.inequality) {
        if (!begun.insert({row.index, row.attribute}).second) continue;
        View view = by_arm(page);
        std::set<std::string> measures;
        for (const decision::InequalityRow& other : page.all.inequality) {
            const bool here = other.index == row.index && other.attribute == row.attribute;
            if (!here || !measures.insert(other.measure).second) continue;
            const Where where = {
                {"index", row.index}, {"attribute", row.attribute}, {"measure", other.measure}};
            const std::size_t first = page.report.table("inequality").where(where).front();
            const Table& table = page.report.table("inequality");
            const Cell& unit = table.cell(first, table.place_of("unit"));
            view.columns.push_back(
                {.heading = in_words(other.measure),
                 .cells = {{.column = "value", .where = where, .table = "inequality"}},
                 .precision = std::get<std::string>(unit) == "share" ? decimals(2) : digits(4),
                 .wrap = 12,
                 .when = page.unless_empty()});
        }
        sections.push_back({.heading = inequality_heading(row), .view = std::move(view)});
    }
    return sections;
}

}  // namespace vfm::report
