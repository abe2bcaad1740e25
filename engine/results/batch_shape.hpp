// How many numbers each table of a batch has: the one place where sizes in journal and results file come
// from.
#pragma once

#include "vfm/results/layout.hpp"

#include <cstdint>

namespace vfm::results {

/// The units of one batch.
struct BatchUnits {
    BatchUnits(const Layout& layout, std::uint64_t batch_units, std::uint64_t index);

    std::uint64_t first;
    std::uint64_t count;       ///< study and central
    std::uint64_t rows;        ///< study only
    std::uint64_t first_draw;  ///< of those whose first replication is among the rows
    std::uint64_t draws;       ///< how many these are
};

/// Entries, not bytes; every entry is eight bytes.
struct BatchShape {
    explicit BatchShape(const Layout& layout);

    std::uint64_t draw;            ///< uncertain parameters
    std::uint64_t summary_row;     ///< arm x measure
    std::uint64_t groups_row;      ///< arm x group x group measure
    std::uint64_t costs_row;       ///< arm x payer x category
    std::uint64_t area_types_row;  ///< arm x area type x area type measure
    std::uint64_t timeline;        ///< arm x week x timeline measure
    std::uint64_t histograms;      ///< kind x arm x bins of all histograms

    [[nodiscard]] std::uint64_t row() const { return summary_row + groups_row + costs_row + area_types_row; }
    [[nodiscard]] std::uint64_t entries(const BatchUnits& units) const {
        return units.draws * draw + units.rows * row() + timeline + histograms;
    }
};

}  // namespace vfm::results
