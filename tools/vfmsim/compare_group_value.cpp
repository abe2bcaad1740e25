#include "compare_group_value.hpp"

#include "analysis_output.hpp"

#include "vfm/decision/group_value.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using namespace decision;
using Gaps = std::vector<std::vector<ComparedGap>>;  // access group, arm
using Part = Estimate ComparedGap::*;

/// Which two parts of a gap stand side by side.
struct Sides {
    Part group;
    Part rest;
};
constexpr Sides levels{&ComparedGap::group, &ComparedGap::rest};
constexpr Sides changes{&ComparedGap::group_change, &ComparedGap::rest_change};

bool is_missing(const std::vector<ComparedGap>& arms) {
    return std::all_of(arms.begin(), arms.end(), [](const ComparedGap& arm) { return arm.gap.missing(); });
}

int decimals_of(const Gaps& gaps, Sides sides) {
    std::vector<double> values;
    for (const std::vector<ComparedGap>& arms : gaps) {
        for (const ComparedGap& arm : arms) {
            values.push_back((arm.*sides.group).value);
            values.push_back((arm.*sides.rest).value);
        }
    }
    return decimals_for(values, 3);
}

/// An arm a row, an access group a column: `1,234/1,198`.
TextTable pair_table(const Page& page, const Gaps& gaps, Sides sides) {
    TextTable table{.columns = {{.heading = "", .align = TextTable::Column::Align::left}}, .rows = {}};
    for (const std::string& arm : page.all.arms) table.rows.push_back({arm});
    const int decimals = decimals_of(gaps, sides);
    for (std::size_t group = 0; group < gaps.size(); ++group) {
        if (is_missing(gaps[group])) continue;
        table.columns.push_back({.heading = group_name(page.all.group_value->groups[group]), .wrap = 9});
        for (std::size_t arm = 0; arm < gaps[group].size(); ++arm) {
            const ComparedGap& gap = gaps[group][arm];
            const bool reference = sides.group == changes.group && arm == page.all.reference;
            table.rows[arm].push_back(reference ? "reference"
                                                : number((gap.*sides.group).value, decimals) + '/' +
                                                      number((gap.*sides.rest).value, decimals));
        }
    }
    return table;
}

/// A heading and the table below it.
struct Titled {
    std::string heading;
    TextTable table;
};

std::string cost_heading(const Page& page) {
    return fmt::format("Cost a family by access group, {}, GBP: in the group / in the rest of the families",
                       words(page.all.basis.perspective));
}

std::string worth_heading(const Page& page, double threshold) {
    return fmt::format("Net benefit a family where a unit of {} is worth {}: in the group / in the rest{}",
                       words(page.all.basis.effect), pounds(threshold),
                       page.all.arms.size() == 1 ? "" : "; this arm minus " + page.reference());
}

std::vector<Titled> cost_tables(const Page& page) {
    const GroupValue& value = *page.all.group_value;
    return {{cost_heading(page), pair_table(page, value.cost, levels)},
            {"Of this traced to the families one by one", pair_table(page, value.traced, levels)}};
}

std::vector<Titled> worth_tables(const Page& page) {
    std::vector<Titled> tables;
    for (const GroupNetBenefit& at : page.all.group_value->net_benefit) {
        tables.push_back({worth_heading(page, at.threshold),
                          pair_table(page, at.groups, page.all.arms.size() == 1 ? levels : changes)});
    }
    return tables;
}

/// Why there is no net benefit by group; empty when there is one.
std::string worth_missing(const Page& page) {
    if (!page.all.group_value->net_benefit.empty()) return {};
    if (page.all.group_value->effect.empty()) {
        return fmt::format(
            "The file does not have the effect '{}' by access group, so there is no net "
            "benefit by group.",
            page.all.basis.effect);
    }
    return "Net benefit by access group: name what a unit of effect is worth with --threshold.";
}

struct Column {
    std::string heading;
    std::string group;
    Part part;
};

/// Values with ±, for differences from the reference the parameters' interval as well.
void add_column(ArmTable& table, const Page& page, const std::vector<ComparedGap>& arms,
                const Column& column) {
    std::vector<Estimate> estimates;
    estimates.reserve(arms.size());
    for (const ComparedGap& arm : arms) estimates.push_back(arm.*column.part);
    const bool change = column.part == &ComparedGap::group_change ||
                        column.part == &ComparedGap::rest_change || column.part == &ComparedGap::gap_change;
    if (change && estimates.size() == 1) return;
    const int decimals = decimals_for(shown_numbers(estimates, 1), 3);
    Cells values;
    Cells parameters;
    for (std::size_t arm = 0; arm < estimates.size(); ++arm) {
        const bool reference = change && arm == page.all.reference;
        values.push_back(reference ? "reference" : value_text(estimates[arm], 1, decimals));
        parameters.push_back(reference ? "-" : parameters_text(estimates[arm], 1, decimals));
    }
    table.add({.heading = column.heading, .group = column.group}, values);
    if (change) table.add({.heading = "parameters 95 %", .wrap = 10, .group = column.group}, parameters);
}

std::string group_in_full(const Page& page, std::size_t group, const Gaps& gaps, const Gaps* traced) {
    if (is_missing(gaps[group])) return {};
    ArmTable table(page);
    const auto add = [&](const std::vector<ComparedGap>& arms, const Column& column) {
        add_column(table, page, arms, column);
    };
    add(gaps[group], {"group", "level", &ComparedGap::group});
    add(gaps[group], {"rest", "level", &ComparedGap::rest});
    add(gaps[group], {"gap", "level", &ComparedGap::gap});
    if (traced != nullptr) {
        add((*traced)[group], {"group", "of this traced", &ComparedGap::group});
        add((*traced)[group], {"rest", "of this traced", &ComparedGap::rest});
    }
    const std::string minus = "minus " + page.reference();
    add(gaps[group], {"group", minus, &ComparedGap::group_change});
    add(gaps[group], {"rest", minus, &ComparedGap::rest_change});
    add(gaps[group], {"difference", "gap " + minus, &ComparedGap::gap_change});
    return wrap_text(page.all.group_value->groups[group]) + table.text();
}

std::string every_group(const Page& page, const std::string& heading, const Gaps& gaps, const Gaps* traced) {
    std::string text;
    for (std::size_t group = 0; group < gaps.size(); ++group)
        text += group_in_full(page, group, gaps, traced);
    return section(heading, text);
}

std::string in_full(const Page& page) {
    const GroupValue& value = *page.all.group_value;
    std::string text =
        every_group(page, cost_heading(page) + "; ± Monte Carlo 95 %", value.cost, &value.traced) +
        wrap_text(apportioning_assumption);
    for (const GroupNetBenefit& at : value.net_benefit)
        text += every_group(page, worth_heading(page, at.threshold), at.groups, nullptr);
    return text;
}

}  // namespace

std::string group_value_section(const Page& page) {
    if (page.all.gaps.empty()) {
        const bool imported = page.all.origin == Origin::imported;
        return imported
                   ? '\n' + wrap_text("An imported sample has no access groups: nothing is shown by group.")
                   : std::string();
    }
    if (!page.all.group_value) {
        return wrap_text(
            "The file has no costs by access group, so there is neither a cost nor a net benefit by group.");
    }
    std::string text;
    if (page.full()) {
        text = in_full(page);
    } else {
        for (const Titled& titled : cost_tables(page)) text += section(titled.heading, render(titled.table));
        text += wrap_text(apportioning_assumption);
        for (const Titled& titled : worth_tables(page)) text += section(titled.heading, render(titled.table));
    }
    const std::string missing = worth_missing(page);
    return missing.empty() ? text : text + wrap_text(missing);
}

std::string group_value_markdown(const Page& page) {
    if (!page.all.group_value) return {};
    const auto titled_text = [](const Titled& titled) {
        return "\n## " + titled.heading + "\n\n" + markdown_table(titled.table);
    };
    std::string text;
    for (const Titled& titled : cost_tables(page)) text += titled_text(titled);
    text += '\n' + std::string(apportioning_assumption) + '\n';
    for (const Titled& titled : worth_tables(page)) text += titled_text(titled);
    const std::string missing = worth_missing(page);
    return missing.empty() ? text : text + '\n' + missing + '\n';
}

}  // namespace vfm::program
