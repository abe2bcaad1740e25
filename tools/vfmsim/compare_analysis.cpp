#include "compare_curves.hpp"
#include "compare_sections.hpp"
#include "study_words.hpp"

#include "vfm/inquiry/question.hpp"

#include <cmath>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using namespace decision;

std::vector<std::size_t> order_of_cost(const CostEffectiveness& found) {
    std::vector<std::size_t> order;
    for (const IncrementalRow& row : found.incremental) order.push_back(row.arm);
    return order;
}

std::vector<double> values_of(const std::vector<Estimate>& estimates) {
    std::vector<double> values;
    values.reserve(estimates.size());
    for (const Estimate& estimate : estimates) values.push_back(estimate.value);
    return values;
}

Cells break_even_cells(const Page& page, const CostEffectiveness& found) {
    std::vector<double> thresholds;
    for (const BreakEven& point : found.break_even) thresholds.push_back(point.threshold);
    const int decimals = decimals_for(thresholds);
    Cells cells;
    for (std::size_t arm = 0; arm < found.break_even.size(); ++arm) {
        const BreakEven& point = found.break_even[arm];
        std::string cell = worth_it_name(point.worth_it);
        if (!std::isnan(point.threshold)) cell += ' ' + number(point.threshold, decimals);
        cells.push_back(arm == page.all.reference ? "reference" : cell);
    }
    return cells;
}

/// Shares of draws in %, but for the reference.
template <class Share>
Cells plane_cells(const Page& page, const CostEffectiveness& found, const Share& share) {
    Cells cells;
    for (std::size_t arm = 0; arm < found.plane.size(); ++arm) {
        cells.push_back(arm == page.all.reference ? "-" : number(100 * share(found.plane[arm]), 1));
    }
    return cells;
}

void add_estimates(ArmTable& table, const std::string& heading, const std::vector<Estimate>& estimates) {
    const int decimals = decimals_for(shown_numbers(estimates, 1));
    Cells values;
    Cells monte_carlo;
    Cells parameters;
    for (const Estimate& estimate : estimates) {
        values.push_back(number(estimate.value, decimals));
        monte_carlo.push_back(monte_carlo_text(estimate, 1, decimals));
        parameters.push_back(parameters_text(estimate, 1, decimals));
    }
    table.add({.heading = heading}, values);
    table.add({.heading = "Monte Carlo 95 %", .wrap = 16}, monte_carlo);
    table.add({.heading = "parameters 95 %", .wrap = 16}, parameters);
}

std::string standing_sentence(const Page& page, const IncrementalRow& row) {
    const std::vector<std::string>& arms = page.all.arms;
    switch (row.standing) {
        case Standing::on_frontier:
            return row.against.empty() ? "cheapest" : "against " + arms[row.against[0]];
        case Standing::dominated:
            return "dominated by " + arms[row.against[0]];
        case Standing::extendedly_dominated:
            return "extendedly dominated by " + arms[row.against[0]] + " and " + arms[row.against[1]];
        case Standing::tied:
            break;
    }
    return "exactly as " + arms[row.against[0]];
}

/// Levels with both intervals, steps between arms that remain, and who dominates whom.
std::string incremental_in_full(const Page& page, const CostEffectiveness& found) {
    ArmTable costs(page, order_of_cost(found));
    add_estimates(costs, "cost", found.cost);
    ArmTable effects(page, order_of_cost(found));
    add_estimates(effects, "effect", found.effect);
    std::vector<double> more_cost(found.cost.size());
    std::vector<double> more_effect(found.cost.size());
    std::string standings;
    for (const IncrementalRow& row : found.incremental) {
        more_cost[row.arm] = row.incremental_cost;
        more_effect[row.arm] = row.incremental_effect;
        standings +=
            wrap_text(fmt::format("  {}: {}", page.all.arms[row.arm], standing_sentence(page, row)), 100, 4);
    }
    ArmTable steps(page, order_of_cost(found));
    steps.add_numbers({.heading = "more cost"}, more_cost, decimals_for(values_of(found.cost)));
    steps.add_numbers({.heading = "more effect"}, more_effect, decimals_for(values_of(found.effect)));
    steps.add({.heading = "ICER"}, standing_cells(page));
    return costs.text() + '\n' + effects.text() + '\n' + steps.text() + standings;
}

std::string incremental_in_short(const Page& page, const CostEffectiveness& found) {
    ArmTable table(page, order_of_cost(found));
    table.add_numbers({.heading = "cost"}, values_of(found.cost), decimals_for(values_of(found.cost)));
    table.add_numbers({.heading = "effect"}, values_of(found.effect), decimals_for(values_of(found.effect)));
    table.add({.heading = "ICER"}, standing_cells(page));
    table.add({.heading = "worth it at thresholds", .wrap = 10}, break_even_cells(page, found));
    table.add_unless_empty({.heading = "draws better, %", .wrap = 8},
                           plane_cells(page, found, [](const PlaneShares& shares) {
                               return shares.dearer_better + shares.cheaper_better;
                           }));
    table.add_unless_empty({.heading = "draws cheaper, %", .wrap = 8},
                           plane_cells(page, found, [](const PlaneShares& shares) {
                               return shares.cheaper_better + shares.cheaper_worse;
                           }));
    return table.text();
}

std::string against_reference(const Page& page, const CostEffectiveness& found) {
    ArmTable table(page);
    const auto add = [&](const std::string& heading, double PlaneShares::*share) {
        table.add({.heading = heading, .wrap = 8},
                  plane_cells(page, found, [share](const PlaneShares& shares) { return shares.*share; }));
    };
    table.add({.heading = "worth it at thresholds", .wrap = 18}, break_even_cells(page, found));
    add("dearer, better", &PlaneShares::dearer_better);
    add("cheaper, better", &PlaneShares::cheaper_better);
    add("cheaper, worse", &PlaneShares::cheaper_worse);
    add("dearer, worse", &PlaneShares::dearer_worse);
    add("on an axis", &PlaneShares::on_an_axis);
    return section(fmt::format("Against {}: break-even threshold (cost difference over effect difference, "
                               "GBP a unit of {}), and % of draws by where they fall",
                               page.reference(), words(page.all.basis.effect)),
                   table.text());
}

/// What arms bring and cost more than the reference in money. The ratio stands beside the difference, never
/// alone.
std::string money_in_full(const Page& page, const std::vector<MoneyValue>& money) {
    std::vector<double> benefit;
    std::vector<double> cost;
    std::vector<double> present_value;
    std::vector<double> ratio;
    for (const MoneyValue& value : money) {
        benefit.push_back(value.benefit);
        cost.push_back(value.cost);
        present_value.push_back(value.net_present_value);
        ratio.push_back(value.benefit_cost_ratio);
    }
    ArmTable table(page);
    table.add_numbers({.heading = "benefit more"}, benefit, decimals_for(benefit));
    table.add_numbers({.heading = "cost more"}, cost, decimals_for(cost));
    table.add_numbers({.heading = "net present value"}, present_value, decimals_for(present_value));
    table.add_numbers({.heading = "benefit over cost"}, ratio, 2);
    return table.text() +
           "Benefits are of effects as they are in the file: the model discounts no outcomes.\n";
}

/// Means, then differences from the reference: what all arms share drops out of them.
std::string net_benefit(const Page& page, const NetBenefit& at, const std::vector<MoneyValue>& money) {
    std::vector<Estimate> values;
    std::vector<Estimate> differences;
    Cells best;
    for (const ArmNetBenefit& arm : at.arms) {
        values.push_back(arm.value);
        differences.push_back(arm.difference);
        best.push_back(number(100 * arm.probability_best, 1));
    }
    const int decimals = decimals_for(shown_numbers(differences, 1));
    Cells more;
    Cells parameters;
    for (std::size_t arm = 0; arm < differences.size(); ++arm) {
        const bool reference = arm == page.all.reference;
        more.push_back(reference ? "reference" : value_text(differences[arm], 1, decimals));
        parameters.push_back(reference ? "-" : parameters_text(differences[arm], 1, decimals));
    }
    ArmTable table(page);
    table.add_numbers({.heading = "mean"}, values_of(values), decimals_for(values_of(values)));
    table.add({.heading = "difference"}, more);
    table.add_unless_empty({.heading = "parameters 95 %", .wrap = 16}, parameters);
    table.add({.heading = "best of all, %", .wrap = 8}, best);
    std::string text = table.text();
    if (page.full()) {
        ArmTable levels(page);
        add_estimates(levels, "net benefit", values);
        text += '\n' + levels.text() + '\n' + money_in_full(page, money);
    }
    return section(fmt::format("Net benefit where a unit of {} is worth {}: that x effect - cost, GBP {}; "
                               "difference from {}, ± Monte Carlo 95 %. Highest mean: {}",
                               words(page.all.basis.effect), pounds(at.threshold),
                               unit_of_sums(page.all.origin), page.reference(), page.all.arms[at.best]),
                   text);
}

}  // namespace

std::string analysis(const Page& page) {
    if (!page.all.analysis) return {};
    const CostEffectiveness& found = *page.all.analysis;
    const std::string effect = words(page.all.basis.effect);
    std::string text =
        section(fmt::format("Incremental analysis, in order of cost: GBP and {} {} ({}){}", effect,
                            unit_of_sums(page.all.origin), words(page.all.basis.perspective),
                            page.full() ? ""
                                        : "; shares of draws that achieve more, and that cost less, than " +
                                              page.reference()),
                page.full() ? incremental_in_full(page, found) : incremental_in_short(page, found));
    if (page.full()) text += against_reference(page, found);
    text += curve_section(page);
    for (std::size_t i = 0; i < found.net_benefit.size(); ++i) {
        text += net_benefit(page, found.net_benefit[i], found.money[i]);
    }
    if (!found.net_benefit.empty()) return text;
    return text + wrap_text(inquiry::no_threshold_sentence(page.all.origin, page.all.basis.effect) +
                            " Net benefit at your own, in GBP: --threshold 5000,10000");
}

}  // namespace vfm::program
