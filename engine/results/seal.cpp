#include "seal.hpp"

#include "posix_file.hpp"

#include "vfm/core/errors.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

namespace vfm::results {

namespace {

constexpr std::string_view seal_magic = "VFMSEAL1";
using Seal = std::array<std::byte, 20>;

Seal seal_of(const Descriptor& file, std::uint64_t length, const std::filesystem::path& path) {
    std::vector<std::byte> buffer(1U << 18U);
    std::uint32_t crc = 0;
    for (std::uint64_t offset = 0; offset < length;) {
        const std::span<std::byte> piece(buffer.data(),
                                         std::min<std::uint64_t>(buffer.size(), length - offset));
        if (read_at(file, offset, piece, path) < piece.size()) {
            throw FileFormatError("'" + path.string() + "' became shorter while it was read");
        }
        crc = crc32_of(piece, crc);
        offset += piece.size();
    }
    Seal seal{};
    std::memcpy(seal.data(), seal_magic.data(), seal_magic.size());
    std::memcpy(seal.data() + 8, &length, sizeof length);
    std::memcpy(seal.data() + 16, &crc, sizeof crc);
    return seal;
}

/// What is there in the place of a seal, when it begins like one.
std::optional<Seal> stored_seal(const Descriptor& file, const std::filesystem::path& path) {
    const std::uint64_t size = file_size(file, path);
    Seal stored{};
    if (size < stored.size()) return {};
    if (read_at(file, size - stored.size(), stored, path) < stored.size()) return {};
    if (std::memcmp(stored.data(), seal_magic.data(), seal_magic.size()) != 0) return {};
    return stored;
}

}  // namespace

void add_seal(const Descriptor& file, const std::filesystem::path& path) {
    const std::uint64_t length = file_size(file, path);
    const Seal seal = seal_of(file, length, path);
    if (::lseek(file.number(), static_cast<off_t>(length), SEEK_SET) < 0) cannot("write to", path, errno);
    write_all(file, seal, path);
}

void check_seal(const std::filesystem::path& path) {
    const Descriptor file = open_to_read(path);
    const std::optional<Seal> stored = stored_seal(file, path);
    if (!stored) return;
    const std::uint64_t length = file_size(file, path) - stored->size();
    if (seal_of(file, length, path) != *stored) {
        throw FileFormatError(
            "'" + path.string() +
            "' is damaged, or another program has changed it: its contents do not fit its checksum");
    }
}

std::string seal_text(const std::filesystem::path& path) {
    std::string text;
    if (const std::optional<Seal> stored = stored_seal(open_to_read(path), path)) {
        for (const std::byte byte : *stored) text += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
    }
    return text;
}

}  // namespace vfm::results
