// One parameter moved along a line while the others stay at their means: what it does to net benefit, and
// where it changes the decision.
#pragma once

#include "vfm/decision/estimate.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace vfm::decision {

/// Costs and effects of all arms at points of a line. Replications pair across points: they have the same
/// variates.
struct OneWayResults {
    std::vector<double> values;  ///< of the parameter, ascending; at least two points
    std::size_t base = 0;        ///< the point at which the parameter has its mean
    std::size_t arms = 0;
    std::size_t replications = 0;
    std::vector<double> cost;    ///< point x arm x replication
    std::vector<double> effect;  ///< point x arm x replication
};

/// Two arms at what a unit of effect is worth: the contrast is the first's net benefit less the second's.
struct Contrast {
    std::size_t arm = 0;
    std::size_t other = 0;
    double threshold = 0;  ///< of money per unit of effect
};

/// A mean over replications with its Monte Carlo error, Student's t; no error with one replication (NaN).
struct PairedMean {
    double value = 0;
    double standard_error = 0;
    Interval interval;
};

/// The mean of one number a replication.
[[nodiscard]] PairedMean paired_mean(std::span<const double> replications);

/// The contrast at a point of the line.
[[nodiscard]] PairedMean contrast_at(const OneWayResults& line, std::size_t point, const Contrast& contrast);

/// The contrast at a point less that at the base, paired by replication: a bar of the tornado.
[[nodiscard]] PairedMean change_from_base(const OneWayResults& line, std::size_t point,
                                          const Contrast& contrast);

enum class Side { below, above };

/// Where a decision changes.
struct SwitchingValue {
    double value = 0;      ///< of the parameter
    Interval interval;     ///< 95 %: where the contrast is not told from zero; NaN where that leaves the line
    std::size_t from = 0;  ///< the arm preferred on the base's side
    std::size_t to = 0;    ///< the arm preferred beyond
};

/// The value nearest to the base, on this side of it, at which the contrast's mean changes its sign. Net
/// benefits are interpolated linearly between points: exact where they are linear, and as good as the points
/// are close where they are not. Empty when the sign does not change on the line.
///
/// The interval is Fieller's (1954) idea along the line: all values around the crossing at which Student's
/// interval of the contrast holds zero.
[[nodiscard]] std::optional<SwitchingValue> sign_change(const OneWayResults& line, const Contrast& contrast,
                                                        Side side);

/// The arm with the highest mean net benefit at a point; of exact ties the lowest index.
[[nodiscard]] std::size_t best_arm(const OneWayResults& line, std::size_t point, double threshold);

/// The value nearest to the base, on this side, from which the best arm of the base is no longer the best.
[[nodiscard]] std::optional<SwitchingValue> best_arm_change(const OneWayResults& line, double threshold,
                                                            Side side);

/// The value nearest to the base, on this side, from which `arm`, which is not the best at the base, is the
/// best of all: `from` is the arm it has to pass last. An arm that is exactly as good as the best is not yet
/// the best; where it takes the lead from there, it does so at the base.
[[nodiscard]] std::optional<SwitchingValue> becomes_best(const OneWayResults& line, std::size_t arm,
                                                         double threshold, Side side);

}  // namespace vfm::decision
