// The seal: a checksum of a whole HDF5 file, behind its last byte, where HDF5 itself does not look.
//
// HDF5 checks neither its texts nor our numbers for damage, and version 1.10 itself crashes on some damaged
// files (docs/adr/0004). With the seal every flipped bit is found before HDF5 sees the file.
#pragma once

#include "vfm/results/journal.hpp"

#include <filesystem>
#include <string>

namespace vfm::results {

/// Appends the seal: magic `VFMSEAL1`, the number of bytes before it, their CRC-32. The file is open for
/// reading and writing; `path` is for messages. Throws EnvironmentError.
void add_seal(const Descriptor& file, const std::filesystem::path& path);

/// Throws FileFormatError when the file has a seal that does not fit its bytes, EnvironmentError when it
/// cannot be read. A file without a seal (another tool wrote it anew) passes.
void check_seal(const std::filesystem::path& path);

/// The seal at the end of a file as hexadecimal digits, which tells two files of one name apart; empty when
/// there is none. Not checked against the file. Throws FileFormatError, EnvironmentError.
[[nodiscard]] std::string seal_text(const std::filesystem::path& path);

}  // namespace vfm::results
