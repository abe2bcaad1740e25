#include "row_tables.hpp"

#include "batch_shape.hpp"

#include "vfm/results/batch.hpp"

#include <algorithm>

namespace vfm::results {

namespace {

constexpr std::uint64_t most_draws = 2048;
constexpr std::uint64_t block_entries = 1U << 19U;  ///< 4 MiB
constexpr std::uint64_t piece_entries = 1U << 15U;  ///< 256 KiB of rows read at a time

/// The size of equal pieces, none above `limit`, that cover `total`: so that the last one is not nearly all
/// padding.
std::uint64_t even_piece(std::uint64_t total, std::uint64_t limit) {
    const std::uint64_t pieces = (total + limit - 1) / limit;
    return (total + pieces - 1) / pieces;
}

/// Calls `use(unit, row)` for the rows of one table of units [first, end), in order, reading about
/// 256 KiB at once.
template <class Use>
void for_each_row(const JournalReader& journal, RowTable table, std::uint64_t row_entries,
                  std::uint64_t first, std::uint64_t end, Use use) {
    const std::uint64_t batch_units = journal.header().batch_units;
    const std::uint64_t rows_at_once = std::max<std::uint64_t>(1, piece_entries / row_entries);
    std::vector<double> buffer;
    std::uint64_t unit = first;
    while (unit < end) {
        const std::uint64_t batch = unit / batch_units;
        const std::uint64_t rows = std::min({rows_at_once, end - unit, (batch + 1) * batch_units - unit});
        buffer.resize(rows * row_entries);
        journal.read_rows(batch, table, unit - batch * batch_units, buffer);
        for (std::uint64_t row = 0; row < rows; ++row) {
            use(unit + row, std::span<const double>(buffer).subspan(row * row_entries, row_entries));
        }
        unit += rows;
    }
}

/// What the summary, the groups and the area types have in common: columns (measures), each a chunk of arms x
/// units x items.
struct UnitTable {
    RowTable rows;
    std::uint64_t arms;
    std::uint64_t items;  ///< groups or area types; 1 in the summary
    std::uint64_t columns;
};

/// One block, column after column: each column's values lie as its chunk does in the file.
class UnitBlock {
  public:
    UnitBlock(const UnitTable& table, const Blocks& blocks)
        : table_(table),
          units_(blocks.draws * blocks.replications),
          chunk_entries_(table.arms * units_ * table.items),
          values_(chunk_entries_ * table.columns) {}

    void clear() { std::fill(values_.begin(), values_.end(), 0.0); }

    /// `place`: which unit of the block; `row`: arm x item x column.
    void put(std::uint64_t place, std::span<const double> row) {
        std::size_t from = 0;
        for (std::uint64_t arm = 0; arm < table_.arms; ++arm) {
            for (std::uint64_t item = 0; item < table_.items; ++item) {
                std::size_t to = (arm * units_ + place) * table_.items + item;
                for (std::uint64_t column = 0; column < table_.columns; ++column, to += chunk_entries_) {
                    values_[to] = row[from++];
                }
            }
        }
    }

    [[nodiscard]] std::span<const double> chunk(std::uint64_t column) const {
        return std::span(values_).subspan(column * chunk_entries_, chunk_entries_);
    }

  private:
    UnitTable table_;
    std::uint64_t units_;
    std::uint64_t chunk_entries_;
    std::vector<double> values_;
};

/// Fills the dataset; `offset_of(draw, replication, column)` is the place of a chunk in it.
template <class OffsetOf>
void write_unit_table(const JournalReader& journal, const UnitTable& table, const Blocks& blocks,
                      const hdf5::Handle& dataset, OffsetOf offset_of) {
    const Layout& layout = journal.header().layout;
    const std::uint64_t row_entries = table.arms * table.items * table.columns;
    UnitBlock block(table, blocks);
    for (std::uint64_t draw = 0; draw < layout.draws; draw += blocks.draws) {
        const std::uint64_t draws = std::min(blocks.draws, layout.draws - draw);
        for (std::uint64_t replication = 0; replication < layout.replications;
             replication += blocks.replications) {
            const std::uint64_t replications =
                std::min(blocks.replications, layout.replications - replication);
            const std::uint64_t first = draw * layout.replications + replication;
            block.clear();
            // Either whole draws or part of one: in both cases the units follow each other.
            for_each_row(
                journal, table.rows, row_entries, first, first + draws * replications,
                [&](std::uint64_t unit, std::span<const double> row) { block.put(unit - first, row); });
            for (std::uint64_t column = 0; column < table.columns; ++column) {
                hdf5::write_chunk(dataset, offset_of(draw, replication, column), block.chunk(column));
            }
        }
    }
}

using Offset = std::vector<hsize_t>;

/// A table by access group or by area type: arm x draw x replication x item x measure.
void write_items(const JournalReader& journal, hdf5::Group& group, const char* item, const UnitTable& table) {
    const Layout& layout = journal.header().layout;
    const Blocks blocks(layout.draws, layout.replications, table.arms * table.items * table.columns);
    const hdf5::Handle& dataset =
        group.add_chunked("value", {"arm", "draw", "replication", item, "measure"},
                          {table.arms, blocks.draws, blocks.replications, table.items, 1});
    write_unit_table(journal, table, blocks, dataset, [](hsize_t draw, hsize_t replication, hsize_t column) {
        return Offset{0, draw, replication, 0, column};
    });
}

}  // namespace

Blocks::Blocks(std::uint64_t all_draws, std::uint64_t all_replications, std::uint64_t entries_per_unit) {
    const std::uint64_t most_units = std::max<std::uint64_t>(1, block_entries / entries_per_unit);
    const std::uint64_t draws_that_fit = most_units / all_replications;
    draws = draws_that_fit == 0 ? 1 : even_piece(all_draws, std::min(draws_that_fit, most_draws));
    replications = draws_that_fit == 0 ? even_piece(all_replications, most_units) : all_replications;
}

void write_draws(const JournalReader& journal, const hdf5::Handle& dataset) {
    const RunHeader& header = journal.header();
    const std::uint64_t columns = header.layout.uncertain_count();
    const std::uint64_t rows_at_once = std::max<std::uint64_t>(1, piece_entries / columns);
    std::vector<double> rows;
    std::uint64_t first = 0;  // draw of the first row
    for (std::uint64_t batch = 0; batch < journal.batch_count(); ++batch) {
        const BatchUnits units(header.layout, header.batch_units, batch);
        const std::size_t before = rows.size();
        rows.resize(before + units.draws * columns);
        journal.read_rows(batch, RowTable::parameters, 0, std::span(rows).subspan(before));
        if (rows.size() < rows_at_once * columns && batch + 1 < journal.batch_count()) continue;
        if (!rows.empty()) hdf5::write_rows(dataset, first, columns, rows);
        first += rows.size() / columns;
        rows.clear();
    }
}

void write_summary(const JournalReader& journal, hdf5::Group& group) {
    const Layout& layout = journal.header().layout;
    const UnitTable table{RowTable::summary, layout.arms.size(), 1, layout.measures.size()};
    const Blocks blocks(layout.draws, layout.replications, table.arms * table.columns);
    const hdf5::Handle& dataset = group.add_chunked("value", {"arm", "draw", "replication", "measure"},
                                                    {table.arms, blocks.draws, blocks.replications, 1});
    write_unit_table(journal, table, blocks, dataset, [](hsize_t draw, hsize_t replication, hsize_t column) {
        return Offset{0, draw, replication, column};
    });
}

void write_groups(const JournalReader& journal, hdf5::Group& group) {
    const Layout& layout = journal.header().layout;
    write_items(journal, group, "group",
                {RowTable::groups, layout.arms.size(), layout.groups.size(), layout.group_measures.size()});
}

void write_area_types(const JournalReader& journal, hdf5::Group& group) {
    const Layout& layout = journal.header().layout;
    write_items(journal, group, "area_type",
                {RowTable::area_types, layout.arms.size(), layout.area_types.size(),
                 layout.area_type_measures.size()});
}

void write_costs(const JournalReader& journal, hdf5::Group& group) {
    const Layout& layout = journal.header().layout;
    const std::uint64_t arms = layout.arms.size();
    const std::uint64_t cells = layout.payers.size() * layout.categories.size();
    const Blocks blocks(layout.draws, 1, arms * cells);
    const hdf5::Handle& dataset =
        group.add_chunked("value", {"arm", "draw", "payer", "category"},
                          {arms, blocks.draws, layout.payers.size(), layout.categories.size()});
    std::vector<double> means(arms * blocks.draws * cells);
    for (std::uint64_t draw = 0; draw < layout.draws; draw += blocks.draws) {
        const std::uint64_t draws = std::min(blocks.draws, layout.draws - draw);
        std::fill(means.begin(), means.end(), 0.0);
        for_each_row(journal, RowTable::costs, arms * cells, draw * layout.replications,
                     (draw + draws) * layout.replications,
                     [&](std::uint64_t unit, std::span<const double> row) {
                         const std::uint64_t place = unit / layout.replications - draw;
                         for (std::uint64_t arm = 0; arm < arms; ++arm) {
                             double* mean = &means[(arm * blocks.draws + place) * cells];
                             for (std::uint64_t cell = 0; cell < cells; ++cell)
                                 mean[cell] += row[arm * cells + cell];
                         }
                     });
        for (double& mean : means) mean /= static_cast<double>(layout.replications);
        hdf5::write_chunk(dataset, {0, draw, 0, 0}, means);
    }
}

}  // namespace vfm::results
