#include "comparison_tables.hpp"

#include "vfm/decision/group_value.hpp"

#include <array>
#include <cmath>

namespace vfm::report {

namespace {

using decision::ComparedIndicator;
using decision::Comparison;
using decision::Curves;
using decision::Estimate;
using decision::IncrementalRow;
using decision::NetBenefit;
using decision::PerspectiveAnalysis;
using decision::Standing;

constexpr const char* of_threshold = "What a unit of effect is worth.";
constexpr const char* per_unit = "GBP a unit of effect";

std::string standing_name(Standing standing) {
    constexpr std::array names = {"on_frontier", "dominated", "extendedly_dominated", "tied"};
    return names.at(static_cast<std::size_t>(standing));
}

/// In place of an ICER, what people call the standing of an arm that has none.
std::string standing_word(Standing standing) {
    constexpr std::array words = {"cheapest", "dominated", "ext. dom.", "tied"};
    return words.at(static_cast<std::size_t>(standing));
}

Table notes_table(const Comparison& comparison) {
    Table table("notes", "What a reader must know to read the numbers rightly.");
    table.text("note", "In a sentence or two.");
    for (const std::string& note : comparison.notes) table.add({note});
    if (comparison.group_value) table.add({std::string(decision::apportioning_assumption)});
    return table;
}

Table arms_table(const Comparison& comparison) {
    Table table("arms", "The arms, in the order of the file.");
    table.text("arm", "The arm.").text("title", "In words.");
    for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
        const bool titled = arm < comparison.arm_titles.size();
        table.add({comparison.arms[arm], titled ? comparison.arm_titles[arm] : comparison.arms[arm]});
    }
    return table;
}

Table measures_table(const Comparison& comparison) {
    Table table("measures",
                "Every indicator in every arm: means over draws and replications, ratios of sums.");
    table.text("measure", "The indicator.")
        .column({.name = "label", .kind = Kind::text, .description = "In words.", .unit_in = "unit"})
        .text("unit", "Of the indicator; a share is from 0 to 1.")
        .text("heading", "cost, outcome, efficiency, process or other.")
        .text("numerator", "The measure of the file that is summed.")
        .text("denominator", "The measure that it is divided by; without one it is a mean a replication.")
        .text("arm", "The arm.")
        .column({.name = "value", .kind = Kind::estimate, .description = "In the arm.", .unit_in = "unit"})
        .column({.name = "difference",
                 .kind = Kind::estimate,
                 .description = "This arm minus the reference, paired on the same families.",
                 .unit_in = "unit"});
    for (const ComparedIndicator& compared : comparison.indicators) {
        const decision::Indicator& of = compared.indicator;
        for (std::size_t arm = 0; arm < compared.arms.size(); ++arm) {
            table.add({of.name, of.label, of.unit, std::string(heading_name(of.heading)), of.numerator,
                       of.denominator, comparison.arms[arm], compared.arms[arm],
                       difference_cell(comparison, arm, compared.differences[arm])});
        }
    }
    return table;
}

Table icer_table(const Comparison& comparison) {
    Table table("icer_table", "Fully incremental analysis by mean cost and effect, arms in order of cost.");
    table.text("perspective", "Whose costs.")
        .text("arm", "The arm.")
        .estimate("cost", "GBP", "Mean a programme; intervals in the perspective asked for alone.")
        .estimate("effect", "", "Likewise.")
        .text("standing", "on_frontier, dominated, extendedly_dominated or tied.")
        .list("against", "On the frontier the arm before it; otherwise who dominates it.")
        .number("incremental_cost", "GBP", "More than the arm before it on the frontier.")
        .number("incremental_effect", "", "Likewise.")
        .number("icer", per_unit, "Their ratio.");
    const auto number_or = [](double value, const std::string& why) -> Cell {
        if (std::isnan(value)) return Missing{why};
        return value;
    };
    for (const PerspectiveAnalysis& found : comparison.perspectives) {
        const bool asked_for = &found == &comparison.perspectives.front() && comparison.analysis;
        for (const IncrementalRow& row : found.incremental) {
            const Estimate cost{.value = row.cost, .monte_carlo = {}, .parameter = {}};
            const Estimate effect{.value = row.effect, .monte_carlo = {}, .parameter = {}};
            std::vector<std::string> against;
            for (const std::size_t arm : row.against) against.push_back(comparison.arms[arm]);
            table.add({found.perspective, comparison.arms[row.arm],
                       asked_for ? comparison.analysis->cost[row.arm] : cost,
                       asked_for ? comparison.analysis->effect[row.arm] : effect, standing_name(row.standing),
                       std::move(against), number_or(row.incremental_cost, "-"),
                       number_or(row.incremental_effect, "-"),
                       number_or(row.icer, standing_word(row.standing))});
        }
    }
    return table;
}

Table break_even_table(const Comparison& comparison) {
    Table table("break_even", "From which threshold on an arm is worth more than the reference, by means.");
    table.text("perspective", "Whose costs.")
        .text("arm", "The arm.")
        .text("worth_it", "above or below the threshold, always, never or equal.")
        .number("threshold", per_unit, "Cost difference over effect difference.");
    for (const PerspectiveAnalysis& found : comparison.perspectives) {
        for (std::size_t arm = 0; arm < found.break_even.size(); ++arm) {
            if (arm == comparison.reference) continue;
            table.add({found.perspective, comparison.arms[arm], worth_it_name(found.break_even[arm].worth_it),
                       threshold_cell(found.break_even[arm])});
        }
    }
    return table;
}

Table plane_table(const Comparison& comparison) {
    Table table("plane", "Shares of draws by where this arm minus the reference falls.");
    table.text("perspective", "Whose costs.")
        .text("arm", "The arm.")
        .number("dearer_better", "share", "Costs more, achieves more.")
        .number("cheaper_better", "share", "Costs less, achieves more.")
        .number("cheaper_worse", "share", "Costs less, achieves less.")
        .number("dearer_worse", "share", "Costs more, achieves less.")
        .number("on_an_axis", "share", "No difference in one of them.")
        .number("better", "share", "Achieves more, cost differs.")
        .number("cheaper", "share", "Costs less, effect differs.");
    for (const PerspectiveAnalysis& found : comparison.perspectives) {
        for (std::size_t arm = 0; arm < found.plane.size(); ++arm) {
            if (arm == comparison.reference) continue;
            const decision::PlaneShares& shares = found.plane[arm];
            table.add({found.perspective, comparison.arms[arm], shares.dearer_better, shares.cheaper_better,
                       shares.cheaper_worse, shares.dearer_worse, shares.on_an_axis,
                       shares.dearer_better + shares.cheaper_better,
                       shares.cheaper_better + shares.cheaper_worse});
        }
    }
    return table;
}

/// A table of one number an arm and threshold.
Table curve_table(const Comparison& comparison, Table table, std::vector<double> Curves::*values) {
    for (const PerspectiveAnalysis& found : comparison.perspectives) {
        const Curves& curves = found.curves;
        for (std::size_t i = 0; i < curves.thresholds.size(); ++i) {
            for (std::size_t arm = 0; arm < curves.arms; ++arm) {
                table.add({found.perspective, curves.thresholds[i], comparison.arms[arm],
                           (curves.*values)[curves.at(i, arm)]});
            }
        }
    }
    return table;
}

Table curve_columns(const char* name, const char* description, Column value) {
    Table table(name, description);
    table.text("perspective", "Whose costs.")
        .number("threshold", per_unit, of_threshold)
        .text("arm", "The arm.")
        .column(std::move(value));
    return table;
}

/// The likeliest to be the best beside the arm that is best on average; none in a study of one arm.
std::optional<std::size_t> next_likeliest(const Curves& curves, std::size_t threshold) {
    std::optional<std::size_t> rival;
    for (std::size_t arm = 0; arm < curves.arms; ++arm) {
        if (arm == curves.best[threshold]) continue;
        const auto chance = [&](std::size_t of) { return curves.probability_best[curves.at(threshold, of)]; };
        if (!rival || chance(arm) > chance(*rival)) rival = arm;
    }
    return rival;
}

Table frontier_table(const Comparison& comparison) {
    Table table("ceaf",
                "The arm of highest expected net benefit, and how sure that is: the acceptability frontier.");
    table.text("perspective", "Whose costs.")
        .number("threshold", per_unit, of_threshold)
        .text("arm", "Of highest expected net benefit.")
        .number("probability_best", "share", "Of its being the best of all.")
        .number("expected_loss", "GBP a programme",
                "The least there is: the expected value of perfect information.")
        .number("naive_evpi", "GBP a programme",
                "The same from draws' means, with the noise of families: too high.")
        .text("next_likeliest", "Of the other arms the one that is the best of all in most draws.")
        .number("next_probability_best", "share", "Of its being the best of all.");
    for (const PerspectiveAnalysis& found : comparison.perspectives) {
        const Curves& curves = found.curves;
        for (std::size_t i = 0; i < curves.thresholds.size(); ++i) {
            std::vector<Cell> row = {
                found.perspective,  curves.thresholds[i],          comparison.arms[curves.best[i]],
                curves.frontier(i), curves.perfect_information(i), found.naive_evpi[i]};
            if (const std::optional<std::size_t> next = next_likeliest(curves, i)) {
                row.emplace_back(comparison.arms[*next]);
                row.emplace_back(curves.probability_best[curves.at(i, *next)]);
            } else {
                row.insert(row.end(), 2, Missing{});
            }
            table.add(std::move(row));
        }
    }
    return table;
}

Table net_benefit_table(const Comparison& comparison) {
    Table table("net_benefit", "Threshold x effect - cost at the thresholds asked for.");
    table.number("threshold", per_unit, of_threshold)
        .text("arm", "The arm.")
        .text("best", "The arm of highest mean net benefit.")
        .estimate("net_benefit", "GBP a programme", "Of the arm.")
        .estimate("difference", "GBP a programme", "This arm minus the reference.")
        .number("probability_best", "share", "Of its being the best of all arms.");
    if (!comparison.analysis) return table;
    for (const NetBenefit& at : comparison.analysis->net_benefit) {
        for (std::size_t arm = 0; arm < at.arms.size(); ++arm) {
            table.add({at.threshold, comparison.arms[arm], comparison.arms[at.best], at.arms[arm].value,
                       difference_cell(comparison, arm, at.arms[arm].difference),
                       at.arms[arm].probability_best});
        }
    }
    return table;
}

Table money_table(const Comparison& comparison) {
    Table table("net_present_value",
                "Benefit and cost more than the reference's where a unit of effect is worth what the analyst "
                "says. Effects are taken as they are in the file: the model discounts its costs to launch, "
                "and its outcomes not at all.");
    table.number("threshold", per_unit, of_threshold)
        .text("arm", "The arm.")
        .number("benefit", "GBP a programme", "Threshold x effect difference.")
        .number("cost", "GBP a programme", "Cost difference.")
        .number("net_present_value", "GBP a programme", "Benefit less cost.")
        .number("benefit_cost_ratio", "",
                "Benefit over cost where the arm costs more; never to be shown alone.");
    if (!comparison.analysis) return table;
    const decision::CostEffectiveness& found = *comparison.analysis;
    for (std::size_t i = 0; i < found.money.size(); ++i) {
        for (std::size_t arm = 0; arm < found.money[i].size(); ++arm) {
            if (arm == comparison.reference) continue;
            const decision::MoneyValue& value = found.money[i][arm];
            table.add({found.net_benefit[i].threshold, comparison.arms[arm], value.benefit, value.cost,
                       value.net_present_value, value.benefit_cost_ratio});
        }
    }
    return table;
}

}  // namespace

Cell difference_cell(const Comparison& comparison, std::size_t arm, const Estimate& difference) {
    if (arm == comparison.reference) return Missing{"reference"};
    return difference;
}

Cell threshold_cell(const decision::BreakEven& point) {
    if (std::isnan(point.threshold)) return Missing{""};
    return point.threshold;
}

std::string worth_it_name(decision::WorthIt worth_it) {
    constexpr std::array names = {"above", "below", "always", "never", "equal"};
    return names.at(static_cast<std::size_t>(worth_it));
}

std::vector<Table> measure_tables(const Comparison& comparison) {
    return {notes_table(comparison), arms_table(comparison), measures_table(comparison)};
}

std::vector<Table> value_tables(const Comparison& comparison) {
    const auto curve = [&](const char* name, const char* description, Column value,
                           std::vector<double> Curves::*values) {
        return curve_table(comparison, curve_columns(name, description, std::move(value)), values);
    };
    return {icer_table(comparison),
            break_even_table(comparison),
            plane_table(comparison),
            curve("ceac", "The probability of being the best of all arms, not: better than the reference.",
                  {.name = "probability_best", .unit = "share", .description = "The probability."},
                  &Curves::probability_best),
            frontier_table(comparison),
            curve("expected_loss", "What choosing this arm loses on average against the best of each draw.",
                  {.name = "expected_loss", .unit = "GBP a programme", .description = "The mean loss."},
                  &Curves::expected_loss),
            curve("expected_net_benefit", "Mean of threshold x effect - cost.",
                  {.name = "expected_net_benefit", .unit = "GBP a programme", .description = "The mean."},
                  &Curves::expected_net_benefit),
            net_benefit_table(comparison),
            money_table(comparison)};
}

}  // namespace vfm::report
