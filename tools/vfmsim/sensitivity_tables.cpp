#include "sensitivity_tables.hpp"

#include "analysis_rows.hpp"
#include "sensitivity_sections.hpp"
#include "study_words.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vfm::program {

namespace {

using results::Analysis;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// What rows of all tables read from.
struct Reading {
    const inquiry::SensitivityFindings& all;

    [[nodiscard]] double threshold(std::size_t i) const { return all.question.thresholds.values[i]; }
    [[nodiscard]] const std::string& arm(std::size_t i) const { return all.question.arms[i]; }
    [[nodiscard]] const inquiry::ParameterFacts& parameter(std::size_t i) const { return all.parameters[i]; }
    [[nodiscard]] double money(double amount) const { return amount / money_divisor(all); }
};

std::string side_text(decision::Side side) {
    return side == decision::Side::above ? "above" : "below";
}

AnalysisRows base_rows(const Reading& read) {
    AnalysisRows rows("base",
                      read.all.draws > 0
                          ? "Every arm's means over draws and replications."
                          : "Every arm where each parameter is at its mean: the base of all changes.");
    rows.texts("arm", "the arm")
        .numbers("cost", money_unit(read.all), "mean cost")
        .numbers("cost_standard_error", money_unit(read.all), "its Monte Carlo standard error")
        .numbers("effect", "", "mean effect, per replication of the study")
        .numbers("effect_standard_error", "", "its Monte Carlo standard error");
    for (std::size_t arm = 0; arm < read.all.means.size(); ++arm) {
        const inquiry::ArmMeans& level = read.all.means[arm];
        rows.add({read.arm(arm), read.money(level.cost.value), read.money(level.cost.standard_error),
                  level.effect.value, level.effect.standard_error});
    }
    return rows;
}

AnalysisRows tornado_rows(const Reading& read) {
    AnalysisRows rows(
        "tornado",
        "One-way runs: the change of an arm's net benefit less the reference's, as one parameter "
        "goes to its 2.5 and 97.5 % points and the others stay at their means.");
    rows.numbers("threshold", "GBP a unit", "what a unit of effect is worth")
        .texts("arm", "the arm")
        .texts("reference", "the arm it is compared with")
        .texts("parameter", "the parameter that moves")
        .texts("unit", "of the parameter")
        .texts("quality", "of its evidence")
        .numbers("mean", "", "the parameter's mean")
        .numbers("low", "", "its 2.5 % point")
        .numbers("high", "", "its 97.5 % point")
        .numbers("change_at_low", money_unit(read.all), "of the incremental net benefit")
        .numbers("change_at_low_standard_error", money_unit(read.all),
                 "Monte Carlo, paired with the base run")
        .numbers("change_at_high", money_unit(read.all), "of the incremental net benefit")
        .numbers("change_at_high_standard_error", money_unit(read.all),
                 "Monte Carlo, paired with the base run");
    for (const inquiry::TornadoBar& bar : read.all.tornado) {
        const inquiry::ParameterFacts& parameter = read.parameter(bar.parameter);
        rows.add({read.threshold(bar.threshold), read.arm(bar.arm), read.arm(read.all.question.reference),
                  parameter.name, parameter.unit, parameter.quality, parameter.mean, parameter.low,
                  parameter.high, read.money(bar.low.value), read.money(bar.low.standard_error),
                  read.money(bar.high.value), read.money(bar.high.standard_error)});
    }
    return rows;
}

AnalysisRows switching_rows(const Reading& read) {
    AnalysisRows rows("switching_values",
                      "Where a decision changes as one parameter moves from its mean and the others stay at "
                      "theirs. A missing value: nowhere within the parameter's 95 % range.");
    rows.numbers("threshold", "GBP a unit", "what a unit of effect is worth")
        .texts("decision", "best_of_all, or against_reference: whether the arm is worth more than it")
        .texts("arm", "the best arm at the means, or the arm set against the reference")
        .texts("parameter", "the parameter that moves")
        .numbers("mean", "", "the parameter's mean")
        .texts("direction",
               "above or below this value the decision is another, or 'none within the 95 % range'")
        .numbers("value", "", "the switching value")
        .numbers("interval_low", "", "95 % Monte Carlo; missing where it leaves the range")
        .numbers("interval_high", "", "likewise")
        .texts("from", "the arm preferred at the mean")
        .texts("to", "the arm preferred beyond the value")
        .numbers("normal_units", "", "from the mean to the value")
        .numbers("probability_beyond", "", "that the parameter lies beyond the value");
    for (const inquiry::ParameterSwitch& one : read.all.switches) {
        const inquiry::ParameterFacts& parameter = read.parameter(one.parameter);
        const std::string decision =
            one.decision == inquiry::DecisionKind::best_of_all ? "best_of_all" : "against_reference";
        if (one.change) {
            rows.add({read.threshold(one.threshold), decision, read.arm(one.arm), parameter.name,
                      parameter.mean, side_text(one.side), one.change->value, one.change->interval.low,
                      one.change->interval.high, read.arm(one.change->from), read.arm(one.change->to),
                      one.units, one.probability});
        } else {
            rows.add({read.threshold(one.threshold), decision, read.arm(one.arm), parameter.name,
                      parameter.mean, std::string("none within the 95 % range"), missing, missing, missing,
                      std::string(), std::string(), missing, missing});
        }
    }
    return rows;
}

AnalysisRows alone_rows(const Reading& read) {
    AnalysisRows rows("what_would_have_to_be_true",
                      "For each arm that is not the best at the means: the smallest change of one parameter, "
                      "the others at their means, that makes it the best of all.");
    rows.numbers("threshold", "GBP a unit", "what a unit of effect is worth")
        .texts("arm", "the arm that becomes the best")
        .texts("parameter", "the parameter that moves")
        .texts("unit", "of the parameter")
        .texts("quality", "of its evidence")
        .numbers("mean", "", "the parameter's mean")
        .texts("direction", "whether it would have to be above or below the value")
        .numbers("value", "", "the value it would have to have")
        .numbers("interval_low", "", "95 % Monte Carlo; missing where it leaves the range")
        .numbers("interval_high", "", "likewise")
        .numbers("normal_units", "", "from the mean to the value: the change in units of its own uncertainty")
        .numbers("probability_beyond", "", "that the parameter lies beyond the value")
        .texts("passes", "the arm that it passes last");
    for (const inquiry::SufficientChange& one : read.all.sufficient) {
        const inquiry::ParameterFacts& parameter = read.parameter(one.parameter);
        rows.add({read.threshold(one.threshold), read.arm(one.arm), parameter.name, parameter.unit,
                  parameter.quality, parameter.mean, side_text(one.side), one.change.value,
                  one.change.interval.low, one.change.interval.high, one.units, one.probability,
                  read.arm(one.change.from)});
    }
    return rows;
}

AnalysisRows joint_rows(const Reading& read) {
    AnalysisRows rows(
        "joint_region",
        "For each arm the most likely point of all parameters together at which it is the best; "
        "for the arm that is the best at the medians, at which it no longer is.");
    rows.numbers("threshold", "GBP a unit", "what a unit of effect is worth")
        .texts("arm", "the arm")
        .texts("is", "'best at the medians', 'best beyond the point' or 'not found'")
        .numbers("distance", "", "of the point from the medians, standard normal units")
        .numbers("interval_low", "", "95 % Monte Carlo, along the same direction")
        .numbers("interval_high", "", "likewise")
        .numbers("fitted_distance", "", "the same by the fitted surface alone")
        .numbers("probability", "",
                 "of the side of the point on which the arm can be the best: about, to first order")
        .numbers("probability_best", "", "that the arm is the best of all, on the fitted surface")
        .texts("rival", "the arm that is as good at the point");
    for (const inquiry::JointPoint& joint : read.all.joint_points) {
        const bool found = joint.region.found && !std::isnan(joint.distance);
        const std::string is = joint.region.best_at_medians ? "best at the medians"
                               : found                      ? "best beyond the point"
                                                            : "not found";
        rows.add({read.threshold(joint.threshold), read.arm(joint.arm), is, joint.distance,
                  joint.interval.low, joint.interval.high,
                  joint.region.found ? joint.region.distance : missing, joint.probability,
                  joint.probability_best, joint.region.found ? read.arm(joint.region.rival) : std::string()});
    }
    return rows;
}

AnalysisRows point_rows(const Reading& read) {
    AnalysisRows rows("joint_point",
                      "The parameters at those points: the ones that make up 99 % of the "
                      "distance, largest part first.");
    rows.numbers("threshold", "GBP a unit", "what a unit of effect is worth")
        .texts("arm", "the arm")
        .texts("parameter", "the parameter")
        .texts("unit", "of the parameter")
        .texts("quality", "of its evidence")
        .numbers("mean", "", "the parameter's mean")
        .numbers("value", "", "its value at the point")
        .numbers("normal_units", "", "from its median")
        .numbers("share", "", "of the squared distance");
    for (const inquiry::JointPoint& joint : read.all.joint_points) {
        double shown = 0;
        for (const inquiry::JointPointPart& part : joint.parts) {
            if (shown > 0.99) break;
            shown += part.share;
            const inquiry::ParameterFacts& parameter = read.parameter(part.parameter);
            rows.add({read.threshold(joint.threshold), read.arm(joint.arm), parameter.name, parameter.unit,
                      parameter.quality, parameter.mean, part.value, part.units, part.share});
        }
    }
    return rows;
}

AnalysisRows index_rows(const Reading& read) {
    const bool designed = read.all.rows > 0;
    AnalysisRows rows(designed ? "sobol" : "first_order",
                      designed
                          ? "Variance-based indices of the incremental net benefit from a designed run. A "
                            "negative estimate has not converged."
                          : "First-order indices of the incremental net benefit from the draws at hand. A "
                            "negative estimate is zero within its error.");
    rows.numbers("threshold", "GBP a unit", "what a unit of effect is worth")
        .texts("arm", "the arm")
        .texts("name", "of the parameter or the group")
        .lists("parameters", "that enter together")
        .numbers("first", "", "share of the variance that they explain alone")
        .numbers("first_standard_error", "", "of it")
        .numbers("first_low", "", "its 95 % interval")
        .numbers("first_high", "", "its 95 % interval");
    if (designed) {
        rows.numbers("total", "", "share that would be left if all the others were known")
            .numbers("total_standard_error", "", "of it")
            .numbers("total_low", "", "its 95 % interval")
            .numbers("total_high", "", "its 95 % interval")
            .texts("converged", "yes, or which estimate is negative");
    }
    for (const inquiry::SensitivityIndex& row : read.all.indices) {
        std::vector<AnalysisRows::Cell> cells = {read.threshold(row.threshold),
                                                 read.arm(row.arm),
                                                 row.name,
                                                 row.parameters,
                                                 row.first.value,
                                                 row.first.standard_error,
                                                 row.first.interval.low,
                                                 row.first.interval.high};
        if (row.total) {
            const std::string converged = !row.first.converged()    ? "first is negative"
                                          : !row.total->converged() ? "total is negative"
                                                                    : "yes";
            cells.insert(cells.end(), {row.total->value, row.total->standard_error, row.total->interval.low,
                                       row.total->interval.high, converged});
        }
        rows.add(cells);
    }
    return rows;
}

}  // namespace

Analysis sensitivity_analysis(const inquiry::SensitivityFindings& findings) {
    const Reading read{findings};
    const inquiry::Question& question = findings.question;
    Analysis analysis{.command = "sensitivity", .settings = {}, .tables = {}};
    const auto setting = [&](const char* name, std::string value) {
        analysis.settings.emplace_back(name, std::move(value));
    };
    setting("file", findings.source.file);
    setting("title", findings.source.title);
    setting("reference_arm", question.arms[question.reference]);
    setting("perspective", question.basis.perspective);
    setting("cost", question.basis.cost);
    setting("effect", question.basis.effect);
    setting("price_year", std::to_string(findings.source.price_year));
    setting("discount_rate", exact_number(findings.source.discount_rate));
    setting("design", findings.draws > 0 ? "draws_at_hand" : "designed_runs");
    setting("draws", std::to_string(findings.draws));
    setting("replications", std::to_string(findings.replications));
    setting("sobol_rows", std::to_string(findings.rows));
    setting("thresholds", thresholds_text(question.thresholds.values));
    setting("thresholds_chosen_by", thresholds_chosen_by(question.thresholds));
    setting("money", money_unit(findings));
    setting("families", exact_number(money_divisor(findings)));
    for (const AnalysisRows& rows :
         {base_rows(read), tornado_rows(read), switching_rows(read), alone_rows(read), joint_rows(read),
          point_rows(read), index_rows(read)}) {
        if (!rows.empty()) analysis.tables.push_back(rows.table());
    }
    return analysis;
}

}  // namespace vfm::program
