#include "compare_sections.hpp"
#include "study_words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using namespace decision;

std::vector<double> levels_of(const ComparedIndicator& compared, double factor) {
    std::vector<double> values;
    for (const Estimate& arm : compared.arms) values.push_back(factor * arm.value);
    return values;
}

/// Shares with one decimal of a per cent; in full, all the digits they deserve up to two decimals.
int decimals_of(const Page& page, const Indicator& indicator, const std::vector<double>& values) {
    if (indicator.unit != "share") return decimals_for(values);
    return page.full() ? std::min(decimals_for(values), 2) : 1;
}

void add_level(ArmTable& table, const Page& page, const ComparedIndicator& compared,
               const std::string& heading) {
    const std::vector<double> values = levels_of(compared, factor_of(compared.indicator));
    table.add_numbers({.heading = heading, .wrap = 11}, values,
                      decimals_of(page, compared.indicator, values));
}

/// All indicators under a heading.
std::string all_of(const Page& page, Heading heading, const std::string& title) {
    ArmTable table(page);
    for (const ComparedIndicator& compared : page.all.indicators) {
        if (compared.indicator.heading == heading)
            add_level(table, page, compared, label_of(compared.indicator));
    }
    return section(title, table.text());
}

/// Economy, efficiency and effectiveness: which is which stands above the columns.
std::string efficiency(const Page& page) {
    ArmTable table(page);
    for (const ComparedIndicator& compared : page.all.indicators) {
        if (compared.indicator.heading != Heading::efficiency) continue;
        const std::string label = label_of(compared.indicator);
        const std::size_t colon = label.find(": ");
        const std::vector<double> values = levels_of(compared, 1);
        table.add_numbers({.heading = colon == std::string::npos ? label : label.substr(colon + 2),
                           .wrap = 10,
                           .group = colon == std::string::npos ? std::string() : label.substr(0, colon)},
                          values, decimals_for(values));
    }
    return section(
        fmt::format("Economy, efficiency, effectiveness: costs ({}) over what they bought. Averages of "
                    "an arm, not increments: for a choice see the incremental analysis",
                    words(page.all.basis.perspective)),
        table.text());
}

/// A column of the process in a few numbers.
struct ProcessColumn {
    std::string_view numerator;
    std::string_view denominator;
    std::string_view heading;
    double factor;
    int decimals;
};

/// What the arms change on the way to the outcomes, and the statutory process they are meant to help.
std::string main_process(const Page& page) {
    static constexpr std::array main = {
        ProcessColumn{"skilled_hours", "support_hours", "O6 skilled hours, %", 100, 1},
        ProcessColumn{"wait_for_supporter_days", "users", "wait for support, days", 1, 1},
        ProcessColumn{"tasks_in_time", "tasks_due", "tasks in time, %", 100, 1},
        ProcessColumn{"support_hours", "users", "hours a user", 1, 1},
        ProcessColumn{"on_time_numerator", "on_time_denominator", "in legal limit, %", 100, 1},
        ProcessColumn{"days_to_sign_off", "plans_signed_off", "days to sign-off", 1, 1},
        ProcessColumn{"appealed", "families", "appeals per 100", 100, 2},
    };
    ArmTable table(page);
    for (const ProcessColumn& column : main) {
        const ComparedIndicator* compared = find_indicator(page.all, column.numerator, column.denominator);
        if (compared == nullptr) continue;
        table.add_numbers({.heading = std::string(column.heading), .wrap = 8},
                          levels_of(*compared, column.factor), column.decimals);
    }
    return section("Process (a user is a family supported; appeals are per 100 families)", table.text());
}

/// The part of a measure's name behind `prefix`, as words; empty when it does not start so.
std::string behind(const std::string& name, std::string_view prefix) {
    return name.starts_with(prefix) ? words(name.substr(prefix.size())) : std::string();
}

struct CostColumns {
    std::string_view prefix;
    std::string_view denominator;
    std::string group;
    double factor = 1;
};

void add_costs(ArmTable& table, const Page& page, const CostColumns& columns) {
    for (const ComparedIndicator& compared : page.all.indicators) {
        const Indicator& indicator = compared.indicator;
        const std::string name = behind(indicator.numerator, columns.prefix);
        const bool fits = indicator.heading == Heading::cost && indicator.denominator == columns.denominator;
        if (!fits || name.empty()) continue;
        const std::vector<double> values = levels_of(compared, columns.factor);
        table.add_numbers({.heading = name, .wrap = 8, .group = columns.group}, values, decimals_for(values));
    }
}

}  // namespace

std::string costs(const Page& page) {
    const std::string unit = unit_of_sums(page.all.origin);
    const bool imported = page.all.origin == Origin::imported;
    ArmTable table(page);
    add_costs(table, page, {.prefix = "cost_", .denominator = "families", .group = "GBP a family"});
    if (page.full() || imported) {
        add_costs(table, page, {.prefix = "cost_", .denominator = "", .group = "GBP " + unit});
        add_costs(table, page,
                  {.prefix = "traced_cost_",
                   .denominator = "families",
                   .group = "GBP a family, traced to families one by one"});
    } else {
        add_costs(table, page,
                  {.prefix = "cost_", .denominator = "", .group = "GBP 1,000 " + unit, .factor = 0.001});
    }
    add_costs(table, page,
              {.prefix = "paid_by_", .denominator = "families", .group = "GBP a family, paid by"});
    if (const ComparedIndicator* budget = find_indicator(page.all, "budget_planned", "")) {
        add_level(table, page, *budget, label_of(budget->indicator));
    }
    return section(imported ? "Costs, of " + unit + " as imported"
                            : "Costs, of a measured family whether supported or not and of " + unit,
                   table.text());
}

std::string levels(const Page& page) {
    if (!page.full()) return efficiency(page) + main_process(page);
    const bool imported = page.all.origin == Origin::imported;
    return all_of(
               page, Heading::outcome,
               imported ? "Outcomes: means over the draws" : "Outcomes: means over all measured families") +
           efficiency(page) + all_of(page, Heading::process, "Process: what happened on the way") +
           all_of(page, Heading::other, "Other measures of the file");
}

std::string one_arm(const Page& page) {
    TextTable table{.columns = {{.heading = ""},
                                {.heading = "mean"},
                                {.heading = "Monte Carlo 95 %", .wrap = 16},
                                {.heading = "parameters 95 %", .wrap = 16}},
                    .rows = {}};
    for (const ComparedIndicator& compared : page.all.indicators) {
        const Estimate& estimate = compared.arms.front();
        const bool says_nothing = estimate.missing() || estimate.value == 0;
        if (says_nothing && !page.full()) continue;
        const double factor = factor_of(compared.indicator);
        const int decimals = decimals_for(shown_numbers({estimate}, factor));
        table.rows.push_back({label_of(compared.indicator), number(factor * estimate.value, decimals),
                              monte_carlo_text(estimate, factor, decimals),
                              parameters_text(estimate, factor, decimals)});
    }
    const bool none =
        std::all_of(table.rows.begin(), table.rows.end(), [](const Cells& row) { return row.back() == "-"; });
    if (none && !page.full()) {
        table.columns.pop_back();
        for (Cells& row : table.rows) row.pop_back();
    }
    return section("All measures", table.rows.empty() ? std::string() : render(table));
}

}  // namespace vfm::program
