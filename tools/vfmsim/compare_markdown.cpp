#include "analysis_output.hpp"
#include "compare_area_types.hpp"
#include "compare_curves.hpp"
#include "compare_group_value.hpp"
#include "compare_output.hpp"
#include "compare_sections.hpp"
#include "study_words.hpp"

#include <cmath>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using namespace decision;
using Align = TextTable::Column::Align;

TextTable with_columns(const std::vector<std::string>& headings) {
    TextTable table;
    for (const std::string& heading : headings) table.columns.push_back({.heading = heading});
    table.columns.front().align = Align::left;
    return table;
}

std::string heading(const std::string& text) {
    return "\n## " + text + "\n\n";
}

/// What arms cost and achieve, a programme, where they stand and from which threshold they are worth it.
std::string incremental_section(const Page& page) {
    const PerspectiveAnalysis& found = page.all.perspectives.front();
    std::vector<double> costs;
    std::vector<double> effects;
    for (const CostAndEffect& arm : found.means) {
        costs.push_back(arm.cost);
        effects.push_back(arm.effect);
    }
    const Cells standings = standing_cells(page);
    TextTable table = with_columns({"arm", "cost, GBP", words(page.all.basis.effect), "ICER, GBP",
                                    "worth it at thresholds (against " + page.reference() + ")"});
    for (const IncrementalRow& row : found.incremental) {
        const BreakEven& point = found.break_even[row.arm];
        std::string worth_it = worth_it_name(point.worth_it);
        if (!std::isnan(point.threshold)) worth_it += " " + number(point.threshold, 0);
        table.rows.push_back({page.all.arms[row.arm], number(row.cost, decimals_for(costs)),
                              number(row.effect, decimals_for(effects)), standings[row.arm],
                              row.arm == page.all.reference ? "reference" : worth_it});
    }
    return heading(fmt::format("Incremental analysis, {} perspective, {}", words(page.all.basis.perspective),
                               unit_of_sums(page.all.origin))) +
           markdown_table(table);
}

std::string difference_section(const Page& page) {
    std::string text;
    for (const std::string& measure : {page.all.basis.cost, page.all.basis.effect}) {
        const ComparedIndicator* compared = find_indicator(page.all, measure, "families");
        if (compared == nullptr) compared = find_indicator(page.all, measure, "");
        if (compared == nullptr) continue;
        const double factor = factor_of(compared->indicator);
        const int decimals = decimals_for(shown_numbers(compared->differences, factor));
        TextTable table = with_columns({"arm", "difference", "Monte Carlo 95 %", "parameters 95 %"});
        for (std::size_t arm = 0; arm < page.all.arms.size(); ++arm) {
            if (arm == page.all.reference) continue;
            const Estimate& difference = compared->differences[arm];
            table.rows.push_back({page.all.arms[arm], number(factor * difference.value, decimals),
                                  monte_carlo_text(difference, factor, decimals),
                                  parameters_text(difference, factor, decimals)});
        }
        text += heading(fmt::format("Difference in {}: this arm minus {}", label_of(compared->indicator),
                                    page.reference())) +
                markdown_table(table);
    }
    return text;
}

/// A study of one arm: its measures as rows.
std::string only_arm(const Page& page) {
    TextTable table = with_columns({"measure", "mean", "Monte Carlo 95 %", "parameters 95 %"});
    for (const ComparedIndicator& compared : page.all.indicators) {
        const Estimate& arm = compared.arms.front();
        if (!page.full() && (arm.missing() || arm.value == 0)) continue;
        const double factor = factor_of(compared.indicator);
        const int decimals = decimals_for(shown_numbers(compared.arms, factor));
        table.rows.push_back({label_of(compared.indicator), number(factor * arm.value, decimals),
                              monte_carlo_text(arm, factor, decimals),
                              parameters_text(arm, factor, decimals)});
    }
    return heading("All measures") + markdown_table(table);
}

/// Headings in pipes have one line: what stands above several columns goes before each.
TextTable in_one_line(TextTable table) {
    for (TextTable::Column& column : table.columns) {
        if (!column.group.empty()) column.heading = column.group + ": " + column.heading;
    }
    return table;
}

std::string area_type_sections(const Page& page) {
    if (page.all.area_types.empty()) return {};
    std::string text;
    for (const AreaTypeComparison& type : page.all.area_types) {
        text += heading(area_type_heading(type)) + markdown_table(in_one_line(area_type_table(page, type)));
    }
    const TextTable best = best_by_type(page);
    if (best.rows.empty()) return text;
    return text + heading("The best arm by area type, over thresholds") + markdown_table(in_one_line(best)) +
           '\n' + best_by_type_note + '\n';
}

}  // namespace

std::string comparison_markdown(const Comparison& comparison, const ComparisonSource& source, Detail detail) {
    const Page page{.all = comparison, .source = source, .detail = detail};
    const bool alone = comparison.arms.size() == 1;
    std::string text =
        "# " + (source.title.empty() ? source.file : source.title) + "\n\n" +
        fmt::format("`{}`: {}, {} x {}. Reference arm: {}. {}\n", source.file,
                    counted(comparison.arms.size(), "arm"), counted(comparison.draws, "draw"),
                    counted(comparison.replications, "replication"), page.reference(), prices_sentence(page));
    text += alone ? only_arm(page) : difference_section(page);
    if (!alone && !comparison.perspectives.empty()) {
        text += incremental_section(page);
        for (const PerspectiveAnalysis& found : comparison.perspectives) {
            if (found.curves.thresholds.empty()) continue;
            text += heading(fmt::format("Over thresholds, {} perspective", words(found.perspective))) +
                    markdown_table(curve_summary(page, found)) + '\n' + curve_legend(page) + '\n';
            if (!page.full()) break;
        }
    }
    text += group_value_markdown(page);
    text += area_type_sections(page);
    if (!comparison.notes.empty()) text += heading("Notes");
    for (const std::string& note : comparison.notes) text += "- " + note + '\n';
    return text;
}

}  // namespace vfm::program
