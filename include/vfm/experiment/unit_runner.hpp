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
#include <string>
#include <vector>

namespace vfm::experiment {

class AreaTypeRows;

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
    /// unit is rethrown with (arm, draw, replication) added.
    [[nodiscard]] results::Batch run_batch(std::uint64_t index, const AfterUnit& after_unit);

    /// What happened to every family of one arm, draw, replication and area.
    [[nodiscard]] std::vector<model::TraceEvent> replay(std::size_t arm, std::uint64_t draw,
                                                        std::uint64_t replication, std::uint32_t area);

    /// The families of the unit last replayed.
    [[nodiscard]] const model::Families& families() const { return families_; }

  private:
    void resolve(std::uint64_t unit);
    [[nodiscard]] std::uint64_t seed() const;
    std::uint64_t run_unit(std::uint64_t unit, results::Batch& batch);
    [[nodiscard]] std::string place_of(std::uint64_t unit, std::size_t arm) const;
    void write_parameters(results::Batch& batch, std::uint64_t unit) const;
    void write_summary(std::size_t arm, std::span<double> row) const;
    void note_area_type(std::uint32_t area);
    void write_row(results::Batch& batch, std::uint64_t unit, std::size_t arm) const;
    void write_groups(results::Batch& batch, std::size_t row, const model::Tallies& tallies) const;
    void add_totals(results::Batch& batch, std::uint64_t unit, std::size_t arm) const;

    const CompiledStudy* study_;
    Resolver resolver_;
    std::vector<double> values_;  ///< of every parameter, in the draw that is resolved
    ResolvedDraw resolved_;
    std::uint64_t resolved_draw_;
    model::Families families_;
    model::AreaSimulation area_;
    std::vector<model::Tallies> tallies_;  ///< by arm
    std::unique_ptr<AreaTypeRows> area_types_;
};

}  // namespace vfm::experiment
