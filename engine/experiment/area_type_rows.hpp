// What areas of each type add to a unit's tallies: the rows of the area type table.
#pragma once

#include "vfm/results/layout.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vfm::experiment {

/// Areas of a type follow each other, so that a type's sums are what the sums of all areas have grown by
/// since the type before it was through. Sums are whole numbers of 2^-20 or of 1 below 2^53 of them, of which
/// differences are exact. Keeps its memory from unit to unit.
class AreaTypeRows {
  public:
    /// The layout must outlive it.
    explicit AreaTypeRows(const results::Layout& layout);

    /// The type whose last area this is, or `no_type`.
    static constexpr std::size_t no_type = static_cast<std::size_t>(-1);
    [[nodiscard]] std::size_t ending_with(std::uint32_t area) const;

    /// Where one arm's summary row, of all areas up to and with those of this type, is to be written.
    [[nodiscard]] std::span<double> sums_after(std::size_t type, std::size_t arm);

    /// Writes one arm's rows, area type x area type measure.
    void write(std::size_t arm, std::span<double> rows) const;

  private:
    const results::Layout* layout_;
    std::vector<std::size_t> columns_;      ///< of the summary, by area type measure
    std::vector<std::uint32_t> last_area_;  ///< by type
    std::vector<double> sums_;              ///< type x arm x measure
};

}  // namespace vfm::experiment
