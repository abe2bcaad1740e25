#include "sensitivity_numbers.hpp"
#include "sensitivity_sections.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace vfm::program {

namespace {

using Cells = std::vector<std::string>;
using Column = TextTable::Column;

const inquiry::JointPoint* joint_of(const PageView& view, std::size_t arm) {
    for (const inquiry::JointPoint& joint : view.all.joint_points) {
        if (joint.threshold == view.threshold && joint.arm == arm) return &joint;
    }
    return nullptr;
}

/// The single changes that make an arm the best, least uncertain first.
std::vector<const inquiry::SufficientChange*> alone_of(const PageView& view, std::size_t arm) {
    std::vector<const inquiry::SufficientChange*> found;
    for (const inquiry::SufficientChange& one : view.all.sufficient) {
        if (one.threshold == view.threshold && one.arm == arm) found.push_back(&one);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const inquiry::SufficientChange* a, const inquiry::SufficientChange* b) {
                         return std::abs(a->units) < std::abs(b->units);
                     });
    return found;
}

std::string distance_text(const inquiry::JointPoint& joint) {
    if (joint.region.best_at_medians) return joint.region.found ? "is the best" : "is always";
    if (!joint.region.found) return "none within 8";
    if (std::isnan(joint.distance))
        return fmt::format("beyond {:.1f}", inquiry::farthest_run * joint.region.distance);
    if (std::isnan(joint.interval.low) || std::isnan(joint.interval.high)) {
        return fmt::format("{:.2f} (open)", joint.distance);
    }
    return fmt::format("{:.2f} ({:.2f} to {:.2f})", joint.distance, joint.interval.low, joint.interval.high);
}

/// An arm a row: how far each is from being the best.
std::string arms_table(const PageView& view) {
    TextTable table{.columns = {{"", Column::Align::left},
                                {"behind, " + money_unit(view.all), Column::Align::right, 12},
                                {"alone (nearest)", Column::Align::right, 12},
                                {"all together (95 %)", Column::Align::right, 20},
                                {"beyond that, %", Column::Align::right, 8},
                                {"best of all, %", Column::Align::right, 8}},
                    .rows = {}};
    const std::size_t best = view.best();
    for (std::size_t arm = 0; arm < view.all.question.arms.size(); ++arm) {
        const inquiry::JointPoint* joint = joint_of(view, arm);
        const std::vector<const inquiry::SufficientChange*> alone = alone_of(view, arm);
        const double behind = (inquiry::net_benefit_of(view.all, best, view.worth()) -
                               inquiry::net_benefit_of(view.all, arm, view.worth())) /
                              money_divisor(view.all);
        const std::string singles =
            alone.empty() ? "0" : fmt::format("{} ({:.2f})", alone.size(), std::abs(alone.front()->units));
        table.rows.push_back({view.arm(arm), arm == best ? "best" : significant(behind),
                              arm == best ? "-" : singles, joint == nullptr ? "-" : distance_text(*joint),
                              joint == nullptr ? "-" : percent(joint->probability),
                              joint == nullptr ? "-" : percent(joint->probability_best)});
    }
    return render(table);
}

std::string alone_table(const PageView& view, const std::vector<const inquiry::SufficientChange*>& alone) {
    TextTable table{.columns = {{"one of these alone", Column::Align::left, 40},
                                {"evidence", Column::Align::left, 20},
                                {"mean"},
                                {"would have to be (95 %, Monte Carlo)", Column::Align::right, 20},
                                {"normal units", Column::Align::right, 6}},
                    .rows = {}};
    for (std::size_t i = 0; i < std::min(view.top, alone.size()); ++i) {
        const inquiry::SufficientChange& one = *alone[i];
        const inquiry::ParameterFacts& parameter = view.all.parameters[one.parameter];
        const std::string value =
            fmt::format("{} {} ({})", one.side == decision::Side::above ? "above" : "below",
                        significant(one.change.value), range_text(one.change.interval));
        table.rows.push_back(
            {parameter.name, parameter.quality, significant(parameter.mean), value, signed_units(one.units)});
    }
    std::string text = render(table);
    if (alone.size() > view.top) text += fmt::format("and {} more\n", alone.size() - view.top);
    return text;
}

std::string joint_table(const PageView& view, const inquiry::JointPoint& joint) {
    TextTable table{.columns = {{"all of these together", Column::Align::left, 40},
                                {"evidence", Column::Align::left, 20},
                                {"mean"},
                                {"value there"},
                                {"normal units", Column::Align::right, 6},
                                {"share of the way, %", Column::Align::right, 8}},
                    .rows = {}};
    double shown = 0;
    for (std::size_t i = 0; i < std::min(view.top, joint.parts.size()); ++i) {
        const inquiry::JointPointPart& part = joint.parts[i];
        const inquiry::ParameterFacts& parameter = view.all.parameters[part.parameter];
        shown += part.share;
        table.rows.push_back({parameter.name, parameter.quality, significant(parameter.mean),
                              significant(part.value), signed_units(part.units), percent(part.share)});
    }
    std::string text = render(table);
    if (joint.parts.size() > view.top) {
        text += fmt::format("and {} more with the other {} % of the way\n", joint.parts.size() - view.top,
                            percent(std::max(1 - shown, 0.0)));
    }
    return text;
}

/// What to measure: the fewest parameters that make up half of the way.
std::string measure_first(const PageView& view, const inquiry::JointPoint& joint) {
    std::string names;
    double shown = 0;
    std::size_t count = 0;
    for (const inquiry::JointPointPart& part : joint.parts) {
        if (shown >= 0.5 || count == view.top) break;
        const inquiry::ParameterFacts& parameter = view.all.parameters[part.parameter];
        names += (names.empty() ? "" : ", ") + parameter.name + " (" + parameter.quality + ")";
        shown += part.share;
        ++count;
    }
    if (names.empty()) return "";
    return wrap_text(
        fmt::format("Measure first: {}. {} makes up {} % of the way, so what is learnt about {} "
                    "moves the answer most.",
                    names, count == 1 ? "It" : "Together this", percent(shown), count == 1 ? "it" : "them"));
}

/// Of the arm that is the best at the medians: how it would lose that.
std::string best_text(const PageView& view, const inquiry::JointPoint& joint) {
    const std::string& arm = view.arm(joint.arm);
    if (!joint.region.found) return wrap_text(fmt::format("No combination takes the lead from {}.", arm));
    if (std::isnan(joint.distance)) {
        return wrap_text(
            fmt::format("{} is the best where all parameters have their medians, and as far as the "
                        "most promising combination against it was run ({} normal units).",
                        arm, significant(inquiry::farthest_run * joint.region.distance)));
    }
    if (joint.distance == 0) {
        return wrap_text(
            fmt::format("By its fit {} is the best at the medians; by the simulation it is not.", arm));
    }
    return wrap_text(
               fmt::format("{} is the best where all parameters have their medians. The most likely way for "
                           "it not to be is {} normal units away, where {} is about as good:",
                           arm, significant(joint.distance), view.arm(joint.region.rival))) +
           joint_table(view, joint) + measure_first(view, joint);
}

std::string subject_text(const PageView& view, std::size_t arm) {
    const inquiry::JointPoint* joint = joint_of(view, arm);
    const std::vector<const inquiry::SufficientChange*> alone = alone_of(view, arm);
    std::string text;
    if (joint != nullptr && joint->region.best_at_medians) return best_text(view, *joint);
    if (alone.empty()) {
        text += wrap_text(fmt::format(
            "For {} to be the best, no parameter suffices alone within its 95 % range.", view.arm(arm)));
    } else {
        text +=
            wrap_text(fmt::format("For {} to be the best of all, the others at their means:", view.arm(arm)));
        text += alone_table(view, alone);
    }
    if (joint == nullptr || !joint->region.found) {
        return text + wrap_text("No combination within 8 normal units makes it the best.");
    }
    if (joint->parts.empty()) {
        return text +
               wrap_text(fmt::format(
                   "Nor does the most promising combination, as far as it was run ({} normal units from the "
                   "medians).",
                   significant(inquiry::farthest_run * joint->region.distance)));
    }
    if (joint->distance == 0) {
        return text + wrap_text("Where all parameters have their medians it already is, by the simulation.");
    }
    text += "\n" + wrap_text(fmt::format(
                       "Or many a little: the most likely combination, {} normal units from the medians. The "
                       "parameters lie on its far side with a probability of about {} % (to first order).",
                       significant(joint->distance), percent(joint->probability)));
    return text + joint_table(view, *joint) + measure_first(view, *joint);
}

}  // namespace

std::string what_would_have_to_be_true(const PageView& view) {
    if (view.all.joint_points.empty()) return "";
    std::string text = "\nWhat would have to be true for each arm to be the best\n" + arms_table(view);
    text += wrap_text(
        "behind: the best arm's net benefit less this one's. alone: how many parameters suffice, each within "
        "its own 95 % range with the others at their means, and how far the nearest has to go, in normal "
        "units. all together: the nearest point of all parameters at which the arm is the best (or, for the "
        "best, no longer is), in normal units from their medians. beyond that: about the probability (to "
        "first order, no bound) of the side of that point on which the arm can be the best. best of all: the "
        "probability that it is, by the fit. Another arm's changes: --arm NAME.");
    const std::size_t subject = view.subject();
    text += "\n" + subject_text(view, subject);
    return text;
}

}  // namespace vfm::program
