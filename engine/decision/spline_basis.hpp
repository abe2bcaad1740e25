// Regressors made of parameters' ranks: cubic splines, and products for parameters that enter together.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::decision {

/// Columns, each as long as the draws.
using Columns = std::vector<std::vector<double>>;

/// Each value's place among all, (mid-rank - 1/2) / n: strictly inside (0, 1), ties sharing theirs.
[[nodiscard]] std::vector<double> relative_ranks(std::span<const double> values);

/// The cubic B-splines over `intervals` equal stretches of [0, 1] at these places, the first left out (with a
/// constant they would add up to it): intervals + 2 columns (de Boor 1978).
[[nodiscard]] Columns cubic_splines(std::span<const double> places, std::size_t intervals);

/// What a result is regressed on, besides a constant, for parameters that enter together: at most about a
/// twentieth as many columns as draws, if that can be.
[[nodiscard]] Columns regressors(std::span<const std::span<const double>> parameters);

}  // namespace vfm::decision
