// One worker's way through units: a (draw, replication) at a time, all areas, all arms.
#pragma once

#include "vfm/experiment/compiled_study.hpp"
#include "vfm/model/area_simulation.hpp"
#include "vfm/model/families.hpp"
#include "vfm/model/measures.hpp"
#include "vfm/results/batch.hpp"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace vfm::experiment {

class AreaTypeRows;
class ReplicationRunner;
struct GroupColumn;
struct SummaryColumn;

/// Runs units and fills batches. One a worker; keeps everything it has allocated.
class UnitRunner {
  public:
    explicit UnitRunner(const CompiledStudy& study);
    ~UnitRunner();
    UnitRunner(const UnitRunner&) = delete;
    UnitRunner& operator=(const UnitRunner&) = delete;
    UnitRunner(UnitRunner&&) = delete;
    UnitRunner& operator=(UnitRunner&&) = delete;

    /// Called after each unit with the families simulated in it, over arms; false stops the batch.
    using AfterUnit = std::function<bool(std::uint64_t families)>;

    /// Runs the batch's units. Gives a batch with `unit_count` 0 when `after_unit` stopped it. A failure in a
    /// unit is rethrown with its place added: arm, draw, replication and area.
    [[nodiscard]] results::Batch run_batch(std::uint64_t index, const AfterUnit& after_unit);

    /// What happened to every family of one arm, draw, replication and area.
    [[nodiscard]] std::vector<model::TraceEvent> replay(std::size_t arm, std::uint64_t draw,
                                                        std::uint64_t replication, std::uint32_t area);

    /// The families of the unit last replayed.
    [[nodiscard]] const model::Families& families() const;

  private:
    void resolve(std::uint64_t unit);
    std::uint64_t run_unit(std::uint64_t unit, results::Batch& batch);
    void write_parameters(results::Batch& batch, std::uint64_t unit) const;
    void write_summary(std::size_t arm, std::span<double> row) const;
    void note_area_type(std::uint32_t area);
    void write_row(results::Batch& batch, std::uint64_t unit, std::size_t arm) const;
    void add_totals(results::Batch& batch, std::uint64_t unit, std::size_t arm) const;

    const CompiledStudy* study_;
    std::unique_ptr<ReplicationRunner> runner_;
    std::vector<double> values_;  ///< of every parameter, in the draw that is resolved
    std::uint64_t resolved_draw_;
    std::vector<SummaryColumn> summary_columns_;
    std::vector<GroupColumn> group_columns_;
    std::unique_ptr<AreaTypeRows> area_types_;
};

}  // namespace vfm::experiment
