#include "canonical_directions.hpp"

#include "vfm/stats/quantiles.hpp"

#include <cmath>
#include <vector>

namespace vfm::decision {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using Solver = Eigen::SelfAdjointEigenSolver<MatrixXd>;

/// Standard deviations, and for each outcome that varies its place.
struct Scale {
    VectorXd deviations;
    std::vector<Index> varying;
};

Scale scale_of(const MatrixXd& total) {
    Scale scale{total.diagonal().cwiseMax(0).cwiseSqrt(), {}};
    for (Index i = 0; i < total.rows(); ++i) {
        if (scale.deviations[i] > 0) scale.varying.push_back(i);
    }
    return scale;
}

MatrixXd scaled_part(const MatrixXd& covariance, const Scale& scale) {
    const auto size = static_cast<Index>(scale.varying.size());
    MatrixXd part(size, size);
    for (Index j = 0; j < size; ++j) {
        for (Index i = 0; i < size; ++i) {
            const Index row = scale.varying[static_cast<std::size_t>(i)];
            const Index column = scale.varying[static_cast<std::size_t>(j)];
            part(i, j) = covariance(row, column) / (scale.deviations[row] * scale.deviations[column]);
        }
    }
    return part;
}

/// The nearest ascending sequence; `variance` is each value's, relative to its square.
NoiseShares ascending(const VectorXd& values, double variance) {
    struct Block {
        double mean;
        Index size;
    };
    std::vector<Block> blocks;
    for (Index i = 0; i < values.size(); ++i) {
        blocks.push_back({values[i], 1});
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
    NoiseShares result{VectorXd(values.size()), VectorXd(values.size())};
    Index next = 0;
    for (const Block& block : blocks) {
        const auto size = static_cast<double>(block.size);
        const double level = 0.05 * size / static_cast<double>(values.size());
        const double margin = stats::normal_quantile(1 - level) * block.mean * std::sqrt(variance / size);
        for (Index i = 0; i < block.size; ++i, ++next) {
            result.shares[next] = block.mean;
            result.margins[next] = margin;
        }
    }
    return result;
}

/// Shares measured where the directions were not found; empty when there are too few draws for that.
VectorXd shares_elsewhere(const CanonicalDirections& directions, const std::vector<OutcomeSums>& parts,
                          const OutcomeSums& all) {
    const Index count = directions.forward.cols();
    VectorXd noise = VectorXd::Zero(count);
    VectorXd total = VectorXd::Zero(count);
    for (const OutcomeSums& part : parts) {
        const double rest = all.draws - part.draws;
        // Several draws for each direction, or what is found there says nothing.
        if (rest < 5 * static_cast<double>(count)) return {};
        const CanonicalDirections others =
            canonical_directions((all.total - part.total) / rest, (all.noise - part.noise) / rest);
        if (others.forward.cols() != count) return {};
        for (Index k = 0; k < count; ++k) {
            const VectorXd axis = others.forward.col(k);
            noise[k] += axis.dot(part.noise * axis);
            total[k] += axis.dot(part.total * axis);
        }
    }
    // The mean of all draws was taken from their squares, but from no noise.
    return noise.cwiseQuotient(total) * ((all.draws - 1) / all.draws);
}

}  // namespace

CanonicalDirections canonical_directions(const MatrixXd& total, const MatrixXd& noise) {
    const Scale scale = scale_of(total);
    const Index outcomes = total.rows();
    CanonicalDirections result{MatrixXd::Zero(outcomes, 0), MatrixXd::Zero(0, outcomes), VectorXd()};
    if (scale.varying.empty()) return result;
    const Solver spread(scaled_part(total, scale));
    const double floor = 1e-11 * spread.eigenvalues().maxCoeff();
    const Index rank = (spread.eigenvalues().array() > floor).count();
    const VectorXd roots = spread.eigenvalues().tail(rank).cwiseSqrt();
    const MatrixXd axes = spread.eigenvectors().rightCols(rank);
    const MatrixXd whitening = axes * roots.cwiseInverse().asDiagonal();
    const MatrixXd whitened = whitening.transpose() * scaled_part(noise, scale) * whitening;
    const Solver turned(0.5 * (whitened + whitened.transpose()));
    const MatrixXd forward = whitening * turned.eigenvectors();
    const MatrixXd back = turned.eigenvectors().transpose() * roots.asDiagonal() * axes.transpose();
    result.noise_share = turned.eigenvalues();
    result.forward = MatrixXd::Zero(outcomes, rank);
    result.back = MatrixXd::Zero(rank, outcomes);
    for (std::size_t i = 0; i < scale.varying.size(); ++i) {
        const Index outcome = scale.varying[i];
        result.forward.row(outcome) = forward.row(static_cast<Index>(i)) / scale.deviations[outcome];
        result.back.col(outcome) = back.col(static_cast<Index>(i)) * scale.deviations[outcome];
    }
    return result;
}

NoiseShares cross_validated_noise_shares(const CanonicalDirections& directions,
                                         const std::vector<OutcomeSums>& parts, double replications) {
    const Index outcomes = directions.forward.rows();
    OutcomeSums all{MatrixXd::Zero(outcomes, outcomes), MatrixXd::Zero(outcomes, outcomes), 0};
    for (const OutcomeSums& part : parts) {
        all.total += part.total;
        all.noise += part.noise;
        all.draws += part.draws;
    }
    const VectorXd shares = shares_elsewhere(directions, parts, all);
    // Relative variances of two sums of squares of normal values: 2 over their degrees of freedom.
    const double variance = 2 / (all.draws - 1) + 2 / (all.draws * (replications - 1));
    return ascending(shares.size() > 0 ? shares : directions.noise_share, variance);
}

}  // namespace vfm::decision
