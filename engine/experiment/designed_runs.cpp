#include "vfm/experiment/designed_runs.hpp"

#include "replication_runner.hpp"
#include "summary_columns.hpp"

#include "vfm/core/parallel_for.hpp"

#include <memory>

namespace vfm::experiment {

namespace {

/// Runs a point and writes its cells: measure x arm x replication.
void run_point(ReplicationRunner& runner, const DesignedPoint& point,
               const std::vector<SummaryColumn>& columns, const DesignSettings& settings,
               std::span<double> cells) {
    const auto work = [&] {
        runner.resolve(point.values);
        for (std::uint64_t r = 0; r < settings.replications; ++r) {
            const std::uint64_t simulated = runner.run(point.first_key + r, [](std::uint32_t) {});
            const std::span<const model::Tallies> tallies = runner.tallies();
            for (std::size_t arm = 0; arm < tallies.size(); ++arm) {
                const SummedTallies sums(tallies[arm]);
                for (std::size_t m = 0; m < columns.size(); ++m)
                    cells[(m * tallies.size() + arm) * settings.replications + r] = columns[m].read(sums);
            }
            if (settings.progress == nullptr) continue;
            settings.progress->units.fetch_add(1, std::memory_order_relaxed);
            settings.progress->families.fetch_add(simulated, std::memory_order_relaxed);
        }
    };
    runner.locate_failures([&] { return point.name; }, work);
}

}  // namespace

DesignedResults run_points(const CompiledStudy& study, std::span<const DesignedPoint> points,
                           const DesignSettings& settings) {
    const std::vector<SummaryColumn> all_columns = summary_columns(study.scenario());
    std::vector<SummaryColumn> columns;
    for (const std::string& name : settings.measures) columns.push_back(additive_column(all_columns, name));
    DesignedResults results{.measures = columns.size(),
                            .arms = study.layout().arms.size(),
                            .points = points.size(),
                            .replications = settings.replications,
                            .values = {}};
    const std::size_t width = results.measures * results.arms * results.replications;
    results.values.resize(points.size() * width);
    std::vector<std::unique_ptr<ReplicationRunner>> runners(settings.threads);
    parallel_for(points.size(), settings.threads, [&](std::uint64_t index, unsigned worker) {
        std::unique_ptr<ReplicationRunner>& runner = runners[worker];
        if (!runner) runner = std::make_unique<ReplicationRunner>(study);
        run_point(*runner, points[index], columns, settings,
                  std::span(results.values).subspan(index * width, width));
    });
    return results;
}

}  // namespace vfm::experiment
