#include "compare_sections.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using namespace decision;

/// A measure whose differences are shown, in the unit it is shown in.
struct Shown {
    const ComparedIndicator* compared = nullptr;
    double factor = 1;
    std::string label;
};

/// The cost, the effect, and the outcomes that are means over families, once each.
std::vector<Shown> main_measures(const Comparison& all) {
    std::vector<Shown> result;
    const auto add = [&](std::string_view measure, double factor, const std::string& label) {
        const ComparedIndicator* compared = find_indicator(all, measure, "families");
        if (compared == nullptr) return;
        const bool there = std::any_of(result.begin(), result.end(),
                                       [&](const Shown& other) { return other.compared == compared; });
        if (there) return;
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
void add_main(ArmTable& table, const Page& page, const Shown& shown) {
    std::vector<double> values;
    for (const Estimate& arm : shown.compared->arms) values.push_back(shown.factor * arm.value);
    if (std::all_of(values.begin(), values.end(), [](double value) { return !(value != 0); })) return;
    const std::vector<Estimate>& differences = shown.compared->differences;
    const int decimals =
        std::max(decimals_for(values, 3), decimals_for(shown_numbers(differences, shown.factor), 2));
    Cells level;
    Cells difference;
    Cells parameters;
    for (std::size_t arm = 0; arm < values.size(); ++arm) {
        const bool reference = arm == page.all.reference;
        level.push_back(number(values[arm], decimals));
        difference.push_back(reference ? "reference" : value_text(differences[arm], shown.factor, decimals));
        parameters.push_back(reference ? "-" : parameters_text(differences[arm], shown.factor, decimals));
    }
    table.add({.heading = "level", .group = shown.label}, level);
    table.add({.heading = "difference", .group = shown.label}, difference);
    const bool any = std::any_of(parameters.begin(), parameters.end(),
                                 [](const std::string& cell) { return cell != "-"; });
    if (any) table.add({.heading = "parameters", .group = shown.label}, parameters);
}

/// What differences are shown of: the chosen perspective's cost, outcomes, efficiency, and the main process
/// measures.
bool has_differences(const Comparison& all, const Indicator& indicator) {
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

std::string one_measure(const Page& page, const ComparedIndicator& compared) {
    const bool none = std::all_of(compared.differences.begin(), compared.differences.end(),
                                  [](const Estimate& difference) { return difference.missing(); });
    if (none) return {};

    const double factor = factor_of(compared.indicator);
    const int decimals = decimals_for(shown_numbers(compared.differences, factor));
    Cells values;
    Cells monte_carlo;
    Cells parameters;
    for (const Estimate& difference : compared.differences) {
        values.push_back(number(factor * difference.value, decimals));
        monte_carlo.push_back(monte_carlo_text(difference, factor, decimals));
        parameters.push_back(parameters_text(difference, factor, decimals));
    }
    ArmTable table(page);
    table.add({.heading = "difference"}, values);
    table.add({.heading = "Monte Carlo 95 %", .wrap = 16}, monte_carlo);
    table.add({.heading = "parameters 95 %", .wrap = 16}, parameters);
    const bool imported = page.all.origin == decision::Origin::imported;
    return section(
        fmt::format("Difference in {}: this arm minus {}, paired on the same {}",
                    label_of(compared.indicator), page.reference(), imported ? "draws" : "families"),
        table.text());
}

}  // namespace

std::string differences(const Page& page) {
    if (page.full()) {
        std::string text;
        for (const ComparedIndicator& compared : page.all.indicators) {
            if (has_differences(page.all, compared.indicator)) text += one_measure(page, compared);
        }
        return text;
    }
    ArmTable table(page);
    for (const Shown& shown : main_measures(page.all)) add_main(table, page, shown);
    return section(fmt::format("Outcomes per 100 measured families, and cost: level; difference from {}, "
                               "paired on the same families, ± Monte Carlo 95 %; parameters 95 %",
                               page.reference()),
                   table.text());
}

}  // namespace vfm::program
