#include "sensitivity_numbers.hpp"

#include "tables.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

namespace vfm::program {

std::string significant(double value) {
    const std::array<double, 1> one = {value};
    return std::abs(value) >= 1000 ? number(value, 0) : number(value, decimals_for(one, 3));
}

std::string percent(double share) {
    if (std::isnan(share)) return "-";
    if (share > 0 && share < 0.001) return "<0.1";
    return fmt::format("{:.{}f}", 100 * share, share < 0.0995 || share > 0.9905 ? 1 : 0);
}

std::string signed_units(double units) {
    return std::isnan(units) ? "-" : fmt::format("{:+.2f}", units);
}

std::string range_text(const decision::Interval& interval) {
    const auto end = [](double value) { return std::isnan(value) ? std::string("..") : significant(value); };
    return end(interval.low) + " to " + end(interval.high);
}

}  // namespace vfm::program
