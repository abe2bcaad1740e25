#include "canonical_directions.hpp"

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

}  // namespace vfm::decision
