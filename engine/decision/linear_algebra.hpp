// Matrices, and what is solved with them. Eigen does the work in one file, so that its templates are compiled
// once.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace vfm::decision {

/// Numbers in rows and columns, stored column by column; zeros at first.
class Matrix {
  public:
    Matrix() = default;
    Matrix(std::size_t rows, std::size_t columns)
        : rows_(rows), columns_(columns), values_(rows * columns, 0.0) {}

    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] std::size_t columns() const { return columns_; }

    [[nodiscard]] double& operator()(std::size_t row, std::size_t column) {
        return values_[column * rows_ + row];
    }
    [[nodiscard]] double operator()(std::size_t row, std::size_t column) const {
        return values_[column * rows_ + row];
    }
    [[nodiscard]] std::span<double> column(std::size_t place) {
        return std::span(values_).subspan(place * rows_, rows_);
    }
    [[nodiscard]] std::span<const double> column(std::size_t place) const {
        return std::span(values_).subspan(place * rows_, rows_);
    }
    void set_column(std::size_t place, std::span<const double> values);
    /// Those from `first` to the last.
    [[nodiscard]] Matrix last_columns(std::size_t first) const;

    Matrix& operator+=(const Matrix& other);
    Matrix& operator-=(const Matrix& other);
    Matrix& operator/=(double divisor);

    /// Column by column.
    [[nodiscard]] std::span<double> values() { return values_; }
    [[nodiscard]] std::span<const double> values() const { return values_; }

  private:
    std::size_t rows_ = 0;
    std::size_t columns_ = 0;
    std::vector<double> values_;
};

/// Takes the mean off, and gives it.
double centre(std::span<double> values);

[[nodiscard]] double dot(std::span<const double> a, std::span<const double> b);

/// a x b.
[[nodiscard]] Matrix product(const Matrix& a, const Matrix& b);
[[nodiscard]] std::vector<double> product(const Matrix& a, std::span<const double> b);

/// The transpose of a x b.
[[nodiscard]] Matrix transposed_product(const Matrix& a, const Matrix& b);
[[nodiscard]] std::vector<double> transposed_product(const Matrix& a, std::span<const double> b);

/// The transpose of a x a.
[[nodiscard]] Matrix gram_matrix(const Matrix& a);

/// The solution x of a x = b for a symmetric positive definite a (Cholesky's decomposition).
[[nodiscard]] Matrix solve_positive_definite(const Matrix& a, const Matrix& b);

/// Eigenvalues, ascending, and eigenvectors, a column each.
struct SymmetricEigen {
    std::vector<double> values;
    Matrix vectors;
};

/// Of a symmetric matrix: vectors of length 1. Only the lower triangle is looked at.
[[nodiscard]] SymmetricEigen symmetric_eigen(const Matrix& a);

/// Values and vectors with a x v = value x b x v, for symmetric a and b: v' x b x v is 1. Empty when b is not
/// positive definite.
[[nodiscard]] std::optional<SymmetricEigen> symmetric_eigen(const Matrix& a, const Matrix& b);

/// Orthonormal columns that span the same as those of `a`, by a QR decomposition with pivoting: those of
/// which but a 1e-9th is given by others are left out.
[[nodiscard]] Matrix orthonormal_basis(const Matrix& a);

/// The coefficients (column of the design x target) of least squares; of all that fit as well, where
/// columns are given by others, the smallest.
[[nodiscard]] Matrix least_squares(const Matrix& design, const Matrix& targets);

}  // namespace vfm::decision
