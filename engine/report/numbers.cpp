#include "vfm/report/numbers.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace vfm::report {

int decimals_for(std::span<const double> values, int digits) {
    double largest = 0;
    for (const double value : values) {
        if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
    }
    if (largest == 0 || largest >= 1000) return 0;
    const int digits_before = static_cast<int>(std::floor(std::log10(largest))) + 1;
    return std::clamp(digits - digits_before, 0, 9);
}

std::string number(double value, int decimals) {
    if (std::isnan(value)) return "-";
    std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
    const std::size_t point = std::min(digits.find('.'), digits.size());
    for (std::size_t place = point; std::isfinite(value) && place > 3; place -= 3)
        digits.insert(place - 3, ",");
    const bool zero = digits.find_first_not_of("0.,") == std::string::npos;
    return value < 0 && !zero ? "-" + digits : digits;
}

std::string exact_number(double value) {
    return std::isnan(value) ? std::string() : fmt::format("{}", value);
}

std::string pounds(double amount) {
    return "GBP " + number(amount, amount == std::floor(amount) || std::abs(amount) >= 100 ? 0 : 2);
}

std::string counted(std::size_t count, std::string_view thing) {
    return fmt::format("{} {}{}", number(static_cast<double>(count), 0), thing, count == 1 ? "" : "s");
}

std::string with_unit(std::string_view label, std::string_view unit) {
    const std::string_view shown = unit == "share" ? "%" : unit;
    if (unit.empty() || label.ends_with(shown)) return std::string(label);
    return fmt::format("{}, {}", label, shown);
}

}  // namespace vfm::report
