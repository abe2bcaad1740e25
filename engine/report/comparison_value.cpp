// Costs against effects, for people: incremental analysis, curves over thresholds, net benefit.
#include "comparison_page.hpp"

#include "vfm/inquiry/question.hpp"
#include "vfm/report/numbers.hpp"
#include "vfm/report/study_words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace vfm::report {

namespace {

using decision::CostEffectiveness;
using decision::Curves;
using decision::IncrementalRow;
using decision::MeanSource;
using decision::PerspectiveAnalysis;
using decision::Standing;

std::vector<std::size_t> order_of_cost(const CostEffectiveness& found) {
    std::vector<std::size_t> order;
    for (const IncrementalRow& row : found.incremental) order.push_back(row.arm);
    return order;
}

/// A column of a table by perspective, of the perspective asked for.
Source asked_for(const ComparisonPage& page, const char* table, const char* column) {
    return {.column = column, .where = {{"perspective", page.all.basis.perspective}}, .table = table};
}

Shown of_icer_table(const ComparisonPage& page, const char* column, const char* heading) {
    return {
        .heading = heading, .cells = {asked_for(page, "icer_table", column)}, .when = page.unless_empty()};
}

/// A share of draws by where they fall, in %.
Shown of_plane(const ComparisonPage& page, const char* column, const char* heading) {
    return {.heading = heading,
            .cells = {asked_for(page, "plane", column)},
            .precision = decimals(1),
            .wrap = 8,
            .when = page.unless_empty()};
}

Shown icer_column(const ComparisonPage& page) {
    return {.heading = "ICER", .cells = {asked_for(page, "icer_table", "icer")}};
}

Shown worth_it_column(const ComparisonPage& page, std::size_t wrap) {
    return worth_it("break_even", {{"perspective", page.all.basis.perspective}}, wrap);
}

std::string standing_sentence(const ComparisonPage& page, const IncrementalRow& row) {
    const auto against = [&](std::size_t i) { return page.all.arms[row.against[i]]; };
    switch (row.standing) {
        case Standing::on_frontier:
            return row.against.empty() ? "cheapest" : "against " + against(0);
        case Standing::dominated:
            return "dominated by " + against(0);
        case Standing::extendedly_dominated:
            return "extendedly dominated by " + against(0) + " and " + against(1);
        case Standing::tied:
            break;
    }
    return "exactly as " + against(0);
}

std::string incremental_heading(const ComparisonPage& page) {
    return fmt::format("Incremental analysis, in order of cost: GBP and {} {} ({})",
                       in_words(page.all.basis.effect), unit_of_sums(page.all.origin),
                       in_words(page.all.basis.perspective));
}

Section incremental_in_short(const ComparisonPage& page, const CostEffectiveness& found) {
    View view = by_arm(order_of_cost(found));
    view.columns.push_back(of_icer_table(page, "cost", "cost"));
    view.columns.push_back(of_icer_table(page, "effect", "effect"));
    view.columns.push_back(icer_column(page));
    view.columns.push_back(worth_it_column(page, 10));
    view.columns.push_back(of_plane(page, "better", "draws better, %"));
    view.columns.push_back(of_plane(page, "cheaper", "draws cheaper, %"));
    return {.heading = incremental_heading(page) +
                       "; shares of draws that achieve more, and that cost less, than " + page.reference(),
            .view = std::move(view)};
}

/// Levels with both intervals, steps between arms that remain, and who dominates whom.
Sections incremental_in_full(const ComparisonPage& page, const CostEffectiveness& found) {
    View view = by_arm(order_of_cost(found));
    for (const char* column : {"cost", "effect"}) {
        Shown mean = of_icer_table(page, column, "mean");
        mean.group = column;
        add_with_intervals(view, mean);
    }
    view.columns.push_back(of_icer_table(page, "incremental_cost", "more cost"));
    view.columns.push_back(of_icer_table(page, "incremental_effect", "more effect"));
    view.columns.push_back(icer_column(page));
    Section levels{.heading = incremental_heading(page), .view = std::move(view)};
    for (const IncrementalRow& row : found.incremental)
        levels.items.push_back(page.all.arms[row.arm] + ": " + standing_sentence(page, row));

    View against = by_arm(page);
    against.columns.push_back(worth_it_column(page, 18));
    for (const auto& [column, heading] :
         {std::pair("dearer_better", "dearer, better"), std::pair("cheaper_better", "cheaper, better"),
          std::pair("cheaper_worse", "cheaper, worse"), std::pair("dearer_worse", "dearer, worse"),
          std::pair("on_an_axis", "on an axis")}) {
        against.columns.push_back(of_plane(page, column, heading));
    }
    return {std::move(levels),
            {.heading = fmt::format("Against {}: break-even threshold (cost difference over effect "
                                    "difference, GBP a unit of {}), and % of draws by where they fall",
                                    page.reference(), in_words(page.all.basis.effect)),
             .view = std::move(against)}};
}

/// What became of the noise of simulated families in all that counts draws; empty where there is nothing to
/// say.
std::string noise_sentence(const ComparisonPage& page) {
    if (page.all.draws < 2 || page.imported()) return {};
    switch (page.all.perspectives.front().source) {
        case MeanSource::regression:
            return " Draws (here and in the plane) are seen with the noise of simulated families taken out.";
        case MeanSource::few_draws:
            return " Draws (here and in the plane) are seen with the noise of simulated families taken out, "
                   "by its size alone.";
        case MeanSource::at_face_value:
            return " With one replication a draw, the noise of simulated families pulls shares of draws "
                   "towards equal ones and makes losses too large.";
        case MeanSource::noiseless:
            break;
    }
    return {};
}

std::string curve_legend(const ComparisonPage& page) {
    const std::size_t count = page.all.perspectives.front().curves.thresholds.size();
    const bool some = count > shown_places(page, count).size();
    return fmt::format(
        "best of all: the share of draws in which the arm has the highest net benefit of all. expected loss: "
        "what choosing it loses on average, GBP {}, against knowing every parameter, which is the most that "
        "evidence could be worth.{}{}",
        unit_of_sums(page.all.origin), noise_sentence(page),
        some ? fmt::format(" All {} thresholds{}: --format csv or json.", count,
                           page.source.thresholds_given
                               ? ""
                               : " (from 0 to a round number above the largest break-even)")
             : std::string());
}

/// Rows of a table by perspective and threshold at the places that people see.
std::vector<std::size_t> shown_rows(const ComparisonPage& page, const char* table, const Where& where) {
    const std::vector<std::size_t> all = page.report.table(table).where(where);
    std::vector<std::size_t> rows;
    for (const std::size_t place : shown_places(page, all.size())) rows.push_back(all[place]);
    return rows;
}

Shown threshold_column(const Curves& curves) {
    return {.heading = "GBP a unit", .cells = {{.column = "threshold"}}, .precision = of_thresholds(curves)};
}

/// Who is best on average over thresholds, and how sure that is.
View frontier_view(const ComparisonPage& page, const PerspectiveAnalysis& found) {
    const auto share = [](const char* column) {
        return Shown{
            .heading = "best of all, %", .cells = {{.column = column}}, .precision = decimals(1), .wrap = 8};
    };
    return {.table = "ceaf",
            .rows = shown_rows(page, "ceaf", {{"perspective", found.perspective}}),
            .columns = {threshold_column(found.curves),
                        {.heading = "best on average", .cells = {{.column = "arm"}}},
                        share("probability_best"),
                        {.heading = "expected loss, GBP", .cells = {{.column = "expected_loss"}}, .wrap = 13},
                        {.heading = "next likeliest", .cells = {{.column = "next_likeliest"}}},
                        share("next_probability_best")}};
}

/// Every arm's probability of being the best, arms as columns.
View acceptability_view(const ComparisonPage& page, const PerspectiveAnalysis& found) {
    View view{.table = "ceac",
              .rows = shown_rows(page, "ceac",
                                 {{"perspective", found.perspective}, {"arm", page.all.arms.front()}}),
              .key = "threshold",
              .columns = {threshold_column(found.curves)}};
    for (const std::string& arm : page.all.arms) {
        view.columns.push_back({.heading = arm,
                                .cells = {{.column = "probability_best",
                                           .where = {{"perspective", found.perspective}, {"arm", arm}}}},
                                .precision = decimals(1),
                                .wrap = 12});
    }
    return view;
}

Sections over_thresholds(const ComparisonPage& page) {
    Sections sections;
    for (const PerspectiveAnalysis& found : page.all.perspectives) {
        if (found.curves.thresholds.empty()) continue;
        const std::string whose = in_words(found.perspective);
        const std::string effect = in_words(page.all.basis.effect);
        sections.push_back({.heading = fmt::format(
                                "Over thresholds, {} perspective: the arm of highest expected net benefit "
                                "where a unit of {} is worth so much, and how sure that is",
                                whose, effect),
                            .view = frontier_view(page, found)});
        if (&found == &page.all.perspectives.front()) sections.back().notes.push_back(curve_legend(page));
        if (!page.full()) break;
        sections.push_back({.heading = fmt::format("Probability of being the best of all arms, %, {} "
                                                   "perspective, over what a unit of {} is worth",
                                                   whose, effect),
                            .view = acceptability_view(page, found)});
    }
    return sections;
}

/// A column of a table by threshold, at one.
Shown at_threshold(const char* table, double threshold, const char* column, const char* heading) {
    return {.heading = heading,
            .cells = {{.column = column, .where = {{"threshold", threshold}}, .table = table}}};
}

/// Means, then differences from the reference: what all arms share drops out of them.
Section net_benefit_section(const ComparisonPage& page, const decision::NetBenefit& at) {
    View view = by_arm(page);
    const auto add = [&](const char* column, const char* heading, Part part, const char* scale) -> Shown& {
        Shown shown = at_threshold("net_benefit", at.threshold, column, heading);
        shown.part = part;
        shown.scale = scale;
        return view.columns.emplace_back(std::move(shown));
    };
    add("net_benefit", "mean", Part::value, "mean").when = page.unless_empty();
    add("difference", "difference", Part::with_error, "difference");
    Shown& parameters = add("difference", "parameters 95 %", Part::parameters, "difference");
    parameters.wrap = 16;
    parameters.when = page.unless_empty();
    Shown& best = add("probability_best", "best of all, %", Part::value, "share");
    best.precision = decimals(1);
    best.wrap = 8;
    return {
        .heading = fmt::format("Net benefit where a unit of {} is worth {}: that x effect - cost, GBP {}; "
                               "difference from {}, ± Monte Carlo 95 %. Highest mean: {}",
                               in_words(page.all.basis.effect), pounds(at.threshold),
                               unit_of_sums(page.all.origin), page.reference(), page.all.arms[at.best]),
        .view = std::move(view)};
}

/// What arms bring and cost more than the reference in money. The ratio stands beside the difference, never
/// alone.
Section money_section(const ComparisonPage& page, const decision::NetBenefit& at) {
    View view = by_arm(page);
    Shown mean = at_threshold("net_benefit", at.threshold, "net_benefit", "mean");
    mean.group = "net benefit";
    add_with_intervals(view, mean);
    const auto add = [&](const char* column, const char* heading) -> Shown& {
        Shown shown = at_threshold("net_present_value", at.threshold, column, heading);
        shown.absent = "reference";
        return view.columns.emplace_back(std::move(shown));
    };
    add("benefit", "benefit more");
    add("cost", "cost more");
    add("net_present_value", "net present value");
    add("benefit_cost_ratio", "benefit over cost").precision = decimals(2);
    return {.heading = fmt::format("Net benefit and what it is made of, where a unit of {} is worth {}",
                                   in_words(page.all.basis.effect), pounds(at.threshold)),
            .view = std::move(view),
            .notes = {"Benefits are of effects as they are in the file: the model discounts no outcomes."}};
}

}  // namespace

Sections value_for_money(const ComparisonPage& page) {
    if (!page.all.analysis) return {};
    const CostEffectiveness& found = *page.all.analysis;
    Sections sections =
        page.full() ? incremental_in_full(page, found) : Sections{incremental_in_short(page, found)};
    for (Section& section : over_thresholds(page)) sections.push_back(std::move(section));
    for (const decision::NetBenefit& at : found.net_benefit) {
        sections.push_back(net_benefit_section(page, at));
        if (page.full()) sections.push_back(money_section(page, at));
    }
    if (found.net_benefit.empty()) {
        sections.back().notes.push_back(
            inquiry::no_threshold_sentence(page.all.origin, page.all.basis.effect) +
            " Net benefit at your own, in GBP: --threshold 5000,10000");
    }
    return sections;
}

}  // namespace vfm::report
