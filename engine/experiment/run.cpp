#include "vfm/experiment/run.hpp"

#include "vfm/core/parallel_for.hpp"
#include "vfm/experiment/ordered_writer.hpp"
#include "vfm/experiment/unit_runner.hpp"
#include "vfm/results/pending_results.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include <boost/version.hpp>

namespace vfm::experiment {

namespace {

/// How many batches for each thread the writer may be behind: enough that a batch which takes three times as
/// long as others keeps nobody waiting.
constexpr std::uint64_t window_each = 4;

}  // namespace

Written run_batches(const CompiledStudy& study, const RunSettings& settings, Progress& progress,
                    results::JournalWriter& journal) {
    OrderedWriter writer(window_each * settings.threads,
                         [&journal](const results::Batch& batch) { journal.append(batch); });
    std::atomic<bool> stopped{false};
    std::vector<std::optional<UnitRunner>> runners(settings.threads);
    const auto after_unit = [&](std::uint64_t families) {
        progress.units.fetch_add(1, std::memory_order_relaxed);
        progress.families.fetch_add(families, std::memory_order_relaxed);
        if (settings.stop != nullptr && settings.stop->load(std::memory_order_relaxed)) stopped = true;
        return !stopped.load(std::memory_order_relaxed);
    };
    const auto run_batch = [&](std::uint64_t index, unsigned worker) {
        if (!writer.may_begin(index) || stopped.load(std::memory_order_relaxed)) return writer.end_early();
        try {
            std::optional<UnitRunner>& runner = runners[worker];
            if (!runner) runner.emplace(study);
            results::Batch batch = runner->run_batch(index, after_unit);
            if (batch.unit_count == 0) return writer.end_early();
            writer.hand_over(std::move(batch));
        } catch (...) {
            writer.end_early();
            throw;
        }
    };
    parallel_for(study.batches(), settings.threads, run_batch);
    return {writer.written() == study.batches() ? RunEnd::complete : RunEnd::stopped, writer.seconds()};
}

std::vector<results::NamedVersion> library_versions() {
    std::string boost = BOOST_LIB_VERSION;
    std::replace(boost.begin(), boost.end(), '_', '.');
    return {{"Boost", boost}, {"oneTBB", threads_version()}};
}

RunEnd run_study(const CompiledStudy& study, const RunSettings& settings,
                 const results::Provenance& provenance, Progress& progress) {
    const auto start = std::chrono::steady_clock::now();
    results::PendingResults pending(settings.output, study.header(), settings.overwrite);
    const Written written = run_batches(study, settings, progress, pending.journal());
    if (written.end == RunEnd::stopped) return RunEnd::stopped;
    results::Provenance complete = provenance;
    complete.threads = settings.threads;
    complete.journal_seconds = written.seconds;
    complete.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    pending.complete(complete);
    return RunEnd::complete;
}

}  // namespace vfm::experiment
