// Ranks of draws, and the correlation of what is made of them.
#pragma once

#include "linear_algebra.hpp"

#include <span>
#include <vector>

namespace vfm::decision {

/// Each value's place among all, (mid-rank - 1/2) / n: strictly inside (0, 1), ties sharing theirs.
[[nodiscard]] std::vector<double> relative_ranks(std::span<const double> values);

/// Pearson's correlation of each two columns; 0 with one that does not vary.
[[nodiscard]] Matrix correlations(const Matrix& columns);

}  // namespace vfm::decision
