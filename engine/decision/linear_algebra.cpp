#include "linear_algebra.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/stats/sample_statistics.hpp"

#include <algorithm>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/QR>

namespace vfm::decision {

namespace {

using Dense = Eigen::MatrixXd;
using DenseColumn = Eigen::VectorXd;

/// Of a column's length: if no more is left of it beside the others, it is given by them.
constexpr double least_share = 1e-9;

Eigen::Index signed_size(std::size_t size) {
    return static_cast<Eigen::Index>(size);
}

Eigen::Map<const Dense> view(const Matrix& matrix) {
    return {matrix.values().data(), signed_size(matrix.rows()), signed_size(matrix.columns())};
}

Eigen::Map<Dense> view(Matrix& matrix) {
    return {matrix.values().data(), signed_size(matrix.rows()), signed_size(matrix.columns())};
}

Eigen::Map<const DenseColumn> view(std::span<const double> values) {
    return {values.data(), signed_size(values.size())};
}

Matrix matrix_of(const Dense& dense) {
    Matrix matrix(static_cast<std::size_t>(dense.rows()), static_cast<std::size_t>(dense.cols()));
    view(matrix) = dense;
    return matrix;
}

std::vector<double> values_of(const DenseColumn& column) {
    return {column.begin(), column.end()};
}

}  // namespace

void Matrix::set_column(std::size_t place, std::span<const double> values) {
    VFM_EXPECT(place < columns_ && values.size() == rows_);
    std::copy(values.begin(), values.end(), column(place).begin());
}

Matrix Matrix::last_columns(std::size_t first) const {
    Matrix last(rows_, columns_ - first);
    std::copy(values_.begin() + static_cast<std::ptrdiff_t>(first * rows_), values_.end(),
              last.values_.begin());
    return last;
}

Matrix& Matrix::operator+=(const Matrix& other) {
    VFM_EXPECT(rows_ == other.rows_ && columns_ == other.columns_);
    for (std::size_t i = 0; i < values_.size(); ++i) values_[i] += other.values_[i];
    return *this;
}

Matrix& Matrix::operator-=(const Matrix& other) {
    VFM_EXPECT(rows_ == other.rows_ && columns_ == other.columns_);
    for (std::size_t i = 0; i < values_.size(); ++i) values_[i] -= other.values_[i];
    return *this;
}

Matrix& Matrix::operator/=(double divisor) {
    for (double& value : values_) value /= divisor;
    return *this;
}

double centre(std::span<double> values) {
    const double mean = stats::mean(values);
    for (double& value : values) value -= mean;
    return mean;
}

double dot(std::span<const double> a, std::span<const double> b) {
    VFM_EXPECT(a.size() == b.size());
    return view(a).dot(view(b));
}

Matrix product(const Matrix& a, const Matrix& b) {
    VFM_EXPECT(a.columns() == b.rows());
    Matrix result(a.rows(), b.columns());
    view(result).noalias() = view(a) * view(b);
    return result;
}

std::vector<double> product(const Matrix& a, std::span<const double> b) {
    VFM_EXPECT(a.columns() == b.size());
    return values_of(view(a) * view(b));
}

Matrix transposed_product(const Matrix& a, const Matrix& b) {
    VFM_EXPECT(a.rows() == b.rows());
    Matrix result(a.columns(), b.columns());
    view(result).noalias() = view(a).transpose() * view(b);
    return result;
}

std::vector<double> transposed_product(const Matrix& a, std::span<const double> b) {
    VFM_EXPECT(a.rows() == b.size());
    return values_of(view(a).transpose() * view(b));
}

Matrix gram_matrix(const Matrix& a) {
    Matrix result(a.columns(), a.columns());
    Eigen::Map<Dense> gram = view(result);
    gram.selfadjointView<Eigen::Lower>().rankUpdate(view(a).transpose());
    gram.triangularView<Eigen::StrictlyUpper>() = gram.transpose();
    return result;
}

Matrix solve_positive_definite(const Matrix& a, const Matrix& b) {
    VFM_EXPECT(a.rows() == a.columns() && a.rows() == b.rows());
    return matrix_of(view(a).llt().solve(view(b)));
}

SymmetricEigen symmetric_eigen(const Matrix& a) {
    VFM_EXPECT(a.rows() == a.columns());
    const Eigen::SelfAdjointEigenSolver<Dense> solver(view(a));
    return {values_of(solver.eigenvalues()), matrix_of(solver.eigenvectors())};
}

std::optional<SymmetricEigen> symmetric_eigen(const Matrix& a, const Matrix& b) {
    VFM_EXPECT(a.rows() == a.columns() && b.rows() == b.columns() && a.rows() == b.rows());
    const Eigen::LLT<Dense> factor(view(b));
    if (factor.info() != Eigen::Success) return std::nullopt;
    // With b = L L': the vectors of L^-1 a L'^-1, and from them L'^-1 times as many.
    const Dense half = factor.matrixL().solve(view(a));
    SymmetricEigen found = symmetric_eigen(matrix_of(factor.matrixL().solve(half.transpose())));
    factor.matrixU().solveInPlace(view(found.vectors));
    return found;
}

Matrix orthonormal_basis(const Matrix& a) {
    const auto is_zero = [](double value) { return value == 0; };
    if (std::all_of(a.values().begin(), a.values().end(), is_zero)) return Matrix(a.rows(), 0);
    Eigen::ColPivHouseholderQR<Dense> qr(view(a));
    qr.setThreshold(least_share);
    return matrix_of(qr.householderQ() * Dense::Identity(signed_size(a.rows()), qr.rank()));
}

Matrix least_squares(const Matrix& design, const Matrix& targets) {
    VFM_EXPECT(design.rows() == targets.rows());
    // Not a pivoted QR decomposition's own solve(), which keeps columns that the threshold leaves out of the
    // rank.
    Eigen::CompleteOrthogonalDecomposition<Dense> solver;
    solver.setThreshold(least_share);
    solver.compute(view(design));
    return matrix_of(solver.solve(view(targets)));
}

}  // namespace vfm::decision
