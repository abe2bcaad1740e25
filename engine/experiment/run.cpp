#include "vfm/experiment/run.hpp"

#include "vfm/experiment/executor.hpp"
#include "vfm/experiment/unit_runner.hpp"

#include <chrono>
#include <mutex>
#include <optional>
#include <vector>

namespace vfm::experiment {

RunEnd run_batches(const Study& study, const RunSettings& settings, Progress& progress,
                   results::JournalWriter& journal) {
    std::mutex writing;
    std::uint64_t written = 0;  // guarded by it
    std::atomic<bool> stopped{false};
    std::vector<std::optional<UnitRunner>> runners(settings.threads);
    const auto after_unit = [&](std::uint64_t families) {
        progress.units.fetch_add(1, std::memory_order_relaxed);
        progress.families.fetch_add(families, std::memory_order_relaxed);
        if (settings.stop != nullptr && settings.stop->load(std::memory_order_relaxed)) stopped = true;
        return !stopped.load(std::memory_order_relaxed);
    };
    const auto run_batch = [&](std::uint64_t index, unsigned worker) {
        if (stopped.load(std::memory_order_relaxed)) return;
        std::optional<UnitRunner>& runner = runners[worker];
        if (!runner) runner.emplace(study);
        const results::Batch batch = runner->run_batch(index, after_unit);
        if (batch.unit_count == 0) return;
        const std::scoped_lock lock(writing);
        journal.append(batch);
        ++written;
    };
    default_executor()(study.batches(), settings.threads, run_batch);
    return written == study.batches() ? RunEnd::complete : RunEnd::stopped;
}

namespace {

/// Removes a run's journal unless the run came to its end: nothing is left half-written.
class JournalGuard {
  public:
    explicit JournalGuard(std::filesystem::path path) : path_(std::move(path)) {}
    JournalGuard(const JournalGuard&) = delete;
    JournalGuard& operator=(const JournalGuard&) = delete;
    ~JournalGuard() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }

  private:
    std::filesystem::path path_;
};

}  // namespace

RunEnd run_study(const Study& study, const RunSettings& settings, const results::Provenance& provenance,
                 Progress& progress) {
    const auto start = std::chrono::steady_clock::now();
    results::check_output(settings.output, settings.overwrite);
    const std::filesystem::path journal_name = results::journal_path(settings.output);
    if (settings.overwrite == results::Overwrite::yes) results::discard_interrupted(journal_name);
    results::JournalWriter journal = results::JournalWriter::create(journal_name, study.header());
    const JournalGuard guard(journal_name);
    if (run_batches(study, settings, progress, journal) == RunEnd::stopped) return RunEnd::stopped;
    journal.close();
    results::Provenance complete = provenance;
    complete.threads = settings.threads;
    complete.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    results::build_results_file(results::JournalReader::open(journal_name), complete, settings.output,
                                settings.overwrite);
    return RunEnd::complete;
}

}  // namespace vfm::experiment
