// Running a study: batches of units in parallel, into a journal, into the results file.
#pragma once

#include "vfm/experiment/compiled_study.hpp"
#include "vfm/results/results_file.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace vfm::experiment {

/// How far a run has come; written by the workers, read by whoever shows it.
struct Progress {
    std::atomic<std::uint64_t> units{0};
    std::atomic<std::uint64_t> families{0};  ///< family histories simulated: families x arms
};

/// How a run is done; nothing here changes a simulated number.
struct RunSettings {
    std::filesystem::path output;
    results::Overwrite overwrite = results::Overwrite::no;
    unsigned threads = 1;
    const std::atomic<bool>* stop = nullptr;  ///< set (by a signal, say) to stop at the next unit
};

/// The libraries that simulating links, for the results file's provenance.
[[nodiscard]] std::vector<results::NamedVersion> library_versions();

enum class RunEnd : std::uint8_t { complete, stopped };

/// What became of the batches.
struct Written {
    RunEnd end = RunEnd::stopped;
    double seconds = 0;  ///< that the workers spent on the journal, one at a time
};

/// Runs every batch and appends it to the journal, in order of the batches. At most four batches a thread are
/// in memory: workers wait when the journal is that far behind. Throws UserError and EnvironmentError; the
/// journal then holds the batches before the first that was not completed.
[[nodiscard]] Written run_batches(const CompiledStudy& study, const RunSettings& settings, Progress& progress,
                                  results::JournalWriter& journal);

/// Runs the study and builds its results file. When stopped, no results file is made and the journal is
/// removed. Throws UserError when the output exists already or another process is writing it,
/// EnvironmentError when the machine cannot; then nothing is left half-written.
[[nodiscard]] RunEnd run_study(const CompiledStudy& study, const RunSettings& settings,
                               const results::Provenance& provenance, Progress& progress);

}  // namespace vfm::experiment
