// What would have to be true for each arm to be the best, of one parameter or of many together.
#include "sensitivity_page.hpp"
#include "sensitivity_tables.hpp"

#include "vfm/report/numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace vfm::report {

namespace {

using inquiry::JointPoint;
using inquiry::JointPointPart;
using inquiry::ParameterFacts;
using inquiry::SufficientChange;

std::string three_digits(double value) {
    const std::array<double, 1> one = {value};
    return number(value, decimals_for(one, 3));
}

/// A share in per cent, with a decimal near 0 and 100; `<0.1` below a tenth.
std::string per_cent(double share) {
    if (share > 0 && share < 0.001) return "<0.1";
    return number(100 * share, share < 0.0995 || share > 0.9905 ? 1 : 0);
}

/// An arm a row: how far each is from being the best.
Section all_arms(const SensitivityPage& page) {
    const auto column = [](std::string heading, const char* name, int places) {
        return Shown{.heading = std::move(heading),
                     .cells = {{.column = name}},
                     .precision = decimals(places),
                     .wrap = 8};
    };
    Shown behind = each_to_three_digits("behind, " + page.money.name, {{.column = "behind"}});
    behind.wrap = 8;
    Shown nearest = column("nearest", "nearest_alone", 2);
    nearest.when = Shown::When::if_it_fits;
    Shown interval = column("95 %", "interval_low", 2);
    interval.cells.push_back({.column = "interval_high"});
    interval.between = " to ";
    return {
        .heading = "What would have to be true for each arm to be the best",
        .view = View{.table = "joint_region",
                     .rows = page.rows_of(page.found.joint_points, [](const JointPoint&) { return true; }),
                     .columns = {{.heading = "", .cells = {{.column = "arm"}}},
                                 std::move(behind),
                                 column("alone", "sufficient_parameters", 0),
                                 std::move(nearest),
                                 column("all together", "distance", 2),
                                 std::move(interval),
                                 column("beyond that, %", "probability", 1),
                                 column("best of all, %", "probability_best", 1)}},
        .notes = {
            "behind: the best arm's net benefit less this one's. alone: how many parameters suffice, each "
            "within its own 95 % range with the others at their means; nearest: how far the nearest of them "
            "has to go, in normal units. all together: the nearest point of all parameters at which the arm "
            "is the best (or, for the best, no longer is), in normal units from their medians. beyond that: "
            "about the probability (to first order, no bound) of the side of that point on which the arm can "
            "be the best. best of all: the probability that it is, by the fit. Another arm's changes: --arm "
            "NAME."}};
}

/// The changes of one parameter that make the subject the best, the least uncertain first.
Section sufficient_changes(const SensitivityPage& page, std::size_t arm) {
    const auto& changes = page.found.sufficient;
    View view{
        .table = "what_would_have_to_be_true",
        .rows = page.rows_of(changes, [&](const SufficientChange& one) { return one.arm == arm; }),
        .columns = {{.heading = "one of these alone", .cells = {{.column = "parameter"}}},
                    {.heading = "evidence", .cells = {{.column = "quality"}}},
                    each_to_three_digits("mean", {{.column = "mean"}}),
                    each_to_three_digits("would have to be", {{.column = "direction"}, {.column = "value"}}),
                    interval_column("95 %, Monte Carlo"),
                    normal_units_column()}};
    if (view.rows.empty()) {
        return {
            .notes = {fmt::format("For {} to be the best, no parameter suffices alone within its 95 % range.",
                                  page.arm(arm))}};
    }
    std::stable_sort(view.rows.begin(), view.rows.end(), [&](std::size_t a, std::size_t b) {
        return std::abs(changes[a].units) < std::abs(changes[b].units);
    });
    Section section{
        .heading = fmt::format("For {} to be the best of all, the others at their means", page.arm(arm)),
        .view = std::move(view)};
    keep_top(page, section);
    return section;
}

/// What to measure: the fewest parameters that make up half of the way.
std::vector<std::string> measure_first(const SensitivityPage& page, const JointPoint& point) {
    std::string names;
    double told = 0;
    std::size_t count = 0;
    for (const JointPointPart& part : point.parts) {
        if (told >= 0.5 || count == page.top) break;
        const ParameterFacts& parameter = page.found.parameters[part.parameter];
        names += (names.empty() ? "" : ", ") + parameter.name + " (" + parameter.quality + ")";
        told += part.share;
        ++count;
    }
    if (names.empty()) return {};
    return {
        fmt::format("Measure first: {}. {} makes up {} % of the way, so what is learnt about {} moves the "
                    "answer most.",
                    names, count == 1 ? "It" : "Together this", per_cent(told), count == 1 ? "it" : "them")};
}

/// The parameters at a joint point.
Section point_section(const SensitivityPage& page, const JointPoint& point, std::string heading) {
    View view{.table = "joint_point",
              .rows = page.report.table("joint_point")
                          .where({{"threshold", page.worth()}, {"arm", page.arm(point.arm)}}),
              .columns = {{.heading = "all of these together", .cells = {{.column = "parameter"}}},
                          {.heading = "evidence", .cells = {{.column = "quality"}}},
                          each_to_three_digits("mean", {{.column = "mean"}}),
                          each_to_three_digits("value there", {{.column = "value"}}),
                          normal_units_column(),
                          {.heading = "share of the way, %",
                           .cells = {{.column = "share"}},
                           .precision = decimals(1),
                           .wrap = 8}}};
    Section section{.heading = std::move(heading), .view = std::move(view)};
    const std::size_t shown = std::min(page.top, section.view->rows.size());
    section.view->rows.resize(shown);
    if (point.parts.size() > shown) {
        double told = 0;
        for (std::size_t i = 0; i < shown; ++i) told += point.parts[i].share;
        section.notes.push_back(fmt::format("and {} more with the other {} % of the way",
                                            point.parts.size() - shown, per_cent(std::max(1 - told, 0.0))));
    }
    for (std::string& note : measure_first(page, point)) section.notes.push_back(std::move(note));
    return section;
}

/// Of the arm that is the best at the medians: how it would lose that.
Section how_the_best_loses(const SensitivityPage& page, const JointPoint& point) {
    const std::string& arm = page.arm(point.arm);
    if (!point.region.found) return {.notes = {fmt::format("No combination takes the lead from {}.", arm)}};
    if (std::isnan(point.distance)) {
        return {
            .notes = {fmt::format(
                "{} is the best where all parameters have their medians, and as far as the most promising "
                "combination against it was run ({} normal units).",
                arm, three_digits(inquiry::farthest_run * point.region.distance))}};
    }
    if (point.distance == 0) {
        return {.notes = {fmt::format(
                    "By its fit {} is the best at the medians; by the simulation it is not.", arm)}};
    }
    return point_section(
        page, point,
        fmt::format(
            "{} is the best where all parameters have their medians. The most likely way for it not to "
            "be is {} normal units away, where {} is about as good",
            arm, three_digits(point.distance), page.arm(point.region.rival)));
}

/// Of another arm: the most likely combination that makes it the best.
Section how_it_becomes_the_best(const SensitivityPage& page, const JointPoint& point) {
    if (!point.region.found) return {.notes = {"No combination within 8 normal units makes it the best."}};
    if (point.parts.empty()) {
        return {
            .notes = {fmt::format("Nor does the most promising combination, as far as it was run ({} normal "
                                  "units from the medians).",
                                  three_digits(inquiry::farthest_run * point.region.distance))}};
    }
    if (point.distance == 0) {
        return {.notes = {"Where all parameters have their medians it already is, by the simulation."}};
    }
    return point_section(
        page, point,
        fmt::format("Or many a little: the most likely combination, {} normal units from the medians. The "
                    "parameters lie on its far side with a probability of about {} % (to first order)",
                    three_digits(point.distance), per_cent(point.probability)));
}

}  // namespace

std::vector<Section> what_would_have_to_be_true(const SensitivityPage& page) {
    const std::size_t subject = page.subject();
    std::vector<Section> sections = {all_arms(page)};
    for (const JointPoint& point : page.found.joint_points) {
        if (point.threshold != page.threshold || point.arm != subject) continue;
        if (point.region.best_at_medians) {
            sections.push_back(how_the_best_loses(page, point));
        } else {
            sections.push_back(sufficient_changes(page, subject));
            sections.push_back(how_it_becomes_the_best(page, point));
        }
    }
    return sections;
}

}  // namespace vfm::report
