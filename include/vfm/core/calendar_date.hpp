// Days of the real calendar: what a study's dates mean.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace vfm {

using CalendarDate = std::chrono::sys_days;

/// Reads `YYYY-MM-DD`; nothing if the text is not a real date of the years 1900 to 2199.
[[nodiscard]] std::optional<CalendarDate> parse_date(std::string_view text);

/// `YYYY-MM-DD`
[[nodiscard]] std::string format_date(CalendarDate date);

/// Whole days from one date to another (negative when `to` comes first).
[[nodiscard]] constexpr int days_between(CalendarDate from, CalendarDate to) {
    return static_cast<int>((to - from).count());
}

}  // namespace vfm
