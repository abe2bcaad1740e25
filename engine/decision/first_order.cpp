#include "vfm/decision/first_order.hpp"

#include "linear_algebra.hpp"
#include "missing.hpp"
#include "ranks.hpp"
#include "smooth_terms.hpp"

#include "vfm/decision/linear_response.hpp"
#include "vfm/stats/quantiles.hpp"
#include "vfm/stats/sample_statistics.hpp"

#include <cmath>
#include <stdexcept>
#include <utility>

namespace vfm::decision {

namespace {

constexpr std::size_t least_draws = 20;

/// An orthonormal basis of what a result is regressed on, besides a constant, for parameters that enter
/// together: at most about a twentieth as many terms as draws, if that can be.
Matrix basis_of(std::span<const std::vector<double>> members) {
    std::vector<std::vector<double>> ranks;
    for (const std::vector<double>& member : members) ranks.push_back(relative_ranks(member));
    return orthonormal_basis(joint_terms(ranks, members.front().size() / 20).columns);
}

/// A result's means of draws, centred, and the influence of each draw on their variance.
struct Means {
    std::vector<double> values;
    std::vector<double> variance_influence;
    double variance = 0;
};

Means draw_means_of(const DrawnResult& result) {
    Means means{.values = {},
                .variance_influence = {},
                .variance = stats::variance_parts(result.values, result.draws, result.replications).between};
    const auto replications = static_cast<double>(result.replications);
    const double centre = stats::mean(result.values);
    for (std::size_t draw = 0; draw < result.draws; ++draw) {
        const std::span<const double> cells =
            result.values.subspan(draw * result.replications, result.replications);
        const double mean = stats::mean(cells) - centre;
        const double noise = result.replications > 1 ? stats::variance(cells) / replications : 0.0;
        means.values.push_back(mean);
        means.variance_influence.push_back(mean * mean - noise);
    }
    return means;
}

/// The index of one block, whose regressors are the basis, from the target that the others' linear effects
/// have been taken off.
SensitivityIndex first_order_index(const Matrix& basis, std::span<const double> target, const Means& means) {
    const std::vector<double> fitted = product(basis, transposed_product(basis, target));
    double unexplained = 0;
    for (std::size_t i = 0; i < fitted.size(); ++i) {
        unexplained += (target[i] - fitted[i]) * (target[i] - fitted[i]);
    }
    const auto draws = static_cast<double>(target.size());
    const auto terms = static_cast<double>(basis.columns());
    const double left = unexplained / (draws - terms - 1);
    const double value = (dot(fitted, fitted) - terms * left) / (draws - 1) / means.variance;
    std::vector<double> influence(fitted.size());
    for (std::size_t i = 0; i < fitted.size(); ++i) {
        const double explained = fitted[i] * fitted[i] + 2 * fitted[i] * (target[i] - fitted[i]);
        influence[i] = (explained - value * means.variance_influence[i]) / means.variance;
    }
    const double error = std::sqrt(stats::variance(influence) / draws);
    const double reach = stats::normal_975 * error;
    return {.value = value, .standard_error = error, .interval = {value - reach, value + reach}};
}

}  // namespace

struct FirstOrderIndices::Regression {
    std::vector<std::vector<std::size_t>> blocks;
    std::vector<Matrix> bases;  ///< a block
    Matrix scores;              ///< draw x parameter, centred
    Matrix gram;                ///< parameter x parameter

    /// The slopes of a joint linear regression on the parameters' scores. All zero with fewer than four draws
    /// a parameter: chosen or shrunken slopes would take off a part of the block's own effect.
    [[nodiscard]] std::vector<double> slopes(std::span<const double> target) const {
        if (scores.rows() < 4 * scores.columns()) return std::vector<double>(scores.columns(), 0.0);
        Matrix products(scores.columns(), 1);
        products.set_column(0, transposed_product(scores, target));
        const Matrix solved = solve_positive_definite(gram, products);
        return {solved.values().begin(), solved.values().end()};
    }
};

FirstOrderIndices::FirstOrderIndices(std::span<const std::vector<double>> parameters,
                                     std::vector<std::vector<std::size_t>> blocks)
    : regression_(std::make_unique<Regression>()) {
    if (parameters.empty() || parameters.front().size() < least_draws) {
        throw std::invalid_argument("first-order indices need a parameter and at least 20 draws of it");
    }
    const std::size_t draws = parameters.front().size();
    regression_->scores = Matrix(draws, parameters.size());
    for (std::size_t p = 0; p < parameters.size(); ++p) {
        if (parameters[p].size() != draws) {
            throw std::invalid_argument("parameters have as many draws as each other");
        }
        regression_->scores.set_column(p, normal_scores(parameters[p]));
        centre(regression_->scores.column(p));
    }
    // The ridge is rounding: it only decides between columns that give each other.
    regression_->gram = gram_matrix(regression_->scores);
    for (std::size_t p = 0; p < parameters.size(); ++p) {
        regression_->gram(p, p) += 1e-8 * static_cast<double>(draws);
    }
    for (const std::vector<std::size_t>& block : blocks) {
        std::vector<std::vector<double>> members;
        members.reserve(block.size());
        for (const std::size_t member : block) members.push_back(parameters[member]);
        regression_->bases.push_back(basis_of(members));
    }
    regression_->blocks = std::move(blocks);
}

FirstOrderIndices::~FirstOrderIndices() = default;

FirstOrder FirstOrderIndices::of(const DrawnResult& result) const {
    if (result.draws != regression_->scores.rows() || result.replications == 0 ||
        result.values.size() != result.draws * result.replications) {
        throw std::invalid_argument("a result has as many draws as the parameters");
    }
    const Means means = draw_means_of(result);
    FirstOrder found{.variance = means.variance, .indices = {}};
    if (!(means.variance > 0)) {
        found.indices.assign(regression_->blocks.size(),
                             {.value = missing, .standard_error = missing, .interval = {missing, missing}});
        return found;
    }
    const std::vector<double> slopes = regression_->slopes(means.values);
    const std::vector<double> linear = product(regression_->scores, slopes);
    for (std::size_t block = 0; block < regression_->blocks.size(); ++block) {
        std::vector<double> target = means.values;
        for (std::size_t i = 0; i < target.size(); ++i) target[i] -= linear[i];
        for (const std::size_t member : regression_->blocks[block]) {
            const std::span<const double> scores = regression_->scores.column(member);
            for (std::size_t i = 0; i < target.size(); ++i) target[i] += slopes[member] * scores[i];
        }
        found.indices.push_back(first_order_index(regression_->bases[block], target, means));
    }
    return found;
}

}  // namespace vfm::decision
