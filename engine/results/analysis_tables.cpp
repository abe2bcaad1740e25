#include "analysis_tables.hpp"

#include "hdf5_reader.hpp"
#include "hdf5_writer.hpp"
#include "header_check.hpp"
#include "stored_layout.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/core/errors.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace vfm::results {

namespace {

using hdf5::Handle;
using hdf5::Texts;
using hdf5::Type;
using Numbers = std::vector<double>;
using Lists = std::vector<Texts>;

constexpr std::size_t longest_table_name = 100;
constexpr std::size_t most_table_columns = 1000;

/// Lower case words: what a group, a dataset, a JSON key and a CSV file can all be called.
bool is_plain_name(std::string_view name) {
    const auto fits = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
    };
    return !name.empty() && name.size() <= longest_table_name && std::all_of(name.begin(), name.end(), fits);
}

/// `row` is the dimension of every table, `setting` that of the settings; the others are keys of the JSON.
bool is_column_name(std::string_view name) {
    return is_plain_name(name) && name != "row";
}
/// What a file or the JSON of an analysis has beside its tables is the name of none.
bool is_table_name(std::string_view name) {
    constexpr std::array<std::string_view, 7> taken = {"setting", "value",  "settings",      "command",
                                                       "tables",  "format", "format_version"};
    return is_plain_name(name) && std::find(taken.begin(), taken.end(), name) == taken.end();
}

void expect_contract(bool holds, const std::string& what) {
    if (!holds) throw ContractViolation(what);
}

std::string plain_text(std::string text) {
    if (is_plain_utf8(text)) return text;
    std::replace_if(
        text.begin(), text.end(), [](char letter) { return letter == '\0' || (letter & '\x80') != 0; }, '?');
    return text;
}

void make_plain(AnalysisColumn& column) {
    column.unit = plain_text(column.unit);
    column.description = plain_text(column.description);
    const auto each = [](Texts& texts) {
        for (std::string& text : texts) text = plain_text(std::move(text));
    };
    if (auto* texts = std::get_if<Texts>(&column.values)) each(*texts);
    if (auto* lists = std::get_if<Lists>(&column.values)) std::for_each(lists->begin(), lists->end(), each);
}

void check_table(const AnalysisTable& table) {
    expect_contract(
        is_table_name(table.name) && !table.columns.empty() && table.columns.size() <= most_table_columns,
        fmt::format("a table named `{}`, or without columns", table.name));
    std::set<std::string_view> names;
    for (const AnalysisColumn& column : table.columns) {
        expect_contract(
            is_column_name(column.name) && names.insert(column.name).second && column.size() == table.rows(),
            fmt::format("table {}: a column `{}` of another length or twice", table.name, column.name));
    }
    if (table.rows() > most_analysis_rows) {
        throw UserError(fmt::format("the table {} has {} rows, at most {} are stored; give fewer thresholds",
                                    table.name, table.rows(), most_analysis_rows));
    }
}

const char* kind_name(const AnalysisColumn& column) {
    if (std::holds_alternative<Numbers>(column.values)) return "number";
    return std::holds_alternative<Texts>(column.values) ? "text" : "list";
}

/// A list of texts as one text, which JSON's own readers take apart again.
std::string list_text(const Texts& items) {
    return nlohmann::json(items).dump();
}

Texts list_items(const std::string& text) {
    const nlohmann::json parsed = nlohmann::json::parse(text, nullptr, false);
    Texts items;
    if (!parsed.is_array()) throw FileFormatError("a cell that should be a list of texts is none");
    for (const nlohmann::json& item : parsed) {
        if (!item.is_string()) throw FileFormatError("a cell that should be a list of texts is none");
        items.push_back(item.get<std::string>());
    }
    return items;
}

Texts texts_of(const AnalysisColumn& column) {
    if (const auto* texts = std::get_if<Texts>(&column.values)) return *texts;
    Texts cells;
    for (const Texts& items : std::get<Lists>(column.values)) cells.push_back(list_text(items));
    return cells;
}

void write_table(const Handle& command, const AnalysisTable& table) {
    hdf5::Group group(command, table.name);
    Texts names;
    Texts kinds;
    Texts units;
    Texts descriptions;
    for (const AnalysisColumn& column : table.columns) {
        names.push_back(column.name);
        kinds.emplace_back(kind_name(column));
        units.push_back(column.unit);
        descriptions.push_back(column.description);
    }
    set_attribute(group.handle(), "description", table.description);
    set_attribute(group.handle(), "columns", names);
    set_attribute(group.handle(), "column_kinds", kinds);
    set_attribute(group.handle(), "column_units", units);
    set_attribute(group.handle(), "column_descriptions", descriptions);
    set_attribute(group.handle(), "rows", static_cast<std::int64_t>(table.rows()));
    if (table.rows() == 0) return;  // netCDF takes a dimension of size 0 for one without limit
    group.add_counted_dimension("row", table.rows());
    for (const AnalysisColumn& column : table.columns) {
        const auto* numbers = std::get_if<Numbers>(&column.values);
        const Handle& array = numbers != nullptr
                                  ? group.add(column.name.c_str(), {"row"}, std::span<const double>(*numbers))
                                  : group.add(column.name.c_str(), {"row"}, texts_of(column));
        set_attribute(array, "unit", column.unit);
        set_attribute(array, "description", column.description);
    }
}

AnalysisColumn read_column(const Handle& group, const std::string& name, const std::string& kind,
                           std::size_t rows) {
    AnalysisColumn column{.name = name, .unit = {}, .description = {}, .values = {}};
    const auto texts = [&] {
        return rows == 0 ? Texts() : array_of(group, name.c_str(), Type::text, {rows}).texts();
    };
    if (kind == "number") {
        column.values = rows == 0 ? Numbers() : array_of(group, name.c_str(), Type::real, {rows}).reals();
    } else if (kind == "text") {
        column.values = texts();
    } else if (kind == "list") {
        Lists lists;
        for (const std::string& cell : texts()) lists.push_back(list_items(cell));
        column.values = std::move(lists);
    } else {
        throw FileFormatError(fmt::format("column `{}` is of an unknown kind", name));
    }
    return column;
}

AnalysisTable read_table(const Handle& command, const std::string& name) {
    const Handle group = hdf5::open_group(command, name);
    AnalysisTable table{
        .name = name, .description = hdf5::text_attribute(group, "description"), .columns = {}};
    const Texts names = hdf5::texts_attribute(group, "columns");
    const Texts kinds = hdf5::texts_attribute(group, "column_kinds");
    const Texts units = hdf5::texts_attribute(group, "column_units");
    const Texts descriptions = hdf5::texts_attribute(group, "column_descriptions");
    const std::int64_t rows = hdf5::integer_attribute(group, "rows");
    const bool agree = kinds.size() == names.size() && units.size() == names.size() &&
                       descriptions.size() == names.size() && !names.empty() &&
                       names.size() <= most_table_columns;
    const bool named = std::all_of(names.begin(), names.end(), is_column_name) &&
                       std::set<std::string>(names.begin(), names.end()).size() == names.size();
    if (!agree || !named || rows < 0 || rows > static_cast<std::int64_t>(most_analysis_rows)) {
        throw FileFormatError(fmt::format("the columns of table `{}` are damaged", name));
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        AnalysisColumn column = read_column(group, names[i], kinds[i], static_cast<std::size_t>(rows));
        column.unit = units[i];
        column.description = descriptions[i];
        table.columns.push_back(std::move(column));
    }
    return table;
}

}  // namespace

Analysis checked_analysis(const Analysis& analysis) {
    expect_contract(is_plain_name(analysis.command), "a command named `" + analysis.command + "`");
    std::set<std::string_view> names;
    for (const auto& [name, value] : analysis.settings) {
        expect_contract(is_plain_name(name) && names.insert(name).second,
                        "a setting `" + name + "`, or twice");
    }
    names.clear();
    Analysis result = analysis;
    for (auto& [name, value] : result.settings) value = plain_text(value);
    for (AnalysisTable& table : result.tables) {
        check_table(table);
        table.description = plain_text(table.description);
        std::for_each(table.columns.begin(), table.columns.end(), make_plain);
    }
    for (const AnalysisTable& table : result.tables) {
        expect_contract(names.insert(table.name).second, "two tables named `" + table.name + "`");
    }
    return result;
}

void write_analysis(const Handle& file, const Analysis& analysis, const std::string& source_seal) {
    hdf5::Group group(file, analysis.command);
    set_attribute(group.handle(), "source_seal", source_seal);
    Texts names;
    for (const AnalysisTable& table : analysis.tables) names.push_back(table.name);
    if (!names.empty()) set_attribute(group.handle(), "tables", names);
    if (!analysis.settings.empty()) {
        Texts settings;
        Texts values;
        for (const auto& [name, value] : analysis.settings) {
            settings.push_back(name);
            values.push_back(value);
        }
        group.add_dimension("setting", settings);
        group.add("value", {"setting"}, values);
    }
    for (const AnalysisTable& table : analysis.tables) write_table(group.handle(), table);
}

Analysis read_analysis(const Handle& group, const std::string& command) {
    Analysis analysis{.command = command, .settings = {}, .tables = {}};
    if (hdf5::has(group, "setting")) {
        const Texts names = hdf5::texts_in(group, "setting");
        const Texts values = array_of(group, "value", Type::text, {names.size()}).texts();
        for (std::size_t i = 0; i < names.size(); ++i) analysis.settings.emplace_back(names[i], values[i]);
    }
    const Texts attributes = hdf5::attribute_names(group);
    if (std::find(attributes.begin(), attributes.end(), "tables") == attributes.end()) return analysis;
    for (const std::string& name : hdf5::texts_attribute(group, "tables")) {
        if (!is_table_name(name)) throw FileFormatError("the name of a table is damaged");
        analysis.tables.push_back(read_table(group, name));
    }
    return analysis;
}

}  // namespace vfm::results
