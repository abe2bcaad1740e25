// Building the results file, one HDF5 file per run, from a complete journal.
#pragma once

#include "vfm/results/journal.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace vfm::results {

/// The results format written here; readers take every 1.x and refuse a newer major version.
inline constexpr std::string_view results_format = "vfm-results";
inline constexpr std::string_view results_format_version = "1.0";

/// A library or tool and its version.
struct NamedVersion {
    std::string name;
    std::string version;
};

/// What differs between equal runs: where, when and how this one was made.
struct Provenance {
    std::string created;  ///< UTC, ISO 8601: `2015-03-01T12:00:00Z`
    std::string command_line;
    std::string host;
    std::int64_t cores = 0;    ///< of the machine
    std::int64_t threads = 0;  ///< used
    std::string compiler;
    std::string build_type;
    std::vector<NamedVersion> libraries;
    double wall_seconds = 0;
    double journal_seconds = 0;  ///< of the threads' time, spent on writing batches to the journal
};

/// Says before a long run what would stop it at its end. Throws UserError when `path` exists and must not be
/// replaced, which goes for every file but an HDF5 file whatever `overwrite` says, EnvironmentError when its
/// folder does not exist or takes no files.
void check_output(const std::filesystem::path& path, Overwrite overwrite);

/// Builds `path` with every table of docs/results-format.md: writes `path`.tmp in bounded memory (independent
/// of draws and replications but for the parameter draws themselves), syncs it, gives it its name, syncs the
/// folder. A file of that name is never opened for writing; it appears whole or not at all, and `path`.tmp is
/// gone after any failure. The journal is left alone. The same journal (batches in any order) and provenance
/// give the same bytes. Throws UserError when `path` exists and `overwrite` is no or when another process is
/// building it, FileFormatError when batches are missing or damaged, EnvironmentError (disk full, folder not
/// writable) naming file and reason. Not from two threads at once (HDF5).
void build_results_file(const JournalReader& journal, const Provenance& provenance,
                        const std::filesystem::path& path, Overwrite overwrite);

/// This machine and program, now; `command_line`, `threads` and the seconds are the caller's to fill.
[[nodiscard]] Provenance provenance_here();

}  // namespace vfm::results
