#include "compare_curves.hpp"

#include "study_words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using namespace decision;

/// The likeliest to be the best beside the arm that is best on average.
std::size_t rival(const Curves& curves, std::size_t threshold) {
    std::size_t rival = curves.best[threshold];
    double highest = -1;
    for (std::size_t arm = 0; arm < curves.arms; ++arm) {
        const double probability = curves.probability_best[curves.at(threshold, arm)];
        if (arm == curves.best[threshold] || probability <= highest) continue;
        rival = arm;
        highest = probability;
    }
    return rival;
}

std::string percent(double share) {
    return number(100 * share, 1);
}

/// What became of the noise of simulated families in all that counts draws; empty where there is nothing to
/// say.
std::string noise_sentence(const Page& page) {
    if (page.all.draws < 2 || page.all.origin == Origin::imported) return {};
    switch (page.all.perspectives.front().source) {
        case MeanSource::regression:
            return " Draws (here and in the plane) are seen with the noise of simulated families taken out.";
        case MeanSource::few_draws:
            return " Draws (here and in the plane) are seen with the noise of simulated families taken out, "
                   "by its "
                   "size alone.";
        case MeanSource::at_face_value:
            return " With one replication a draw, the noise of simulated families pulls shares of draws "
                   "towards "
                   "equal ones and makes losses too large.";
        case MeanSource::noiseless:
            break;
    }
    return {};
}

/// Every arm's probability of being the best, arms as columns where they fit.
std::string all_probabilities(const Page& page, const PerspectiveAnalysis& found) {
    const Curves& curves = found.curves;
    TextTable table{.columns = {{.heading = "GBP a unit"}}, .rows = {}};
    for (const std::string& arm : page.all.arms) table.columns.push_back({.heading = arm, .wrap = 12});
    for (const std::size_t at : shown_places(page, curves.thresholds.size())) {
        table.rows.push_back({threshold_text(curves, at)});
        for (std::size_t arm = 0; arm < curves.arms; ++arm) {
            table.rows.back().push_back(percent(curves.probability_best[curves.at(at, arm)]));
        }
    }
    return section(
        fmt::format("Probability of being the best of all arms, %, {} perspective, over what a unit of "
                    "{} is worth",
                    words(found.perspective), words(page.all.basis.effect)),
        render(table));
}

}  // namespace

std::vector<std::size_t> shown_places(const Page& page, std::size_t count) {
    const std::size_t wanted = page.full() ? 11 : 6;
    std::vector<std::size_t> places;
    const std::size_t shown = std::min(count, wanted);
    for (std::size_t i = 0; i < shown; ++i) {
        places.push_back(shown < 2 ? 0 : (i * (count - 1) + (shown - 1) / 2) / (shown - 1));
    }
    return places;
}

std::string threshold_text(const Curves& curves, std::size_t place) {
    const bool whole = std::all_of(curves.thresholds.begin(), curves.thresholds.end(),
                                   [](double threshold) { return threshold == std::floor(threshold); });
    return number(curves.thresholds[place], whole ? 0 : 2);
}

TextTable curve_summary(const Page& page, const PerspectiveAnalysis& found) {
    const Curves& curves = found.curves;
    std::vector<double> losses;
    for (std::size_t i = 0; i < curves.thresholds.size(); ++i)
        losses.push_back(curves.perfect_information(i));
    const int decimals = decimals_for(losses);
    using Align = TextTable::Column::Align;
    TextTable table{.columns = {{.heading = "GBP a unit", .align = Align::right},
                                {.heading = "best on average", .align = Align::left},
                                {.heading = "best of all, %", .wrap = 8},
                                {.heading = "expected loss, GBP", .wrap = 13},
                                {.heading = "next likeliest", .align = Align::left},
                                {.heading = "best of all, %", .wrap = 8}},
                    .rows = {}};
    for (const std::size_t at : shown_places(page, curves.thresholds.size())) {
        const std::size_t other = rival(curves, at);
        const bool alone = curves.arms < 2;
        table.rows.push_back({threshold_text(curves, at), page.all.arms[curves.best[at]],
                              percent(curves.frontier(at)), number(losses[at], decimals),
                              alone ? "-" : page.all.arms[other],
                              alone ? "-" : percent(curves.probability_best[curves.at(at, other)])});
    }
    return table;
}

std::string curve_legend(const Page& page) {
    const std::size_t count = page.all.perspectives.front().curves.thresholds.size();
    return fmt::format(
        "best of all: the share of draws in which the arm has the highest net benefit of all. expected loss: "
        "what choosing it loses on average, GBP {}, against knowing every parameter, which is the most "
        "that "
        "evidence could be worth.{}{}",
        unit_of_sums(page.all.origin), noise_sentence(page),
        count > shown_places(page, count).size()
            ? fmt::format(" All {} thresholds{}: --format csv or json.", count,
                          page.source.thresholds_given
                              ? ""
                              : " (from 0 to a round number above the largest break-even)")
            : std::string());
}

std::string curve_section(const Page& page) {
    std::string text;
    for (const PerspectiveAnalysis& found : page.all.perspectives) {
        if (found.curves.thresholds.empty()) continue;
        text += section(
            fmt::format("Over thresholds, {} perspective: the arm of highest expected net benefit where a "
                        "unit of {} is worth so much, and how sure that is",
                        words(found.perspective), words(page.all.basis.effect)),
            render(curve_summary(page, found)));
        if (&found == &page.all.perspectives.front()) text += wrap_text(curve_legend(page));
        if (!page.full()) break;
        text += all_probabilities(page, found);
    }
    return text;
}

}  // namespace vfm::program
