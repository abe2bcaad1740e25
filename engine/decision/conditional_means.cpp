#include "vfm/decision/conditional_means.hpp"

#include "canonical_directions.hpp"
#include "penalised_regression.hpp"
#include "smooth_terms.hpp"

#include "vfm/core/contract.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vfm::decision {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Index index(std::size_t size) {
    return static_cast<Index>(size);
}

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
    MatrixXd means;             ///< draw x outcome
    Eigen::RowVectorXd centre;  ///< their mean
    double replications = 1;
    std::vector<OutcomeSums> parts;  ///< draws dealt out in turn, for cross-validation
    MatrixXd total;                  ///< outcome x outcome: covariance of draws' means
    MatrixXd noise;  ///< likewise, of the noise in them: pooled inside draws, over replications
};

constexpr std::size_t parts_dealt = 10;

/// How many of `all` rows are every `parts_dealt`-th from `first` on.
std::size_t count_from(std::size_t first, std::size_t all) {
    return (all - first + parts_dealt - 1) / parts_dealt;
}

/// Sums of squares and products over those rows.
MatrixXd products_of_rows(const MatrixXd& rows, std::size_t first) {
    MatrixXd some(index(count_from(first, static_cast<std::size_t>(rows.rows()))), rows.cols());
    for (Index i = 0; i < some.rows(); ++i) some.row(i) = rows.row(index(first) + i * index(parts_dealt));
    return some.transpose() * some;
}

MatrixXd means_of(const Outcomes& outcomes, std::size_t draws, std::size_t replications) {
    MatrixXd means(index(draws), index(outcomes.rows.size()));
    for (std::size_t k = 0; k < outcomes.rows.size(); ++k) {
        for (std::size_t draw = 0; draw < draws; ++draw) {
            double sum = 0;
            for (std::size_t i = 0; i < replications; ++i) sum += outcomes.rows[k][draw * replications + i];
            means(index(draw), index(k)) = sum / static_cast<double>(replications);
        }
    }
    return means;
}

DrawMeans draw_means(const Outcomes& outcomes, std::size_t draws, std::size_t replications) {
    const Index count = index(outcomes.rows.size());
    DrawMeans result;
    result.replications = static_cast<double>(replications);
    result.means = means_of(outcomes, draws, replications);
    result.centre = result.means.colwise().mean();
    const MatrixXd centred = result.means.rowwise() - result.centre;
    for (std::size_t part = 0; part < std::min(parts_dealt, draws); ++part) {
        result.parts.push_back({products_of_rows(centred, part), MatrixXd::Zero(count, count),
                                static_cast<double>(count_from(part, draws))});
    }
    const auto r = static_cast<double>(replications);
    MatrixXd deviations(index(draws), count);
    for (std::size_t i = 0; replications > 1 && i < replications; ++i) {
        for (std::size_t k = 0; k < outcomes.rows.size(); ++k) {
            for (std::size_t draw = 0; draw < draws; ++draw) {
                deviations(index(draw), index(k)) =
                    outcomes.rows[k][draw * replications + i] - result.means(index(draw), index(k));
            }
        }
        for (std::size_t part = 0; part < result.parts.size(); ++part) {
            result.parts[part].noise += products_of_rows(deviations, part) / ((r - 1) * r);
        }
    }
    result.total = result.noise = MatrixXd::Zero(count, count);
    for (const OutcomeSums& part : result.parts) {
        result.total += part.total / static_cast<double>(draws - 1);
        result.noise += part.noise / static_cast<double>(draws);
    }
    return result;
}

/// Lines and first bends of every parameter that varies, as far as the draws carry them.
TermFamily terms_of(const ParameterSample& parameters) {
    constexpr std::size_t knots = 8;
    constexpr double bends[] = {0, 0.03, 0.1, 0.3};
    std::vector<SmoothTerms> smooths;
    std::vector<double> column(parameters.draws);
    for (std::size_t p = 0; p < parameters.names.size(); ++p) {
        for (std::size_t draw = 0; draw < parameters.draws; ++draw) column[draw] = parameters.at(draw, p);
        smooths.push_back(spline_terms(column, knots));
        if (smooths.back().columns.cols() == 0) smooths.pop_back();
    }
    const std::size_t most = parameters.draws / 2;
    TermFamily family;
    if (smooths.size() > most) return family;
    const Index shown = 2 * smooths.size() <= most ? 2 : 1;
    Index count = 0;
    for (const SmoothTerms& smooth : smooths) count += std::min(shown, smooth.columns.cols());
    family.columns = MatrixXd(index(parameters.draws), count);
    VectorXd bent = VectorXd::Zero(count);
    Index next = 0;
    for (const SmoothTerms& smooth : smooths) {
        for (Index term = 0; term < std::min(shown, smooth.columns.cols()); ++term, ++next) {
            family.columns.col(next) = smooth.columns.col(term);
            bent[next] = term == 0 ? 0 : 1;
        }
    }
    for (const double rho : bends) {
        family.weights.push_back(VectorXd::Ones(count) + (rho - 1) * bent);
        if (shown == 1) break;
    }
    return family;
}

double mean_product(const Eigen::Ref<const VectorXd>& a, const Eigen::Ref<const VectorXd>& b) {
    return a.dot(b) / static_cast<double>(a.size() - 1);
}

/// The fit, and as much of its residual as gives them together the variance that the true means have.
VectorXd with_variance(const Eigen::Ref<const VectorXd>& fit, const Eigen::Ref<const VectorXd>& values,
                       double variance) {
    const VectorXd residual = values - fit;
    const double of_fit = mean_product(fit, fit);
    const double of_residual = mean_product(residual, residual);
    if (of_fit >= variance || !(of_residual > 0)) {
        return of_fit > 0 ? VectorXd(fit * std::sqrt(std::min(1.0, variance / of_fit))) : VectorXd(fit);
    }
    const double together = mean_product(fit, residual);
    const double kept =
        (std::sqrt(together * together + of_residual * (variance - of_fit)) - together) / of_residual;
    return fit + std::min(1.0, kept) * residual;
}

/// The share of a direction's variance that lies between true means. One that could be noise alone has what
/// the regression finds and no more: the root of a small variance is not small.
double between_share(const NoiseShares& noise, Index direction, const Eigen::Ref<const VectorXd>& fit) {
    const double share = std::clamp(1 - noise.shares[direction], 0.0, 1.0);
    const bool certain = 1 - noise.shares[direction] > noise.margins[direction];
    return certain ? share : std::min(share, mean_product(fit, fit));
}

struct Matched {
    MatrixXd means;       ///< draw x outcome, the matrix
    MatrixXd regression;  ///< what the regression alone says
};

Matched matched_means(const DrawMeans& draws, const TermFamily& family) {
    const MatrixXd centred = draws.means.rowwise() - draws.centre;
    const CanonicalDirections axes = canonical_directions(draws.total, draws.noise);
    if (axes.forward.cols() == 0) return {draws.means, draws.means};  // luck alone, and it cancels
    const NoiseShares noise = cross_validated_noise_shares(axes, draws.parts, draws.replications);
    const MatrixXd values = centred * axes.forward;
    MatrixXd fits = MatrixXd::Zero(values.rows(), values.cols());
    if (family.columns.cols() > 0) {
        const PenalisedRegression regression(family.columns, family.weights);
        const PenalisedFit found =
            regression.fit(family.columns.transpose() * values, values.colwise().squaredNorm().transpose());
        fits = family.columns * found.coefficients;
    }
    MatrixXd kept(values.rows(), values.cols());
    for (Index k = 0; k < values.cols(); ++k) {
        kept.col(k) = with_variance(fits.col(k), values.col(k), between_share(noise, k, fits.col(k)));
    }
    // What lies in no direction is rounding, and stays.
    const MatrixXd rounding = centred - values * axes.back;
    return {((kept * axes.back + rounding).rowwise() + draws.centre).eval(),
            ((fits * axes.back).rowwise() + draws.centre).eval()};
}

MeanSample sample_of(const MatrixXd& means, const Outcomes& outcomes, std::size_t arms) {
    const auto draws = static_cast<std::size_t>(means.rows());
    MeanSample sample{arms, draws, std::vector<double>(arms * draws), std::vector<double>(arms * draws)};
    for (std::size_t k = 0; k < 2 * arms; ++k) {
        std::vector<double>& side = k < arms ? sample.cost : sample.effect;
        const auto column = means.col(index(outcomes.row_of[k]));
        std::copy(column.begin(), column.end(), side.begin() + index((k % arms) * draws));
    }
    return sample;
}

/// One outcome less another: variances between and inside draws, and what the regression leaves.
MeanCheck check_of(const DrawMeans& draws, const MatrixXd& regression, Index outcome, Index base) {
    MeanCheck check;
    if (outcome == base) return check;
    const auto spread = [](VectorXd values) {
        values.array() -= values.mean();
        return mean_product(values, values);
    };
    const VectorXd values = draws.means.col(outcome) - draws.means.col(base);
    const VectorXd fit = regression.col(outcome) - regression.col(base);
    const double total = spread(values);
    check.noise_variance =
        draws.noise(outcome, outcome) + draws.noise(base, base) - 2 * draws.noise(outcome, base);
    check.between_variance = total - check.noise_variance;
    check.noise_share = total > 0 ? check.noise_variance / total : 0;
    check.explained_share = check.between_variance > 0 ? spread(fit) / check.between_variance : 0;
    check.residual_ratio = check.noise_variance > 0 ? spread(values - fit) / check.noise_variance
                                                    : std::numeric_limits<double>::quiet_NaN();
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
    result.observed = sample_of(draws.means, outcomes, cost.arms);
    if (cost.replications < 2 || draws.noise.diagonal().maxCoeff() <= 0) {
        result.source = cost.replications < 2 ? MeanSource::at_face_value : MeanSource::noiseless;
        result.fitted = result.observed;
        return result;
    }
    const TermFamily family = terms_of(parameters);
    result.terms = static_cast<std::size_t>(family.columns.cols());
    result.source = result.terms > 0 ? MeanSource::regression : MeanSource::few_draws;
    const Matched matched = matched_means(draws, family);
    result.fitted = sample_of(matched.means, outcomes, cost.arms);
    for (std::size_t arm = 0; arm < cost.arms; ++arm) {
        const auto check = [&](std::size_t first) {
            return check_of(draws, matched.regression, index(outcomes.row_of[first + arm]),
                            index(outcomes.row_of[first + reference]));
        };
        result.cost.push_back(check(0));
        result.effect.push_back(check(cost.arms));
    }
    return result;
}

}  // namespace vfm::decision
