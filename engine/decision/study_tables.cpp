// The bridge from an open results file to the tables that a comparison reads.
#include "vfm/core/errors.hpp"
#include "vfm/decision/comparison.hpp"
#include "vfm/decision/public_finance.hpp"
#include "vfm/results/study_results.hpp"

#include <algorithm>

namespace vfm::decision {

StudyTables tables_of(const results::StudyResults& results) {
    return {
        .layout = &results.layout(),
        .origin = origin_of(results.header()),
        .measure = [&results](std::string_view name) { return results.measure(name); },
        .group_measure = [&results](std::string_view name) { return results.group_measure(name); },
        .area_type_measure = [&results](std::string_view name) { return results.area_type_measure(name); },
        .parameter_draws = [&results] { return results.parameter_draws(); }};
}

StudyTables in_prices_of(const StudyTables& tables, int own_year, int wanted_year) {
    if (own_year == 0) {
        throw UserError(
            "the file does not say in which year's prices its costs are: import it with --price-year");
    }
    const double factor = price_factor(gdp_deflator(), own_year, wanted_year);
    const auto converted = [&tables, factor](std::string_view name, std::vector<double> values) {
        const auto& measures = tables.layout->measures;
        const bool money = std::any_of(
            measures.begin(), measures.end(),
            [name](const results::Measure& each) { return each.name == name && each.unit == "GBP"; });
        if (!money) return values;
        for (double& value : values) value *= factor;
        return values;
    };
    StudyTables result = tables;
    result.measure = [&tables, converted](std::string_view name) {
        return converted(name, tables.measure(name));
    };
    result.group_measure = [&tables, converted](std::string_view name) {
        return converted(name, tables.group_measure(name));
    };
    result.area_type_measure = [&tables, converted](std::string_view name) {
        return converted(name, tables.area_type_measure(name));
    };
    return result;
}

}  // namespace vfm::decision
