#include "compare_sections.hpp"
#include "study_words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using namespace decision;

/// A measure that arms are judged by, in the unit it is shown in.
struct Yardstick {
    const ComparedIndicator* compared = nullptr;  ///< null: the file has none
    double factor = 1;
    std::string label;
    int decimals = 0;
};

Yardstick yardstick(const Comparison& all, const std::string& measure, double per, const std::string& name,
                    const std::string& unit) {
    if (measure.empty()) return {};
    Yardstick result{.compared = find_indicator(all, measure, "families"),
                     .factor = per,
                     .label = name + unit,
                     .decimals = 0};
    if (result.compared == nullptr) {
        result = {.compared = find_indicator(all, measure, ""),
                  .factor = 1,
                  .label = name + " " + unit_of_sums(all.origin),
                  .decimals = 0};
    }
    if (result.compared != nullptr) {
        result.decimals = decimals_for(shown_numbers(result.compared->differences, result.factor), 2);
    }
    return result;
}

Yardstick cost_yardstick(const Comparison& all) {
    return yardstick(all, all.basis.cost, 1, "cost, GBP", " a family");
}
Yardstick effect_yardstick(const Comparison& all) {
    return yardstick(all, all.basis.effect, 100, words(all.basis.effect), " per 100 families");
}

/// `219 (186 to 258)` an arm.
Cells difference_cells(const Page& page, const Yardstick& of) {
    Cells cells;
    for (std::size_t arm = 0; arm < page.all.arms.size(); ++arm) {
        const Estimate& difference = of.compared->differences[arm];
        std::string cell = number(of.factor * difference.value, of.decimals);
        if (difference.parameter.interval) {
            cell += " (" + parameters_text(difference, of.factor, of.decimals) + ")";
        }
        cells.push_back(arm == page.all.reference ? "reference" : cell);
    }
    return cells;
}

void add_ratio(ArmTable& table, const Page& page, std::string_view numerator, std::string_view denominator,
               const TextTable::Column& column) {
    const ComparedIndicator* compared = find_indicator(page.all, numerator, denominator);
    if (compared == nullptr) return;
    const double factor = factor_of(compared->indicator);
    std::vector<double> values;
    for (const Estimate& arm : compared->arms) values.push_back(factor * arm.value);
    table.add_numbers(column, values, decimals_for(values, 3));
}

std::string standing_text(const IncrementalRow& row, int decimals) {
    switch (row.standing) {
        case Standing::on_frontier:
            return row.against.empty() ? "cheapest" : number(row.icer, decimals);
        case Standing::dominated:
            return "dominated";
        case Standing::extendedly_dominated:
            return "ext. dom.";
        case Standing::tied:
            break;
    }
    return "tied";
}

/// What the programme pays for each family supported, where the file says so; else the analysed costs, which
/// may hold much that is not support.
std::string_view payment(const Page& page) {
    constexpr std::string_view programme = "paid_by_programme";
    return find_indicator(page.all, programme, "users") != nullptr ? programme : page.all.basis.cost;
}

/// The answer's columns without what each family supported costs.
ArmTable differences_and_reach(const Page& page) {
    ArmTable table(page);
    for (const Yardstick& of : {cost_yardstick(page.all), effect_yardstick(page.all)}) {
        if (of.compared == nullptr) continue;
        table.add_unless_empty({.heading = of.label, .wrap = 16}, difference_cells(page, of));
    }
    add_ratio(table, page, "users", "families", {.heading = "with support, %", .wrap = 8});
    return table;
}

/// The table of the answer, and what is said below it of a column it may have.
struct Answer {
    std::string table;
    std::string paid_each;
};

/// One table that does not go on below: for that it gives up what comes again further down.
Answer answer(const Page& page) {
    ArmTable without = differences_and_reach(page);
    ArmTable with = without;
    const std::string_view paid = payment(page);
    add_ratio(with, page, paid, "users", {.heading = "paid each, GBP", .wrap = 6});
    if (page.all.analysis) {
        without.add({.heading = "ICER"}, standing_cells(page));
        with.add({.heading = "ICER"}, standing_cells(page));
    }
    if (!with.fits() || with.text() == without.text()) return {.table = without.text(), .paid_each = {}};
    return {.table = with.text(),
            .paid_each = paid == page.all.basis.cost
                             ? "paid each: cost over families supported. "
                             : "paid each: what the programme pays, over families supported. "};
}

/// What headings and the words of the ICER column mean, as far as they occur.
std::string legend(const Page& page, const CostEffectiveness& found, const std::string& paid_each) {
    const auto occurs = [&found](Standing standing) {
        return std::any_of(found.incremental.begin(), found.incremental.end(),
                           [standing](const IncrementalRow& row) { return row.standing == standing; });
    };
    std::string text = paid_each;
    text += fmt::format(
        "ICER: GBP a unit of {} more, against the arm before it among those that "
        "remain in order of cost.",
        words(page.all.basis.effect));
    if (occurs(Standing::dominated)) text += " dominated: another arm costs no more and achieves no less.";
    if (occurs(Standing::extendedly_dominated)) {
        text += " ext. dom.: extendedly dominated, a mixture of two arms costs no more and achieves more.";
    }
    if (occurs(Standing::tied)) text += " tied: exactly the cost and effect of an arm above.";
    return wrap_text(text);
}

/// Which arm is best at which threshold, by means.
std::string best_sentence(const Page& page, const CostEffectiveness& found) {
    std::vector<const IncrementalRow*> frontier;
    for (const IncrementalRow& row : found.incremental) {
        if (row.standing == Standing::on_frontier) frontier.push_back(&row);
    }
    const std::string unit = "a unit of " + words(page.all.basis.effect);
    if (frontier.size() == 1) {
        return wrap_text(fmt::format("By mean net benefit, {} is best whatever {} is worth.",
                                     page.all.arms[frontier[0]->arm], unit));
    }
    std::string text = fmt::format("By mean net benefit, the best arm is {} where {} is worth less than {}",
                                   page.all.arms[frontier[0]->arm], unit, pounds(frontier[1]->icer));
    for (std::size_t i = 1; i + 1 < frontier.size(); ++i) {
        text += fmt::format(", {} from there to {}", page.all.arms[frontier[i]->arm],
                            pounds(frontier[i + 1]->icer));
    }
    return wrap_text(text + fmt::format(", and {} above.", page.all.arms[frontier.back()->arm]));
}

double half_width(const Interval& range) {
    return (range.high - range.low) / 2;
}

/// Differences of one measure, over arms that are not the reference by another name.
struct Spread {
    double monte_carlo = 0;  ///< the widest half of a Monte Carlo interval
    double share = 0;      ///< the largest of an arm's half Monte Carlo interval over half its parameter one
    std::size_t arms = 0;  ///< that have both intervals
    std::size_t unsigned_arms = 0;  ///< of which the parameter interval includes zero
    bool with_noise = false;        ///< the intervals over draws hold family noise too
};

/// Halves narrower than this share of the difference itself are rounding.
constexpr double rounding = 1e-9;

void take_in(Spread& spread, const Estimate& difference) {
    const Interval& range = *difference.parameter.interval;
    const double monte_carlo = half_width(difference.monte_carlo->interval);
    ++spread.arms;
    if (range.low <= 0 && range.high >= 0) ++spread.unsigned_arms;
    if (difference.parameter.spread == ParameterSpread::includes_noise) spread.with_noise = true;
    spread.monte_carlo = std::max(spread.monte_carlo, monte_carlo);
    if (monte_carlo > rounding * std::abs(difference.value)) {
        spread.share = std::max(spread.share, monte_carlo / half_width(range));
    }
}

Spread spread_of(const Yardstick& of) {
    Spread result;
    if (of.compared == nullptr) return result;
    for (const Estimate& difference : of.compared->differences) {
        if (!difference.monte_carlo || !difference.parameter.interval) continue;
        const Interval& range = *difference.parameter.interval;
        const bool differs = difference.value != 0 || range.low != range.high;
        if (differs) take_in(result, difference);
    }
    return result;
}

/// How sure the differences in effect and cost are, and what would make them surer.
std::string certainty(const Page& page) {
    const Yardstick cost = cost_yardstick(page.all);
    const Yardstick effect = effect_yardstick(page.all);
    const Spread effects = spread_of(effect);
    const Spread costs = spread_of(cost);
    if (effects.arms == 0) return {};
    std::string text = fmt::format(
        "In {} of {} arms the parameter interval of the effect includes zero. Monte Carlo error (95 %) is "
        "at most ±{} in effect",
        effects.unsigned_arms, effects.arms,
        number(effect.factor * effects.monte_carlo, effect.decimals + 1));
    if (costs.arms > 0) {
        text +=
            fmt::format(" and ±GBP {} in cost", number(cost.factor * costs.monte_carlo, cost.decimals + 1));
    }
    if (effects.with_noise) return wrap_text(text + ".");
    // A fifth beside the parameters' half-width adds a fiftieth to it: sqrt(1 + 0.2^2) = 1.02.
    text += std::max(effects.share, costs.share) < 0.2
                ? ": only evidence, not computing, would narrow the brackets."
                : ": not small beside the brackets, so run more draws before reading small differences.";
    return wrap_text(text);
}

/// The probability of being best at each threshold given.
std::string best_table(const Page& page, const CostEffectiveness& found) {
    ArmTable table(page);
    for (const NetBenefit& at : found.net_benefit) {
        Cells cells;
        for (const ArmNetBenefit& arm : at.arms) cells.push_back(number(100 * arm.probability_best, 1));
        table.add({.heading = pounds(at.threshold)}, cells);
    }
    return section(fmt::format("Probability of being the best of all arms, %, where a unit of {} is worth",
                               words(page.all.basis.effect)),
                   table.text());
}

std::string title(const Page& page) {
    std::string text = "In brief: this arm minus " + page.reference();
    std::string levels;
    for (const Yardstick& of : {cost_yardstick(page.all), effect_yardstick(page.all)}) {
        if (of.compared == nullptr) continue;
        const double value = of.factor * of.compared->arms[page.all.reference].value;
        const std::vector<double> one = {value};
        levels += (levels.empty() ? "" : "; ") + of.label + ": " + number(value, decimals_for(one, 3));
    }
    const bool brackets = page.all.draws > 1;
    if (!levels.empty()) text += " (" + levels + ")";
    return brackets ? text + ". Brackets: parameters 95 %" : text;
}

}  // namespace

std::string in_brief(const Page& page) {
    const Answer found = answer(page);
    std::string text = section(title(page), found.table);
    std::string sentences;
    if (page.all.analysis) {
        text += legend(page, *page.all.analysis, found.paid_each) + best_table(page, *page.all.analysis);
        sentences = best_sentence(page, *page.all.analysis);
    }
    sentences += certainty(page) + notes(page);
    return sentences.empty() ? text : text + '\n' + sentences;
}

Cells standing_cells(const Page& page) {
    const std::vector<IncrementalRow>& rows = page.all.analysis->incremental;
    std::vector<double> ratios;
    ratios.reserve(rows.size());
    for (const IncrementalRow& row : rows) ratios.push_back(row.icer);
    Cells cells(page.all.arms.size());
    for (const IncrementalRow& row : rows) cells[row.arm] = standing_text(row, decimals_for(ratios));
    return cells;
}

}  // namespace vfm::program
