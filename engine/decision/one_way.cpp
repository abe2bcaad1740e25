#include "vfm/decision/one_way.hpp"

#include "missing.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/stats/quantiles.hpp"
#include "vfm/stats/sample_statistics.hpp"

#include <cmath>

namespace vfm::decision {

namespace {

/// The contrast in each replication.
std::vector<double> contrast_cells(const OneWayResults& line, std::size_t point, const Contrast& contrast) {
    std::vector<double> cells(line.replications);
    const std::size_t arm = (point * line.arms + contrast.arm) * line.replications;
    const std::size_t other = (point * line.arms + contrast.other) * line.replications;
    for (std::size_t r = 0; r < cells.size(); ++r) {
        cells[r] = contrast.threshold * (line.effect[arm + r] - line.effect[other + r]) -
                   (line.cost[arm + r] - line.cost[other + r]);
    }
    return cells;
}

/// The contrast along the line, linear between points in every replication.
class ContrastCurve {
  public:
    ContrastCurve(const OneWayResults& line, const Contrast& contrast) : line_(&line) {
        for (std::size_t point = 0; point < line.values.size(); ++point) {
            cells_.push_back(contrast_cells(line, point, contrast));
            means_.push_back(stats::mean(cells_.back()));
        }
    }

    [[nodiscard]] double mean(std::size_t point) const { return means_[point]; }

    [[nodiscard]] double value_between(std::size_t left, double share) const {
        return line_->values[left] + share * (line_->values[left + 1] - line_->values[left]);
    }

    /// Whether Student's interval of the contrast, so far along the stretch from `left`, holds zero.
    [[nodiscard]] bool open_at(std::size_t left, double share) const {
        std::vector<double> cells(cells_[left].size());
        for (std::size_t r = 0; r < cells.size(); ++r) {
            cells[r] = (1 - share) * cells_[left][r] + share * cells_[left + 1][r];
        }
        const PairedMean mean = paired_mean(cells);
        return mean.interval.low <= 0 && mean.interval.high >= 0;
    }

    /// The end of the open stretch around a crossing, searched towards one side; NaN when it has none here.
    [[nodiscard]] double end_of_open(std::size_t left, double share, Side side) const {
        const bool up = side == Side::above;
        double inside = share;
        for (std::size_t stretch = left;;) {
            const double outside = up ? 1.0 : 0.0;
            if (!open_at(stretch, outside)) return value_between(stretch, bisect(stretch, inside, outside));
            if (up ? stretch + 2 == line_->values.size() : stretch == 0) return missing;
            stretch = up ? stretch + 1 : stretch - 1;
            inside = up ? 0.0 : 1.0;
        }
    }

  private:
    [[nodiscard]] double bisect(std::size_t stretch, double inside, double outside) const {
        for (int step = 0; step < 60; ++step) {
            const double middle = (inside + outside) / 2;
            (open_at(stretch, middle) ? inside : outside) = middle;
        }
        return (inside + outside) / 2;
    }

    const OneWayResults* line_;
    std::vector<std::vector<double>> cells_;  ///< point x replication
    std::vector<double> means_;
};

/// A place on the line: so far along the stretch that begins at a point.
struct Place {
    std::size_t left = 0;
    double share = 0;
};

SwitchingValue switch_at(const OneWayResults& line, const Contrast& contrast, const Place& place) {
    const ContrastCurve curve(line, contrast);
    SwitchingValue found{.value = curve.value_between(place.left, place.share),
                         .interval = {missing, missing},
                         .from = contrast.arm,
                         .to = contrast.other};
    if (line.replications < 2) return found;
    found.interval.low = curve.end_of_open(place.left, place.share, Side::below);
    found.interval.high = curve.end_of_open(place.left, place.share, Side::above);
    return found;
}

/// Stretches from the base to the end on one side, nearest first; each by its left point.
std::vector<std::size_t> stretches(const OneWayResults& line, Side side) {
    std::vector<std::size_t> lefts;
    if (side == Side::above) {
        for (std::size_t left = line.base; left + 1 < line.values.size(); ++left) lefts.push_back(left);
    } else {
        for (std::size_t left = line.base; left-- > 0;) lefts.push_back(left);
    }
    return lefts;
}

}  // namespace

PairedMean paired_mean(std::span<const double> replications) {
    PairedMean mean{
        .value = stats::mean(replications), .standard_error = missing, .interval = {missing, missing}};
    if (replications.size() < 2) return mean;
    const auto count = static_cast<double>(replications.size());
    mean.standard_error = std::sqrt(stats::variance(replications) / count);
    const double half = stats::student_t_quantile(0.975, static_cast<std::int64_t>(replications.size()) - 1) *
                        mean.standard_error;
    mean.interval = {mean.value - half, mean.value + half};
    return mean;
}

PairedMean contrast_at(const OneWayResults& line, std::size_t point, const Contrast& contrast) {
    return paired_mean(contrast_cells(line, point, contrast));
}

PairedMean change_from_base(const OneWayResults& line, std::size_t point, const Contrast& contrast) {
    std::vector<double> cells = contrast_cells(line, point, contrast);
    const std::vector<double> base = contrast_cells(line, line.base, contrast);
    for (std::size_t r = 0; r < cells.size(); ++r) cells[r] -= base[r];
    return paired_mean(cells);
}

std::size_t best_arm(const OneWayResults& line, std::size_t point, double threshold) {
    std::size_t best = 0;
    for (std::size_t arm = 1; arm < line.arms; ++arm) {
        const Contrast against{.arm = arm, .other = best, .threshold = threshold};
        if (stats::mean(contrast_cells(line, point, against)) > 0) best = arm;
    }
    return best;
}

std::optional<SwitchingValue> sign_change(const OneWayResults& line, const Contrast& contrast, Side side) {
    VFM_EXPECT(line.values.size() >= 2 && line.base < line.values.size());
    const ContrastCurve curve(line, contrast);
    const double sign = curve.mean(line.base) < 0 ? -1 : 1;
    const Contrast preferred{.arm = sign > 0 ? contrast.arm : contrast.other,
                             .other = sign > 0 ? contrast.other : contrast.arm,
                             .threshold = contrast.threshold};
    for (const std::size_t left : stretches(line, side)) {
        const std::size_t far = side == Side::above ? left + 1 : left;
        if (sign * curve.mean(far) >= 0) continue;
        const double low = curve.mean(left);
        return switch_at(line, preferred, {.left = left, .share = low / (low - curve.mean(left + 1))});
    }
    return std::nullopt;
}

std::optional<SwitchingValue> best_arm_change(const OneWayResults& line, double threshold, Side side) {
    const std::size_t best = best_arm(line, line.base, threshold);
    std::optional<SwitchingValue> nearest;
    for (std::size_t arm = 0; arm < line.arms; ++arm) {
        if (arm == best) continue;
        const auto change = sign_change(line, {.arm = best, .other = arm, .threshold = threshold}, side);
        if (!change || change->from != best) continue;
        const bool closer = !nearest || (side == Side::above ? change->value < nearest->value
                                                             : change->value > nearest->value);
        if (closer) nearest = change;
    }
    return nearest;
}

std::optional<SwitchingValue> becomes_best(const OneWayResults& line, std::size_t arm, double threshold,
                                           Side side) {
    std::vector<ContrastCurve> curves;
    std::vector<std::size_t> rivals;
    for (std::size_t other = 0; other < line.arms; ++other) {
        if (other == arm) continue;
        rivals.push_back(other);
        curves.emplace_back(line, Contrast{.arm = arm, .other = other, .threshold = threshold});
    }
    for (const std::size_t left : stretches(line, side)) {
        // Shares of the stretch, from its end at the base on, at which the arm leads every rival. It never
        // led before, so that there is a rival that it passes here; one it is tied with where the stretch
        // begins is passed there.
        double from = 0;
        double to = 1;
        std::size_t last_passed = 0;
        for (std::size_t i = 0; i < curves.size(); ++i) {
            const double near = curves[i].mean(side == Side::above ? left : left + 1);
            const double far = curves[i].mean(side == Side::above ? left + 1 : left);
            if (near <= 0 && far <= 0) to = -1;
            if ((near <= 0) == (far <= 0)) continue;
            const double crossing = near / (near - far);
            if (near <= 0 && crossing >= from) {
                from = crossing;
                last_passed = i;
            }
            if (far <= 0) to = std::min(to, crossing);
        }
        if (from >= to) continue;
        const double share = side == Side::above ? from : 1 - from;
        return switch_at(line, {.arm = rivals[last_passed], .other = arm, .threshold = threshold},
                         {.left = left, .share = share});
    }
    return std::nullopt;
}

}  // namespace vfm::decision
