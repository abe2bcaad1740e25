// The one file that writes JSON: its library is slow to compile.
#include "vfm/report/forms.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

namespace vfm::report {

namespace {

using results::AnalysisColumn;
using results::AnalysisTable;
using Json = nlohmann::ordered_json;

constexpr const char* json_format = "vfm-analysis";
constexpr const char* json_format_version = "2.0";

Json json_number(double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json json_cell(const AnalysisColumn& column, std::size_t row) {
    if (const auto* numbers = std::get_if<std::vector<double>>(&column.values))
        return json_number((*numbers)[row]);
    if (const auto* texts = std::get_if<std::vector<std::string>>(&column.values)) return (*texts)[row];
    return std::get<std::vector<std::vector<std::string>>>(column.values)[row];
}

Json json_rows(const AnalysisTable& table) {
    Json rows = Json::array();
    for (std::size_t row = 0; row < table.rows(); ++row) {
        Json object = Json::object();
        for (const AnalysisColumn& column : table.columns) object[column.name] = json_cell(column, row);
        rows.push_back(std::move(object));
    }
    return rows;
}

Json json_description(const AnalysisTable& table) {
    Json columns = Json::array();
    for (const AnalysisColumn& column : table.columns) {
        columns.push_back(
            {{"name", column.name}, {"unit", column.unit}, {"description", column.description}});
    }
    return {{"description", table.description}, {"columns", std::move(columns)}};
}

}  // namespace

std::string json_form(const Report& report) {
    Json settings = Json::object();
    for (const auto& [name, value] : report.settings) {
        settings[name] = std::visit([](const auto& given) { return Json(given); }, value);
    }
    Json json = {{"format", json_format},
                 {"format_version", json_format_version},
                 {"command", report.command},
                 {"settings", std::move(settings)},
                 {"tables", Json::object()}};
    for (const Table& each : report.tables) {
        const AnalysisTable table = flat(each);
        json["tables"][table.name] = json_description(table);
        json[table.name] = json_rows(table);
    }
    // Names come from files nobody need trust: bytes that are not UTF-8 are replaced, not fatal.
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace vfm::report
