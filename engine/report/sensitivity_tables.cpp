#include "sensitivity_tables.hpp"

#include "vfm/report/study_words.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace vfm::report {

namespace {

using inquiry::DecisionKind;
using inquiry::JointPoint;
using inquiry::ParameterFacts;
using inquiry::SensitivityFindings;
using inquiry::SufficientChange;

/// Findings as cells of tables.
class SensitivityCells {
  public:
    explicit SensitivityCells(const SensitivityFindings& findings)
        : found_(findings), money_(money_unit(findings.families, findings.question.origin)) {}

    [[nodiscard]] const std::string& money_name() const { return money_.name; }
    [[nodiscard]] double threshold(std::size_t i) const { return found_.thresholds()[i]; }
    [[nodiscard]] const std::string& arm(std::size_t i) const { return found_.question.arms[i]; }
    [[nodiscard]] double money(double amount) const { return amount / money_.divisor; }

    [[nodiscard]] static Cell estimate(const decision::PairedMean& mean, double divisor = 1) {
        decision::Estimate estimate{.value = mean.value / divisor, .monte_carlo = {}, .parameter = {}};
        estimate.monte_carlo = {.standard_error = mean.standard_error / divisor,
                                .interval = {mean.interval.low / divisor, mean.interval.high / divisor}};
        return estimate;
    }
    [[nodiscard]] Cell money_estimate(const decision::PairedMean& mean) const {
        return estimate(mean, money_.divisor);
    }
    /// An end of an interval; where it leaves the parameter's range there is none.
    [[nodiscard]] static Cell end(double value) {
        return std::isnan(value) ? Cell(Missing{".."}) : Cell(value);
    }

  private:
    const SensitivityFindings& found_;
    MoneyUnit money_;
};

std::string side_name(decision::Side side) {
    return side == decision::Side::above ? "above" : "below";
}

Table base_table(const SensitivityFindings& findings, const SensitivityCells& cells) {
    Table table("base", findings.draws > 0
                            ? "Every arm's means over draws and replications."
                            : "Every arm where each parameter is at its mean: the base of all changes.");
    table.text("arm", "the arm")
        .with_error("cost", cells.money_name(), "mean cost")
        .with_error("effect", "", "mean effect, per replication of the study");
    for (std::size_t arm = 0; arm < findings.means.size(); ++arm) {
        const inquiry::ArmMeans& means = findings.means[arm];
        table.add(
            {cells.arm(arm), cells.money_estimate(means.cost), SensitivityCells::estimate(means.effect)});
    }
    return table;
}

Table tornado_table(const SensitivityFindings& findings, const SensitivityCells& cells) {
    Table table("tornado",
                "One-way runs: the change of an arm's net benefit less the reference's, as one parameter "
                "goes to its 2.5 and 97.5 % points and the others stay at their means.");
    table.number("threshold", "GBP a unit", "what a unit of effect is worth")
        .text("arm", "the arm")
        .text("reference", "the arm it is compared with")
        .text("parameter", "the parameter that moves")
        .text("unit", "of the parameter")
        .text("quality", "of its evidence")
        .number("mean", "", "the parameter's mean")
        .number("low", "", "its 2.5 % point")
        .number("high", "", "its 97.5 % point")
        .with_interval("change_at_low", cells.money_name(),
                       "of the incremental net benefit, paired with the base run")
        .with_interval("change_at_high", cells.money_name(),
                       "of the incremental net benefit, paired with the base run");
    for (const inquiry::TornadoBar& bar : findings.tornado) {
        const ParameterFacts& parameter = findings.parameters[bar.parameter];
        table.add({cells.threshold(bar.threshold), cells.arm(bar.arm), cells.arm(findings.question.reference),
                   parameter.name, parameter.unit, parameter.quality, parameter.mean, parameter.low,
                   parameter.high, cells.money_estimate(bar.low), cells.money_estimate(bar.high)});
    }
    return table;
}

Table switching_table(const SensitivityFindings& findings, const SensitivityCells& cells) {
    Table table("switching_values",
                "Where a decision changes as one parameter moves from its mean and the others stay at "
                "theirs. A missing value: nowhere within the parameter's 95 % range.");
    table.number("threshold", "GBP a unit", "what a unit of effect is worth")
        .text("decision", "best_of_all, or against_reference: whether the arm is worth more than it")
        .text("arm", "the best arm at the means, or the arm set against the reference")
        .text("parameter", "the parameter that moves")
        .number("mean", "", "the parameter's mean")
        .text("direction",
              "above or below this value the decision is another, or 'none within the 95 % range'")
        .number("value", "", "the switching value")
        .number("interval_low", "", "95 % Monte Carlo; missing where it leaves the range")
        .number("interval_high", "", "likewise")
        .text("from", "the arm preferred at the mean")
        .text("to", "the arm preferred beyond the value")
        .number("normal_units", "", "from the mean to the value")
        .number("probability_beyond", "share", "that the parameter lies beyond the value");
    for (const inquiry::ParameterSwitch& one : findings.switches) {
        const ParameterFacts& parameter = findings.parameters[one.parameter];
        const std::string decision =
            one.decision == DecisionKind::best_of_all ? "best_of_all" : "against_reference";
        std::vector<Cell> row = {cells.threshold(one.threshold), decision, cells.arm(one.arm), parameter.name,
                                 parameter.mean};
        if (one.change) {
            row.insert(
                row.end(),
                {side_name(one.side), one.change->value, SensitivityCells::end(one.change->interval.low),
                 SensitivityCells::end(one.change->interval.high), cells.arm(one.change->from),
                 cells.arm(one.change->to), one.units, one.probability});
        } else {
            row.insert(row.end(), {std::string("none within the 95 % range"), Missing{}, Missing{}, Missing{},
                                   std::string(), std::string(), Missing{}, Missing{}});
        }
        table.add(std::move(row));
    }
    return table;
}

Table sufficient_table(const SensitivityFindings& findings, const SensitivityCells& cells) {
    Table table("what_would_have_to_be_true",
                "For each arm that is not the best at the means: the smallest change of one parameter, the "
                "others at their means, that makes it the best of all.");
    table.number("threshold", "GBP a unit", "what a unit of effect is worth")
        .text("arm", "the arm that becomes the best")
        .text("parameter", "the parameter that moves")
        .text("unit", "of the parameter")
        .text("quality", "of its evidence")
        .number("mean", "", "the parameter's mean")
        .text("direction", "whether it would have to be above or below the value")
        .number("value", "", "the value it would have to have")
        .number("interval_low", "", "95 % Monte Carlo; missing where it leaves the range")
        .number("interval_high", "", "likewise")
        .number("normal_units", "", "from the mean to the value: the change in units of its own uncertainty")
        .number("probability_beyond", "share", "that the parameter lies beyond the value")
        .text("passes", "the arm that it passes last");
    for (const SufficientChange& one : findings.sufficient) {
        const ParameterFacts& parameter = findings.parameters[one.parameter];
        table.add({cells.threshold(one.threshold), cells.arm(one.arm), parameter.name, parameter.unit,
                   parameter.quality, parameter.mean, side_name(one.side), one.change.value,
                   SensitivityCells::end(one.change.interval.low),
                   SensitivityCells::end(one.change.interval.high), one.units, one.probability,
                   cells.arm(one.change.from)});
    }
    return table;
}

/// What people read where no distance was found.
Cell distance_cell(const JointPoint& point) {
    if (!point.region.found) {
        return Missing{point.region.best_at_medians ? "is always" : "none within 8"};
    }
    if (!std::isnan(point.distance)) return point.distance;
    return Missing{fmt::format("beyond {:.1f}", inquiry::farthest_run * point.region.distance)};
}

Table region_table(const SensitivityFindings& findings, const SensitivityCells& cells) {
    Table table("joint_region",
                "For each arm the most likely point of all parameters together at which it is the best; for "
                "the arm that is the best at the medians, at which it no longer is.");
    table.number("threshold", "GBP a unit", "what a unit of effect is worth")
        .text("arm", "the arm")
        .number("behind", cells.money_name(), "the best arm's mean net benefit less this one's")
        .number("sufficient_parameters", "",
                "how many parameters make it the best on their own, each within its 95 % range")
        .number("nearest_alone", "", "how far the nearest of them has to go, standard normal units")
        .text("is", "'best at the medians', 'best beyond the point' or 'not found'")
        .number("distance", "", "of the point from the medians, standard normal units")
        .number("interval_low", "", "95 % Monte Carlo, along the same direction")
        .number("interval_high", "", "likewise")
        .number("fitted_distance", "", "the same by the fitted surface alone")
        .number("probability", "share",
                "of the side of the point on which the arm can be the best: about, to first order")
        .number("probability_best", "share", "that the arm is the best of all, on the fitted surface")
        .text("rival", "the arm that is as good at the point");
    for (const JointPoint& point : findings.joint_points) {
        const double worth = cells.threshold(point.threshold);
        const std::size_t best = inquiry::best_at(findings, worth);
        double sufficient = 0;
        double nearest = std::numeric_limits<double>::infinity();
        for (const SufficientChange& change : findings.sufficient) {
            if (change.threshold != point.threshold || change.arm != point.arm) continue;
            ++sufficient;
            nearest = std::min(nearest, std::abs(change.units));
        }
        const double behind = inquiry::net_benefit_of(findings, best, worth) -
                              inquiry::net_benefit_of(findings, point.arm, worth);
        const bool found = point.region.found;
        const std::string is = point.region.best_at_medians           ? "best at the medians"
                               : found && !std::isnan(point.distance) ? "best beyond the point"
                                                                      : "not found";
        table.add({worth, cells.arm(point.arm), cells.money(behind), sufficient,
                   sufficient > 0 ? Cell(nearest) : Cell(Missing{}), is, distance_cell(point),
                   SensitivityCells::end(point.interval.low), SensitivityCells::end(point.interval.high),
                   found ? Cell(point.region.distance) : Cell(Missing{}), point.probability,
                   point.probability_best, found ? cells.arm(point.region.rival) : std::string()});
    }
    return table;
}

Table point_table(const SensitivityFindings& findings, const SensitivityCells& cells) {
    Table table("joint_point",
                "The parameters at those points: the ones that make up 99 % of the distance, largest part "
                "first.");
    table.number("threshold", "GBP a unit", "what a unit of effect is worth")
        .text("arm", "the arm")
        .text("parameter", "the parameter")
        .text("unit", "of the parameter")
        .text("quality", "of its evidence")
        .number("mean", "", "the parameter's mean")
        .number("value", "", "its value at the point")
        .number("normal_units", "", "from its median")
        .number("share", "share", "of the squared distance");
    for (const JointPoint& point : findings.joint_points) {
        const std::size_t telling = telling_parts(point);
        for (std::size_t i = 0; i < telling; ++i) {
            const inquiry::JointPointPart& part = point.parts[i];
            const ParameterFacts& parameter = findings.parameters[part.parameter];
            table.add({cells.threshold(point.threshold), cells.arm(point.arm), parameter.name, parameter.unit,
                       parameter.quality, parameter.mean, part.value, part.units, part.share});
        }
    }
    return table;
}

Cell index_cell(const decision::SensitivityIndex& index) {
    decision::Estimate estimate{.value = index.value, .monte_carlo = {}, .parameter = {}};
    estimate.monte_carlo = {.standard_error = index.standard_error, .interval = index.interval};
    return estimate;
}

std::string convergence(const inquiry::GroupIndices& group) {
    if (std::isnan(group.first.value)) return "no variance to explain";
    if (!group.first.converged()) return "first is negative";
    return group.total->converged() ? "yes" : "total is negative";
}

Table index_table(const SensitivityFindings& findings, const SensitivityCells& cells) {
    const bool designed = findings.rows > 0;
    Table table(designed ? "sobol" : "first_order",
                designed ? "Variance-based indices of the incremental net benefit from a designed run. A "
                           "negative estimate has not converged."
                         : "First-order indices of the incremental net benefit from given data, the file's "
                           "draws. A negative estimate is zero within its error.");
    table.number("threshold", "GBP a unit", "what a unit of effect is worth")
        .text("arm", "the arm")
        .text("name", "of the parameter, the block of correlated ones or the group")
        .list("parameters", "that enter together")
        .with_interval("first", "", "share of the variance that they explain alone");
    if (designed) {
        table.with_interval("total", "", "share that would be left if all the others were known")
            .text("converged", "yes, which estimate is negative, or that there is no variance to explain");
    }
    for (const inquiry::GroupIndices& group : findings.indices) {
        std::vector<Cell> row = {cells.threshold(group.threshold), cells.arm(group.arm), group.name,
                                 group.parameters, index_cell(group.first)};
        if (group.total) row.insert(row.end(), {index_cell(*group.total), convergence(group)});
        table.add(std::move(row));
    }
    return table;
}

}  // namespace

std::size_t telling_parts(const JointPoint& point) {
    double told = 0;
    std::size_t count = 0;
    while (count < point.parts.size() && told <= 0.99) told += point.parts[count++].share;
    return count;
}

std::vector<Table> sensitivity_tables(const SensitivityFindings& findings) {
    const SensitivityCells cells(findings);
    std::vector<Table> tables;
    for (auto make : {base_table, tornado_table, switching_table, sufficient_table, region_table, point_table,
                      index_table}) {
        Table table = make(findings, cells);
        if (!table.empty()) tables.push_back(std::move(table));
    }
    return tables;
}

}  // namespace vfm::report
