#include "analysis_json.hpp"

#include <cmath>
#include <string>
#include <vector>

namespace vfm::program {

namespace {

using results::AnalysisColumn;
using Json = nlohmann::ordered_json;
using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;
using Lists = std::vector<Texts>;

Json cell_of(const AnalysisColumn& column, std::size_t row) {
    if (const auto* texts = std::get_if<Texts>(&column.values)) return (*texts)[row];
    if (const auto* lists = std::get_if<Lists>(&column.values)) return (*lists)[row];
    const double value = std::get<Numbers>(column.values)[row];
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

}  // namespace

nlohmann::ordered_json json_of(const results::AnalysisTable& table) {
    Json rows = Json::array();
    for (std::size_t row = 0; row < table.rows(); ++row) {
        Json object = Json::object();
        for (const AnalysisColumn& column : table.columns) object[column.name] = cell_of(column, row);
        rows.push_back(std::move(object));
    }
    return rows;
}

}  // namespace vfm::program
