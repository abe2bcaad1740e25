#include "analysis_rows.hpp"

#include "vfm/core/contract.hpp"

namespace vfm::program {

AnalysisRows::AnalysisRows(std::string name, std::string description) {
    table_.name = std::move(name);
    table_.description = std::move(description);
}

AnalysisRows& AnalysisRows::numbers(std::string name, std::string unit, std::string description) {
    table_.columns.push_back(
        {std::move(name), std::move(unit), std::move(description), std::vector<double>()});
    return *this;
}

AnalysisRows& AnalysisRows::texts(std::string name, std::string description) {
    table_.columns.push_back({std::move(name), "", std::move(description), std::vector<std::string>()});
    return *this;
}

AnalysisRows& AnalysisRows::lists(std::string name, std::string description) {
    table_.columns.push_back(
        {std::move(name), "", std::move(description), std::vector<std::vector<std::string>>()});
    return *this;
}

void AnalysisRows::add(const std::vector<Cell>& cells) {
    if (cells.size() != table_.columns.size()) throw ContractViolation("a row has a cell for each column");
    for (std::size_t c = 0; c < cells.size(); ++c) {
        std::visit(
            [&](auto& column) {
                using Value = typename std::decay_t<decltype(column)>::value_type;
                const auto* value = std::get_if<Value>(&cells[c]);
                if (value == nullptr) throw ContractViolation("a cell is of its column's kind");
                column.push_back(*value);
            },
            table_.columns[c].values);
    }
}

}  // namespace vfm::program
