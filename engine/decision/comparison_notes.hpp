// The notes under a comparison: what its reader must know, as far as the file itself shows it.
#pragma once

#include "vfm/decision/comparison.hpp"

#include <string>
#include <vector>

namespace vfm::decision {

/// A few sentences, the most important first. `comparison` is complete but for its notes.
[[nodiscard]] std::vector<std::string> comparison_notes(const Comparison& comparison,
                                                        const results::Layout& layout);

}  // namespace vfm::decision
