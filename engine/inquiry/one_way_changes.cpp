#include "one_way_changes.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace vfm::inquiry {

using decision::Side;
using decision::SwitchingValue;

std::vector<double> changes_on(const decision::OneWayResults& line, const Question& question) {
    std::vector<double> values;
    const auto add = [&](const std::optional<SwitchingValue>& change) {
        if (change) values.push_back(change->value);
    };
    for (const double threshold : question.thresholds.values) {
        const std::size_t best = decision::best_arm(line, line.base, threshold);
        for (const Side side : {Side::below, Side::above}) {
            add(decision::best_arm_change(line, threshold, side));
            for (std::size_t arm = 0; arm < line.arms; ++arm) {
                if (arm != best) add(decision::becomes_best(line, arm, threshold, side));
                if (arm == question.reference) continue;
                add(decision::sign_change(
                    line, {.arm = arm, .other = question.reference, .threshold = threshold}, side));
            }
        }
    }
    std::sort(values.begin(), values.end());
    return values;
}

std::vector<double> apart(const std::vector<double>& values, const std::vector<double>& points) {
    constexpr double nearest = 0.05;  // of the line's length: closer, interpolation is good enough
    const double room = nearest * (points.back() - points.front());
    std::vector<double> kept;
    for (const double value : values) {
        const bool close = std::any_of(points.begin(), points.end(),
                                       [&](double point) { return std::abs(point - value) < room; });
        if (!close && (kept.empty() || value - kept.back() >= room)) kept.push_back(value);
    }
    return kept;
}

}  // namespace vfm::inquiry
