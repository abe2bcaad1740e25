#include "summary_columns.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/core/fixed_point.hpp"
#include "vfm/experiment/resolve.hpp"

#include <algorithm>
#include <limits>

namespace vfm::experiment {

namespace {

using model::Ledger;
using scenario::Perspective;

/// In pounds, what a perspective's payers pay.
double cost_to(const Perspective& perspective, const Ledger::ByPayer& paid) {
    Fixed sum = 0;
    for (const model::Payer payer : perspective.payers) sum += paid[static_cast<std::size_t>(payer)];
    return from_fixed(sum);
}

/// A replication without plans has no quantile: readers know a missing number as NaN.
double days_or_missing(double days) {
    return days < 0 ? std::numeric_limits<double>::quiet_NaN() : days;
}

void add_costs(std::vector<SummaryColumn>& columns, const scenario::Scenario& scenario) {
    for (const Perspective& perspective : scenario.perspectives) {
        columns.push_back(
            {{"cost_" + perspective.name, "GBP",
              "cost in the " + perspective.name + " perspective, discounted to launch"},
             [&perspective](const SummedTallies& sums) { return cost_to(perspective, sums.paid); }});
    }
    for (const Perspective& perspective : scenario.perspectives) {
        columns.push_back(
            {{"traced_cost_" + perspective.name, "GBP",
              "the part of it that measured families cause one by one: no staff in post, no overheads"},
             [&perspective](const SummedTallies& sums) { return cost_to(perspective, sums.traced); }});
    }
    for (std::size_t payer = 0; payer < model::payer_names.size(); ++payer) {
        const std::string name(model::payer_names[payer]);
        columns.push_back({{"paid_by_" + name, "GBP", "paid by payer " + name + ", discounted to launch"},
                           [payer](const SummedTallies& sums) { return from_fixed(sums.paid[payer]); }});
    }
}

/// What does not add up over replications.
void add_quantiles(std::vector<SummaryColumn>& columns) {
    const auto quantile = [](double p) {
        return [p](const SummedTallies& sums) { return days_or_missing(sums.tallies->sign_off_quantile(p)); };
    };
    columns.push_back(
        {{"median_days_to_sign_off", "days", "median of a replication's plans", false}, quantile(0.5)});
    columns.push_back(
        {{"p90_days_to_sign_off", "days", "90th percentile of a replication's plans", false}, quantile(0.9)});
}

}  // namespace

std::vector<SummaryColumn> summary_columns(const scenario::Scenario& scenario) {
    std::vector<SummaryColumn> columns;
    columns.reserve(model::measure_facts.size());
    for (const model::MeasureFacts& facts : model::measure_facts) {
        columns.push_back(
            {{std::string(facts.name), std::string(facts.unit), std::string(facts.description)},
             [measure = facts.measure](const SummedTallies& sums) { return sums.tallies->value(measure); }});
    }
    const std::vector<std::string> outcomes = outcome_names(scenario);
    for (std::size_t outcome = 0; outcome < outcomes.size(); ++outcome) {
        columns.push_back({{"ended_" + outcomes[outcome], "families",
                            "measured families that ended as " + outcomes[outcome]},
                           [outcome](const SummedTallies& sums) {
                               return static_cast<double>(sums.tallies->ended[outcome]);
                           }});
    }
    add_costs(columns, scenario);
    add_quantiles(columns);
    return columns;
}

std::vector<GroupColumn> group_columns(const scenario::Scenario& scenario) {
    std::vector<GroupColumn> columns;
    for (std::size_t m = 0; m < model::group_measures.size(); ++m) {
        const model::MeasureFacts& facts = model::facts_of(model::group_measures[m]);
        columns.push_back({std::string(facts.name),
                           [m, whole = facts.whole](const model::Tallies& tallies, std::size_t group) {
                               const std::int64_t sum =
                                   tallies.groups[group * model::group_measures.size() + m];
                               return whole ? static_cast<double>(sum) : from_fixed(sum);
                           }});
    }
    for (const Perspective& perspective : scenario.perspectives) {
        columns.push_back({"traced_cost_" + perspective.name,
                           [&perspective](const model::Tallies& tallies, std::size_t group) {
                               return cost_to(perspective, tallies.group_costs[group]);
                           }});
    }
    return columns;
}

const SummaryColumn& additive_column(std::span<const SummaryColumn> columns, const std::string& name) {
    std::vector<std::string> known;
    for (const SummaryColumn& column : columns) {
        if (!column.measure.additive) continue;
        if (column.measure.name == name) return column;
        known.push_back(column.measure.name);
    }
    const std::string nearest = nearest_name(name, known);
    throw UserError("the study has no additive measure '" + name + "'" +
                    (nearest.empty() ? "" : ", did you mean '" + nearest + "'?"));
}

}  // namespace vfm::experiment
