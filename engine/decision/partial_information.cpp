#include "vfm/decision/partial_information.hpp"

#include "arm_choice.hpp"
#include "linear_algebra.hpp"
#include "penalised_regression.hpp"
#include "permutation.hpp"
#include "smooth_terms.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/core/parallel_for.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace vfm::decision {

namespace {

constexpr std::size_t permutations = 39;     ///< the second largest of them is passed in 2 of 40 cases
constexpr std::size_t null_draws = 256;      ///< at which permuted fits are valued: they are smooth
constexpr std::size_t null_thresholds = 41;  ///< between which the null is a straight line
constexpr std::size_t most_terms = 300;

/// What is regressed: costs of all arms less the reference's, then effects; the reference's own are left out.
struct Contrasts {
    Matrix values;                ///< draw x outcome, means zero
    std::vector<double> squares;  ///< sums of squares
    std::vector<double> means;
    std::size_t arms = 0;
    std::size_t reference = 0;

    /// The column of an arm's cost; its effect is arms - 1 further.
    [[nodiscard]] std::size_t column(std::size_t arm) const { return arm < reference ? arm : arm - 1; }
};

Contrasts contrasts_of(const MeanSample& means, std::size_t reference) {
    const std::size_t others = means.arms - 1;
    Contrasts contrasts{Matrix(means.draws, 2 * others), {}, {}, means.arms, reference};
    const auto fill = [&](std::size_t place, std::span<const double> arm, std::span<const double> base) {
        const std::span<double> column = contrasts.values.column(place);
        std::transform(arm.begin(), arm.end(), base.begin(), column.begin(), std::minus<>());
    };
    for (std::size_t arm = 0; arm < means.arms; ++arm) {
        if (arm == reference) continue;
        fill(contrasts.column(arm), means.arm_cost(arm), means.arm_cost(reference));
        fill(others + contrasts.column(arm), means.arm_effect(arm), means.arm_effect(reference));
    }
    for (std::size_t k = 0; k < 2 * others; ++k) {
        const std::span<double> column = contrasts.values.column(k);
        contrasts.means.push_back(centre(column));
        contrasts.squares.push_back(dot(column, column));
    }
    return contrasts;
}

/// Fits as a sample of differences from the reference, whose own rows are zero.
MeanSample contrast_fits(const Matrix& columns, const PenalisedFit& fit, const Contrasts& contrasts) {
    Matrix fitted = product(columns, fit.coefficients);
    for (std::size_t k = 0; k < fitted.columns(); ++k) {
        for (double& value : fitted.column(k)) value += contrasts.means[k];
    }
    const std::size_t draws = columns.rows();
    MeanSample sample{contrasts.arms, draws, std::vector<double>(contrasts.arms * draws, 0.0),
                      std::vector<double>(contrasts.arms * draws, 0.0)};
    const std::size_t others = contrasts.arms - 1;
    for (std::size_t arm = 0; arm < contrasts.arms; ++arm) {
        if (arm == contrasts.reference) continue;
        const std::span<const double> cost = fitted.column(contrasts.column(arm));
        const std::span<const double> effect = fitted.column(others + contrasts.column(arm));
        const auto place = static_cast<std::ptrdiff_t>(arm * draws);
        std::copy(cost.begin(), cost.end(), sample.cost.begin() + place);
        std::copy(effect.begin(), effect.end(), sample.effect.begin() + place);
    }
    return sample;
}

/// Estimates under random orders of the set's draws: permutation x threshold.
std::vector<std::vector<double>> permuted_values(const Matrix& columns, const PenalisedRegression& regression,
                                                 const Contrasts& contrasts,
                                                 std::span<const double> thresholds,
                                                 std::span<const std::size_t> present) {
    const std::size_t draws = columns.rows();
    const std::size_t step = std::max<std::size_t>(1, draws / null_draws);
    Matrix some((draws + step - 1) / step, columns.columns());
    for (std::size_t term = 0; term < some.columns(); ++term) {
        for (std::size_t i = 0; i < some.rows(); ++i) some(i, term) = columns(i * step, term);
    }
    std::vector<std::vector<double>> values(permutations);
    parallel_for(permutations, 0, [&](std::uint64_t number, unsigned) {
        const std::vector<std::size_t> order = permutation(draws, number);
        Matrix moved(draws, contrasts.values.columns());
        for (std::size_t k = 0; k < moved.columns(); ++k) {
            const std::span<const double> from = contrasts.values.column(k);
            const std::span<double> to = moved.column(k);
            for (std::size_t i = 0; i < draws; ++i) to[i] = from[order[i]];
        }
        const PenalisedFit fit = regression.fit(transposed_product(columns, moved), contrasts.squares);
        const MeanSample fits = contrast_fits(some, fit, contrasts);
        ArmChoice choice(fits.draws);
        for (std::size_t i = 0; i < thresholds.size(); ++i) {
            choice.choose(fits, thresholds[i]);
            values[number].push_back(choice.gain(fits, present[i]).value);
        }
    });
    return values;
}

/// Places of at most `null_thresholds` of so many thresholds, evenly spread, the first and the last among
/// them.
std::vector<std::size_t> null_places(std::size_t count) {
    const std::size_t shown = std::min(count, null_thresholds);
    std::vector<std::size_t> places;
    for (std::size_t k = 0; k < shown; ++k) {
        places.push_back(shown == 1 ? 0 : k * (count - 1) / (shown - 1));
    }
    return places;
}

/// What permuted estimates at one threshold say.
struct NullDistribution {
    double bound = 0;      ///< the second largest
    double deviation = 0;  ///< standard deviation
};

NullDistribution null_of(std::vector<double> estimates) {
    const double deviation =
        mean_with_error(estimates).standard_error * std::sqrt(static_cast<double>(estimates.size()));
    std::nth_element(estimates.begin(), estimates.begin() + 1, estimates.end(), std::greater<>());
    return {estimates[1], deviation};
}

/// Gives every threshold its null, and its standard error at least the null's standard deviation: from the
/// places where permuted estimates were made, on a straight line between them.
void compare_with_null(Evppi& result, const std::vector<std::vector<double>>& permuted,
                       std::span<const std::size_t> places) {
    std::vector<NullDistribution> nulls;
    for (std::size_t k = 0; k < places.size(); ++k) {
        std::vector<double> estimates;
        estimates.reserve(permuted.size());
        for (const std::vector<double>& values : permuted) estimates.push_back(values[k]);
        nulls.push_back(null_of(std::move(estimates)));
    }
    std::size_t after = 0;
    for (std::size_t i = 0; i < result.curve.size(); ++i) {
        EvppiPoint& point = result.curve[i];
        while (places[after] < i) ++after;
        const std::size_t before = places[after] == i ? after : after - 1;
        const double from = result.curve[places[before]].threshold;
        const double to = result.curve[places[after]].threshold;
        const double part = to > from ? (point.threshold - from) / (to - from) : 1;
        const auto between = [&](double NullDistribution::*member) {
            return (1 - part) * (nulls[before].*member) + part * (nulls[after].*member);
        };
        point.null = between(&NullDistribution::bound);
        point.standard_error = std::max(point.standard_error, between(&NullDistribution::deviation));
    }
}

/// Of parameters that do not vary, or without a choice.
Evppi nothing_to_know(const ParameterSet& set, std::span<const double> thresholds) {
    Evppi result{set, {}, 0, 0};
    for (const double threshold : thresholds) result.curve.push_back({threshold, 0, 0, 0});
    return result;
}

Evppi evppi_of(const ConditionalMeans& means, const Contrasts& contrasts, const ParameterSample& parameters,
               const ParameterSet& set, std::span<const double> thresholds,
               std::span<const std::size_t> present) {
    std::vector<std::vector<double>> members;
    for (const std::size_t member : set.members) {
        std::vector<double>& column = members.emplace_back(parameters.draws);
        for (std::size_t i = 0; i < parameters.draws; ++i) column[i] = parameters.at(i, member);
    }
    const TermFamily family = joint_terms(members, std::min(most_terms, parameters.draws / 3));
    if (family.columns.columns() == 0 || contrasts.arms < 2) return nothing_to_know(set, thresholds);
    const PenalisedRegression regression(family.columns, family.weights);
    const PenalisedFit fit =
        regression.fit(transposed_product(family.columns, contrasts.values), contrasts.squares);
    const MeanSample fits = contrast_fits(family.columns, fit, contrasts);

    Evppi result{set, {}, family.columns.columns(), 0};
    ArmChoice choice(fits.draws);
    for (std::size_t i = 0; i < thresholds.size(); ++i) {
        choice.choose(fits, thresholds[i]);
        const double value = choice.gain(fits, present[i]).value;
        const double error = choice.gain(means.observed, present[i]).standard_error;
        result.curve.push_back({thresholds[i], value, error, 0});
    }
    const std::vector<std::size_t> places = null_places(thresholds.size());
    std::vector<double> some;
    std::vector<std::size_t> present_there;
    for (const std::size_t place : places) {
        some.push_back(thresholds[place]);
        present_there.push_back(present[place]);
    }
    compare_with_null(result, permuted_values(family.columns, regression, contrasts, some, present_there),
                      places);
    const Matrix fitted = product(family.columns, fit.coefficients);
    std::size_t varying = 0;
    for (std::size_t k = 0; k < fitted.columns(); ++k) {
        if (!(contrasts.squares[k] > 0)) continue;
        result.explained_share += dot(fitted.column(k), fitted.column(k)) / contrasts.squares[k];
        ++varying;
    }
    if (varying > 0) result.explained_share /= static_cast<double>(varying);
    return result;
}

}  // namespace

std::vector<Evppi> evppi(const ConditionalMeans& means, const ParameterSample& parameters,
                         std::span<const ParameterSet> sets, std::span<const double> thresholds,
                         std::size_t reference, unsigned threads) {
    VFM_EXPECT(parameters.draws == means.fitted.draws && reference < means.fitted.arms);
    const Contrasts contrasts = contrasts_of(means.fitted, reference);
    const std::vector<CostAndEffect> overall = mean_arms(means.fitted);
    std::vector<std::size_t> present;
    for (const double threshold : thresholds) present.push_back(best_arm(overall, threshold));
    std::vector<Evppi> results(sets.size());
    parallel_for(sets.size(), threads, [&](std::uint64_t i, unsigned) {
        results[i] = evppi_of(means, contrasts, parameters, sets[i], thresholds, present);
    });
    return results;
}

}  // namespace vfm::decision
