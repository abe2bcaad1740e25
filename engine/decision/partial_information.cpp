#include "vfm/decision/partial_information.hpp"

#include "best_arm_kernels.hpp"
#include "mean_effects.hpp"
#include "penalised_regression.hpp"
#include "permutation.hpp"
#include "smooth_terms.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/core/parallel_for.hpp"

#include <algorithm>
#include <cmath>

namespace vfm::decision {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr std::size_t permutations = 39;     ///< the second largest of them is passed in 2 of 40 cases
constexpr std::size_t null_draws = 256;      ///< at which permuted fits are valued: they are smooth
constexpr std::size_t null_thresholds = 41;  ///< between which the null is a straight line
constexpr std::size_t most_terms = 300;

/// What is regressed: costs of all arms less the reference's, then effects; the reference's own are left out.
struct Outcomes {
    MatrixXd values;   ///< draw x outcome, means zero
    VectorXd squares;  ///< sums of squares
    VectorXd means;
    std::size_t arms = 0;
    std::size_t reference = 0;

    /// The column of an arm's cost; its effect is arms - 1 further.
    [[nodiscard]] Index column(std::size_t arm) const {
        return static_cast<Index>(arm < reference ? arm : arm - 1);
    }
};

Outcomes outcomes_of(const MeanSample& means, std::size_t reference) {
    const auto draws = static_cast<Index>(means.draws);
    const auto others = static_cast<Index>(means.arms - 1);
    Outcomes outcomes{MatrixXd(draws, 2 * others), {}, {}, means.arms, reference};
    const auto row = [draws](std::span<const double> values) {
        return Eigen::Map<const VectorXd>(values.data(), draws);
    };
    for (std::size_t arm = 0; arm < means.arms; ++arm) {
        if (arm == reference) continue;
        const Index column = outcomes.column(arm);
        outcomes.values.col(column) = row(means.arm_cost(arm)) - row(means.arm_cost(reference));
        outcomes.values.col(others + column) = row(means.arm_effect(arm)) - row(means.arm_effect(reference));
    }
    outcomes.means = outcomes.values.colwise().mean().transpose();
    outcomes.values.rowwise() -= outcomes.means.transpose();
    outcomes.squares = outcomes.values.colwise().squaredNorm().transpose();
    return outcomes;
}

/// Fits as a sample of differences from the reference, whose own rows are zero.
MeanSample fits_of(const MatrixXd& columns, const PenalisedFit& fit, const Outcomes& outcomes) {
    const MatrixXd fitted = (columns * fit.coefficients).rowwise() + outcomes.means.transpose();
    const auto draws = static_cast<std::size_t>(columns.rows());
    MeanSample sample{outcomes.arms, draws, std::vector<double>(outcomes.arms * draws, 0.0),
                      std::vector<double>(outcomes.arms * draws, 0.0)};
    const auto others = static_cast<Index>(outcomes.arms - 1);
    for (std::size_t arm = 0; arm < outcomes.arms; ++arm) {
        if (arm == outcomes.reference) continue;
        const auto cost = fitted.col(outcomes.column(arm));
        const auto effect = fitted.col(others + outcomes.column(arm));
        const auto place = static_cast<std::ptrdiff_t>(arm * draws);
        std::copy(cost.begin(), cost.end(), sample.cost.begin() + place);
        std::copy(effect.begin(), effect.end(), sample.effect.begin() + place);
    }
    return sample;
}

/// What the fits say is best in each draw of one threshold after another.
class Chooser {
  public:
    explicit Chooser(const MeanSample& fits)
        : fits_(fits), arms_(fits.draws), best_(fits.draws), gains_(fits.draws) {}

    void choose(double threshold) {
        threshold_ = threshold;
        find_best_arms(fits_, threshold, {arms_, best_});
    }
    /// The mean over draws of what the choice is worth more than arm `present`, by `means`.
    WithError gain(const MeanSample& means, std::size_t present) {
        std::fill(gains_.begin(), gains_.end(), 0.0);
        add_gains(means, threshold_, arms_, present, gains_);
        return mean_with_error(gains_);
    }

  private:
    const MeanSample& fits_;
    double threshold_ = 0;
    std::vector<double> arms_;
    std::vector<double> best_;
    std::vector<double> gains_;
};

/// Estimates under random orders of the set's draws: permutation x threshold.
std::vector<std::vector<double>> permuted_values(const MatrixXd& columns,
                                                 const PenalisedRegression& regression,
                                                 const Outcomes& outcomes, std::span<const double> thresholds,
                                                 std::span<const std::size_t> present) {
    const Index draws = columns.rows();
    const Index step = std::max<Index>(1, draws / static_cast<Index>(null_draws));
    const Index shown = (draws + step - 1) / step;
    MatrixXd some(shown, columns.cols());
    for (Index i = 0; i < shown; ++i) some.row(i) = columns.row(i * step);
    std::vector<std::vector<double>> values(permutations);
    parallel_for(permutations, 0, [&](std::uint64_t number, unsigned) {
        const std::vector<std::size_t> order = permutation(static_cast<std::size_t>(draws), number);
        MatrixXd moved(draws, outcomes.values.cols());
        for (Index column = 0; column < moved.cols(); ++column) {
            for (Index i = 0; i < draws; ++i) {
                moved(i, column) =
                    outcomes.values(static_cast<Index>(order[static_cast<std::size_t>(i)]), column);
            }
        }
        const PenalisedFit fit = regression.fit(columns.transpose() * moved, outcomes.squares);
        const MeanSample fits = fits_of(some, fit, outcomes);
        Chooser chooser(fits);
        for (std::size_t i = 0; i < thresholds.size(); ++i) {
            chooser.choose(thresholds[i]);
            values[number].push_back(chooser.gain(fits, present[i]).value);
        }
    });
    return values;
}

/// Places of at most `null_thresholds` of so many thresholds, evenly spread, the first and the last among
/// them.
std::vector<std::size_t> spread_places(std::size_t count) {
    const std::size_t shown = std::min(count, null_thresholds);
    std::vector<std::size_t> places;
    for (std::size_t k = 0; k < shown; ++k) {
        places.push_back(shown == 1 ? 0 : k * (count - 1) / (shown - 1));
    }
    return places;
}

/// What permuted estimates at one threshold say.
struct Null {
    double bound = 0;   ///< the second largest
    double spread = 0;  ///< standard deviation
};

Null null_of(std::vector<double> estimates) {
    const double spread =
        mean_with_error(estimates).standard_error * std::sqrt(static_cast<double>(estimates.size()));
    std::nth_element(estimates.begin(), estimates.begin() + 1, estimates.end(), std::greater<>());
    return {estimates[1], spread};
}

/// Gives every threshold its null, and its standard error at least the null's spread: from the places where
/// permuted estimates were made, on a straight line between them.
void compare_with_null(Evppi& result, const std::vector<std::vector<double>>& permuted,
                       std::span<const std::size_t> places) {
    std::vector<Null> nulls;
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
        const auto between = [&](double Null::*member) {
            return (1 - part) * (nulls[before].*member) + part * (nulls[after].*member);
        };
        point.null = between(&Null::bound);
        point.standard_error = std::max(point.standard_error, between(&Null::spread));
    }
}

/// Of parameters that do not vary, or without a choice.
Evppi nothing_to_know(const ParameterSet& set, std::span<const double> thresholds) {
    Evppi result{set, {}, 0, 0};
    for (const double threshold : thresholds) result.curve.push_back({threshold, 0, 0, 0});
    return result;
}

Evppi evppi_of(const ConditionalMeans& means, const Outcomes& outcomes, const ParameterSample& parameters,
               const ParameterSet& set, std::span<const double> thresholds,
               std::span<const std::size_t> present) {
    std::vector<std::vector<double>> members;
    for (const std::size_t member : set.members) {
        std::vector<double>& column = members.emplace_back(parameters.draws);
        for (std::size_t i = 0; i < parameters.draws; ++i) column[i] = parameters.at(i, member);
    }
    const TermFamily family = joint_terms(members, std::min(most_terms, parameters.draws / 3));
    if (family.columns.cols() == 0 || outcomes.arms < 2) return nothing_to_know(set, thresholds);
    const PenalisedRegression regression(family.columns, family.weights);
    const PenalisedFit fit = regression.fit(family.columns.transpose() * outcomes.values, outcomes.squares);
    const MeanSample fits = fits_of(family.columns, fit, outcomes);

    Evppi result{set, {}, static_cast<std::size_t>(family.columns.cols()), 0};
    Chooser chooser(fits);
    for (std::size_t i = 0; i < thresholds.size(); ++i) {
        chooser.choose(thresholds[i]);
        const double value = chooser.gain(fits, present[i]).value;
        const double error = chooser.gain(means.observed, present[i]).standard_error;
        result.curve.push_back({thresholds[i], value, error, 0});
    }
    const std::vector<std::size_t> places = spread_places(thresholds.size());
    std::vector<double> some;
    std::vector<std::size_t> present_there;
    for (const std::size_t place : places) {
        some.push_back(thresholds[place]);
        present_there.push_back(present[place]);
    }
    compare_with_null(result, permuted_values(family.columns, regression, outcomes, some, present_there),
                      places);
    const MatrixXd fitted = family.columns * fit.coefficients;
    std::size_t varying = 0;
    for (Index k = 0; k < fitted.cols(); ++k) {
        if (!(outcomes.squares[k] > 0)) continue;
        result.explained_share += fitted.col(k).squaredNorm() / outcomes.squares[k];
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
    const Outcomes outcomes = outcomes_of(means.fitted, reference);
    const MeanEffects overall(means.fitted);
    std::vector<std::size_t> present;
    for (const double threshold : thresholds) present.push_back(overall.best(threshold));
    std::vector<Evppi> results(sets.size());
    parallel_for(sets.size(), threads, [&](std::uint64_t i, unsigned) {
        results[i] = evppi_of(means, outcomes, parameters, sets[i], thresholds, present);
    });
    return results;
}

}  // namespace vfm::decision
