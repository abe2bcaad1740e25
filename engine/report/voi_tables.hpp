// The tables of a value-of-information report, each declared once.
#pragma once

#include "vfm/inquiry/voi_findings.hpp"
#include "vfm/report/table.hpp"

#include <vector>

namespace vfm::report {

/// `evpi`, `evppi`, `measure_next`, `groups`, `population` when one is declared, `conditional_means`.
[[nodiscard]] std::vector<Table> voi_tables(const inquiry::VoiFindings& findings);

}  // namespace vfm::report
