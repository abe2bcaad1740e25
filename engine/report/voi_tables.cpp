#include "voi_tables.hpp"

#include "vfm/report/study_words.hpp"

#include <cmath>
#include <string>
#include <utility>

namespace vfm::report {

namespace {

using decision::EvpiPoint;
using decision::EvppiPoint;
using inquiry::AskedSet;
using inquiry::RankedSet;
using inquiry::SetKind;
using inquiry::VoiFindings;

Cell value_with_error(const decision::WithError& number) {
    if (std::isnan(number.value)) return Missing{};
    decision::Estimate estimate{.value = number.value, .monte_carlo = {}, .parameter = {}};
    estimate.monte_carlo = {.standard_error = number.standard_error, .interval = {}};
    return estimate;
}

std::string set_kind_name(SetKind kind) {
    switch (kind) {
        case SetKind::correlated:
            return "correlated";
        case SetKind::group:
            return "group";
        case SetKind::parameter:
            break;
    }
    return "parameter";
}

std::string verdict(bool distinguishable) {
    return distinguishable ? "above chance" : "not distinguishable from zero";
}

std::vector<std::string> member_names(const VoiFindings& findings, const AskedSet& asked) {
    std::vector<std::string> names;
    for (const std::size_t member : asked.set.members) names.push_back(findings.parameters[member].name);
    return names;
}

Table evpi_table(const VoiFindings& findings) {
    Table table("evpi",
                "Expected value of perfect information, GBP " + unit_of_sums(findings.question.origin));
    table.number("threshold", "GBP", "what a unit of effect is worth")
        .text("best", "the arm of highest mean net benefit")
        .with_error("fitted", "GBP", "with the noise of simulated families taken out")
        .with_error("cross_fitted", "GBP", "from below: chosen on one replication, valued on the others")
        .with_error("naive", "GBP", "from above: noise inside draws counts as uncertainty");
    if (findings.population) {
        table.number("population_fitted", "GBP", "fitted, over the declared population and horizon");
    }
    for (const EvpiPoint& point : findings.evpi) {
        std::vector<Cell> cells = {point.threshold, findings.question.arms[point.best],
                                   value_with_error(point.fitted), value_with_error(point.cross_fitted),
                                   value_with_error(point.naive)};
        if (findings.population) cells.emplace_back(findings.population->factor * point.fitted.value);
        table.add(std::move(cells));
    }
    return table;
}

Table evppi_table(const VoiFindings& findings) {
    Table table("evppi", "Expected value of partial perfect information, GBP " +
                             unit_of_sums(findings.question.origin));
    table.text("name", "of the set")
        .text("kind", "parameter, correlated (cannot be parted) or group")
        .list("parameters", "that would be known")
        .number("threshold", "GBP", "what a unit of effect is worth")
        .number("value", "GBP", "of knowing them")
        .number("standard_error", "GBP", "over draws")
        .number("null", "GBP", "what chance gives in one case of twenty")
        .text("verdict", "whether the value is above the null");
    for (std::size_t set = 0; set < findings.evppi.size(); ++set) {
        const AskedSet& asked = findings.asked.sets[set];
        const std::vector<std::string> members = member_names(findings, asked);
        for (const EvppiPoint& point : findings.evppi[set].curve) {
            table.add({asked.set.name, set_kind_name(asked.kind), members, point.threshold, point.value,
                       point.standard_error, point.null, verdict(point.distinguishable())});
        }
    }
    return table;
}

Table ranking_table(std::string name, std::string description, const std::vector<RankedSet>& ranking,
                    const VoiFindings& findings) {
    Table table(std::move(name), std::move(description));
    table.text("name", "of the set")
        .number("value", "GBP", "mean over the thresholds, each as likely")
        .number("standard_error", "GBP", "over draws")
        .number("null", "GBP", "what chance gives in one case of twenty")
        .number("share_of_evpi", "share", "of the mean EVPI")
        .number("best_threshold", "GBP",
                "where it is worth the largest share of EVPI; missing where it is at none above chance");
    if (findings.population) {
        table.number("population_value", "GBP",
                     "the mean over the thresholds, over the declared population and horizon");
    }
    table.text("verdict", "whether the value is above the null")
        .list("parameters", "that would be known")
        .list("added", "those of them that are there because others are correlated with them");
    for (const RankedSet& row : ranking) {
        const AskedSet& asked = findings.asked.sets[row.set];
        std::vector<Cell> cells = {asked.set.name, row.value, row.standard_error, row.null, row.share};
        cells.push_back(row.best_threshold ? Cell(*row.best_threshold) : Cell(Missing{}));
        if (findings.population) cells.emplace_back(findings.population->factor * row.value);
        cells.insert(cells.end(), {verdict(row.distinguishable), member_names(findings, asked), asked.added});
        table.add(std::move(cells));
    }
    return table;
}

/// A value over the thresholds, where it is largest.
struct LargestValue {
    double value = 0;
    double threshold = 0;
};

template <class Point, class Value>
LargestValue largest_of(const std::vector<Point>& curve, Value value) {
    LargestValue largest{value(curve.front()), curve.front().threshold};
    for (const Point& point : curve) {
        if (value(point) > largest.value) largest = {value(point), point.threshold};
    }
    return largest;
}

Table population_table(const VoiFindings& findings) {
    const double factor = findings.population->factor;
    Table table("population",
                "Values over the declared population and horizon: the mean over the thresholds, "
                "each as likely, and the largest.");
    table.text("name", "of the set; everything: all that is uncertain")
        .text("kind", "all, parameter, correlated (cannot be parted) or group")
        .number("mean", "GBP", "over the thresholds")
        .number("largest", "GBP", "at any of them")
        .number("threshold", "GBP", "at which it is largest");
    const auto add = [&](const std::string& name, std::string kind, double mean,
                         const LargestValue& largest) {
        table.add({name, std::move(kind), factor * mean, factor * largest.value, largest.threshold});
    };
    add("everything", "all", findings.mean_evpi,
        largest_of(findings.evpi, [](const EvpiPoint& point) { return point.fitted.value; }));
    for (const std::vector<RankedSet>* ranking : {&findings.ranking, &findings.group_ranking}) {
        for (const RankedSet& row : *ranking) {
            const AskedSet& asked = findings.asked.sets[row.set];
            add(asked.set.name, set_kind_name(asked.kind), row.value,
                largest_of(findings.evppi[row.set].curve,
                           [](const EvppiPoint& point) { return point.value; }));
        }
    }
    return table;
}

Table check_table(const VoiFindings& findings) {
    Table table("conditional_means",
                "The matrix of conditional means against the variance inside draws: this arm minus the "
                "reference");
    table.text("arm", "less the reference")
        .text("outcome", "cost or effect")
        .number("between_variance", "", "of true means over draws")
        .number("noise_variance", "", "of a draw's mean about its true mean")
        .number("noise_share", "", "of the variance of draws' means")
        .number("explained_share", "", "of the variance between true means, by the regression")
        .number("residual_ratio", "", "variance that the regression leaves over that of noise");
    for (const auto& [outcome, checks] :
         {std::pair("cost", &findings.means.cost), std::pair("effect", &findings.means.effect)}) {
        for (std::size_t arm = 0; arm < checks->size(); ++arm) {
            if (arm == findings.question.reference) continue;
            const decision::MeanCheck& check = (*checks)[arm];
            table.add({findings.question.arms[arm], std::string(outcome), check.between_variance,
                       check.noise_variance, check.noise_share, check.explained_share, check.residual_ratio});
        }
    }
    return table;
}

}  // namespace

std::vector<Table> voi_tables(const VoiFindings& findings) {
    std::vector<Table> tables = {
        evpi_table(findings), evppi_table(findings),
        ranking_table("measure_next",
                      "Parameters, and blocks of correlated ones, by the value of knowing them",
                      findings.ranking, findings),
        ranking_table("groups", "Declared groups by the value of knowing them", findings.group_ranking,
                      findings)};
    if (findings.population) tables.push_back(population_table(findings));
    tables.push_back(check_table(findings));
    return tables;
}

}  // namespace vfm::report
