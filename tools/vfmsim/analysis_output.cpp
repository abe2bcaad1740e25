#include "analysis_output.hpp"

#include "analysis_json.hpp"

#include "vfm/core/errors.hpp"

#include <algorithm>
#include <cmath>
#include <iostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vfm::program {

namespace {

using results::Analysis;
using results::AnalysisColumn;
using results::AnalysisTable;
using Json = nlohmann::ordered_json;
using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;
using Lists = std::vector<Texts>;

constexpr std::size_t rows_for_people = 40;

std::string as_words(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

/// A column's first cells as people read them: the same decimals in all numbers.
Texts shown_cells(const AnalysisColumn& column, std::size_t rows) {
    Texts cells;
    if (const auto* numbers = std::get_if<Numbers>(&column.values)) {
        const bool whole = std::all_of(numbers->begin(), numbers->end(),
                                       [](double value) { return !(value != std::floor(value)); });
        const int decimals = whole ? 0 : decimals_for(*numbers);
        for (std::size_t row = 0; row < rows; ++row) cells.push_back(number((*numbers)[row], decimals));
    } else if (const auto* texts = std::get_if<Texts>(&column.values)) {
        cells.assign(texts->begin(), texts->begin() + static_cast<std::ptrdiff_t>(rows));
    } else {
        const auto& lists = std::get<Lists>(column.values);
        for (std::size_t row = 0; row < rows; ++row) {
            cells.push_back(fmt::format("{}", fmt::join(lists[row], ", ")));
        }
    }
    return cells;
}

std::string heading_of(const AnalysisColumn& column) {
    return as_words(column.name) + (column.unit.empty() ? "" : ", " + column.unit);
}

TextTable text_table(const AnalysisTable& table) {
    const std::size_t rows = std::min(table.rows(), rows_for_people);
    TextTable text{.columns = {}, .rows = std::vector<Texts>(rows)};
    for (const AnalysisColumn& column : table.columns) {
        const bool numeric = std::holds_alternative<Numbers>(column.values);
        text.columns.push_back(
            {.heading = heading_of(column),
             .align = numeric ? TextTable::Column::Align::right : TextTable::Column::Align::left});
        const Texts cells = shown_cells(column, rows);
        for (std::size_t row = 0; row < rows; ++row) text.rows[row].push_back(cells[row]);
    }
    return text;
}

std::string rows_left_out(const AnalysisTable& table) {
    if (table.rows() <= rows_for_people) return {};
    return fmt::format("{} more rows: --format csv or json",
                       number(static_cast<double>(table.rows() - rows_for_people), 0));
}

/// A text that stays one cell of a pipe table.
std::string markdown_cell(const std::string& text) {
    std::string cell;
    for (const char letter : text) {
        if (letter == '|' || letter == '\\') cell += '\\';
        cell += letter == '\n' || letter == '\r' ? ' ' : letter;
    }
    return cell;
}

}  // namespace

Texts exact_cells(const AnalysisColumn& column) {
    if (const auto* texts = std::get_if<Texts>(&column.values)) return *texts;
    Texts cells;
    if (const auto* numbers = std::get_if<Numbers>(&column.values)) {
        for (const double value : *numbers) cells.push_back(exact_number(value));
    } else {
        for (const Texts& items : std::get<Lists>(column.values)) {
            cells.push_back(fmt::format("{}", fmt::join(items, " ")));
        }
    }
    return cells;
}

std::string markdown_table(const TextTable& table) {
    std::string text;
    const auto line = [&text](const Texts& cells) {
        text += '|';
        for (const std::string& cell : cells) text += ' ' + markdown_cell(cell) + " |";
        text += '\n';
    };
    Texts headings;
    Texts rules;
    for (const TextTable::Column& column : table.columns) {
        headings.push_back(column.heading);
        rules.emplace_back(column.align == TextTable::Column::Align::right ? "---:" : "---");
    }
    line(headings);
    line(rules);
    for (const Texts& row : table.rows) line(row);
    return text;
}

std::string analysis_text(const Analysis& analysis) {
    std::string text;
    for (const auto& [name, value] : analysis.settings) {
        text += wrap_text(fmt::format("{}: {}", as_words(name), value));
    }
    for (const AnalysisTable& table : analysis.tables) {
        text += '\n' + wrap_text(table.description.empty() ? as_words(table.name) : table.description);
        text += table.rows() == 0 ? std::string("  (nothing)\n") : render(text_table(table));
        const std::string more = rows_left_out(table);
        if (!more.empty()) text += wrap_text("  " + more);
    }
    return text;
}

std::string analysis_csv(const Analysis& analysis) {
    std::string text = "table,row,column,value\n";
    for (const auto& [name, value] : analysis.settings) {
        text += fmt::format("settings,0,{},{}\n", csv_field(name), csv_field(value));
    }
    for (const AnalysisTable& table : analysis.tables) {
        std::vector<Texts> columns;
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

std::string analysis_json(const Analysis& analysis) {
    Json settings = Json::object();
    for (const auto& [name, value] : analysis.settings) settings[name] = value;
    Json json = {{"command", analysis.command}, {"settings", std::move(settings)}};
    for (const AnalysisTable& table : analysis.tables) json[table.name] = json_of(table);
    // Names come from files nobody need trust: bytes that are not UTF-8 are replaced, not fatal.
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string analysis_markdown(const Analysis& analysis) {
    std::string text = "# vfmsim " + analysis.command + "\n";
    if (!analysis.settings.empty()) {
        TextTable settings;
        settings.columns = {{.heading = "setting", .align = TextTable::Column::Align::left},
                            {.heading = "value", .align = TextTable::Column::Align::left}};
        for (const auto& [name, value] : analysis.settings) settings.rows.push_back({as_words(name), value});
        text += '\n' + markdown_table(settings);
    }
    for (const AnalysisTable& table : analysis.tables) {
        text += "\n## " + as_words(table.name) + "\n\n";
        if (!table.description.empty()) text += markdown_cell(table.description) + "\n\n";
        text += markdown_table(text_table(table));
        const std::string more = rows_left_out(table);
        if (!more.empty()) text += '\n' + more + '\n';
    }
    return text;
}

std::string formatted(const Analysis& analysis, Format format) {
    switch (format) {
        case Format::csv:
            return analysis_csv(analysis);
        case Format::json:
            return analysis_json(analysis);
        case Format::markdown:
            return analysis_markdown(analysis);
        case Format::table:
            break;
    }
    return analysis_text(analysis);
}

void store(const std::filesystem::path& results_file, const Analysis& analysis) {
    try {
        results::store_analysis(results_file, analysis);
    } catch (const EnvironmentError& error) {
        std::cerr << "vfmsim: warning: the analysis is not stored: " << error.what() << '\n';
    } catch (const FileFormatError& error) {
        std::cerr << "vfmsim: warning: the analysis is not stored: " << error.what() << '\n';
    }
}

}  // namespace vfm::program
