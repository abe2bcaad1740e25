#include "vfm/inquiry/thresholds.hpp"

#include <algorithm>
#include <cmath>

namespace vfm::inquiry {

namespace {

/// The smallest of 1, 2 or 5 times a power of ten that is no smaller.
double round_number_above(double value) {
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (step * power >= value) return step * power;
    }
    return 10 * power;
}

/// Three significant digits: a default need not look more exact than it is.
double three_digits(double value) {
    const double unit = std::pow(10, std::floor(std::log10(value)) - 2);
    return std::round(value / unit) * unit;
}

double largest_break_even(std::span<const decision::CostAndEffect> arms) {
    double largest = 0;
    for (const decision::IncrementalRow& row : decision::incremental_table(arms)) {
        if (std::isfinite(row.icer)) largest = std::max(largest, row.icer);
    }
    if (largest > 0) return largest;
    for (const decision::CostAndEffect& one : arms) {
        for (const decision::CostAndEffect& other : arms) {
            const double threshold = decision::break_even(one, other).threshold;
            if (std::isfinite(threshold)) largest = std::max(largest, threshold);
        }
    }
    return largest;
}

}  // namespace

std::vector<double> equally_spaced(double from, double to, std::size_t count) {
    std::vector<double> thresholds(count);
    for (std::size_t i = 0; i < count; ++i) {
        thresholds[i] = from + (to - from) * static_cast<double>(i) / static_cast<double>(count - 1);
    }
    thresholds.back() = to;
    return thresholds;
}

std::vector<double> in_order(std::vector<double> thresholds) {
    std::sort(thresholds.begin(), thresholds.end());
    thresholds.erase(std::unique(thresholds.begin(), thresholds.end()), thresholds.end());
    return thresholds;
}

std::vector<double> default_grid(std::span<const decision::CostAndEffect> arms, std::size_t count) {
    const double largest = largest_break_even(arms);
    // A break-even beyond all sense comes from effects that differ by rounding.
    const bool sensible = largest > 1e-12 && largest < 1e15;
    return equally_spaced(0, sensible ? round_number_above(1.25 * largest) : 1, count);
}

Thresholds between_changes(std::span<const decision::CostAndEffect> arms) {
    Thresholds thresholds{.origin = ThresholdOrigin::between_changes};
    std::vector<double>& changes = thresholds.changes;
    for (const decision::IncrementalRow& row : decision::incremental_table(arms)) {
        if (std::isfinite(row.icer) && row.icer > 0) changes.push_back(row.icer);
    }
    if (changes.empty()) return thresholds;
    std::sort(changes.begin(), changes.end());
    thresholds.values.push_back(three_digits(changes.front() / 2));
    for (std::size_t i = 0; i + 1 < changes.size(); ++i) {
        thresholds.values.push_back(std::sqrt(changes[i] * changes[i + 1]));
    }
    thresholds.values.push_back(three_digits(2 * changes.back()));
    return thresholds;
}

}  // namespace vfm::inquiry
