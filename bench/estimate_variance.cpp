#include "estimate_variance.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/stats/sample_statistics.hpp"

#include <cmath>

namespace vfm::bench {

namespace {

double net_benefit(const Sums& sums, double threshold) {
    return threshold * sums.effect - sums.cost;
}

void add(Sums& total, const Sums& one) {
    total.families += one.families;
    total.cost += one.cost;
    total.effect += one.effect;
}

Sums total_of(const Sample& sample, std::uint64_t repeat, std::size_t arm, std::uint64_t draws,
              std::uint64_t replications) {
    Sums total;
    for (std::uint64_t draw = 0; draw < draws; ++draw) {
        for (std::uint64_t replication = 0; replication < replications; ++replication)
            add(total, sample.at(repeat, draw, replication, arm));
    }
    return total;
}

/// A ratio of sums over units, to first order in one unit: theta + (net benefit - theta x families) / mean
/// families (Cochran 1977, section 2.11).
struct LinearRatio {
    double theta = 0;
    double mean_families = 0;
    double threshold = 0;
    [[nodiscard]] double operator()(const Sums& unit) const {
        return (net_benefit(unit, threshold) - theta * unit.families) / mean_families;
    }
};

LinearRatio linear_ratio(const Sample& sample, std::size_t arm, double threshold) {
    const Plan& plan = sample.plan();
    Sums total;
    for (std::uint64_t repeat = 0; repeat < plan.repeats; ++repeat)
        add(total, total_of(sample, repeat, arm, plan.draws, plan.replications));
    return {net_benefit(total, threshold) / total.families,
            total.families / static_cast<double>(plan.repeats * plan.draws * plan.replications), threshold};
}

/// Repeat x draw x replication.
std::vector<double> linear_values(const Sample& sample, const Contrast& contrast) {
    const Plan& plan = sample.plan();
    const LinearRatio arm = linear_ratio(sample, contrast.arm, contrast.threshold);
    const LinearRatio reference = linear_ratio(sample, contrast.reference, contrast.threshold);
    std::vector<double> values;
    for (std::uint64_t repeat = 0; repeat < plan.repeats; ++repeat) {
        for (std::uint64_t draw = 0; draw < plan.draws; ++draw) {
            for (std::uint64_t replication = 0; replication < plan.replications; ++replication) {
                values.push_back(arm(sample.at(repeat, draw, replication, contrast.arm)) -
                                 reference(sample.at(repeat, draw, replication, contrast.reference)));
            }
        }
    }
    return values;
}

Estimated mean_with_error(std::span<const double> values) {
    return {stats::mean(values), std::sqrt(stats::variance(values) / static_cast<double>(values.size()))};
}

}  // namespace

Estimated variance_with_error(std::span<const double> values) {
    VFM_EXPECT(values.size() >= 4);
    const auto n = static_cast<double>(values.size());
    const double mean = stats::mean(values);
    const double variance = stats::variance(values);
    double fourth = 0;
    for (const double value : values) fourth += std::pow(value - mean, 4);
    const double square = (fourth / n - variance * variance * (n - 3) / (n - 1)) / n;
    return {variance, std::sqrt(std::max(square, 0.0))};
}

Estimated ratio(const Estimated& a, const Estimated& b) {
    const double value = a.value / b.value;
    return {value, value * std::hypot(a.standard_error / a.value, b.standard_error / b.value)};
}

std::vector<double> estimates(const Sample& sample, const Contrast& contrast, std::uint64_t draws,
                              std::uint64_t replications) {
    VFM_EXPECT(draws <= sample.plan().draws && replications <= sample.plan().replications);
    std::vector<double> found;
    for (std::uint64_t repeat = 0; repeat < sample.plan().repeats; ++repeat) {
        const Sums arm = total_of(sample, repeat, contrast.arm, draws, replications);
        const Sums reference = total_of(sample, repeat, contrast.reference, draws, replications);
        found.push_back(net_benefit(arm, contrast.threshold) / arm.families -
                        net_benefit(reference, contrast.threshold) / reference.families);
    }
    return found;
}

Estimated variance_of_a_draw(const Sample& sample, const Contrast& contrast, std::uint64_t replications) {
    VFM_EXPECT(sample.plan().sampling == random::DesignKind::monte_carlo &&
               replications <= sample.plan().replications);
    const std::vector<double> values = linear_values(sample, contrast);
    std::vector<double> means;
    for (std::size_t first = 0; first < values.size(); first += sample.plan().replications)
        means.push_back(stats::mean(std::span(values).subspan(first, replications)));
    return variance_with_error(means);
}

Estimated variance_within_a_draw(const Sample& sample, const Contrast& contrast) {
    VFM_EXPECT(sample.plan().replications == 2);
    const std::vector<double> values = linear_values(sample, contrast);
    std::vector<double> squares;
    for (std::size_t i = 0; i < values.size(); i += 2) {
        const double apart = values[i] - values[i + 1];
        squares.push_back(apart * apart / 2);
    }
    return mean_with_error(squares);
}

Estimated realised_outcome_variance(const std::vector<UnitOutcomes>& units, RandomNumbers numbers,
                                    std::size_t arm, std::size_t reference) {
    std::vector<double> values;
    for (const UnitOutcomes& unit : units) {
        const std::vector<Outcomes>& ours = unit.families[arm];
        const std::vector<Outcomes>& theirs = unit.families[reference];
        VFM_EXPECT(numbers == RandomNumbers::own || ours.size() == theirs.size());
        const auto over_families = [&](const std::vector<Outcomes>& families, const auto& chance) {
            double sum = 0;
            for (std::size_t family = 0; family < families.size(); ++family) {
                for (std::size_t o = 0; o < unit.weights.size(); ++o) {
                    if (o == plan_quality) continue;
                    const double p = chance(family, o);
                    sum += unit.weights[o] * unit.weights[o] * p * (1 - p);
                }
            }
            const auto n = static_cast<double>(families.size());
            return sum / (n * n);
        };
        if (numbers == RandomNumbers::common) {
            values.push_back(over_families(ours, [&](std::size_t family, std::size_t o) {
                return std::abs(ours[family][o] - theirs[family][o]);
            }));
        } else {
            values.push_back(
                over_families(ours, [&](std::size_t family, std::size_t o) { return ours[family][o]; }) +
                over_families(theirs, [&](std::size_t family, std::size_t o) { return theirs[family][o]; }));
        }
    }
    return mean_with_error(values);
}

double draws_needed(const Curve& curve, double more, double variance) {
    VFM_EXPECT(!curve.draws.empty() && curve.draws.size() == curve.variance_of_a_draw.size() && variance > 0);
    const auto at = [&](double draws) {
        if (draws <= curve.draws.front()) return curve.variance_of_a_draw.front();
        for (std::size_t i = 1; i < curve.draws.size(); ++i) {
            if (draws > curve.draws[i]) continue;
            const double share =
                std::log(draws / curve.draws[i - 1]) / std::log(curve.draws[i] / curve.draws[i - 1]);
            return curve.variance_of_a_draw[i - 1] +
                   share * (curve.variance_of_a_draw[i] - curve.variance_of_a_draw[i - 1]);
        }
        return curve.variance_of_a_draw.back();
    };
    double draws = 1;
    while ((at(draws) + more) / draws > variance) draws *= 1.001;
    return draws;
}

}  // namespace vfm::bench
