// A file that appears whole or not at all: written under another name beside its place, synced, then renamed.
#pragma once

#include "hdf5_sink.hpp"

#include "vfm/results/results_file.hpp"

#include <filesystem>
#include <functional>

namespace vfm::results {

/// Lets `write` fill a new HDF5 file, which it also closes, as `path`.tmp; seals it, syncs it, gives it its
/// name and syncs the folder. `path`.tmp is gone after any failure, and a file named `path` is never opened
/// for writing. Throws UserError when `path` exists and `overwrite` is no, EnvironmentError (disk full,
/// folder not writable) naming file and reason.
void build_aside(const std::filesystem::path& path, Overwrite overwrite,
                 const std::function<void(const hdf5::Sink&)>& write);

}  // namespace vfm::results
