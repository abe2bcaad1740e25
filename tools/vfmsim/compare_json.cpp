#include "analysis_json.hpp"
#include "compare_findings.hpp"
#include "compare_output.hpp"

#include "vfm/decision/group_value.hpp"

#include <array>
#include <cmath>
#include <utility>

namespace vfm::program {

namespace {

using namespace decision;
using Json = nlohmann::ordered_json;

Json number_or_null(double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json to_json(const Estimate& estimate) {
    Json json = {{"value", number_or_null(estimate.value)}, {"monte_carlo", nullptr}, {"parameter", nullptr}};
    if (estimate.monte_carlo) {
        json["monte_carlo"] = {{"standard_error", number_or_null(estimate.monte_carlo->standard_error)},
                               {"low", number_or_null(estimate.monte_carlo->interval.low)},
                               {"high", number_or_null(estimate.monte_carlo->interval.high)}};
    }
    const ParameterUncertainty& parameter = estimate.parameter;
    if (parameter.interval) {
        json["parameter"] = {
            {"low", number_or_null(parameter.interval->low)},
            {"high", number_or_null(parameter.interval->high)},
            {"separated", parameter.spread == ParameterSpread::separated},
            {"noise_share", parameter.noise_share ? Json(*parameter.noise_share) : Json(nullptr)}};
    }
    json["missing_draws"] = parameter.missing_draws;
    return json;
}

Json description(const Indicator& indicator) {
    return {{"label", indicator.label},
            {"unit", indicator.unit},
            {"heading", heading_name(indicator.heading)},
            {"numerator", indicator.numerator},
            {"denominator", indicator.denominator.empty() ? Json(nullptr) : Json(indicator.denominator)}};
}

Json names(const Comparison& comparison, const std::vector<std::size_t>& arms) {
    Json list = Json::array();
    for (const std::size_t arm : arms) list.push_back(comparison.arms[arm]);
    return list;
}

Json indicators(const Comparison& comparison) {
    Json json = Json::object();
    for (const ComparedIndicator& compared : comparison.indicators) {
        json[compared.indicator.name] = description(compared.indicator);
    }
    return json;
}

Json arms(const Comparison& comparison) {
    Json list = Json::array();
    for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
        Json measures = Json::object();
        for (const ComparedIndicator& compared : comparison.indicators) {
            measures[compared.indicator.name] = to_json(compared.arms[arm]);
        }
        const bool titled = arm < comparison.arm_titles.size();
        list.push_back({{"arm", comparison.arms[arm]},
                        {"title", titled ? comparison.arm_titles[arm] : comparison.arms[arm]},
                        {"reference", arm == comparison.reference},
                        {"measures", std::move(measures)}});
    }
    return list;
}

Json differences(const Comparison& comparison) {
    Json list = Json::array();
    for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
        if (arm == comparison.reference) continue;
        Json measures = Json::object();
        for (const ComparedIndicator& compared : comparison.indicators) {
            measures[compared.indicator.name] = to_json(compared.differences[arm]);
        }
        list.push_back({{"arm", comparison.arms[arm]},
                        {"minus", comparison.arms[comparison.reference]},
                        {"measures", std::move(measures)}});
    }
    return list;
}

Json incremental(const Comparison& comparison, const CostEffectiveness& analysis) {
    Json list = Json::array();
    for (const IncrementalRow& row : analysis.incremental) {
        list.push_back({{"arm", comparison.arms[row.arm]},
                        {"cost", row.cost},
                        {"effect", row.effect},
                        {"standing", standing_name(row.standing)},
                        {"against", names(comparison, row.against)},
                        {"incremental_cost", number_or_null(row.incremental_cost)},
                        {"incremental_effect", number_or_null(row.incremental_effect)},
                        {"icer", number_or_null(row.icer)}});
    }
    return list;
}

Json net_benefits(const Comparison& comparison, const CostEffectiveness& analysis) {
    Json list = Json::array();
    for (const NetBenefit& at : analysis.net_benefit) {
        Json by_arm = Json::array();
        for (std::size_t arm = 0; arm < at.arms.size(); ++arm) {
            by_arm.push_back({{"arm", comparison.arms[arm]},
                              {"net_benefit", to_json(at.arms[arm].value)},
                              {"difference", to_json(at.arms[arm].difference)},
                              {"probability_best", at.arms[arm].probability_best}});
        }
        list.push_back({{"threshold", at.threshold}, {"best", comparison.arms[at.best]}, {"arms", by_arm}});
    }
    return list;
}

Json gaps(const Comparison& comparison, const std::vector<ComparedGap>& arms) {
    Json by_arm = Json::array();
    for (std::size_t arm = 0; arm < arms.size(); ++arm) {
        by_arm.push_back({{"arm", comparison.arms[arm]},
                          {"group", to_json(arms[arm].group)},
                          {"rest", to_json(arms[arm].rest)},
                          {"gap", to_json(arms[arm].gap)},
                          {"group_minus_reference", to_json(arms[arm].group_change)},
                          {"rest_minus_reference", to_json(arms[arm].rest_change)},
                          {"gap_minus_reference", to_json(arms[arm].gap_change)}});
    }
    return by_arm;
}

Json equity(const Comparison& comparison) {
    Json list = Json::array();
    for (const GroupComparison& compared : comparison.gaps) {
        list.push_back({{"group", compared.group},
                        {"measure", compared.indicator.name},
                        {"arms", gaps(comparison, compared.arms)}});
    }
    return list;
}

/// Null when the file has no costs by access group.
Json group_value(const Comparison& comparison) {
    if (!comparison.group_value) return nullptr;
    const GroupValue& value = *comparison.group_value;
    Json list = Json::array();
    for (std::size_t group = 0; group < value.groups.size(); ++group) {
        Json worth = Json::array();
        for (const GroupNetBenefit& at : value.net_benefit)
            worth.push_back({{"threshold", at.threshold}, {"arms", gaps(comparison, at.groups[group])}});
        list.push_back({{"group", value.groups[group]},
                        {"cost_per_family", gaps(comparison, value.cost[group])},
                        {"traced_cost_per_family", gaps(comparison, value.traced[group])},
                        {"net_benefit_per_family", std::move(worth)}});
    }
    return {{"assumption", apportioning_assumption}, {"groups", std::move(list)}};
}

}  // namespace

std::string standing_name(Standing standing) {
    constexpr std::array names = {"on_frontier", "dominated", "extendedly_dominated", "tied"};
    return names.at(static_cast<std::size_t>(standing));
}

std::string worth_it_name(WorthIt worth_it) {
    constexpr std::array names = {"above", "below", "always", "never", "equal"};
    return names.at(static_cast<std::size_t>(worth_it));
}

std::string comparison_json(const Comparison& comparison, const ComparisonSource& source) {
    const auto text_or_null = [](const std::string& text) {
        return text.empty() ? Json(nullptr) : Json(text);
    };
    const auto table = [&comparison](auto make) {
        return comparison.analysis ? make(comparison, *comparison.analysis) : Json::array();
    };
    const results::Analysis findings = compare_findings(comparison, source);
    Json settings = Json::object();
    for (const auto& [name, value] : findings.settings) settings[name] = value;
    Json json = {{"format", "vfm-comparison"},
                 {"format_version", "1.0"},
                 {"command", findings.command},
                 {"settings", std::move(settings)},
                 {"file", source.file},
                 {"title", source.title},
                 {"price_year", source.price_year},
                 {"discount_rate", source.discount_rate},
                 {"draws", comparison.draws},
                 {"replications", comparison.replications},
                 {"reference_arm", comparison.arms[comparison.reference]},
                 {"perspective", text_or_null(comparison.basis.perspective)},
                 {"cost", text_or_null(comparison.basis.cost)},
                 {"effect", text_or_null(comparison.basis.effect)},
                 {"measures", indicators(comparison)},
                 {"arms", arms(comparison)},
                 {"differences", differences(comparison)},
                 {"incremental_table", table(incremental)},
                 {"break_even", Json::array()},
                 {"plane", Json::array()},
                 {"net_benefit", table(net_benefits)},
                 {"equity", equity(comparison)},
                 {"group_value", group_value(comparison)},
                 {"notes", comparison.notes}};
    for (const results::AnalysisTable& each : findings.tables) json[each.name] = json_of(each);
    // Names come from files nobody need trust: bytes that are not UTF-8 are replaced, not fatal.
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace vfm::program
