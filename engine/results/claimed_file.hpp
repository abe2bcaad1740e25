// A file that one process at a time may write: locked from the moment it is there.
#pragma once

#include "vfm/results/journal.hpp"

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace vfm::results {

/// What to do while another process has the file.
enum class IfTaken : std::uint8_t { refuse, wait };

/// What may be claimed, and how.
struct Claim {
    std::string_view signature;  ///< what a file begins with that an interrupted program can have left
    std::string_view what;       ///< such a file is, for messages
    Overwrite left_over;         ///< whether one that an interrupted program has left is replaced
    IfTaken taken;
};

/// Opens `path` as a new and empty file for reading and writing that is ours until the descriptor and its
/// copies are closed, however the process ends: of any number of processes that claim it, one has it. Whoever
/// has it may rename or remove it. Throws UserError when another process has it (and `taken` is refuse), when
/// an interrupted program has left it (and `left_over` is no) or when it is somebody else's file;
/// EnvironmentError when the machine cannot.
[[nodiscard]] Descriptor claim_file(const std::filesystem::path& path, const Claim& claim);

/// Claims an existing file to be written on, as it is. Throws UserError when another process has it.
void claim_existing(const Descriptor& file, const std::filesystem::path& path);

/// Whether the file at `path` is the open one.
[[nodiscard]] bool is_at(const Descriptor& file, const std::filesystem::path& path);

}  // namespace vfm::results
