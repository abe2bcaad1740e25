// A table of an analysis written a row at a time.
#pragma once

#include "vfm/results/analysis_file.hpp"

#include <string>
#include <variant>
#include <vector>

namespace vfm::program {

/// Columns are declared first; then each row gives a cell a column, of the column's kind.
class AnalysisRows {
  public:
    using Cell = std::variant<double, std::string, std::vector<std::string>>;

    AnalysisRows(std::string name, std::string description);

    AnalysisRows& numbers(std::string name, std::string unit, std::string description);
    AnalysisRows& texts(std::string name, std::string description);
    AnalysisRows& lists(std::string name, std::string description);

    /// Throws ContractViolation unless the cells fit the columns.
    void add(const std::vector<Cell>& cells);

    [[nodiscard]] bool empty() const { return table_.rows() == 0; }
    [[nodiscard]] const results::AnalysisTable& table() const { return table_; }

  private:
    results::AnalysisTable table_;
};

}  // namespace vfm::program
