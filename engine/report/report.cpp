#include "vfm/report/report.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/report/numbers.hpp"

#include <algorithm>

namespace vfm::report {

Shown shown(const Table& table, const std::string& column) {
    const Column& declared = table.columns()[table.place_of(column)];
    const bool has_error = declared.kind == Kind::with_error || declared.kind == Kind::with_interval;
    return {.heading = with_unit(in_words(column), declared.unit),
            .cells = {{.column = column}},
            .part = has_error ? Part::with_error : Part::value,
            .precision = {.rule = Precision::Rule::column_or_whole}};
}

View whole(const Table& table) {
    View view{.table = table.name(), .rows = table.where({}), .most = 40};
    for (const Column& column : table.columns()) {
        view.columns.push_back(shown(table, column.name));
        if (column.kind != Kind::estimate) continue;
        const std::string scale = column.name;
        view.columns.back().scale = scale;
        for (const auto& [heading, part] : {std::pair("Monte Carlo 95 %", Part::interval),
                                            std::pair("parameters 95 %", Part::parameters)}) {
            Shown interval = shown(table, column.name);
            interval.heading = heading;
            interval.part = part;
            interval.scale = scale;
            view.columns.push_back(std::move(interval));
        }
    }
    return view;
}

const Table& Report::table(const std::string& name) const {
    const auto place = std::find_if(tables.begin(), tables.end(),
                                    [&name](const Table& each) { return each.name() == name; });
    if (place == tables.end()) throw ContractViolation("the report has no table " + name);
    return *place;
}

}  // namespace vfm::report
