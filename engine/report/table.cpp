#include "vfm/report/table.hpp"

#include "vfm/core/contract.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace vfm::report {

namespace {

using decision::Estimate;
using results::AnalysisColumn;
using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

bool is_of_kind(const Cell& cell, Kind kind) {
    if (std::holds_alternative<Missing>(cell)) return true;
    switch (kind) {
        case Kind::number:
            return std::holds_alternative<double>(cell);
        case Kind::text:
            return std::holds_alternative<std::string>(cell);
        case Kind::list:
            return std::holds_alternative<Texts>(cell);
        case Kind::with_error:
        case Kind::with_interval:
        case Kind::estimate:
            break;
    }
    return std::holds_alternative<Estimate>(cell);
}

bool is_same(const Cell& cell, const Cell& wanted) {
    if (const auto* text = std::get_if<std::string>(&wanted)) {
        const auto* own = std::get_if<std::string>(&cell);
        return own != nullptr && *own == *text;
    }
    const auto* value = std::get_if<double>(&wanted);
    const auto* own = std::get_if<double>(&cell);
    if (value == nullptr) throw ContractViolation("rows are asked for by a text or a number");
    return own != nullptr && *own == *value;
}

/// One of the numbers that an estimate is made of, as a column behind the estimate's own.
struct EstimatePart {
    const char* suffix;
    const char* description;
    double (*number)(const Estimate&);
    enum class Unit { of_the_estimate, none } unit = Unit::of_the_estimate;
};

constexpr EstimatePart error_part = {
    "_standard_error", "Its Monte Carlo standard error.",
    [](const Estimate& of) { return of.monte_carlo ? of.monte_carlo->standard_error : no_number; }};

double monte_carlo_low(const Estimate& of) {
    return of.monte_carlo ? of.monte_carlo->interval.low : no_number;
}
double monte_carlo_high(const Estimate& of) {
    return of.monte_carlo ? of.monte_carlo->interval.high : no_number;
}

std::vector<EstimatePart> parts_of(Kind kind) {
    if (kind == Kind::with_error) return {error_part};
    constexpr auto low = "From here its Monte Carlo 95 % interval goes.";
    constexpr auto high = "To here its Monte Carlo 95 % interval goes.";
    if (kind == Kind::with_interval)
        return {error_part, {"_low", low, monte_carlo_low}, {"_high", high, monte_carlo_high}};
    return {
        error_part,
        {"_monte_carlo_low", low, monte_carlo_low},
        {"_monte_carlo_high", high, monte_carlo_high},
        {"_parameter_low", "From here its 95 % interval over draws goes.",
         [](const Estimate& of) { return of.parameter.interval ? of.parameter.interval->low : no_number; }},
        {"_parameter_high", "To here its 95 % interval over draws goes.",
         [](const Estimate& of) { return of.parameter.interval ? of.parameter.interval->high : no_number; }},
        {"_noise_share",
         "Of the variance between draws what was noise of families, and is taken out of that interval; "
         "missing where it is still in it.",
         [](const Estimate& of) { return of.parameter.noise_share.value_or(no_number); },
         EstimatePart::Unit::none},
        {"_missing_draws", "In which it does not exist.",
         [](const Estimate& of) { return static_cast<double>(of.parameter.missing_draws); },
         EstimatePart::Unit::none}};
}

/// A column's cells of one kind, those that are missing as `missing`.
template <class Value>
std::vector<Value> cells_of(const Table& table, std::size_t column, const Value& missing) {
    std::vector<Value> cells;
    cells.reserve(table.rows());
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const auto* value = std::get_if<Value>(&table.cell(row, column));
        cells.push_back(value == nullptr ? missing : *value);
    }
    return cells;
}

void add_flat(results::AnalysisTable& result, const Table& table, std::size_t place) {
    const Column& column = table.columns()[place];
    AnalysisColumn own{
        .name = column.name, .unit = column.unit, .description = column.description, .values = Numbers()};
    if (column.kind == Kind::number) own.values = cells_of(table, place, no_number);
    if (column.kind == Kind::text) own.values = cells_of(table, place, std::string());
    if (column.kind == Kind::list) own.values = cells_of(table, place, Texts());
    const bool plain = column.kind == Kind::number || column.kind == Kind::text || column.kind == Kind::list;
    if (plain) return result.columns.push_back(std::move(own));

    const auto add = [&](AnalysisColumn part, auto number) {
        Numbers numbers;
        numbers.reserve(table.rows());
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const auto* estimate = std::get_if<Estimate>(&table.cell(row, place));
            numbers.push_back(estimate == nullptr ? no_number : number(*estimate));
        }
        part.values = std::move(numbers);
        result.columns.push_back(std::move(part));
    };
    add(std::move(own), [](const Estimate& estimate) { return estimate.value; });
    for (const EstimatePart& part : parts_of(column.kind)) {
        add({.name = column.name + part.suffix,
             .unit = part.unit == EstimatePart::Unit::none ? std::string() : column.unit,
             .description = part.description,
             .values = {}},
            part.number);
    }
}

}  // namespace

Table::Table(std::string name, std::string description)
    : name_(std::move(name)), description_(std::move(description)) {}

Table& Table::column(Column declared) {
    if (!cells_.empty()) throw ContractViolation("columns are declared before rows are added");
    columns_.push_back(std::move(declared));
    return *this;
}

Table& Table::text(std::string name, std::string description) {
    return column({.name = std::move(name), .kind = Kind::text, .description = std::move(description)});
}

Table& Table::list(std::string name, std::string description) {
    return column({.name = std::move(name), .kind = Kind::list, .description = std::move(description)});
}

Table& Table::number(std::string name, std::string unit, std::string description) {
    return column({.name = std::move(name),
                   .kind = Kind::number,
                   .unit = std::move(unit),
                   .description = std::move(description)});
}

Table& Table::with_error(std::string name, std::string unit, std::string description) {
    return column({.name = std::move(name),
                   .kind = Kind::with_error,
                   .unit = std::move(unit),
                   .description = std::move(description)});
}

Table& Table::with_interval(std::string name, std::string unit, std::string description) {
    return column({.name = std::move(name),
                   .kind = Kind::with_interval,
                   .unit = std::move(unit),
                   .description = std::move(description)});
}

Table& Table::estimate(std::string name, std::string unit, std::string description) {
    return column({.name = std::move(name),
                   .kind = Kind::estimate,
                   .unit = std::move(unit),
                   .description = std::move(description)});
}

void Table::add(std::vector<Cell> cells) {
    if (cells.size() != columns_.size())
        throw ContractViolation(name_ + ": a row has a cell for each column");
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!is_of_kind(cells[i], columns_[i].kind))
            throw ContractViolation(name_ + ": a cell of " + columns_[i].name + " is not of its kind");
    }
    cells_.push_back(std::move(cells));
}

std::size_t Table::place_of(const std::string& column) const {
    const auto place = std::find_if(columns_.begin(), columns_.end(),
                                    [&column](const Column& each) { return each.name == column; });
    if (place == columns_.end()) throw ContractViolation(name_ + " has no column " + column);
    return static_cast<std::size_t>(place - columns_.begin());
}

std::vector<std::size_t> Table::where(const Where& cells) const {
    std::vector<std::pair<std::size_t, const Cell*>> wanted;
    wanted.reserve(cells.size());
    for (const auto& [column, cell] : cells) wanted.emplace_back(place_of(column), &cell);
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < cells_.size(); ++row) {
        const bool fits = std::all_of(wanted.begin(), wanted.end(), [&](const auto& one) {
            return is_same(cells_[row][one.first], *one.second);
        });
        if (fits) rows.push_back(row);
    }
    return rows;
}

results::AnalysisTable flat(const Table& table) {
    results::AnalysisTable result{.name = table.name(), .description = table.description(), .columns = {}};
    for (std::size_t column = 0; column < table.columns().size(); ++column) add_flat(result, table, column);
    return result;
}

}  // namespace vfm::report
