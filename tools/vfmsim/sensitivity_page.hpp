// A sensitivity analysis as a page for people: tables with the words that say how to read them.
#pragma once

#include "vfm/inquiry/sensitivity_findings.hpp"

#include <cstddef>
#include <string>

namespace vfm::program {

/// Threshold after threshold: the tornado, switching values, what would have to be true for each arm,
/// indices. Each table shows its `top` first rows.
[[nodiscard]] std::string sensitivity_page(const inquiry::SensitivityFindings& findings, std::size_t top);

}  // namespace vfm::program
