#include "compare_findings.hpp"

#include "compare_area_types.hpp"
#include "compare_group_findings.hpp"
#include "study_words.hpp"
#include "tables.hpp"

#include <array>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace vfm::program {

namespace {

using namespace decision;
using results::AnalysisColumn;
using results::AnalysisTable;
using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;
using Lists = std::vector<Texts>;

template <class Values>
AnalysisColumn column(const char* name, const char* unit, const std::string& description, Values values) {
    return {.name = name, .unit = unit, .description = description, .values = std::move(values)};
}

Texts names(const Comparison& comparison, const std::vector<std::size_t>& arms) {
    Texts list;
    for (const std::size_t arm : arms) list.push_back(comparison.arms[arm]);
    return list;
}

AnalysisTable icer_table(const Comparison& comparison) {
    Texts perspective;
    Texts arm;
    Texts standing;
    Lists against;
    Numbers cost;
    Numbers effect;
    Numbers more_cost;
    Numbers more_effect;
    Numbers icer;
    for (const PerspectiveAnalysis& found : comparison.perspectives) {
        for (const IncrementalRow& row : found.incremental) {
            perspective.push_back(found.perspective);
            arm.push_back(comparison.arms[row.arm]);
            cost.push_back(row.cost);
            effect.push_back(row.effect);
            standing.push_back(standing_name(row.standing));
            against.push_back(names(comparison, row.against));
            more_cost.push_back(row.incremental_cost);
            more_effect.push_back(row.incremental_effect);
            icer.push_back(row.icer);
        }
    }
    return {
        .name = "icer_table",
        .description = "Fully incremental analysis by mean cost and effect, arms in order of cost.",
        .columns = {column("perspective", "", "Whose costs.", std::move(perspective)),
                    column("arm", "", "The arm.", std::move(arm)),
                    column("cost", "GBP", "Mean a programme.", std::move(cost)),
                    column("effect", "", "Mean a programme.", std::move(effect)),
                    column("standing", "", "on_frontier, dominated, extendedly_dominated or tied.",
                           std::move(standing)),
                    column("against", "", "On the frontier the arm before it; otherwise who dominates it.",
                           std::move(against)),
                    column("incremental_cost", "GBP", "More than the arm before it on the frontier.",
                           std::move(more_cost)),
                    column("incremental_effect", "", "Likewise.", std::move(more_effect)),
                    column("icer", "GBP a unit of effect", "Their ratio.", std::move(icer))}};
}

AnalysisTable break_even_table(const Comparison& comparison) {
    Texts perspective;
    Texts arm;
    Texts worth_it;
    Numbers threshold;
    for (const PerspectiveAnalysis& found : comparison.perspectives) {
        for (std::size_t i = 0; i < found.break_even.size(); ++i) {
            if (i == comparison.reference) continue;
            perspective.push_back(found.perspective);
            arm.push_back(comparison.arms[i]);
            worth_it.push_back(worth_it_name(found.break_even[i].worth_it));
            threshold.push_back(found.break_even[i].threshold);
        }
    }
    return {.name = "break_even",
            .description = "From which threshold on an arm is worth more than the reference, by means.",
            .columns = {column("perspective", "", "Whose costs.", std::move(perspective)),
                        column("arm", "", "The arm.", std::move(arm)),
                        column("worth_it", "", "above, below, always, never or equal.", std::move(worth_it)),
                        column("threshold", "GBP a unit of effect", "Cost difference over effect difference.",
                               std::move(threshold))}};
}

AnalysisTable plane_table(const Comparison& comparison) {
    Texts perspective;
    Texts arm;
    std::array<Numbers, 5> shares;
    for (const PerspectiveAnalysis& found : comparison.perspectives) {
        for (std::size_t i = 0; i < found.plane.size(); ++i) {
            if (i == comparison.reference) continue;
            perspective.push_back(found.perspective);
            arm.push_back(comparison.arms[i]);
            shares[0].push_back(found.plane[i].dearer_better);
            shares[1].push_back(found.plane[i].cheaper_better);
            shares[2].push_back(found.plane[i].cheaper_worse);
            shares[3].push_back(found.plane[i].dearer_worse);
            shares[4].push_back(found.plane[i].on_an_axis);
        }
    }
    return {
        .name = "plane",
        .description = "Shares of draws by where this arm minus the reference falls.",
        .columns = {column("perspective", "", "Whose costs.", std::move(perspective)),
                    column("arm", "", "The arm.", std::move(arm)),
                    column("dearer_better", "share", "Costs more, achieves more.", std::move(shares[0])),
                    column("cheaper_better", "share", "Costs less, achieves more.", std::move(shares[1])),
                    column("cheaper_worse", "share", "Costs less, achieves less.", std::move(shares[2])),
                    column("dearer_worse", "share", "Costs more, achieves less.", std::move(shares[3])),
                    column("on_an_axis", "share", "No difference in one of them.", std::move(shares[4]))}};
}

/// A table of one number an arm and threshold.
AnalysisTable curve_table(const Comparison& comparison, const char* name, const char* description,
                          const char* unit, std::vector<double> Curves::*values) {
    Texts perspective;
    Texts arm;
    Numbers threshold;
    Numbers value;
    for (const PerspectiveAnalysis& found : comparison.perspectives) {
        const Curves& curves = found.curves;
        for (std::size_t i = 0; i < curves.thresholds.size(); ++i) {
            for (std::size_t a = 0; a < curves.arms; ++a) {
                perspective.push_back(found.perspective);
                threshold.push_back(curves.thresholds[i]);
                arm.push_back(comparison.arms[a]);
                value.push_back((curves.*values)[curves.at(i, a)]);
            }
        }
    }
    const char* what = values == &Curves::probability_best ? "probability_best" : name;
    return {.name = name,
            .description = description,
            .columns = {
                column("perspective", "", "Whose costs.", std::move(perspective)),
                column("threshold", "GBP a unit of effect", "What a unit is worth.", std::move(threshold)),
                column("arm", "", "The arm.", std::move(arm)),
                column(what, unit, description, std::move(value))}};
}

AnalysisTable frontier_table(const Comparison& comparison) {
    Texts perspective;
    Texts arm;
    Numbers threshold;
    Numbers probability;
    Numbers loss;
    Numbers naive;
    for (const PerspectiveAnalysis& found : comparison.perspectives) {
        for (std::size_t i = 0; i < found.curves.thresholds.size(); ++i) {
            perspective.push_back(found.perspective);
            threshold.push_back(found.curves.thresholds[i]);
            arm.push_back(comparison.arms[found.curves.best[i]]);
            probability.push_back(found.curves.frontier(i));
            loss.push_back(found.curves.perfect_information(i));
            naive.push_back(found.naive_evpi[i]);
        }
    }
    return {
        .name = "ceaf",
        .description =
            "The arm of highest expected net benefit, and how sure that is: the acceptability "
            "frontier.",
        .columns = {
            column("perspective", "", "Whose costs.", std::move(perspective)),
            column("threshold", "GBP a unit of effect", "What a unit is worth.", std::move(threshold)),
            column("arm", "", "Of highest expected net benefit.", std::move(arm)),
            column("probability_best", "share", "Of being the best of all.", std::move(probability)),
            column("expected_loss", "GBP a programme",
                   "The least there is: the expected value of perfect information.", std::move(loss)),
            column("naive_evpi", "GBP a programme",
                   "The same from draws' means, with the noise of families: too high.", std::move(naive))}};
}

AnalysisTable group_table(const Comparison& comparison) {
    Texts group;
    Texts measure;
    Texts unit;
    Texts arm;
    std::array<Numbers, 6> numbers;
    Numbers error;
    for (const GroupComparison& compared : comparison.gaps) {
        for (std::size_t a = 0; a < compared.arms.size(); ++a) {
            const ComparedGap& gap = compared.arms[a];
            group.push_back(compared.group);
            measure.push_back(compared.indicator.name);
            unit.push_back(compared.indicator.unit);
            arm.push_back(comparison.arms[a]);
            numbers[0].push_back(gap.group.value);
            numbers[1].push_back(gap.rest.value);
            numbers[2].push_back(gap.gap.value);
            numbers[3].push_back(gap.gap_change.value);
            numbers[4].push_back(gap.group_change.value);
            numbers[5].push_back(gap.rest_change.value);
            error.push_back(gap.gap.monte_carlo ? gap.gap.monte_carlo->standard_error
                                                : std::numeric_limits<double>::quiet_NaN());
        }
    }
    return {
        .name = "access_groups",
        .description = "Levels in an access group and in all other families, and the gap between them.",
        .columns = {
            column("group", "", "The access group.", std::move(group)),
            column("measure", "", "The indicator.", std::move(measure)),
            column("unit", "", "Its unit.", std::move(unit)), column("arm", "", "The arm.", std::move(arm)),
            column("in_group", "", "In the group.", std::move(numbers[0])),
            column("in_rest", "", "In all other families.", std::move(numbers[1])),
            column("gap", "", "Group minus rest.", std::move(numbers[2])),
            column("gap_standard_error", "", "Monte Carlo.", std::move(error)),
            column("gap_minus_reference", "", "This arm's gap minus the reference's.", std::move(numbers[3])),
            column("group_minus_reference", "", "This arm's group minus the reference's.",
                   std::move(numbers[4])),
            column("rest_minus_reference", "", "This arm's rest minus the reference's.",
                   std::move(numbers[5]))}};
}

AnalysisTable inequality_table(const Comparison& comparison) {
    Texts index;
    Texts attribute;
    Texts measure;
    Texts arm;
    Numbers value;
    Numbers difference;
    for (const InequalityRow& row : comparison.inequality) {
        index.push_back(row.index);
        attribute.push_back(row.attribute);
        measure.push_back(row.measure);
        arm.push_back(comparison.arms[row.arm]);
        value.push_back(row.value);
        difference.push_back(row.minus_reference);
    }
    return {.name = "inequality",
            .description = "Indices of inequality between access groups, as the analyst declared them.",
            .columns = {
                column("index", "", "atkinson_of_chances, slope_index or weighted_effect.", std::move(index)),
                column("attribute", "", "Whose levels are compared.", std::move(attribute)),
                column("measure", "", "What is compared between them.", std::move(measure)),
                column("arm", "", "The arm.", std::move(arm)),
                column("value", "", "The index.", std::move(value)),
                column("minus_reference", "", "This arm's less the reference's.", std::move(difference))}};
}

/// Of the perspective asked for.
AnalysisTable money_table(const Comparison& comparison, const CostEffectiveness& found) {
    Texts arm;
    std::array<Numbers, 5> numbers;
    for (std::size_t i = 0; i < found.money.size(); ++i) {
        for (std::size_t a = 0; a < found.money[i].size(); ++a) {
            if (a == comparison.reference) continue;
            const MoneyValue& value = found.money[i][a];
            arm.push_back(comparison.arms[a]);
            numbers[0].push_back(found.net_benefit[i].threshold);
            numbers[1].push_back(value.benefit);
            numbers[2].push_back(value.cost);
            numbers[3].push_back(value.net_present_value);
            numbers[4].push_back(value.benefit_cost_ratio);
        }
    }
    return {.name = "net_present_value",
            .description =
                "Benefit and cost more than the reference's where a unit of effect is worth what the "
                "analyst says. Effects are taken as they are in the file: the model discounts its costs to "
                "launch, and its outcomes not at all.",
            .columns = {
                column("threshold", "GBP a unit of effect", "What a unit is worth.", std::move(numbers[0])),
                column("arm", "", "The arm.", std::move(arm)),
                column("benefit", "GBP a programme", "Threshold x effect difference.", std::move(numbers[1])),
                column("cost", "GBP a programme", "Cost difference.", std::move(numbers[2])),
                column("net_present_value", "GBP a programme", "Benefit less cost.", std::move(numbers[3])),
                column("benefit_cost_ratio", "",
                       "Benefit over cost where there is one; never to be shown "
                       "alone.",
                       std::move(numbers[4]))}};
}

std::string matrix_name(MeanSource source) {
    constexpr std::array sources = {"regression", "few_draws", "noiseless", "at_face_value"};
    return sources.at(static_cast<std::size_t>(source));
}

}  // namespace

results::Analysis compare_findings(const Comparison& comparison, const ComparisonSource& source) {
    results::Analysis analysis{.command = "compare", .settings = {}, .tables = {}};
    const auto set = [&analysis](const char* name, std::string value) {
        analysis.settings.emplace_back(name, std::move(value));
    };
    set("file", source.file);
    set("title", source.title);
    set("reference_arm", comparison.arms[comparison.reference]);
    set("perspective", comparison.basis.perspective);
    set("cost", comparison.basis.cost);
    set("effect", comparison.basis.effect);
    set("price_year", source.price_year > 0 ? std::to_string(source.price_year) : "");
    if (source.own_price_year != source.price_year && source.own_price_year > 0) {
        set("converted_from_prices_of", std::to_string(source.own_price_year));
        set("price_index", std::string(gdp_deflator().source));
    }
    set("discount_rate", exact_number(source.discount_rate));
    set("draws", std::to_string(comparison.draws));
    set("replications", std::to_string(comparison.replications));
    if (comparison.perspectives.empty()) return analysis;
    const PerspectiveAnalysis& first = comparison.perspectives.front();
    set("thresholds", thresholds_text(first.curves.thresholds));
    set("thresholds_chosen_by", source.thresholds_given
                                    ? "the analyst"
                                    : "vfmsim: from 0 to a round number a quarter or more above "
                                      "the largest break-even threshold");
    set("matrix", matrix_name(first.source));
    analysis.tables = {icer_table(comparison), break_even_table(comparison), plane_table(comparison)};
    if (!first.curves.thresholds.empty()) {
        analysis.tables.push_back(
            curve_table(comparison, "ceac",
                        "The probability of being the best of all arms, not: better than the "
                        "reference.",
                        "share", &Curves::probability_best));
        analysis.tables.push_back(frontier_table(comparison));
        analysis.tables.push_back(
            curve_table(comparison, "expected_loss",
                        "What choosing this arm loses on average against the best of each draw.",
                        "GBP a programme", &Curves::expected_loss));
        analysis.tables.push_back(curve_table(comparison, "expected_net_benefit",
                                              "Mean of threshold x effect - cost.", "GBP a programme",
                                              &Curves::expected_net_benefit));
    }
    if (comparison.analysis && !comparison.analysis->money.empty()) {
        analysis.tables.push_back(money_table(comparison, *comparison.analysis));
    }
    if (!comparison.gaps.empty()) analysis.tables.push_back(group_table(comparison));
    for (AnalysisTable& table : group_value_tables(comparison)) analysis.tables.push_back(std::move(table));
    if (!comparison.inequality.empty()) analysis.tables.push_back(inequality_table(comparison));
    for (results::AnalysisTable& table : area_type_findings(comparison))
        analysis.tables.push_back(std::move(table));
    return analysis;
}

}  // namespace vfm::program
