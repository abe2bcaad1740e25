// What a comparison found in each type of areas, as tables that are stored and that JSON shows.
#include "analysis_rows.hpp"
#include "compare_area_types.hpp"

#include <limits>

namespace vfm::program {

namespace {

using namespace decision;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

double standard_error(const Estimate& estimate) {
    return estimate.monte_carlo ? estimate.monte_carlo->standard_error : missing;
}
double low(const Estimate& estimate) {
    return estimate.parameter.interval ? estimate.parameter.interval->low : missing;
}
double high(const Estimate& estimate) {
    return estimate.parameter.interval ? estimate.parameter.interval->high : missing;
}

results::AnalysisTable levels(const Comparison& comparison) {
    AnalysisRows rows("area_types",
                      "Families, costs and outcomes in each type of areas: ratios of sums over its areas.");
    rows.texts("area_type", "The type of areas.")
        .texts("measure", "The indicator.")
        .texts("unit", "Of the indicator.")
        .texts("arm", "The arm.")
        .numbers("value", "", "Over the families of the type; families: a replication.")
        .numbers("monte_carlo_standard_error", "", "Of the value.")
        .numbers("parameter_low", "", "Of the value's 95 % interval over draws.")
        .numbers("parameter_high", "", "Likewise.")
        .numbers("difference", "", "This arm minus the reference.")
        .numbers("difference_monte_carlo_standard_error", "", "Of the difference.")
        .numbers("difference_parameter_low", "", "Of the difference's 95 % interval over draws.")
        .numbers("difference_parameter_high", "", "Likewise.");
    for (const AreaTypeComparison& type : comparison.area_types) {
        for (const ComparedIndicator& compared : type.indicators) {
            for (std::size_t arm = 0; arm < compared.arms.size(); ++arm) {
                const Estimate& value = compared.arms[arm];
                const Estimate& more = compared.differences[arm];
                rows.add({type.type, compared.indicator.name, compared.indicator.unit, comparison.arms[arm],
                          value.value, standard_error(value), low(value), high(value), more.value,
                          standard_error(more), low(more), high(more)});
            }
        }
    }
    return rows.table();
}

results::AnalysisTable break_evens(const Comparison& comparison) {
    AnalysisRows rows("area_type_break_even",
                      "From which threshold on an arm is worth more than the reference in a type of areas.");
    rows.texts("area_type", "The type of areas.")
        .texts("arm", "The arm.")
        .texts("worth_it", "above, below, always, never or equal.")
        .numbers("threshold", "GBP a unit of effect", "Cost difference over effect difference.");
    for (const AreaTypeComparison& type : comparison.area_types) {
        for (std::size_t arm = 0; arm < type.break_even.size(); ++arm) {
            if (arm == comparison.reference) continue;
            const BreakEven& point = type.break_even[arm];
            rows.add({type.type, comparison.arms[arm], worth_it_name(point.worth_it), point.threshold});
        }
    }
    return rows.table();
}

results::AnalysisTable net_benefits(const Comparison& comparison) {
    AnalysisRows rows("area_type_net_benefit",
                      "Threshold x effect - cost over families, in each type of areas, at the thresholds "
                      "asked for.");
    rows.texts("area_type", "The type of areas.")
        .numbers("threshold", "GBP a unit of effect", "What a unit is worth.")
        .texts("arm", "The arm.")
        .texts("best", "The arm of highest net benefit in the type.")
        .numbers("net_benefit", "GBP a family", "Of a measured family of the type.")
        .numbers("difference", "GBP a family", "This arm minus the reference.")
        .numbers("difference_monte_carlo_standard_error", "GBP a family", "Of the difference.")
        .numbers("difference_parameter_low", "GBP a family", "Of its 95 % interval over draws.")
        .numbers("difference_parameter_high", "GBP a family", "Likewise.")
        .numbers("probability_best", "share", "Of being the best of all arms in the type.");
    for (const AreaTypeComparison& type : comparison.area_types) {
        for (const NetBenefit& at : type.net_benefit) {
            for (std::size_t arm = 0; arm < at.arms.size(); ++arm) {
                const ArmNetBenefit& found = at.arms[arm];
                rows.add({type.type, at.threshold, comparison.arms[arm], comparison.arms[at.best],
                          found.value.value, found.difference.value, standard_error(found.difference),
                          low(found.difference), high(found.difference), found.probability_best});
            }
        }
    }
    return rows.table();
}

results::AnalysisTable frontiers(const Comparison& comparison) {
    AnalysisRows rows("area_type_ceaf",
                      "The arm of highest expected net benefit in each type of areas, and how sure that is.");
    rows.texts("area_type", "The type of areas.")
        .numbers("threshold", "GBP a unit of effect", "What a unit is worth.")
        .texts("arm", "Of highest expected net benefit in the type.")
        .numbers("probability_best", "share", "Of being the best of all arms in the type.")
        .numbers("expected_loss", "GBP a programme", "In the type's areas, against knowing every parameter.");
    for (const AreaTypeComparison& type : comparison.area_types) {
        for (std::size_t i = 0; i < type.curves.thresholds.size(); ++i) {
            rows.add({type.type, type.curves.thresholds[i], comparison.arms[type.curves.best[i]],
                      type.curves.frontier(i), type.curves.perfect_information(i)});
        }
    }
    return rows.table();
}

}  // namespace

std::vector<results::AnalysisTable> area_type_findings(const Comparison& comparison) {
    std::vector<results::AnalysisTable> tables;
    for (auto make : {levels, break_evens, net_benefits, frontiers}) {
        results::AnalysisTable table = make(comparison);
        if (table.rows() > 0) tables.push_back(std::move(table));
    }
    return tables;
}

}  // namespace vfm::program
