// The points at which parameters are drawn: one uniform for each draw and parameter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace vfm::random {

enum class DesignKind : std::uint8_t { monte_carlo, latin_hypercube, sobol };

/// Points of a design, computed when asked for: memory does not grow with the draws. A parameter's points are
/// keyed by (seed, its name), so that the order of parameters changes nothing, and adding one leaves the
/// others as they were - but for Sobol, where a parameter's dimension is its rank among the sorted names, and
/// a new name moves those behind it by one dimension.
///
/// Two Sobol designs over the same names share their dimensions, whatever their seeds, and are not
/// independent of each other row by row: a Saltelli pair needs one design over both sets of names ("a/x",
/// ..., "b/x", ...).
class DesignPoints {
  public:
    /// Throws std::invalid_argument when draws is 0 or above 2^32, names repeat, or a Sobol design has more
    /// parameters than there are directions (3,667, in Boost.Random).
    DesignPoints(DesignKind kind, std::uint64_t draws, std::uint64_t seed,
                 std::span<const std::string> names);

    [[nodiscard]] DesignKind kind() const { return kind_; }
    [[nodiscard]] std::uint64_t draws() const { return draws_; }
    [[nodiscard]] std::size_t parameters() const { return streams_.size(); }

    /// The uniform, strictly inside (0, 1), of a draw below draws() and a parameter (index into the names
    /// given).
    [[nodiscard]] double at(std::uint64_t draw, std::size_t parameter) const;

    /// One draw: point[p] = at(draw, p); the span has parameters() values.
    void fill(std::uint64_t draw, std::span<double> point) const;

  private:
    [[nodiscard]] double monte_carlo(std::uint64_t draw, std::size_t parameter) const;
    [[nodiscard]] double latin_hypercube(std::uint64_t draw, std::size_t parameter) const;
    [[nodiscard]] double sobol(std::uint64_t draw, std::size_t parameter) const;
    [[nodiscard]] std::uint64_t permuted(std::uint64_t draw, std::uint64_t stream) const;

    DesignKind kind_;
    std::uint64_t draws_;
    std::uint64_t rows_;                     ///< of the rectangle that holds the strata of a Latin hypercube
    std::uint64_t columns_;                  ///< rows_ * columns_ >= draws_
    std::vector<std::uint64_t> streams_;     ///< per parameter, from seed and name
    std::vector<std::uint32_t> directions_;  ///< Sobol: parameter x 32 direction numbers
};

}  // namespace vfm::random
