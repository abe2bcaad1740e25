#include "vfm/experiment/designed_runs.hpp"

#include "tally_reader.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/core/errors.hpp"
#include "vfm/core/parallel_for.hpp"
#include "vfm/model/area_simulation.hpp"
#include "vfm/model/families.hpp"

#include <memory>

namespace vfm::experiment {

namespace {

/// One worker's memory; kept from point to point.
class PointRunner {
  public:
    explicit PointRunner(const CompiledStudy& study)
        : study_(&study),
          resolver_(study.scenario(), study.staffing()),
          tallies_(study.layout().arms.size()) {}

    void resolve(const DesignedPoint& point) { resolved_ = resolver_.resolve(point.values); }

    /// One replication of the point last resolved. Gives the families simulated, over arms; `arm` is where it
    /// stands, for messages.
    std::uint64_t run(std::uint64_t key, std::size_t& arm) {
        const results::Layout& layout = study_->layout();
        for (model::Tallies& tallies : tallies_) {
            tallies.reset(resolved_.arms.front().study_outcome_count, layout.groups.size(), layout.weeks);
        }
        std::uint64_t simulated = 0;
        for (std::uint32_t area = 0; area < study_->scenario().areas; ++area) {
            families_.draw(resolved_.population, {study_->scenario().design.seed, key, area});
            area_.enter(resolved_.population, families_);
            for (arm = 0; arm < resolved_.arms.size(); ++arm) {
                area_.run(resolved_.arms[arm], tallies_[arm]);
                simulated += families_.size();
            }
        }
        return simulated;
    }

    [[nodiscard]] const std::vector<model::Tallies>& tallies() const { return tallies_; }

  private:
    const CompiledStudy* study_;
    Resolver resolver_;
    ResolvedDraw resolved_;
    model::Families families_;
    model::AreaSimulation area_;
    std::vector<model::Tallies> tallies_;  ///< by arm
};

/// Runs a point and writes its cells: measure x arm x replication.
void run_point(const CompiledStudy& study, PointRunner& runner, const DesignedPoint& point,
               const std::vector<TallyReader>& readers, const DesignSettings& settings,
               std::span<double> cells) {
    const std::vector<std::string>& arms = study.layout().arms;
    std::size_t arm = 0;
    const auto place = [&] {
        return "in arm " + arms[std::min(arm, arms.size() - 1)] + ", " + point.name + ": ";
    };
    try {
        runner.resolve(point);
        for (std::uint64_t r = 0; r < settings.replications; ++r) {
            const std::uint64_t simulated = runner.run(point.first_key + r, arm);
            for (std::size_t m = 0; m < readers.size(); ++m) {
                for (std::size_t a = 0; a < arms.size(); ++a) {
                    cells[(m * arms.size() + a) * settings.replications + r] =
                        readers[m].read(runner.tallies()[a]);
                }
            }
            if (settings.progress == nullptr) continue;
            settings.progress->units.fetch_add(1, std::memory_order_relaxed);
            settings.progress->families.fetch_add(simulated, std::memory_order_relaxed);
        }
    } catch (const UserError& reason) {
        throw UserError(place() + reason.what());
    } catch (const ContractViolation& reason) {
        throw ContractViolation(place() + reason.what());
    }
}

}  // namespace

DesignedResults run_points(const CompiledStudy& study, std::span<const DesignedPoint> points,
                           const DesignSettings& settings) {
    std::vector<TallyReader> readers;
    for (const std::string& name : settings.measures) readers.emplace_back(study, name);
    DesignedResults results{.measures = readers.size(),
                            .arms = study.layout().arms.size(),
                            .points = points.size(),
                            .replications = settings.replications,
                            .values = {}};
    const std::size_t width = results.measures * results.arms * results.replications;
    results.values.resize(points.size() * width);
    std::vector<std::unique_ptr<PointRunner>> runners(settings.threads);
    parallel_for(points.size(), settings.threads, [&](std::uint64_t index, unsigned worker) {
        std::unique_ptr<PointRunner>& runner = runners[worker];
        if (!runner) runner = std::make_unique<PointRunner>(study);
        run_point(study, *runner, points[index], readers, settings,
                  std::span(results.values).subspan(index * width, width));
    });
    return results;
}

}  // namespace vfm::experiment
