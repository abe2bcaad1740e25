#include "canonical_directions.hpp"

#include "vfm/stats/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

namespace vfm::decision {

namespace {

/// Standard deviations, and for each outcome that varies its place.
struct Scale {
    std::vector<double> deviations;
    std::vector<std::size_t> varying;
};

Scale scale_of(const Matrix& total) {
    Scale scale;
    for (std::size_t i = 0; i < total.rows(); ++i) {
        scale.deviations.push_back(std::sqrt(std::max(0.0, total(i, i))));
        if (scale.deviations[i] > 0) scale.varying.push_back(i);
    }
    return scale;
}

Matrix scaled_part(const Matrix& covariance, const Scale& scale) {
    const std::size_t size = scale.varying.size();
    Matrix part(size, size);
    for (std::size_t j = 0; j < size; ++j) {
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t row = scale.varying[i];
            const std::size_t column = scale.varying[j];
            part(i, j) = covariance(row, column) / (scale.deviations[row] * scale.deviations[column]);
        }
    }
    return part;
}

/// Each column times its factor.
Matrix with_columns_times(Matrix matrix, std::span<const double> factors) {
    for (std::size_t column = 0; column < matrix.columns(); ++column) {
        for (double& value : matrix.column(column)) value *= factors[column];
    }
    return matrix;
}

/// The nearest ascending sequence; `variance` is each value's, relative to its square.
NoiseShares ascending(std::span<const double> values, double variance) {
    struct Block {
        double mean;
        std::size_t size;
    };
    std::vector<Block> blocks;
    for (const double value : values) {
        blocks.push_back({value, 1});
        while (blocks.size() > 1 && blocks[blocks.size() - 2].mean > blocks.back().mean) {
            const Block last = blocks.back();
            blocks.pop_back();
            Block& before = blocks.back();
            const double sum =
                before.mean * static_cast<double>(before.size) + last.mean * static_cast<double>(last.size);
            before.size += last.size;
            before.mean = sum / static_cast<double>(before.size);
        }
    }
    NoiseShares result;
    for (const Block& block : blocks) {
        const auto size = static_cast<double>(block.size);
        const double level = 0.05 * size / static_cast<double>(values.size());
        const double margin = stats::normal_quantile(1 - level) * block.mean * std::sqrt(variance / size);
        result.shares.insert(result.shares.end(), block.size, block.mean);
        result.margins.insert(result.margins.end(), block.size, margin);
    }
    return result;
}

/// Shares measured where the directions were not found; empty when there are too few draws for that.
std::vector<double> shares_elsewhere(const CanonicalDirections& directions,
                                     const std::vector<OutcomeSums>& parts, const OutcomeSums& all) {
    const std::size_t count = directions.forward.columns();
    std::vector<double> noise(count, 0.0);
    std::vector<double> total(count, 0.0);
    for (const OutcomeSums& part : parts) {
        OutcomeSums rest = all;
        rest.total -= part.total;
        rest.noise -= part.noise;
        rest.draws -= part.draws;
        // Several draws for each direction, or what is found there says nothing.
        if (rest.draws < 5 * static_cast<double>(count)) return {};
        rest.total /= rest.draws;
        rest.noise /= rest.draws;
        const CanonicalDirections others = canonical_directions(rest.total, rest.noise);
        if (others.forward.columns() != count) return {};
        for (std::size_t k = 0; k < count; ++k) {
            const std::span<const double> axis = others.forward.column(k);
            noise[k] += dot(axis, product(part.noise, axis));
            total[k] += dot(axis, product(part.total, axis));
        }
    }
    // The mean of all draws was taken from their squares, but from no noise.
    for (std::size_t k = 0; k < count; ++k) noise[k] *= (all.draws - 1) / all.draws / total[k];
    return noise;
}

}  // namespace

CanonicalDirections canonical_directions(const Matrix& total, const Matrix& noise) {
    const Scale scale = scale_of(total);
    const std::size_t outcomes = total.rows();
    if (scale.varying.empty()) return {Matrix(outcomes, 0), Matrix(0, outcomes), {}};
    const SymmetricEigen found = symmetric_eigen(scaled_part(total, scale));
    const double floor = 1e-11 * found.values.back();
    const auto above = std::upper_bound(found.values.begin(), found.values.end(), floor);
    std::vector<double> roots;
    std::vector<double> inverse_roots;
    for (auto value = above; value != found.values.end(); ++value) {
        roots.push_back(std::sqrt(*value));
        inverse_roots.push_back(1 / roots.back());
    }
    const Matrix axes = found.vectors.last_columns(found.values.size() - roots.size());
    const Matrix whitening = with_columns_times(axes, inverse_roots);
    SymmetricEigen turned =
        symmetric_eigen(transposed_product(whitening, product(scaled_part(noise, scale), whitening)));
    const Matrix forward = product(whitening, turned.vectors);
    const Matrix back = product(with_columns_times(axes, roots), turned.vectors);  // its transpose
    CanonicalDirections result{Matrix(outcomes, roots.size()), Matrix(roots.size(), outcomes),
                               std::move(turned.values)};
    for (std::size_t i = 0; i < scale.varying.size(); ++i) {
        const std::size_t outcome = scale.varying[i];
        for (std::size_t k = 0; k < roots.size(); ++k) {
            result.forward(outcome, k) = forward(i, k) / scale.deviations[outcome];
            result.back(k, outcome) = back(i, k) * scale.deviations[outcome];
        }
    }
    return result;
}

NoiseShares cross_validated_noise_shares(const CanonicalDirections& directions,
                                         const std::vector<OutcomeSums>& parts, double replications) {
    const std::size_t outcomes = directions.forward.rows();
    OutcomeSums all{Matrix(outcomes, outcomes), Matrix(outcomes, outcomes), 0};
    for (const OutcomeSums& part : parts) {
        all.total += part.total;
        all.noise += part.noise;
        all.draws += part.draws;
    }
    const std::vector<double> shares = shares_elsewhere(directions, parts, all);
    // Relative variances of two sums of squares of normal values: 2 over their degrees of freedom.
    const double variance = 2 / (all.draws - 1) + 2 / (all.draws * (replications - 1));
    return ascending(shares.empty() ? directions.noise_share : shares, variance);
}

}  // namespace vfm::decision
