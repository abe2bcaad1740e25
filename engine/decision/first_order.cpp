#include "vfm/decision/first_order.hpp"

#include "spline_basis.hpp"

#include "vfm/decision/linear_response.hpp"
#include "vfm/stats/intervals.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <Eigen/QR>

namespace vfm::decision {

namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double normal_975 = 1.959963984540054;
constexpr std::size_t least_draws = 20;

Eigen::Index index(std::size_t number) {
    return static_cast<Eigen::Index>(number);
}

/// Columns centred, each as it is; of one that does not vary only rounding is left, and that goes too.
Matrix centred(const Columns& columns) {
    Matrix matrix(index(columns.front().size()), index(columns.size()));
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const Eigen::Map<const Vector> column(columns[c].data(), matrix.rows());
        matrix.col(index(c)) = column.array() - column.mean();
        if (matrix.col(index(c)).cwiseAbs().maxCoeff() < 1e-12) matrix.col(index(c)).setZero();
    }
    return matrix;
}

/// Orthonormal columns that span the same; those that others give are left out by the pivoting.
Matrix orthonormal(const Matrix& matrix) {
    if (matrix.cwiseAbs().maxCoeff() == 0) return Matrix(matrix.rows(), 0);
    Eigen::ColPivHouseholderQR<Matrix> solver(matrix);
    solver.setThreshold(1e-9);
    return solver.householderQ() * Matrix::Identity(matrix.rows(), solver.rank());
}

/// A result's means of draws, centred, and the influence of each draw on their variance.
struct Means {
    Vector values;
    Vector variance_influence;
    double variance = 0;
};

Means means_of(const DrawnResult& result) {
    Means means{.values = Vector(index(result.draws)),
                .variance_influence = Vector(index(result.draws)),
                .variance = stats::variance_parts(result.values, result.draws, result.replications).between};
    const auto replications = static_cast<double>(result.replications);
    const double centre = stats::mean(result.values);
    for (std::size_t draw = 0; draw < result.draws; ++draw) {
        const std::span<const double> cells =
            result.values.subspan(draw * result.replications, result.replications);
        const double mean = stats::mean(cells) - centre;
        const double noise = result.replications > 1 ? stats::variance(cells) / replications : 0.0;
        means.values[index(draw)] = mean;
        means.variance_influence[index(draw)] = mean * mean - noise;
    }
    return means;
}

/// The index of one block, whose regressors are the basis, from the target that the others' linear effects
/// have been taken off.
SensitivityIndex index_of(const Matrix& basis, const Vector& target, const Means& means) {
    const Vector fitted = basis * (basis.transpose() * target);
    const Vector residual = target - fitted;
    const auto draws = static_cast<double>(target.size());
    const auto terms = static_cast<double>(basis.cols());
    const double left = residual.squaredNorm() / (draws - terms - 1);
    const double value = (fitted.squaredNorm() - terms * left) / (draws - 1) / means.variance;
    const Vector influence =
        (fitted.cwiseAbs2() + 2 * fitted.cwiseProduct(residual) - value * means.variance_influence) /
        means.variance;
    const double error =
        std::sqrt(stats::variance({influence.data(), influence.data() + influence.size()}) / draws);
    return {.value = value,
            .standard_error = error,
            .interval = {value - normal_975 * error, value + normal_975 * error}};
}

}  // namespace

struct FirstOrderIndices::Regression {
    std::vector<std::vector<std::size_t>> blocks;
    std::vector<Matrix> bases;  ///< a block
    Matrix scores;              ///< draw x parameter, centred

    /// The slopes of a joint linear regression on the parameters' scores. All zero with fewer than four draws
    /// a parameter: chosen or shrunken slopes would take off a part of the block's own effect.
    [[nodiscard]] Vector slopes(const Vector& target) const {
        if (scores.rows() < 4 * scores.cols()) return Vector::Zero(scores.cols());
        // The ridge is rounding: it only decides between columns that give each other.
        Matrix gram = scores.transpose() * scores;
        gram.diagonal().array() += 1e-8 * static_cast<double>(scores.rows());
        return gram.llt().solve(scores.transpose() * target);
    }
};

FirstOrderIndices::FirstOrderIndices(std::span<const std::vector<double>> parameters,
                                     std::vector<std::vector<std::size_t>> blocks)
    : regression_(std::make_unique<Regression>()) {
    if (parameters.empty() || parameters.front().size() < least_draws) {
        throw std::invalid_argument("first-order indices need a parameter and at least 20 draws of it");
    }
    Columns scores;
    for (const std::vector<double>& parameter : parameters) {
        if (parameter.size() != parameters.front().size()) {
            throw std::invalid_argument("parameters have as many draws as each other");
        }
        scores.push_back(normal_scores(parameter));
    }
    regression_->scores = centred(scores);
    for (const std::vector<std::size_t>& block : blocks) {
        std::vector<std::span<const double>> members;
        members.reserve(block.size());
        for (const std::size_t member : block) members.emplace_back(parameters[member]);
        regression_->bases.push_back(orthonormal(centred(regressors(members))));
    }
    regression_->blocks = std::move(blocks);
}

FirstOrderIndices::~FirstOrderIndices() = default;
FirstOrderIndices::FirstOrderIndices(FirstOrderIndices&&) noexcept = default;
FirstOrderIndices& FirstOrderIndices::operator=(FirstOrderIndices&&) noexcept = default;

FirstOrder FirstOrderIndices::of(const DrawnResult& result) const {
    if (index(result.draws) != regression_->scores.rows() || result.replications == 0 ||
        result.values.size() != result.draws * result.replications) {
        throw std::invalid_argument("a result has as many draws as the parameters");
    }
    const Means means = means_of(result);
    FirstOrder found{.variance = means.variance, .indices = {}};
    if (!(means.variance > 0)) {
        found.indices.assign(regression_->blocks.size(),
                             {.value = missing, .standard_error = missing, .interval = {missing, missing}});
        return found;
    }
    const Vector slopes = regression_->slopes(means.values);
    const Vector residual = means.values - regression_->scores * slopes;
    for (std::size_t block = 0; block < regression_->blocks.size(); ++block) {
        Vector target = residual;
        for (const std::size_t member : regression_->blocks[block]) {
            target += slopes[index(member)] * regression_->scores.col(index(member));
        }
        found.indices.push_back(index_of(regression_->bases[block], target, means));
    }
    return found;
}

}  // namespace vfm::decision
