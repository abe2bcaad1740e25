#include "vfm/decision/conditional_means.hpp"

#include "canonical_directions.hpp"
#include "linear_algebra.hpp"
#include "missing.hpp"
#include "penalised_regression.hpp"
#include "smooth_terms.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/stats/sample_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace vfm::decision {

namespace {

/// Costs of all arms, then effects: the rows that differ from every row before them, and for each row which
/// of those it is.
struct Outcomes {
    std::vector<std::span<const double>> rows;  ///< draw x replication each
    std::vector<std::size_t> row_of;            ///< 2 x arms
};

Outcomes distinct_outcomes(const Sample& cost, const Sample& effect) {
    Outcomes outcomes;
    for (const Sample* sample : {&cost, &effect}) {
        for (std::size_t arm = 0; arm < sample->arms; ++arm) {
            const std::span<const double> row = sample->arm(arm);
            const auto same = std::find_if(outcomes.rows.begin(), outcomes.rows.end(), [&](auto other) {
                return std::equal(row.begin(), row.end(), other.begin());
            });
            outcomes.row_of.push_back(static_cast<std::size_t>(same - outcomes.rows.begin()));
            if (same == outcomes.rows.end()) outcomes.rows.push_back(row);
        }
    }
    return outcomes;
}

/// Means of draws, and how they vary.
struct DrawMeans {
    Matrix means;                ///< draw x outcome
    std::vector<double> centre;  ///< their mean, an outcome
    Matrix centred;              ///< the means less it
    double replications = 1;
    std::vector<OutcomeSums> parts;  ///< draws dealt out in turn, for cross-validation
    Matrix total;                    ///< outcome x outcome: covariance of draws' means
    Matrix noise;  ///< likewise, of the noise in them: pooled inside draws, over replications
};

constexpr std::size_t parts_dealt = 10;

/// How many of `all` rows are every `parts_dealt`-th from `first` on.
std::size_t count_from(std::size_t first, std::size_t all) {
    return (all - first + parts_dealt - 1) / parts_dealt;
}

/// Sums of squares and products over those rows.
Matrix products_of_rows(const Matrix& rows, std::size_t first) {
    Matrix some(count_from(first, rows.rows()), rows.columns());
    for (std::size_t k = 0; k < some.columns(); ++k) {
        for (std::size_t i = 0; i < some.rows(); ++i) some(i, k) = rows(first + i * parts_dealt, k);
    }
    return gram_matrix(some);
}

Matrix means_of(const Outcomes& outcomes, std::size_t draws, std::size_t replications) {
    Matrix means(draws, outcomes.rows.size());
    for (std::size_t k = 0; k < outcomes.rows.size(); ++k) {
        for (std::size_t draw = 0; draw < draws; ++draw) {
            double sum = 0;
            for (std::size_t i = 0; i < replications; ++i) sum += outcomes.rows[k][draw * replications + i];
            means(draw, k) = sum / static_cast<double>(replications);
        }
    }
    return means;
}

DrawMeans draw_means(const Outcomes& outcomes, std::size_t draws, std::size_t replications) {
    const std::size_t count = outcomes.rows.size();
    const auto r = static_cast<double>(replications);
    DrawMeans result;
    result.replications = r;
    result.means = means_of(outcomes, draws, replications);
    result.centred = result.means;
    for (std::size_t k = 0; k < count; ++k) {
        result.centre.push_back(centre(result.centred.column(k)));
    }
    for (std::size_t part = 0; part < std::min(parts_dealt, draws); ++part) {
        result.parts.push_back({products_of_rows(result.centred, part), Matrix(count, count),
                                static_cast<double>(count_from(part, draws))});
    }
    Matrix deviations(draws, count);
    for (std::size_t i = 0; replications > 1 && i < replications; ++i) {
        for (std::size_t k = 0; k < count; ++k) {
            for (std::size_t draw = 0; draw < draws; ++draw) {
                deviations(draw, k) = outcomes.rows[k][draw * replications + i] - result.means(draw, k);
            }
        }
        for (std::size_t part = 0; part < result.parts.size(); ++part) {
            result.parts[part].noise += products_of_rows(deviations, part);
        }
    }
    result.total = result.noise = Matrix(count, count);
    for (OutcomeSums& part : result.parts) {
        if (replications > 1) part.noise /= (r - 1) * r;
        result.total += part.total;
        result.noise += part.noise;
    }
    result.total /= static_cast<double>(draws - 1);
    result.noise /= static_cast<double>(draws);
    return result;
}

/// Lines and first bends of every parameter that varies, as far as the draws carry them.
TermFamily terms_of(const ParameterSample& parameters) {
    constexpr std::size_t knots = 8;
    constexpr double bends[] = {0, 0.03, 0.1, 0.3};
    std::vector<SmoothTerms> smooths;
    std::vector<double> values(parameters.draws);
    for (std::size_t p = 0; p < parameters.names.size(); ++p) {
        for (std::size_t draw = 0; draw < parameters.draws; ++draw) values[draw] = parameters.at(draw, p);
        smooths.push_back(spline_terms(values, knots));
        if (smooths.back().columns.columns() == 0) smooths.pop_back();
    }
    const std::size_t most = parameters.draws / 2;
    if (smooths.size() > most) return {};
    const std::size_t shown = 2 * smooths.size() <= most ? 2 : 1;
    std::vector<std::span<const double>> columns;
    std::vector<bool> is_bent;
    for (const SmoothTerms& smooth : smooths) {
        for (std::size_t term = 0; term < std::min(shown, smooth.columns.columns()); ++term) {
            columns.push_back(smooth.columns.column(term));
            is_bent.push_back(term > 0);
        }
    }
    TermFamily family{Matrix(parameters.draws, columns.size()), {}};
    for (std::size_t term = 0; term < columns.size(); ++term) {
        family.columns.set_column(term, columns[term]);
    }
    for (const double rho : bends) {
        std::vector<double>& weights = family.weights.emplace_back();
        for (const bool bent : is_bent) weights.push_back(bent ? rho : 1);
        if (shown == 1) break;
    }
    return family;
}

double mean_product(std::span<const double> a, std::span<const double> b) {
    return dot(a, b) / static_cast<double>(a.size() - 1);
}

/// a + factor x b.
std::vector<double> sum_of(std::span<const double> a, double factor, std::span<const double> b) {
    std::vector<double> sum(a.begin(), a.end());
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += factor * b[i];
    return sum;
}

/// The fit, and as much of its residual as gives them together the variance that the true means have.
std::vector<double> with_variance(std::span<const double> fit, std::span<const double> values,
                                  double variance) {
    const std::vector<double> residual = sum_of(values, -1, fit);
    const double of_fit = mean_product(fit, fit);
    const double of_residual = mean_product(residual, residual);
    if (of_fit >= variance || !(of_residual > 0)) {
        std::vector<double> shrunken(fit.begin(), fit.end());
        const double factor = of_fit > 0 ? std::sqrt(std::min(1.0, variance / of_fit)) : 1;
        for (double& value : shrunken) value *= factor;
        return shrunken;
    }
    const double together = mean_product(fit, residual);
    const double kept =
        (std::sqrt(together * together + of_residual * (variance - of_fit)) - together) / of_residual;
    return sum_of(fit, std::min(1.0, kept), residual);
}

/// The share of a direction's variance that lies between true means. One that could be noise alone has what
/// the regression finds and no more: the root of a small variance is not small.
double between_share(const NoiseShares& noise, std::size_t direction, std::span<const double> fit) {
    const double share = std::clamp(1 - noise.shares[direction], 0.0, 1.0);
    const bool certain = 1 - noise.shares[direction] > noise.margins[direction];
    return certain ? share : std::min(share, mean_product(fit, fit));
}

/// What a regression on the terms says of values with mean zero, a column each; zeros without terms.
Matrix fits_of(const Matrix& values, const TermFamily& family) {
    if (family.columns.columns() == 0) return Matrix(values.rows(), values.columns());
    std::vector<double> squares;
    for (std::size_t k = 0; k < values.columns(); ++k) {
        squares.push_back(dot(values.column(k), values.column(k)));
    }
    const PenalisedRegression regression(family.columns, family.weights);
    return product(family.columns,
                   regression.fit(transposed_product(family.columns, values), squares).coefficients);
}

struct Matched {
    Matrix means;       ///< draw x outcome, the matrix
    Matrix regression;  ///< what the regression alone says
};

Matched matched_means(const DrawMeans& draws, const TermFamily& family) {
    const CanonicalDirections axes = canonical_directions(draws.total, draws.noise);
    if (axes.forward.columns() == 0) return {draws.means, draws.means};  // noise alone, and it cancels
    const NoiseShares noise = cross_validated_noise_shares(axes, draws.parts, draws.replications);
    const Matrix values = product(draws.centred, axes.forward);
    const Matrix fits = fits_of(values, family);
    // What lies in no direction is rounding, and stays: the means change by what the directions do.
    Matrix changes(values.rows(), values.columns());
    for (std::size_t k = 0; k < values.columns(); ++k) {
        const std::vector<double> kept =
            with_variance(fits.column(k), values.column(k), between_share(noise, k, fits.column(k)));
        changes.set_column(k, sum_of(kept, -1, values.column(k)));
    }
    Matched matched{draws.means, product(fits, axes.back)};
    matched.means += product(changes, axes.back);
    for (std::size_t k = 0; k < draws.centre.size(); ++k) {
        for (double& value : matched.regression.column(k)) value += draws.centre[k];
    }
    return matched;
}

MeanSample mean_sample(const Matrix& means, const Outcomes& outcomes, std::size_t arms) {
    const std::size_t draws = means.rows();
    MeanSample sample{arms, draws, std::vector<double>(arms * draws), std::vector<double>(arms * draws)};
    for (std::size_t k = 0; k < 2 * arms; ++k) {
        std::vector<double>& side = k < arms ? sample.cost : sample.effect;
        const std::span<const double> column = means.column(outcomes.row_of[k]);
        std::copy(column.begin(), column.end(),
                  side.begin() + static_cast<std::ptrdiff_t>((k % arms) * draws));
    }
    return sample;
}

/// One outcome less another: variances between and inside draws, and what the regression leaves.
MeanCheck check_of(const DrawMeans& draws, const Matrix& regression, std::size_t outcome, std::size_t base) {
    MeanCheck check;
    if (outcome == base) return check;
    const std::vector<double> values = sum_of(draws.means.column(outcome), -1, draws.means.column(base));
    const std::vector<double> fit = sum_of(regression.column(outcome), -1, regression.column(base));
    const double total = stats::variance(values);
    check.noise_variance =
        draws.noise(outcome, outcome) + draws.noise(base, base) - 2 * draws.noise(outcome, base);
    check.between_variance = total - check.noise_variance;
    check.noise_share = total > 0 ? check.noise_variance / total : 0;
    check.explained_share = check.between_variance > 0 ? stats::variance(fit) / check.between_variance : 0;
    check.residual_ratio =
        check.noise_variance > 0 ? stats::variance(sum_of(values, -1, fit)) / check.noise_variance : missing;
    return check;
}

}  // namespace

ConditionalMeans conditional_means(const Sample& cost, const Sample& effect,
                                   const ParameterSample& parameters, std::size_t reference) {
    VFM_EXPECT(cost.values.size() == effect.values.size() && reference < cost.arms && cost.draws >= 2);
    VFM_EXPECT(parameters.names.empty() || parameters.draws == cost.draws);
    const Outcomes outcomes = distinct_outcomes(cost, effect);
    const DrawMeans draws = draw_means(outcomes, cost.draws, cost.replications);
    ConditionalMeans result;
    result.observed = mean_sample(draws.means, outcomes, cost.arms);
    bool is_noisy = false;
    for (std::size_t k = 0; k < draws.noise.rows(); ++k) is_noisy = is_noisy || draws.noise(k, k) > 0;
    if (!is_noisy) {
        result.source = cost.replications < 2 ? MeanSource::at_face_value : MeanSource::noiseless;
        result.fitted = result.observed;
        return result;
    }
    const TermFamily family = terms_of(parameters);
    result.terms = family.columns.columns();
    result.source = result.terms > 0 ? MeanSource::regression : MeanSource::few_draws;
    const Matched matched = matched_means(draws, family);
    result.fitted = mean_sample(matched.means, outcomes, cost.arms);
    for (std::size_t arm = 0; arm < cost.arms; ++arm) {
        const auto check = [&](std::size_t first) {
            return check_of(draws, matched.regression, outcomes.row_of[first + arm],
                            outcomes.row_of[first + reference]);
        };
        result.cost.push_back(check(0));
        result.effect.push_back(check(cost.arms));
    }
    return result;
}

}  // namespace vfm::decision
