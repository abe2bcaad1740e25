#include "vfm/results/batch.hpp"

#include "batch_shape.hpp"

#include "vfm/core/contract.hpp"

#include <algorithm>

namespace vfm::results {

BatchShape::BatchShape(const Layout& layout)
    : draw(layout.uncertain_count()),
      summary_row(layout.arms.size() * layout.measures.size()),
      groups_row(layout.arms.size() * layout.groups.size() * layout.group_measures.size()),
      costs_row(layout.arms.size() * layout.payers.size() * layout.categories.size()),
      area_types_row(layout.arms.size() * layout.area_types.size() * layout.area_type_measures.size()),
      timeline(layout.arms.size() * layout.weeks * layout.timeline_measures.size()),
      histograms(0) {
    for (const Histogram& histogram : layout.histograms) {
        histograms += 2 * layout.arms.size() * (histogram.edges.size() - 1);
    }
}

BatchUnits::BatchUnits(const Layout& layout, std::uint64_t batch_units, std::uint64_t index)
    : first(index * batch_units),
      count(std::min(batch_units, layout.units() - first)),
      rows(first >= layout.study_units() ? 0 : std::min(count, layout.study_units() - first)),
      first_draw((first + layout.replications - 1) / layout.replications),
      draws(rows == 0 ? 0 : (first + rows + layout.replications - 1) / layout.replications - first_draw) {
    VFM_EXPECT(first < layout.units());
}

std::uint64_t batch_count(const Layout& layout, std::uint64_t batch_units) {
    VFM_EXPECT(batch_units > 0);
    return (layout.units() + batch_units - 1) / batch_units;
}

Batch empty_batch(const Layout& layout, std::uint64_t batch_units, std::uint64_t index) {
    const BatchShape shape(layout);
    const BatchUnits units(layout, batch_units, index);
    Batch batch;
    batch.index = index;
    batch.first_unit = units.first;
    batch.unit_count = units.count;
    batch.row_count = units.rows;
    batch.first_draw = units.first_draw;
    batch.draw_count = units.draws;
    batch.parameters.resize(units.draws * shape.draw);
    batch.summary.resize(units.rows * shape.summary_row);
    batch.groups.resize(units.rows * shape.groups_row);
    batch.costs.resize(units.rows * shape.costs_row);
    batch.area_types.resize(units.rows * shape.area_types_row);
    batch.timeline.resize(shape.timeline);
    batch.histograms.resize(shape.histograms);
    return batch;
}

}  // namespace vfm::results
