// The first screen of a comparison: the answer in one table, and how sure it is.
#include "comparison_page.hpp"

#include "vfm/report/numbers.hpp"
#include "vfm/report/study_words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace vfm::report {

namespace {

using decision::ComparedIndicator;
using decision::CostEffectiveness;
using decision::Estimate;
using decision::IncrementalRow;
using decision::Interval;
using decision::Standing;

/// A measure that arms are judged by, in the unit it is shown in.
struct Yardstick {
    const ComparedIndicator* compared = nullptr;  ///< null: the file has none
    double factor = 1;
    std::string label;
};

/// A family's where the file has it so, else of sums.
Yardstick yardstick(const ComparisonPage& page, const std::string& measure, double per_family,
                    const std::string& name, const std::string& unit) {
    if (measure.empty()) return {};
    if (const auto* compared = find_indicator(page.all.indicators, measure, "families"))
        return {.compared = compared, .factor = per_family, .label = name + unit};
    return {.compared = find_indicator(page.all.indicators, measure, ""),
            .factor = 1,
            .label = name + ' ' + unit_of_sums(page.all.origin)};
}

Yardstick cost_yardstick(const ComparisonPage& page) {
    return yardstick(page, page.all.basis.cost, 1, "cost, GBP", " a family");
}
Yardstick effect_yardstick(const ComparisonPage& page) {
    return yardstick(page, page.all.basis.effect, 100, in_words(page.all.basis.effect), " per 100 families");
}

/// `219 (186 to 258)`.
Shown difference_of(const ComparisonPage& page, const Yardstick& of) {
    return {.heading = of.label,
            .cells = {measured(of.compared->indicator, "difference")},
            .part = Part::with_parameters,
            .precision = digits(2),
            .factor = of.factor,
            .wrap = 16,
            .when = page.unless_empty()};
}

/// What the programme pays for each family supported, where the file says so; else the analysed costs, which
/// may hold much that is not support.
void add_paid_each(View& view, const ComparisonPage& page) {
    const ComparedIndicator* paid = find_indicator(page.all.indicators, "paid_by_programme", "users");
    const bool by_programme = paid != nullptr;
    if (!by_programme) paid = find_indicator(page.all.indicators, page.all.basis.cost, "users");
    if (paid == nullptr) return;
    view.columns.push_back({.heading = "paid each, GBP",
                            .cells = {measured(paid->indicator, "value")},
                            .precision = digits(3),
                            .wrap = 6,
                            .when = Shown::When::if_it_fits,
                            .legend = by_programme
                                          ? "paid each: what the programme pays, over families supported."
                                          : "paid each: cost over families supported."});
}

/// What the words of the ICER column mean, as far as they occur.
std::string icer_legend(const ComparisonPage& page, const CostEffectiveness& found) {
    const auto occurs = [&found](Standing standing) {
        return std::any_of(found.incremental.begin(), found.incremental.end(),
                           [standing](const IncrementalRow& row) { return row.standing == standing; });
    };
    std::string text = fmt::format(
        "ICER: GBP a unit of {} more, against the arm before it among those that remain in order of cost.",
        in_words(page.all.basis.effect));
    if (occurs(Standing::dominated)) text += " dominated: another arm costs no more and achieves no less.";
    if (occurs(Standing::extendedly_dominated)) {
        text += " ext. dom.: extendedly dominated, a mixture of two arms costs no more and achieves more.";
    }
    if (occurs(Standing::tied)) text += " tied: exactly the cost and effect of an arm above.";
    return text;
}

std::string brief_heading(const ComparisonPage& page) {
    std::string text = "In brief: this arm minus " + page.reference();
    std::string levels;
    for (const Yardstick& of : {cost_yardstick(page), effect_yardstick(page)}) {
        if (of.compared == nullptr) continue;
        const double value = of.factor * of.compared->arms[page.all.reference].value;
        const std::vector<double> one = {value};
        levels += (levels.empty() ? "" : "; ") + of.label + ": " + number(value, decimals_for(one, 3));
    }
    if (!levels.empty()) text += " (" + levels + ")";
    return page.all.draws > 1 ? text + ". Brackets: parameters 95 %" : text;
}

Section answer(const ComparisonPage& page) {
    View view = by_arm(page);
    for (const Yardstick& of : {cost_yardstick(page), effect_yardstick(page)}) {
        if (of.compared != nullptr) view.columns.push_back(difference_of(page, of));
    }
    if (const auto* reached = find_indicator(page.all.indicators, "users", "families")) {
        Shown column = level(page, *reached, "with support, %");
        column.precision = digits(3);
        column.wrap = 8;
        view.columns.push_back(std::move(column));
    }
    add_paid_each(view, page);
    if (page.all.analysis) {
        view.columns.push_back({.heading = "ICER",
                                .cells = {{.column = "icer",
                                           .where = {{"perspective", page.all.basis.perspective}},
                                           .table = "icer_table"}},
                                .legend = icer_legend(page, *page.all.analysis)});
    }
    return {.heading = brief_heading(page), .view = std::move(view)};
}

/// The probability of being best at each threshold given.
Section best_of_all(const ComparisonPage& page) {
    View view = by_arm(page);
    for (const decision::NetBenefit& at : page.all.analysis->net_benefit) {
        view.columns.push_back({.heading = pounds(at.threshold),
                                .cells = {{.column = "probability_best",
                                           .where = {{"threshold", at.threshold}},
                                           .table = "net_benefit"}},
                                .precision = decimals(1)});
    }
    return {
        .heading = fmt::format("Probability of being the best of all arms, %, where a unit of {} is worth",
                               in_words(page.all.basis.effect)),
        .view = std::move(view)};
}

/// Which arm is best at which threshold, by means.
std::string best_by_means(const ComparisonPage& page) {
    std::vector<const IncrementalRow*> frontier;
    for (const IncrementalRow& row : page.all.analysis->incremental) {
        if (row.standing == Standing::on_frontier) frontier.push_back(&row);
    }
    const auto arm = [&](const IncrementalRow* row) { return page.all.arms[row->arm]; };
    const std::string unit = "a unit of " + in_words(page.all.basis.effect);
    if (frontier.size() == 1) {
        return fmt::format("By mean net benefit, {} is best whatever {} is worth.", arm(frontier[0]), unit);
    }
    std::string text = fmt::format("By mean net benefit, the best arm is {} where {} is worth less than {}",
                                   arm(frontier[0]), unit, pounds(frontier[1]->icer));
    for (std::size_t i = 1; i + 1 < frontier.size(); ++i)
        text += fmt::format(", {} from there to {}", arm(frontier[i]), pounds(frontier[i + 1]->icer));
    return text + fmt::format(", and {} above.", arm(frontier.back()));
}

double half_width(const Interval& range) {
    return (range.high - range.low) / 2;
}

/// How sure the differences of one measure are, over arms that are not the reference by another name.
struct Certainty {
    double monte_carlo = 0;  ///< the widest half of a Monte Carlo interval
    double share = 0;      ///< the largest of an arm's half Monte Carlo interval over half its parameter one
    std::size_t arms = 0;  ///< that have both intervals
    std::size_t unsigned_arms = 0;  ///< of which the parameter interval includes zero
    bool with_noise = false;        ///< the intervals over draws hold family noise too
};

/// Halves narrower than this share of the difference itself are rounding.
constexpr double rounding_share = 1e-9;

void take_in(Certainty& certainty, const Estimate& difference) {
    const Interval& range = *difference.parameter.interval;
    const double monte_carlo = half_width(difference.monte_carlo->interval);
    ++certainty.arms;
    if (range.low <= 0 && range.high >= 0) ++certainty.unsigned_arms;
    if (difference.parameter.spread == decision::ParameterSpread::includes_noise) certainty.with_noise = true;
    certainty.monte_carlo = std::max(certainty.monte_carlo, monte_carlo);
    if (monte_carlo > rounding_share * std::abs(difference.value))
        certainty.share = std::max(certainty.share, monte_carlo / half_width(range));
}

Certainty certainty_of(const Yardstick& of) {
    Certainty result;
    if (of.compared == nullptr) return result;
    for (const Estimate& difference : of.compared->differences) {
        if (!difference.monte_carlo || !difference.parameter.interval) continue;
        const Interval& range = *difference.parameter.interval;
        const bool differs = difference.value != 0 || range.low != range.high;
        if (differs) take_in(result, difference);
    }
    return result;
}

/// Twice the digits of the differences that it is the error of.
std::string error_text(const Yardstick& of, double error) {
    std::vector<double> sizes;
    for (const Estimate& difference : of.compared->differences) {
        sizes.push_back(of.factor * difference.value);
        for (const auto& range : {difference.monte_carlo ? std::optional(difference.monte_carlo->interval)
                                                         : std::optional<Interval>(),
                                  difference.parameter.interval}) {
            if (!range) continue;
            sizes.push_back(of.factor * range->low);
            sizes.push_back(of.factor * range->high);
        }
    }
    return number(of.factor * error, decimals_for(sizes, 2) + 1);
}

/// How sure the differences in effect and cost are, and what would make them surer; nothing without draws.
std::vector<std::string> certainty_sentences(const ComparisonPage& page) {
    const Yardstick cost = cost_yardstick(page);
    const Yardstick effect = effect_yardstick(page);
    const Certainty effects = certainty_of(effect);
    const Certainty costs = certainty_of(cost);
    if (effects.arms == 0) return {};
    std::string text = fmt::format(
        "In {} of {} arms the parameter interval of the effect includes zero. Monte Carlo error (95 %) is "
        "at most ±{} in effect",
        effects.unsigned_arms, effects.arms, error_text(effect, effects.monte_carlo));
    if (costs.arms > 0) text += fmt::format(" and ±GBP {} in cost", error_text(cost, costs.monte_carlo));
    if (effects.with_noise) return {text + "."};
    // A fifth beside the parameters' half-width adds a fiftieth to it: sqrt(1 + 0.2^2) = 1.02.
    return {text + (std::max(effects.share, costs.share) < 0.2
                        ? ": only evidence, not computing, would narrow the brackets."
                        : ": not small beside the brackets, so run more draws before reading small "
                          "differences.")};
}

}  // namespace

Sections in_brief(const ComparisonPage& page) {
    Sections sections = {answer(page)};
    Section sentences;
    if (page.all.analysis) {
        sections.push_back(best_of_all(page));
        sentences.notes.push_back(best_by_means(page));
    }
    for (std::string& sentence : certainty_sentences(page)) sentences.notes.push_back(std::move(sentence));
    sentences.notes.insert(sentences.notes.end(), page.all.notes.begin(), page.all.notes.end());
    sections.push_back(std::move(sentences));
    return sections;
}

}  // namespace vfm::report
