// A file that appears whole or not at all: written under another name beside its place, synced, then renamed.
#pragma once

#include "claimed_file.hpp"
#include "hdf5_sink.hpp"

#include "vfm/results/results_file.hpp"

#include <filesystem>
#include <functional>

namespace vfm::results {

/// `target`.tmp, which one process at a time has. It is gone at the end of its life, and a file named
/// `target` is never opened for writing.
class FileAside {
  public:
    /// Claims the name. Throws UserError when another process has it (unless that is waited for) or when
    /// somebody else's file is there, EnvironmentError when the folder takes no files.
    FileAside(std::filesystem::path target, IfTaken taken);
    FileAside(const FileAside&) = delete;
    FileAside& operator=(const FileAside&) = delete;
    FileAside(FileAside&&) = delete;
    FileAside& operator=(FileAside&&) = delete;
    ~FileAside();

    /// Lets `write` fill it as an HDF5 file, which it also closes; seals it, syncs it, gives it its name and
    /// syncs the folder. Once only. Throws UserError when `target` exists and `overwrite` is no,
    /// EnvironmentError (disk full, folder not writable) naming file and reason.
    void build(Overwrite overwrite, const std::function<void(const hdf5::Sink&)>& write);

  private:
    void give_name(Overwrite overwrite);

    std::filesystem::path target_;
    std::filesystem::path path_;
    Descriptor file_;
};

}  // namespace vfm::results
