// The groups of a results file that are small: names, units and descriptions, parameters, totals, provenance.
#pragma once

#include "hdf5_writer.hpp"

#include "vfm/results/journal.hpp"
#include "vfm/results/results_file.hpp"

#include <cstdint>
#include <vector>

namespace vfm::results {

/// Totals over all batches, whole numbers, so that their order does not matter.
struct Totals {
    std::vector<std::int64_t> timeline;    ///< as in `Batch`
    std::vector<std::int64_t> histograms;  ///< as in `Batch`
};

/// Adds up the totals of all batches. Throws FileFormatError when a sum leaves 64 bits.
[[nodiscard]] Totals totals_of(const JournalReader& journal);

void write_root(const hdf5::Handle& file, const RunHeader& header);
void write_arms(const hdf5::Handle& file, const Layout& layout);
void write_parameters(const hdf5::Handle& file, const JournalReader& journal);
void write_assumptions(const hdf5::Handle& file, const Layout& layout);
void write_ratios(const hdf5::Handle& file, const Layout& layout);
void write_perspectives(const hdf5::Handle& file, const Layout& layout);
void write_timeline(const hdf5::Handle& file, const Layout& layout, const std::vector<std::int64_t>& totals);
void write_distributions(const hdf5::Handle& file, const Layout& layout,
                         const std::vector<std::int64_t>& totals);
void write_provenance(const hdf5::Handle& file, const JournalReader& journal, const Provenance& provenance);

/// The names of the arms and of the measures, and what is to be known of each, as parts of a group.
void add_arms(hdf5::Group& group, const Layout& layout);
void add_measures(hdf5::Group& group, const std::vector<Measure>& measures);
/// The names of the area types, their titles and how many areas each has.
void add_area_types(hdf5::Group& group, const Layout& layout);

}  // namespace vfm::results
