// The bytes of a journal, little-endian and eight-byte numbers throughout but for the checksums.
//
//     header  magic "VFMJRNL2" | JSON bytes | batches | JSON text | CRC-32 of all of it
//     record  magic "VFMBATCH" | batch | payload bytes | payload | CRC-32 of all of it
//
// A payload is the parameters' draws, the summary, group, cost and area type rows (doubles), then the
// timeline and histogram totals (integers), each in the order of `Batch`; its size follows from the header,
// and a record of another size is not valid.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace vfm::results {

static_assert(std::endian::native == std::endian::little, "journals are written as they lie in memory");

inline constexpr std::string_view journal_family = "VFMJRNL";  ///< then one byte: the version of the format
inline constexpr char journal_version = '2';
inline constexpr std::string_view batch_magic = "VFMBATCH";

using ThreeWords = std::array<std::byte, 24>;  ///< a magic and two numbers: how header and records begin
inline constexpr std::uint64_t checksum_bytes = 4;
inline constexpr std::uint64_t longest_json = 1U << 26U;  ///< 64 MiB

/// Adds the bytes of plain numbers or characters to a record.
template <class T>
void add_bytes(std::vector<std::byte>& record, std::span<const T> values) {
    if (values.empty()) return;
    const std::size_t before = record.size();
    record.resize(before + values.size_bytes());
    std::memcpy(record.data() + before, values.data(), values.size_bytes());
}

/// The number at a byte offset.
[[nodiscard]] inline std::uint64_t number_at(std::span<const std::byte> bytes, std::size_t offset) {
    std::uint64_t number = 0;
    std::memcpy(&number, bytes.subspan(offset, sizeof number).data(), sizeof number);
    return number;
}

/// Whether the bytes at the start are this text.
[[nodiscard]] inline bool starts_with(std::span<const std::byte> bytes, std::string_view text) {
    return bytes.size() >= text.size() && std::memcmp(bytes.data(), text.data(), text.size()) == 0;
}

}  // namespace vfm::results
