// A view of a report's tables as texts: rows and columns chosen, numbers rounded, what is empty left out.
#pragma once

#include "vfm/report/report.hpp"

#include <string>
#include <vector>

namespace vfm::report {

/// What is shown of a view.
struct ViewText {
    TextTable table;                   ///< only the column of rows' names when there is nothing to show
    std::vector<std::string> legends;  ///< of the columns that are shown

    [[nodiscard]] bool empty() const { return table.rows.empty() || table.columns.size() < 2; }
};

/// Throws ContractViolation when the view names a table or a column that the report does not have.
[[nodiscard]] ViewText laid_out(const Report& report, const View& view);

}  // namespace vfm::report
