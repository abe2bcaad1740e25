// The forms that programs read: every table at full precision, as CSV and as it is stored.
#include "vfm/report/forms.hpp"
#include "vfm/report/numbers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vfm::report {

namespace {

using results::AnalysisColumn;
using results::AnalysisTable;
using CellTexts = std::vector<std::string>;

/// A field of CSV as RFC 4180 has it: quoted when it must be.
std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char letter : text) quoted += letter == '"' ? "\"\"" : std::string(1, letter);
    return quoted + '"';
}

CellTexts exact_cells(const AnalysisColumn& column) {
    if (const auto* texts = std::get_if<CellTexts>(&column.values)) return *texts;
    CellTexts cells;
    if (const auto* numbers = std::get_if<std::vector<double>>(&column.values)) {
        for (const double value : *numbers) cells.push_back(exact_number(value));
        return cells;
    }
    for (const CellTexts& items : std::get<std::vector<CellTexts>>(column.values))
        cells.push_back(fmt::format("{}", fmt::join(items, " ")));
    return cells;
}

std::string setting_text(const Setting& setting) {
    if (const auto* value = std::get_if<double>(&setting)) return exact_number(*value);
    return std::get<std::string>(setting);
}

}  // namespace

std::string csv_form(const Report& report) {
    std::string text = "table,row,column,value\n";
    for (const auto& [name, value] : report.settings)
        text += fmt::format("settings,0,{},{}\n", name, csv_field(setting_text(value)));
    for (const Table& each : report.tables) {
        const AnalysisTable table = flat(each);
        std::vector<CellTexts> columns;
        columns.reserve(table.columns.size());
        for (const AnalysisColumn& column : table.columns) columns.push_back(exact_cells(column));
        for (std::size_t row = 0; row < table.rows(); ++row) {
            for (std::size_t i = 0; i < columns.size(); ++i) {
                text += fmt::format("{},{},{},{}\n", table.name, row, table.columns[i].name,
                                    csv_field(columns[i][row]));
            }
        }
    }
    return text;
}

results::Analysis stored_form(const Report& report) {
    results::Analysis analysis{.command = report.command, .settings = {}, .tables = {}};
    for (const auto& [name, value] : report.settings)
        analysis.settings.emplace_back(name, setting_text(value));
    for (const Table& table : report.tables) analysis.tables.push_back(flat(table));
    return analysis;
}

std::string written(const Report& report, Form form) {
    switch (form) {
        case Form::csv:
            return csv_form(report);
        case Form::json:
            return json_form(report);
        case Form::markdown:
            return markdown_form(report);
        case Form::text:
            break;
    }
    return text_form(report);
}

}  // namespace vfm::report
