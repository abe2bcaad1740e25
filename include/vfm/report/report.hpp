// A report: what an analysis found as tables, each declared once, and as sections for people, which show some
// of it.
#pragma once

#include "vfm/report/table.hpp"
#include "vfm/report/text_table.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace vfm::report {

/// What people see of a cell.
enum class Part {
    value,          ///< `219`
    with_error,     ///< `219 ±1`: half the Monte Carlo interval; the standard error of a `Kind::with_error`
    with_interval,  ///< `219 (217 to 221)`: the Monte Carlo interval
    with_parameters,  ///< `219 (186 to 258)`: the interval over draws
    interval,         ///< `217 to 221`: Monte Carlo
    parameters        ///< `186 to 258`: over draws; with a star where the noise of families is in it
};

/// How many decimals numbers are shown with.
struct Precision {
    enum class Rule {
        column,           ///< those that the column's largest number deserves
        column_or_whole,  ///< likewise, but none when all numbers are whole
        row,              ///< likewise, each row for itself
        fixed             ///< `digits` decimals
    } rule = Rule::column;
    int digits = 4;         ///< of the largest number
    int most_decimals = 9;  ///< whatever it deserves

    friend bool operator==(const Precision&, const Precision&) = default;
};
[[nodiscard]] constexpr Precision decimals(int count) {
    return {.rule = Precision::Rule::fixed, .digits = count};
}
[[nodiscard]] constexpr Precision digits(int count) {
    return {.rule = Precision::Rule::column, .digits = count};
}
[[nodiscard]] constexpr Precision digits_of_each(int count) {
    return {.rule = Precision::Rule::row, .digits = count};
}

/// Where a shown cell comes from.
struct Source {
    std::string column;
    Where where = {};        ///< which row; none: the row that is shown
    std::string table = {};  ///< empty: the view's own
};

/// A column of a view.
struct Shown {
    std::string heading;
    std::vector<Source> cells;  ///< several are joined to one text
    std::string between = " ";  ///< them
    Part part = Part::value;
    Precision precision = {};
    std::string scale = {};  ///< columns of one scale have the same decimals; of several rules, the most
    std::optional<double> factor = {};  ///< numbers are shown times this; by default shares in %
    enum class Sign { minus, both } sign = Sign::minus;
    std::string group = {};  ///< stands above neighbours of the same group
    std::size_t wrap = 14;
    std::optional<Align> align = {};  ///< by default numbers to the right, texts to the left
    enum class When {
        always,
        not_empty,  ///< left out when no cell has a number but zero
        if_it_fits  ///< likewise, and when the page is not wide enough
    } when = When::always;
    std::string absent = "-";  ///< where the row that is asked for does not exist
    std::string legend = {};   ///< a sentence, said below the table when the column is shown
};

/// What people see of a table, or of several that share a key: chosen rows and columns of what is declared,
/// never numbers of its own. The first column names the rows.
struct View {
    std::string table;
    std::vector<std::size_t> rows = {};  ///< of the table, in the order shown (`Table::where`)
    /// Empty: each row is shown as it is. Otherwise a column: each of its values is shown once, and cells are
    /// taken from the rows, of any table, that have the same value there and all that is asked for.
    std::string key = {};
    std::vector<Shown> columns = {};
};

/// A part of the page. One that has nothing below its heading is left out.
struct Section {
    enum class Rank { section, chapter } rank = Rank::section;
    std::string heading = {};
    std::optional<View> view = {};
    std::vector<std::string> items = {};                     ///< a list, below the table
    enum class Marks { none, numbers } marks = Marks::none;  ///< of the items
    std::vector<std::string> notes = {};                     ///< paragraphs, below that
};

/// A setting that made the report: words or a number.
using Setting = std::variant<std::string, double>;

struct Report {
    std::string command;  ///< `compare`, `voi`, `sensitivity`
    std::string title;
    std::vector<std::string> opening = {};  ///< paragraphs: where the numbers come from
    std::vector<std::pair<std::string, Setting>> settings = {};
    std::vector<Table> tables = {};
    std::vector<Section> sections = {};

    /// Throws ContractViolation when there is none of that name.
    [[nodiscard]] const Table& table(const std::string& name) const;
};

}  // namespace vfm::report
