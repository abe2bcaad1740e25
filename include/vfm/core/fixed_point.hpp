// Sums that come out the same in any grouping: money, probabilities and hours as whole numbers.
#pragma once

#include <cstdint>

namespace vfm {

/// A real number kept as a whole number of 2^-20. Sums are exact, hence independent of their order; 64 bits
/// hold 8.8e12, so a unit's totals (at most 2^24 families of at most 500,000 pounds each) cannot overflow.
using Fixed = std::int64_t;

inline constexpr double fixed_one = 1048576.0;

/// Rounds to the nearest 2^-20, halves away from zero. Needs |value| < 2^43.
[[nodiscard]] constexpr Fixed to_fixed(double value) {
    return static_cast<Fixed>(value * fixed_one + __builtin_copysign(0.5, value));
}

[[nodiscard]] constexpr double from_fixed(Fixed value) {
    return static_cast<double>(value) / fixed_one;
}

}  // namespace vfm
