// Measures of a comparison, for people: differences, costs, and levels of everything else.
#include "comparison_page.hpp"

#include "vfm/report/numbers.hpp"
#include "vfm/report/study_words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace vfm::report {

namespace {

using decision::ComparedIndicator;
using decision::Estimate;
using decision::Heading;
using decision::Indicator;

/// A measure whose differences are shown, in the unit it is shown in.
struct MainMeasure {
    const ComparedIndicator* compared = nullptr;
    double factor = 1;
    std::string label;
};

bool is_zero_or_missing(const Estimate& estimate) {
    return !(estimate.value != 0) || estimate.missing();
}

/// The cost, the effect, and the outcomes that are means over families, once each.
std::vector<MainMeasure> main_measures(const decision::Comparison& all) {
    std::vector<MainMeasure> result;
    const auto add = [&](std::string_view measure, double factor, const std::string& label) {
        const ComparedIndicator* compared = find_indicator(all.indicators, measure, "families");
        if (compared == nullptr) return;
        const bool there = std::any_of(result.begin(), result.end(),
                                       [&](const MainMeasure& other) { return other.compared == compared; });
        const bool nothing = std::all_of(compared->arms.begin(), compared->arms.end(), is_zero_or_missing);
        if (there || nothing) return;
        result.push_back({.compared = compared,
                          .factor = factor,
                          .label = label.empty() ? compared->indicator.label : label});
    };
    add(all.basis.cost, 1, "cost a family, GBP");
    add(all.basis.effect, 100, "");
    add("feels_supported", 100, "");
    add("engaged", 100, "");
    add("plan_quality", 100, "O3 plan quality");
    add("navigation", 100, "");
    add("composite", 100, "");
    add("wellbeing_years", 100, "");
    add("users", 100, "");
    return result;
}

/// Level, difference with its Monte Carlo error, parameter interval: three columns under one name.
void add_main_measure(View& view, const MainMeasure& measure) {
    const auto add = [&](const char* heading, const char* column, Part part, int count) {
        view.columns.push_back({.heading = heading,
                                .cells = {measured(measure.compared->indicator, column)},
                                .part = part,
                                .precision = digits(count),
                                .scale = measure.label,
                                .factor = measure.factor,
                                .group = measure.label});
    };
    add("level", "value", Part::value, 3);
    add("difference", "difference", Part::with_error, 2);
    add("parameters", "difference", Part::parameters, 2);
    view.columns.back().when = Shown::When::not_empty;
}

/// What differences are shown of in full: the chosen perspective's cost, outcomes, efficiency, and the main
/// process measures.
bool has_differences(const decision::Comparison& all, const Indicator& indicator) {
    static constexpr std::array main_process = {"users", "on_time_numerator", "days_to_sign_off", "appealed"};
    switch (indicator.heading) {
        case Heading::cost:
            return indicator.numerator == all.basis.cost;
        case Heading::outcome:
        case Heading::efficiency:
            return true;
        case Heading::process:
            return std::find(main_process.begin(), main_process.end(), indicator.numerator) !=
                   main_process.end();
        case Heading::other:
            break;
    }
    return all.basis.cost.empty();
}

Section difference_in_full(const ComparisonPage& page, const ComparedIndicator& compared) {
    View view = by_arm(page);
    add_with_intervals(view,
                       {.heading = "difference", .cells = {measured(compared.indicator, "difference")}});
    return {.heading = fmt::format("Difference in {}: this arm minus {}, paired on the same {}",
                                   label_of(compared.indicator), page.reference(),
                                   page.imported() ? "draws" : "families"),
            .view = std::move(view)};
}

/// Shares with one decimal of a per cent; in full, all the digits they deserve up to two decimals.
Shown level_of(const ComparisonPage& page, const ComparedIndicator& compared, std::string heading) {
    Shown column = level(page, compared, std::move(heading));
    column.wrap = 11;
    if (compared.indicator.unit == "share") {
        column.precision = page.full() ? Precision{.most_decimals = 2} : decimals(1);
    }
    return column;
}

/// All indicators under a heading.
Section all_under(const ComparisonPage& page, Heading heading, const std::string& title) {
    View view = by_arm(page);
    for (const ComparedIndicator& compared : page.all.indicators) {
        if (compared.indicator.heading == heading)
            view.columns.push_back(level_of(page, compared, label_of(compared.indicator)));
    }
    return {.heading = title, .view = std::move(view)};
}

/// Economy, efficiency and effectiveness: which is which stands above the columns.
Section efficiency(const ComparisonPage& page) {
    View view = by_arm(page);
    for (const ComparedIndicator& compared : page.all.indicators) {
        if (compared.indicator.heading != Heading::efficiency) continue;
        const std::string label = label_of(compared.indicator);
        const std::size_t colon = label.find(": ");
        const bool grouped = colon != std::string::npos;
        Shown column = level(page, compared, grouped ? label.substr(colon + 2) : label);
        column.wrap = 10;
        if (grouped) column.group = label.substr(0, colon);
        view.columns.push_back(std::move(column));
    }
    return {.heading = fmt::format("Economy, efficiency, effectiveness: costs ({}) over what they bought. "
                                   "Averages of an arm, not increments: for a choice see the incremental "
                                   "analysis",
                                   in_words(page.all.basis.perspective)),
            .view = std::move(view)};
}

/// A column of the process in a few numbers.
struct ProcessColumn {
    std::string_view numerator;
    std::string_view denominator;
    const char* heading;
    double factor;
    int decimals;
};

/// What the arms change on the way to the outcomes, and the statutory process they are meant to help.
Section main_process(const ComparisonPage& page) {
    static constexpr std::array main = {
        ProcessColumn{"skilled_hours", "support_hours", "O6 skilled hours, %", 100, 1},
        ProcessColumn{"wait_for_supporter_days", "users", "wait for support, days", 1, 1},
        ProcessColumn{"tasks_in_time", "tasks_due", "tasks in time, %", 100, 1},
        ProcessColumn{"support_hours", "users", "hours a user", 1, 1},
        ProcessColumn{"on_time_numerator", "on_time_denominator", "in legal limit, %", 100, 1},
        ProcessColumn{"days_to_sign_off", "plans_signed_off", "days to sign-off", 1, 1},
        ProcessColumn{"appealed", "families", "appeals per 100", 100, 2},
    };
    View view = by_arm(page);
    for (const ProcessColumn& process : main) {
        const ComparedIndicator* compared =
            find_indicator(page.all.indicators, process.numerator, process.denominator);
        if (compared == nullptr) continue;
        Shown column = level(page, *compared, process.heading);
        column.precision = decimals(process.decimals);
        column.factor = process.factor;
        column.wrap = 8;
        view.columns.push_back(std::move(column));
    }
    return {.heading = "Process (a user is a family supported; appeals are per 100 families)",
            .view = std::move(view)};
}

/// Which costs stand together under one name.
struct CostColumns {
    std::string_view prefix;  ///< of the measure
    std::string_view denominator;
    std::string group;
    double factor = 1;
};

void add_costs(View& view, const ComparisonPage& page, const CostColumns& wanted) {
    for (const ComparedIndicator& compared : page.all.indicators) {
        const Indicator& indicator = compared.indicator;
        const bool fits = indicator.heading == Heading::cost && indicator.denominator == wanted.denominator;
        if (!fits || !indicator.numerator.starts_with(wanted.prefix)) continue;
        Shown column = level(page, compared, in_words(indicator.numerator.substr(wanted.prefix.size())));
        column.factor = wanted.factor;
        column.wrap = 8;
        column.group = wanted.group;
        view.columns.push_back(std::move(column));
    }
}

}  // namespace

Sections differences(const ComparisonPage& page) {
    if (page.full()) {
        Sections sections;
        for (const ComparedIndicator& compared : page.all.indicators) {
            const bool none = std::all_of(compared.differences.begin(), compared.differences.end(),
                                          [](const Estimate& difference) { return difference.missing(); });
            if (!none && has_differences(page.all, compared.indicator))
                sections.push_back(difference_in_full(page, compared));
        }
        return sections;
    }
    View view = by_arm(page);
    for (const MainMeasure& measure : main_measures(page.all)) add_main_measure(view, measure);
    return {
        {.heading = fmt::format("Outcomes per 100 measured families, and cost: level; difference from {}, "
                                "paired on the same families, ± Monte Carlo 95 %; parameters 95 %",
                                page.reference()),
         .view = std::move(view)}};
}

Sections costs(const ComparisonPage& page) {
    const std::string unit = unit_of_sums(page.all.origin);
    View view = by_arm(page);
    add_costs(view, page, {.prefix = "cost_", .denominator = "families", .group = "GBP a family"});
    if (page.full() || page.imported()) {
        add_costs(view, page, {.prefix = "cost_", .denominator = "", .group = "GBP " + unit});
        add_costs(view, page,
                  {.prefix = "traced_cost_",
                   .denominator = "families",
                   .group = "GBP a family, traced to families one by one"});
    } else {
        add_costs(view, page,
                  {.prefix = "cost_", .denominator = "", .group = "GBP 1,000 " + unit, .factor = 0.001});
    }
    add_costs(view, page,
              {.prefix = "paid_by_", .denominator = "families", .group = "GBP a family, paid by"});
    if (const ComparedIndicator* budget = find_indicator(page.all.indicators, "budget_planned", ""))
        view.columns.push_back(level_of(page, *budget, label_of(budget->indicator)));
    return {{.heading = page.imported()
                            ? "Costs, of " + unit + " as imported"
                            : "Costs, of a measured family whether supported or not and of " + unit,
             .view = std::move(view)}};
}

Sections levels(const ComparisonPage& page) {
    if (!page.full()) return {efficiency(page), main_process(page)};
    return {all_under(page, Heading::outcome,
                      page.imported() ? "Outcomes: means over the draws"
                                      : "Outcomes: means over all measured families"),
            efficiency(page), all_under(page, Heading::process, "Process: what happened on the way"),
            all_under(page, Heading::other, "Other measures of the file")};
}

Sections only_arm(const ComparisonPage& page) {
    View view{.table = "measures", .columns = {{.heading = "", .cells = {{.column = "label"}}}}};
    for (std::size_t row = 0; row < page.all.indicators.size(); ++row) {
        if (page.full() || !is_zero_or_missing(page.all.indicators[row].arms.front()))
            view.rows.push_back(row);
    }
    add_with_intervals(view, {.heading = "mean", .cells = {{.column = "value"}}});
    view.columns.back().when = page.unless_empty();
    return {{.notes = page.all.notes}, {.heading = "All measures", .view = std::move(view)}};
}

}  // namespace vfm::report
