// A table of a report, declared once: columns with name, unit and description, and rows of typed cells. Every
// form writes it.
#pragma once

#include "vfm/decision/estimate.hpp"
#include "vfm/results/analysis_file.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace vfm::report {

/// A cell without a number, and what people read in its place: `reference`, `dominated`, nothing at all.
struct Missing {
    std::string why = "-";
};

using Cell = std::variant<Missing, double, std::string, std::vector<std::string>, decision::Estimate>;

/// What the cells of a column are. `Missing` may stand in any.
enum class Kind {
    number,  ///< not finite: missing
    text,
    list,           ///< of texts
    with_error,     ///< an estimate, of which there is the value and its Monte Carlo standard error
    with_interval,  ///< the Monte Carlo 95 % interval as well
    estimate        ///< both intervals, Monte Carlo and over draws
};

struct Column {
    std::string name = {};  ///< lower case words with underscores: the key in JSON, CSV and the stored file
    Kind kind = Kind::number;
    std::string unit = {};         ///< `GBP`, `share` (0 to 1; people read %); empty when there is none
    std::string description = {};  ///< one sentence
    std::string unit_in = {};      ///< where units differ by row: the column of texts that names them
};

/// Cells that a row must have: a column's name, and the text or the number in it.
using Where = std::vector<std::pair<std::string, Cell>>;

class Table {
  public:
    /// `name` says in lower case words what a row is (`icer_table`); `description` is one sentence.
    Table(std::string name, std::string description);

    /// Declares the next column, before any row is added; `text`, `list` and `number` are short for it.
    Table& column(Column declared);
    Table& text(std::string name, std::string description);
    Table& list(std::string name, std::string description);
    Table& number(std::string name, std::string unit, std::string description);
    Table& with_error(std::string name, std::string unit, std::string description);
    Table& with_interval(std::string name, std::string unit, std::string description);
    Table& estimate(std::string name, std::string unit, std::string description);

    /// Adds a row. Throws ContractViolation unless there is a cell for each column, of its kind.
    void add(std::vector<Cell> cells);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& description() const { return description_; }
    [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
    [[nodiscard]] std::size_t rows() const { return cells_.size(); }
    [[nodiscard]] bool empty() const { return cells_.empty(); }

    /// The place of a column. Throws ContractViolation when there is none of that name.
    [[nodiscard]] std::size_t place_of(const std::string& column) const;
    [[nodiscard]] const Cell& cell(std::size_t row, std::size_t column) const { return cells_[row][column]; }
    /// The rows that have all these cells, in order; all rows when none are asked for.
    [[nodiscard]] std::vector<std::size_t> where(const Where& cells) const;

  private:
    std::string name_;
    std::string description_;
    std::vector<Column> columns_;
    std::vector<std::vector<Cell>> cells_;
};

/// Columns of numbers, texts and lists alone, as CSV, JSON and the stored file have them. An estimate X takes
/// several: `X`, `X_standard_error`; with an interval also `X_low`, `X_high`; with both intervals `X`,
/// `X_standard_error`, `X_monte_carlo_low`, `X_monte_carlo_high`, `X_parameter_low`, `X_parameter_high`,
/// `X_noise_share` (of the variance between draws, taken out of the interval; missing where the noise of
/// families is still in it) and `X_missing_draws` (in which it does not exist).
[[nodiscard]] results::AnalysisTable flat(const Table& table);

}  // namespace vfm::report
