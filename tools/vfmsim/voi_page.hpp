// Value of information as a page for people.
#pragma once

#include "voi_findings.hpp"

#include <string>

namespace vfm::program {

/// Aligned text within 100 columns: what it is worth to know everything, what to measure next in plain words,
/// groups, and how the matrix stands its check. Values are GBP a family where the file counts families.
[[nodiscard]] std::string voi_page(const VoiSample& sample, const VoiFindings& findings,
                                   const results::RunHeader& header, const std::string& file);

}  // namespace vfm::program
