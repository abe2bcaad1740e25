#include "batch_shape.hpp"
#include "header_check.hpp"
#include "header_json.hpp"
#include "journal_format.hpp"
#include "posix_file.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/core/errors.hpp"
#include "vfm/results/journal.hpp"

#include <algorithm>
#include <limits>

namespace vfm::results {

namespace {

constexpr std::size_t buffer_bytes = 1U << 18U;

[[noreturn]] void damaged(const std::filesystem::path& path, const std::string& why) {
    throw FileFormatError("'" + path.string() + "' is not a journal that can be read: " + why);
}

/// The checksum of `length` bytes of the file, or one that cannot match when the file ends before.
std::uint64_t checksum_of(const Descriptor& file, std::uint64_t offset, std::uint64_t length,
                          const std::filesystem::path& path) {
    std::vector<std::byte> buffer(std::min<std::uint64_t>(buffer_bytes, length));
    std::uint32_t crc = 0;
    while (length > 0) {
        const std::span<std::byte> piece(buffer.data(), std::min<std::uint64_t>(buffer.size(), length));
        if (read_at(file, offset, piece, path) < piece.size())
            return std::numeric_limits<std::uint64_t>::max();
        crc = crc32_of(piece, crc);
        offset += piece.size();
        length -= piece.size();
    }
    return crc;
}

/// Whether the bytes from `offset` on, then their checksum, are whole.
bool is_whole(const Descriptor& file, std::uint64_t offset, std::uint64_t length,
              const std::filesystem::path& path) {
    std::array<std::byte, checksum_bytes> stored{};
    if (read_at(file, offset + length, stored, path) < stored.size()) return false;
    std::uint32_t expected = 0;
    std::memcpy(&expected, stored.data(), sizeof expected);
    return checksum_of(file, offset, length, path) == expected;
}

struct HeaderRecord {
    RunHeader header;
    std::uint64_t end = 0;
};

HeaderRecord read_header(const Descriptor& file, std::uint64_t file_bytes,
                         const std::filesystem::path& path) {
    ThreeWords words{};
    if (read_at(file, 0, words, path) < words.size() || !starts_with(words, journal_family)) {
        damaged(path, "it does not begin like one");
    }
    if (static_cast<char>(words[journal_family.size()]) != journal_version) {
        damaged(path, "it was written by another version of vfmsim");
    }
    const std::uint64_t json_bytes = number_at(words, 8);
    const std::uint64_t draws = number_at(words, 16);
    // Both are bounded by what the file holds before anything is allocated.
    if (json_bytes > longest_json || json_bytes > file_bytes || draws > file_bytes / sizeof(double)) {
        damaged(path, "its header is damaged");
    }
    const std::uint64_t length = words.size() + json_bytes + draws * sizeof(double);
    if (!is_whole(file, 0, length, path)) damaged(path, "its header is damaged or incomplete");

    std::string json(json_bytes, '\0');
    std::vector<double> parameter_draws(draws);
    if (read_at(file, words.size(), std::as_writable_bytes(std::span(json)), path) < json_bytes ||
        read_at(file, words.size() + json_bytes, std::as_writable_bytes(std::span(parameter_draws)), path) <
            draws * sizeof(double)) {
        damaged(path, "it became shorter while it was read");
    }
    HeaderRecord record;
    try {
        record.header = header_from_json(json);
    } catch (const FileFormatError& error) {
        damaged(path, error.what());
    }
    record.header.parameter_draws = std::move(parameter_draws);
    const std::string problem = header_problem(record.header);
    if (!problem.empty()) damaged(path, "its header has " + problem);
    record.end = length + checksum_bytes;
    return record;
}

/// Where the next record may begin, from `offset` on; the file's end when there is no other.
std::uint64_t find_magic(const Descriptor& file, std::uint64_t offset, std::uint64_t file_bytes,
                         const std::filesystem::path& path) {
    std::vector<std::byte> buffer(buffer_bytes);
    const auto magic = std::as_bytes(std::span(batch_magic));
    while (offset < file_bytes) {
        const std::size_t count = read_at(file, offset, buffer, path);
        const auto end = buffer.begin() + static_cast<std::ptrdiff_t>(count);
        const auto found = std::search(buffer.begin(), end, magic.begin(), magic.end());
        if (found != end) return offset + static_cast<std::uint64_t>(found - buffer.begin());
        if (count < buffer.size()) break;
        offset += count - (magic.size() - 1);  // a magic may lie across two pieces
    }
    return file_bytes;
}

}  // namespace

JournalReader JournalReader::open(const std::filesystem::path& path) {
    JournalReader journal;
    journal.path_ = path;
    journal.file_ = open_to_read(path);
    const std::uint64_t file_bytes = file_size(journal.file_, path);
    HeaderRecord record = read_header(journal.file_, file_bytes, path);
    journal.header_ = std::move(record.header);
    journal.find_batches(record.end, file_bytes);
    return journal;
}

void JournalReader::find_batches(std::uint64_t first_record, std::uint64_t file_bytes) {
    const BatchShape shape(header_.layout);
    const std::uint64_t batches = batch_count();
    valid_end_ = first_record;
    std::uint64_t offset = first_record;
    ThreeWords words{};
    while (offset < file_bytes) {
        const bool begins =
            read_at(file_, offset, words, path_) == words.size() && starts_with(words, batch_magic);
        const std::uint64_t index = number_at(words, 8);
        const std::uint64_t payload = number_at(words, 16);
        if (begins && index < batches &&
            payload == 8 * shape.entries(BatchUnits(header_.layout, header_.batch_units, index).rows) &&
            is_whole(file_, offset, words.size() + payload, path_)) {
            offsets_.emplace(index, offset + words.size());
            offset += words.size() + payload + checksum_bytes;
            valid_end_ = offset;
            continue;
        }
        const std::uint64_t next = find_magic(file_, offset + 1, file_bytes, path_);
        damaged_bytes_ += next - offset;
        offset = next;
    }
}

std::uint64_t JournalReader::batch_count() const {
    return results::batch_count(header_.layout, header_.batch_units);
}

std::vector<std::uint64_t> JournalReader::missing_batches() const {
    std::vector<std::uint64_t> missing;
    const std::uint64_t batches = batch_count();
    missing.reserve(batches - offsets_.size());
    for (std::uint64_t index = 0; index < batches; ++index) {
        if (!has(index)) missing.push_back(index);
    }
    return missing;
}

void JournalReader::read_payload(std::uint64_t index, std::uint64_t entry, std::span<std::byte> bytes) const {
    const auto found = offsets_.find(index);
    if (found == offsets_.end()) contract_violated("the batch is in the journal", __FILE__, __LINE__);
    if (read_at(file_, found->second + 8 * entry, bytes, path_) < bytes.size()) {
        damaged(path_, "it became shorter while it was read");
    }
}

void JournalReader::read_rows(std::uint64_t index, RowTable table, std::uint64_t first_row,
                              std::span<double> values) const {
    const BatchShape shape(header_.layout);
    const std::uint64_t rows = BatchUnits(header_.layout, header_.batch_units, index).rows;
    const std::uint64_t row = table == RowTable::summary  ? shape.summary_row
                              : table == RowTable::groups ? shape.groups_row
                                                          : shape.costs_row;
    const std::uint64_t before = table == RowTable::summary  ? 0
                                 : table == RowTable::groups ? shape.summary_row
                                                             : shape.summary_row + shape.groups_row;
    VFM_EXPECT(first_row * row + values.size() <= rows * row);
    read_payload(index, rows * before + first_row * row, std::as_writable_bytes(values));
}

void JournalReader::read_timeline(std::uint64_t index, std::uint64_t first,
                                  std::span<std::int64_t> values) const {
    const BatchShape shape(header_.layout);
    const std::uint64_t rows = BatchUnits(header_.layout, header_.batch_units, index).rows;
    VFM_EXPECT(first + values.size() <= shape.timeline);
    read_payload(index, rows * shape.row() + first, std::as_writable_bytes(values));
}

void JournalReader::read_histograms(std::uint64_t index, std::uint64_t first,
                                    std::span<std::int64_t> values) const {
    const BatchShape shape(header_.layout);
    const std::uint64_t rows = BatchUnits(header_.layout, header_.batch_units, index).rows;
    VFM_EXPECT(first + values.size() <= shape.histograms);
    read_payload(index, rows * shape.row() + shape.timeline + first, std::as_writable_bytes(values));
}

Batch JournalReader::read(std::uint64_t index) const {
    Batch batch = empty_batch(header_.layout, header_.batch_units, index);
    read_rows(index, RowTable::summary, 0, batch.summary);
    read_rows(index, RowTable::groups, 0, batch.groups);
    read_rows(index, RowTable::costs, 0, batch.costs);
    read_timeline(index, 0, batch.timeline);
    read_histograms(index, 0, batch.histograms);
    return batch;
}

}  // namespace vfm::results
