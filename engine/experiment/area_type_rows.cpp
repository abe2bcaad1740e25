#include "area_type_rows.hpp"

#include "vfm/core/contract.hpp"

#include <algorithm>

namespace vfm::experiment {

AreaTypeRows::AreaTypeRows(const results::Layout& layout)
    : layout_(&layout), sums_(layout.area_types.size() * layout.arms.size() * layout.measures.size()) {
    for (const std::string& name : layout.area_type_measures) {
        const auto place =
            std::find_if(layout.measures.begin(), layout.measures.end(),
                         [&name](const results::Measure& measure) { return measure.name == name; });
        VFM_EXPECT(place != layout.measures.end());
        columns_.push_back(static_cast<std::size_t>(place - layout.measures.begin()));
    }
    std::uint64_t areas = 0;
    for (const results::AreaType& type : layout.area_types) {
        VFM_EXPECT(type.areas > 0);
        areas += type.areas;
        last_area_.push_back(static_cast<std::uint32_t>(areas - 1));
    }
}

std::size_t AreaTypeRows::ending_with(std::uint32_t area) const {
    const auto type = std::find(last_area_.begin(), last_area_.end(), area);
    return type == last_area_.end() ? no_type : static_cast<std::size_t>(type - last_area_.begin());
}

std::span<double> AreaTypeRows::sums_after(std::size_t type, std::size_t arm) {
    const std::size_t measures = layout_->measures.size();
    return std::span(sums_).subspan((type * layout_->arms.size() + arm) * measures, measures);
}

void AreaTypeRows::write(std::size_t arm, std::span<double> rows) const {
    const std::size_t measures = layout_->measures.size();
    const std::size_t step = layout_->arms.size() * measures;  // from a type to the next
    double* row = rows.data();
    for (std::size_t type = 0; type < last_area_.size(); ++type) {
        const double* sums = sums_.data() + type * step + arm * measures;
        for (const std::size_t column : columns_) {
            *row++ = type == 0 ? sums[column] : sums[column] - (sums - step)[column];
        }
    }
}

}  // namespace vfm::experiment
