// The value of information as a page of text.
#pragma once

#include "vfm/inquiry/voi_findings.hpp"

#include <string>

namespace vfm::program {

/// Sections of aligned text within 100 columns: what to measure next in words, EVPI at some thresholds, the
/// most valuable parameters and groups, values over the declared population, how the numbers came about.
[[nodiscard]] std::string voi_page(const inquiry::VoiFindings& findings);

}  // namespace vfm::program
