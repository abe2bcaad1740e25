// The few system calls that journal and results file need, with errors that name the file and the reason.
#pragma once

#include "vfm/results/journal.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace vfm::results {

/// What the system says about an error number, e.g. `No space left on device`.
[[nodiscard]] std::string reason(int error_number);

/// Throws EnvironmentError: `cannot DO 'PATH': REASON`.
[[noreturn]] void cannot(const char* what, const std::filesystem::path& path, int error_number);

/// Opens a regular file to be read. Throws EnvironmentError; FileFormatError when it is no regular file.
[[nodiscard]] Descriptor open_to_read(const std::filesystem::path& path);

/// The size in bytes of an open file.
[[nodiscard]] std::uint64_t file_size(const Descriptor& file, const std::filesystem::path& path);

/// Writes all bytes at the file's position. Throws EnvironmentError.
void write_all(const Descriptor& file, std::span<const std::byte> bytes, const std::filesystem::path& path);

/// Reads from `offset` on; gives how many bytes there were, fewer than asked for only at the file's end.
[[nodiscard]] std::size_t read_at(const Descriptor& file, std::uint64_t offset, std::span<std::byte> bytes,
                                  const std::filesystem::path& path);

/// Waits until the file is on the disk. Throws EnvironmentError.
void sync_file(const Descriptor& file, const std::filesystem::path& path);

/// Waits until the names in the folder of `path` are on the disk. Throws EnvironmentError.
void sync_folder_of(const std::filesystem::path& path);

/// CRC-32 (ISO 3309) of more bytes, going on from `crc` (0 at first).
[[nodiscard]] std::uint32_t crc32_of(std::span<const std::byte> bytes, std::uint32_t crc);

}  // namespace vfm::results
