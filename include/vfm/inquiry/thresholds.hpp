// The thresholds that arms are judged at, what a unit of effect is worth: given by the analyst, or chosen
// from the data.
#pragma once

#include "vfm/decision/incremental.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::inquiry {

/// Where thresholds come from.
enum class ThresholdOrigin {
    given,           ///< the analyst
    grid,            ///< equally spaced, up to a round number above the largest break-even threshold
    between_changes  ///< one inside each stretch in which another arm is the best
};

/// What a unit of effect may be worth.
struct Thresholds {
    std::vector<double> values = {};  ///< GBP per unit of effect, ascending, each once
    ThresholdOrigin origin = ThresholdOrigin::given;
    std::vector<double> changes = {};  ///< of `between_changes`: where the best arm changes, ascending
};

/// How many thresholds a grid has by default.
inline constexpr std::size_t default_threshold_count = 201;

/// `count` thresholds from one to another, both among them.
[[nodiscard]] std::vector<double> equally_spaced(double from, double to, std::size_t count);

/// The same thresholds ascending, each once: what a curve is drawn over.
[[nodiscard]] std::vector<double> in_order(std::vector<double> thresholds);

/// `count` equally spaced thresholds (GBP per unit of effect) from 0 to a round number (1, 2 or 5 times a
/// power of ten) at least a quarter above the largest break-even threshold: of the arms on the frontier, or,
/// where only one is there, of any arm against another. `arms` are means. Up to 1 when nothing breaks even.
[[nodiscard]] std::vector<double> default_grid(std::span<const decision::CostAndEffect> arms,
                                               std::size_t count = default_threshold_count);

/// One threshold inside each stretch in which another arm is the best by mean cost and effect: half the first
/// break-even threshold of the frontier, the geometric means of neighbours, twice the last. None when the
/// same arm is the best whatever a unit of effect is worth.
[[nodiscard]] Thresholds between_changes(std::span<const decision::CostAndEffect> arms);

}  // namespace vfm::inquiry
