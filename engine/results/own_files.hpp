// Which existing files we may replace: those that can be ours.
#pragma once

#include <filesystem>
#include <string_view>

namespace vfm::results {

/// The first bytes of every HDF5 file (HDF5 File Format Specification, version 3.0, section II.A).
inline constexpr std::string_view hdf5_signature = "\x89HDF\r\n\x1a\n";

/// Whether `path` is a regular file that begins with this signature, or as an interrupted program leaves it:
/// it breaks off inside the signature, or there are zeros still. Throws EnvironmentError when it cannot be
/// read.
[[nodiscard]] bool can_be_ours(const std::filesystem::path& path, std::string_view signature);

}  // namespace vfm::results
