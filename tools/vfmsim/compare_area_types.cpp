#include "compare_area_types.hpp"

#include "compare_curves.hpp"
#include "compare_sections.hpp"

#include <cmath>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using namespace decision;

/// Adds columns to a table with an arm a row.
class Columns {
  public:
    Columns(const Page& page, TextTable& table) : page_(page), table_(table) {
        table_.columns = {{.heading = "", .align = TextTable::Column::Align::left}};
        for (const std::string& arm : page.all.arms) table_.rows.push_back({arm});
    }

    void add(const std::string& heading, const std::string& group, const Cells& cells) {
        table_.columns.push_back({.heading = heading, .wrap = 10, .group = group});
        for (std::size_t arm = 0; arm < cells.size(); ++arm) table_.rows[arm].push_back(cells[arm]);
    }

    /// An indicator in every arm; shares with one decimal of a per cent.
    void add_level(const std::string& heading, const std::string& group, const ComparedIndicator* compared) {
        if (compared == nullptr) return;
        const double factor = factor_of(compared->indicator);
        std::vector<double> values;
        for (const Estimate& arm : compared->arms) values.push_back(factor * arm.value);
        const int decimals = compared->indicator.unit == "share" ? 1 : decimals_for(values);
        Cells cells;
        for (const double value : values) cells.push_back(number(value, decimals));
        add(heading, group, cells);
    }

    /// What it is more than in the reference, with the interval over draws.
    void add_difference(const std::string& heading, const ComparedIndicator* compared) {
        if (compared == nullptr || page_.all.arms.size() < 2) return;
        add_estimates(heading, compared->differences, factor_of(compared->indicator));
    }

    void add_estimates(const std::string& heading, const std::vector<Estimate>& differences, double factor) {
        const int decimals = decimals_for(shown_numbers(differences, factor));
        Cells values;
        Cells draws;
        for (std::size_t arm = 0; arm < differences.size(); ++arm) {
            const bool reference = arm == page_.all.reference;
            values.push_back(reference ? "reference" : number(factor * differences[arm].value, decimals));
            draws.push_back(reference ? "-" : parameters_text(differences[arm], factor, decimals));
        }
        add("mean", heading, values);
        add("parameters 95 %", heading, draws);
    }

  private:
    const Page& page_;
    TextTable& table_;
};

Cells break_even_cells(const Page& page, const AreaTypeComparison& type) {
    std::vector<double> thresholds;
    for (const BreakEven& point : type.break_even) thresholds.push_back(point.threshold);
    const int decimals = decimals_for(thresholds);
    Cells cells;
    for (std::size_t arm = 0; arm < type.break_even.size(); ++arm) {
        const BreakEven& point = type.break_even[arm];
        std::string cell = worth_it_name(point.worth_it);
        if (!std::isnan(point.threshold)) cell += ' ' + number(point.threshold, decimals);
        cells.push_back(arm == page.all.reference ? "reference" : cell);
    }
    return cells;
}

void add_net_benefit(Columns& columns, const NetBenefit& at) {
    std::vector<Estimate> differences;
    Cells best;
    for (const ArmNetBenefit& arm : at.arms) {
        differences.push_back(arm.difference);
        best.push_back(number(100 * arm.probability_best, 1));
    }
    const std::string group = "net benefit at " + pounds(at.threshold) + ", difference";
    columns.add_estimates(group, differences, 1);
    columns.add("best of all, %", group, best);
}

}  // namespace

const ComparedIndicator* find_in_type(const AreaTypeComparison& type, std::string_view numerator,
                                      std::string_view denominator) {
    for (const ComparedIndicator& compared : type.indicators) {
        const Indicator& indicator = compared.indicator;
        if (indicator.numerator == numerator && indicator.denominator == denominator) return &compared;
    }
    return nullptr;
}

std::string area_type_heading(const AreaTypeComparison& type) {
    std::string text = fmt::format("{}: {}", type.title, counted(type.areas, "area"));
    if (const ComparedIndicator* families = find_in_type(type, "families", ""))
        text += fmt::format(", {} families a programme", number(families->arms.front().value, 0));
    return text;
}

TextTable area_type_table(const Page& page, const AreaTypeComparison& type) {
    const Basis& basis = page.all.basis;
    TextTable table;
    Columns columns(page, table);
    columns.add_level("supported, %", "", find_in_type(type, "users", "families"));
    columns.add_level("in legal limit, %", "",
                      find_in_type(type, "on_time_numerator", "on_time_denominator"));
    const ComparedIndicator* cost = find_in_type(type, basis.cost, "families");
    const ComparedIndicator* effect = find_in_type(type, basis.effect, "families");
    columns.add_level("cost, GBP", "a family", cost);
    columns.add_level(words(basis.effect), "a family", effect);
    columns.add_difference("more cost a family, GBP", cost);
    columns.add_difference("more " + words(basis.effect) + " a family", effect);
    if (!type.break_even.empty() && page.all.arms.size() > 1)
        columns.add("worth it at thresholds", "", break_even_cells(page, type));
    if (page.all.arms.size() > 1) {
        for (const NetBenefit& at : type.net_benefit) add_net_benefit(columns, at);
    }
    return table;
}

TextTable best_by_type(const Page& page) {
    TextTable table{.columns = {{.heading = "GBP a unit"}}, .rows = {}};
    if (page.all.arms.size() < 2 || page.all.area_types.front().curves.thresholds.empty()) return table;
    for (const AreaTypeComparison& type : page.all.area_types) {
        table.columns.push_back(
            {.heading = "best on average", .align = TextTable::Column::Align::left, .group = type.title});
        table.columns.push_back({.heading = "best of all, %", .wrap = 8, .group = type.title});
    }
    const Curves& first = page.all.area_types.front().curves;
    for (const std::size_t at : shown_places(page, first.thresholds.size())) {
        table.rows.push_back({threshold_text(first, at)});
        for (const AreaTypeComparison& type : page.all.area_types) {
            table.rows.back().push_back(page.all.arms[type.curves.best[at]]);
            table.rows.back().push_back(number(100 * type.curves.frontier(at), 1));
        }
    }
    return table;
}

std::string area_types(const Page& page) {
    if (page.all.area_types.empty()) return {};
    std::string text =
        '\n' +
        wrap_text(fmt::format(
            "By area type, {} perspective: sums over the areas of each. Every area has the posts of the arm, "
            "whatever its type.",
            words(page.all.basis.perspective)));
    for (const AreaTypeComparison& type : page.all.area_types)
        text += section(area_type_heading(type), render(area_type_table(page, type)));
    const TextTable best = best_by_type(page);
    if (best.rows.empty()) return text;
    return text + section(fmt::format("Over thresholds: the best arm of each area type where a unit of {} is "
                                      "worth so much, and how sure that is",
                                      words(page.all.basis.effect)),
                          render(best) + wrap_text(best_by_type_note));
}

}  // namespace vfm::program
