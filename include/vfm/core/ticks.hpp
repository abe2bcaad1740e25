// Simulated time: whole ticks of 2^-20 day, so that times add and compare exactly.
#pragma once

#include <cstdint>

namespace vfm {

/// A moment or a span in ticks of 2^-20 day (about 82 milliseconds).
using Ticks = std::int64_t;

inline constexpr Ticks ticks_per_day = Ticks{1} << 20;
inline constexpr double days_per_tick = 1.0 / static_cast<double>(ticks_per_day);
inline constexpr double days_per_week = 7.0;
inline constexpr double days_per_year = 365.25;
inline constexpr double days_per_month = days_per_year / 12.0;

/// Rounds a number of days down to ticks. Needs |days| < 2^42.
[[nodiscard]] constexpr Ticks ticks_from_days(double days) {
    const double scaled = days * static_cast<double>(ticks_per_day);
    const auto truncated = static_cast<Ticks>(scaled);
    return truncated - (static_cast<double>(truncated) > scaled ? 1 : 0);
}

[[nodiscard]] constexpr double days_from_ticks(Ticks ticks) {
    return static_cast<double>(ticks) * days_per_tick;
}

}  // namespace vfm
