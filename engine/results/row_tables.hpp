// The big tables of a results file, filled from a journal's rows block by block.
#pragma once

#include "hdf5_writer.hpp"

#include "vfm/results/journal.hpp"

namespace vfm::results {

/// How a table whose values lie arm x draw x replication x item x column is cut into blocks that fit into
/// memory: a block is a run of whole draws or, when one draw is too much, a run of one draw's replications.
/// Each block holds one chunk of every column.
struct Blocks {
    /// `entries_per_unit` = arms x items x columns.
    Blocks(std::uint64_t draws, std::uint64_t replications, std::uint64_t entries_per_unit);

    std::uint64_t draws;         ///< of a block; the last may have fewer
    std::uint64_t replications;  ///< of a block; fewer than all only when `draws` is 1
};

/// /parameters/value: draw x uncertain parameter; at least one is uncertain.
void write_draws(const JournalReader& journal, const hdf5::Handle& dataset);

/// /summary/value: arm x draw x replication x measure; the group has these dimensions.
void write_summary(const JournalReader& journal, hdf5::Group& group);

/// /groups/value: arm x draw x replication x group x measure.
void write_groups(const JournalReader& journal, hdf5::Group& group);

/// /area_types/value: arm x draw x replication x area type x measure.
void write_area_types(const JournalReader& journal, hdf5::Group& group);

/// /costs/value: arm x draw x payer x category, the mean over replications (summed in their order).
void write_costs(const JournalReader& journal, hdf5::Group& group);

}  // namespace vfm::results
