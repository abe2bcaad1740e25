#include "penalised_regression.hpp"

#include "vfm/core/contract.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace vfm::decision {

namespace {

/// Ratios of prior to residual variance that are tried, over the strongest direction's: none, then e^-12 to
/// e^24 in steps of a half. The likelihood is flat between neighbours.
constexpr std::size_t ratios = 74;
double ratio_at(std::size_t place) {
    return place == 0 ? 0 : std::exp(-12 + 0.5 * static_cast<double>(place - 1));
}

/// The likeliest ratio for one outcome.
struct Likeliest {
    std::size_t place = 0;
    double likelihood = -std::numeric_limits<double>::infinity();
    double residual_variance = 0;
};

/// `residual_squares` are the outcome's at each ratio, less what lies outside the terms.
Likeliest likeliest_ratio(std::span<const double> residual_squares, double outside, double degrees,
                          std::span<const double> log_determinants) {
    Likeliest found;
    for (std::size_t place = 0; place < ratios; ++place) {
        const double variance = (residual_squares[place] + outside) / degrees;
        // Twice the restricted log likelihood, the residual variance profiled out.
        const double likelihood = -degrees * std::log(variance) - log_determinants[place];
        if (likelihood > found.likelihood) found = {place, likelihood, variance};
    }
    return found;
}

}  // namespace

PenalisedRegression::PenalisedRegression(const Matrix& terms, std::span<const std::vector<double>> weights)
    : draws_(terms.rows()), terms_(terms.columns()) {
    const Matrix gram = gram_matrix(terms);
    for (const std::vector<double>& set : weights) {
        VFM_EXPECT(set.size() == terms_);
        if (std::any_of(set.begin(), set.end(), [](double weight) { return weight > 0; })) {
            sets_.push_back(directions_of(gram, set));
        }
    }
}

PenalisedRegression::Directions PenalisedRegression::directions_of(const Matrix& gram,
                                                                   std::span<const double> weights) {
    std::vector<std::size_t> used;  // a term of weight zero is not in the model
    for (std::size_t term = 0; term < weights.size(); ++term) {
        if (weights[term] > 0) used.push_back(term);
    }
    Matrix scaled(used.size(), used.size());
    for (std::size_t j = 0; j < used.size(); ++j) {
        for (std::size_t i = 0; i < used.size(); ++i) {
            scaled(i, j) = std::sqrt(weights[used[i]]) * gram(used[i], used[j]) * std::sqrt(weights[used[j]]);
        }
    }
    const SymmetricEigen found = symmetric_eigen(scaled);
    // Directions that rounding alone has made are left out.
    const auto above =
        std::upper_bound(found.values.begin(), found.values.end(), 1e-11 * found.values.back());
    Directions directions;
    directions.variances.assign(above, found.values.end());
    const std::size_t count = directions.variances.size();
    const std::size_t first = used.size() - count;
    directions.loadings = Matrix(weights.size(), count);
    for (std::size_t k = 0; k < count; ++k) {
        for (std::size_t i = 0; i < used.size(); ++i) {
            directions.loadings(used[i], k) = std::sqrt(weights[used[i]]) * found.vectors(i, first + k);
        }
    }
    directions.left = Matrix(count, ratios);
    for (std::size_t place = 0; place < ratios; ++place) {
        double log_determinant = 0;
        for (std::size_t k = 0; k < count; ++k) {
            const double relative = directions.variances[k] / directions.variances.back();
            directions.left(k, place) = 1 / (1 + ratio_at(place) * relative);
            log_determinant -= std::log(directions.left(k, place));
        }
        directions.log_determinants.push_back(log_determinant);
    }
    return directions;
}

PenalisedFit PenalisedRegression::fit(const Matrix& products, std::span<const double> squares) const {
    const std::size_t outcomes = products.columns();
    PenalisedFit result{Matrix(terms_, outcomes), std::vector<double>(outcomes, 0.0),
                        std::vector<double>(outcomes, 0.0)};
    const auto degrees = static_cast<double>(draws_ - 1);
    std::vector<double> best(outcomes, -std::numeric_limits<double>::infinity());
    for (const Directions& set : sets_) {
        const Matrix along = transposed_product(set.loadings, products);  // direction x outcome
        Matrix parts = along;                                             // of each outcome's sum of squares
        for (std::size_t k = 0; k < outcomes; ++k) {
            for (std::size_t i = 0; i < parts.rows(); ++i) parts(i, k) *= along(i, k) / set.variances[i];
        }
        const Matrix inside = transposed_product(set.left, parts);  // ratio x outcome
        for (std::size_t k = 0; k < outcomes; ++k) {
            const std::span<const double> part = parts.column(k);
            const double outside = std::max(0.0, squares[k] - std::accumulate(part.begin(), part.end(), 0.0));
            const Likeliest found = likeliest_ratio(inside.column(k), outside, degrees, set.log_determinants);
            if (!(found.likelihood > best[k])) continue;
            best[k] = found.likelihood;
            result.residual_variance[k] = found.residual_variance;
            std::vector<double> kept(parts.rows());
            for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = 1 - set.left(i, found.place);
            result.effective_terms[k] = std::accumulate(kept.begin(), kept.end(), 0.0);
            for (std::size_t i = 0; i < kept.size(); ++i) kept[i] *= along(i, k) / set.variances[i];
            result.coefficients.set_column(k, product(set.loadings, kept));
        }
    }
    return result;
}

}  // namespace vfm::decision
