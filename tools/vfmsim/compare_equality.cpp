#include "compare_group_value.hpp"
#include "compare_sections.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using namespace decision;

std::vector<const GroupComparison*> groups_of(const Comparison& all, std::string_view measure) {
    std::vector<const GroupComparison*> result;
    for (const GroupComparison& compared : all.gaps) {
        const Indicator& indicator = compared.indicator;
        if (indicator.numerator == measure && indicator.denominator == "families")
            result.push_back(&compared);
    }
    return result;
}

int decimals_of(const std::vector<const GroupComparison*>& groups, double factor) {
    if (groups.front()->indicator.unit == "share") return 1;
    std::vector<double> levels;
    for (const GroupComparison* compared : groups) {
        for (const ComparedGap& gap : compared->arms) levels.push_back(factor * gap.rest.value);
    }
    return decimals_for(levels);
}

/// `26.8/41.2` an arm.
void add_pair(ArmTable& table, const GroupComparison& compared, double factor, int decimals) {
    Cells cells;
    for (const ComparedGap& gap : compared.arms) {
        const bool missing = gap.group.missing() || gap.rest.missing();
        cells.push_back(missing ? "-"
                                : number(factor * gap.group.value, decimals) + '/' +
                                      number(factor * gap.rest.value, decimals));
    }
    table.add_unless_empty({.heading = group_name(compared.group), .wrap = 9}, cells);
}

void add_gap(ArmTable& table, const GroupComparison& compared, double factor, int decimals) {
    const auto add = [&](const std::string& heading, Estimate ComparedGap::*part) {
        Cells cells;
        for (const ComparedGap& gap : compared.arms)
            cells.push_back(number(factor * (gap.*part).value, decimals));
        table.add({.heading = heading, .group = compared.group}, cells);
    };
    add("group", &ComparedGap::group);
    add("rest", &ComparedGap::rest);
    add("gap", &ComparedGap::gap);
}

std::string heading(const Indicator& indicator) {
    return fmt::format(
        "O5 equality of access: {}, in the group / in the rest of the families. A gap can "
        "close by levelling down: read both",
        label_of(indicator));
}

std::string gaps_in_full(const Page& page, std::string_view measure) {
    const std::vector<const GroupComparison*> groups = groups_of(page.all, measure);
    if (groups.empty()) return {};
    const double factor = factor_of(groups.front()->indicator);
    const int decimals = decimals_of(groups, factor);
    ArmTable table(page);
    for (const GroupComparison* compared : groups) add_gap(table, *compared, factor, decimals);
    return section(heading(groups.front()->indicator), table.text());
}

/// A narrower gap in every arm gets no column: less than one family in a hundred.
constexpr double gap_worth_a_column = 0.01;

/// Uptake by group. Groups that go with the rest in every arm are named, without a column.
std::string uptake_gaps(const Page& page) {
    const std::vector<const GroupComparison*> groups = groups_of(page.all, "users");
    if (groups.empty()) return {};
    ArmTable table(page);
    std::string level;
    for (const GroupComparison* compared : groups) {
        const std::vector<ComparedGap>& arms = compared->arms;
        const auto wide = [](const ComparedGap& arm) {
            return std::abs(arm.gap.value) >= gap_worth_a_column;
        };
        const auto missing = [](const ComparedGap& arm) { return arm.gap.missing(); };
        if (std::any_of(arms.begin(), arms.end(), wide)) {
            add_pair(table, *compared, 100, 1);
        } else if (!std::all_of(arms.begin(), arms.end(), missing)) {
            level += (level.empty() ? "" : ", ") + group_name(compared->group);
        }
    }
    std::string text = table.text();
    if (!level.empty())
        text += wrap_text("Less than 1 percentage point from the rest in every arm: " + level);
    return section(heading(groups.front()->indicator), text);
}

/// Uptake first, then everything else that the file has by group.
std::string every_gap(const Page& page) {
    std::vector<std::string> measures = {"users"};
    for (const GroupComparison& compared : page.all.gaps) {
        const std::string& measure = compared.indicator.numerator;
        if (measure == "traced_" + page.all.basis.cost) continue;  // stands beside the whole cost
        if (std::find(measures.begin(), measures.end(), measure) == measures.end())
            measures.push_back(measure);
    }
    std::string text;
    for (const std::string& measure : measures) text += gaps_in_full(page, measure);
    return text;
}

}  // namespace

std::string equality_of_access(const Page& page) {
    return (page.full() ? every_gap(page) : uptake_gaps(page)) + group_value_section(page);
}

}  // namespace vfm::program
