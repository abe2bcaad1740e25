// The families of one area in one replication and their random variates: drawn once, met by every arm.
#pragma once

#include "vfm/core/capacity.hpp"
#include "vfm/core/ticks.hpp"
#include "vfm/model/area_inputs.hpp"
#include "vfm/random/streams.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace vfm::model {

/// Where a family stands in its stream: what its random numbers are named by.
struct FamilyName {
    std::uint32_t stream = 0;
    std::uint32_t index = 0;
};

/// A stretch of families.
struct IndexRange {
    std::uint32_t first = 0;
    std::size_t count = 0;
};

/// Families in structures of arrays, stream after stream; `in_order` lists them by time of arrival.
/// Nothing here depends on an arm. Keeps its memory between replications.
class Families {
  public:
    /// Draws arrivals, attributes and the standard variates of batched stages.
    /// Throws UserError when more families arrive than the event calendar can name.
    void draw(const PopulationInputs& population, const random::Cell& cell);

    [[nodiscard]] std::size_t size() const { return arrival_.size(); }
    [[nodiscard]] std::span<const std::uint32_t> in_order() const { return in_order_; }
    [[nodiscard]] std::span<const double> area_effects() const { return area_effects_; }
    /// The area's type, or `EffectRow::none` in a study without types.
    [[nodiscard]] std::int16_t area_type() const { return area_type_; }
    [[nodiscard]] const random::Cell& cell() const { return cell_; }

    [[nodiscard]] Ticks arrival(std::uint32_t family) const { return arrival_[family]; }
    [[nodiscard]] Facts levels(std::uint32_t family) const { return levels_[family]; }
    [[nodiscard]] FamilyName name(std::uint32_t family) const {
        std::uint32_t stream = 0;
        while (family >= stream_end_[stream]) ++stream;
        return {stream, family - (stream == 0 ? 0 : stream_end_[stream - 1])};
    }
    [[nodiscard]] IndexRange of_stream(std::uint32_t stream) const {
        const std::uint32_t first = stream == 0 ? 0 : stream_end_[stream - 1];
        return {first, stream_end_[stream] - first};
    }
    /// The uniform that decides at which probability of uptake the family takes support up.
    [[nodiscard]] double uptake_variate(std::uint32_t family) const { return uptake_variates_[family]; }

    /// Standard normals of lead time and authority hours at all families' first visits of a stage; empty
    /// unless drawn for all at once.
    [[nodiscard]] std::span<const double> lead_normals(std::uint32_t stage) const {
        return batches_[stage].lead;
    }
    [[nodiscard]] std::span<const double> hours_normals(std::uint32_t stage) const {
        return batches_[stage].hours;
    }
    /// The same two at any visit (0, 1, ...), drawn on demand.
    [[nodiscard]] random::Pair work(std::uint32_t family, std::uint32_t stage, std::uint32_t visit) const;
    /// The standard normal of the lead time alone.
    [[nodiscard]] double lead(std::uint32_t family, std::uint32_t stage, std::uint32_t visit) const;
    /// The standard normal of a task's hours, first done at a stage's first visit; `batch` is of batched
    /// tasks.
    [[nodiscard]] double task_normal(std::size_t batch, std::uint32_t family) const {
        return task_batches_[batch][family];
    }
    /// The uniform that decides where a family goes from a stage.
    [[nodiscard]] double next(std::uint32_t family, std::uint32_t stage, std::uint32_t visit) const {
        const Workspace<double>& drawn = batches_[stage].next;
        return visit == 0 && !drawn.empty() ? drawn[family] : next_on_demand(family, stage, visit);
    }

  private:
    struct StageBatch {
        Workspace<double> lead;
        Workspace<double> hours;
        Workspace<double> next;
    };

    void draw_area_effects();
    void draw_arrivals(std::uint32_t stream);
    void draw_attributes();
    void draw_stages();
    void draw_tasks();
    void sort_by_arrival();
    [[nodiscard]] double next_on_demand(std::uint32_t family, std::uint32_t stage, std::uint32_t visit) const;

    const PopulationInputs* population_ = nullptr;
    random::Cell cell_;
    std::vector<double> area_effects_;
    std::int16_t area_type_ = EffectRow::none;
    std::vector<std::uint32_t> stream_end_;
    std::vector<Ticks> arrival_;
    Workspace<Facts> levels_;
    Workspace<double> uptake_variates_;
    Workspace<std::uint32_t> in_order_;
    std::vector<std::size_t> merge_from_;
    Workspace<double> unused_lane_;
    Workspace<double> attribute_uniforms_;
    std::vector<StageBatch> batches_;
    std::vector<Workspace<double>> task_batches_;
};

}  // namespace vfm::model
