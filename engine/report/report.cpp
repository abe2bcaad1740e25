#include "vfm/report/report.hpp"

#include "vfm/core/contract.hpp"

#include <algorithm>

namespace vfm::report {

const Table& Report::table(const std::string& name) const {
    const auto place = std::find_if(tables.begin(), tables.end(),
                                    [&name](const Table& each) { return each.name() == name; });
    if (place == tables.end()) throw ContractViolation("the report has no table " + name);
    return *place;
}

}  // namespace vfm::report
