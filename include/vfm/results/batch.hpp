// What a batch of units adds to the results: rows for each unit, and totals over the batch's units.
#pragma once

#include "vfm/results/layout.hpp"

#include <cstdint>
#include <vector>

namespace vfm::results {

/// The rows and totals of a fixed run of units. Study unit u is draw u / replications, replication u %
/// replications; units from `layout.study_units()` on are the central ones and add to histograms only.
struct Batch {
    std::uint64_t index = 0;
    std::uint64_t first_unit = 0;
    std::uint64_t unit_count = 0;  ///< study and central units together
    std::uint64_t row_count = 0;   ///< study units among them: those that have rows
    std::uint64_t first_draw = 0;
    std::uint64_t draw_count = 0;  ///< draws whose first replication is among the rows

    std::vector<double> parameters;  ///< draw x uncertain parameter, in the order of `Layout::parameters`
    std::vector<double> summary;     ///< row x arm x measure
    std::vector<double> groups;      ///< row x arm x group x group measure
    std::vector<double> costs;       ///< row x arm x payer x category, GBP
    std::vector<double> area_types;  ///< row x arm x area type x area type measure
    /// arm x week x timeline measure, summed over the batch's study units
    std::vector<std::int64_t> timeline;
    /// kind (0 predictive, 1 central) x arm x bins of histogram 0, histogram 1, ... end to end
    std::vector<std::int64_t> histograms;
};

/// A batch of the right sizes, all zero. `index * batch_units` must be below `layout.units()`.
[[nodiscard]] Batch empty_batch(const Layout& layout, std::uint64_t batch_units, std::uint64_t index);

/// How many batches a run has.
[[nodiscard]] std::uint64_t batch_count(const Layout& layout, std::uint64_t batch_units);

}  // namespace vfm::results
