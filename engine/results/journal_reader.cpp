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

constexpr std::size_t buffer_bytes = 1U << 16U;

[[noreturn]] void damaged(const std::filesystem::path& path, const std::string& why) {
    throw FileFormatError("'" + path.string() + "' is not a journal that can be read: " + why);
}

/// The checksum of `length` bytes of the file, read through `buffer`, or one that cannot match when the file
/// ends before.
std::uint64_t checksum_of(const Descriptor& file, std::uint64_t offset, std::uint64_t length,
                          std::span<std::byte> buffer, const std::filesystem::path& path) {
    std::uint32_t crc = 0;
    while (length > 0) {
        const std::span<std::byte> piece = buffer.first(std::min<std::uint64_t>(buffer.size(), length));
        if (read_at(file, offset, piece, path) < piece.size())
            return std::numeric_limits<std::uint64_t>::max();
        crc = crc32_of(piece, crc);
        offset += piece.size();
        length -= piece.size();
    }
    return crc;
}

/// Whether the bytes from `offset` on, then their checksum, are whole.
bool is_whole(const Descriptor& file, std::uint64_t offset, std::uint64_t length, std::span<std::byte> buffer,
              const std::filesystem::path& path) {
    std::array<std::byte, checksum_bytes> stored{};
    if (read_at(file, offset + length, stored, path) < stored.size()) return false;
    std::uint32_t expected = 0;
    std::memcpy(&expected, stored.data(), sizeof expected);
    return checksum_of(file, offset, length, buffer, path) == expected;
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
    // Bounded by what the file holds before anything is allocated.
    if (json_bytes > longest_json || json_bytes > file_bytes) damaged(path, "its header is damaged");
    const std::uint64_t length = words.size() + json_bytes;
    std::vector<std::byte> buffer(buffer_bytes);
    if (!is_whole(file, 0, length, buffer, path)) damaged(path, "its header is damaged or incomplete");

    std::string json(json_bytes, '\0');
    if (read_at(file, words.size(), std::as_writable_bytes(std::span(json)), path) < json_bytes) {
        damaged(path, "it became shorter while it was read");
    }
    HeaderRecord record;
    try {
        record.header = header_from_json(json);
    } catch (const FileFormatError& error) {
        damaged(path, error.what());
    }
    const std::string problem = header_problem(record.header);
    if (!problem.empty()) damaged(path, "its header has " + problem);
    if (number_at(words, 16) != batch_count(record.header.layout, record.header.batch_units)) {
        damaged(path, "its header has another number of batches than its sizes give");
    }
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

/// Where the rows of one table lie in a payload, in entries.
struct Part {
    std::uint64_t before;
    std::uint64_t row;
    std::uint64_t rows;
};

Part part_of(RowTable table, const BatchShape& shape, const BatchUnits& units) {
    const std::uint64_t summary = units.draws * shape.draw;
    const std::uint64_t groups = summary + units.rows * shape.summary_row;
    const std::uint64_t costs = groups + units.rows * shape.groups_row;
    switch (table) {
        case RowTable::parameters:
            return {0, shape.draw, units.draws};
        case RowTable::summary:
            return {summary, shape.summary_row, units.rows};
        case RowTable::groups:
            return {groups, shape.groups_row, units.rows};
        case RowTable::costs:
            return {costs, shape.costs_row, units.rows};
        case RowTable::area_types:
            break;
    }
    return {costs + units.rows * shape.costs_row, shape.area_types_row, units.rows};
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
    offsets_.assign(batches, 0);
    valid_end_ = first_record;
    std::uint64_t offset = first_record;
    ThreeWords words{};
    std::vector<std::byte> buffer(buffer_bytes);
    while (offset < file_bytes) {
        const bool begins =
            read_at(file_, offset, words, path_) == words.size() && starts_with(words, batch_magic);
        const std::uint64_t index = number_at(words, 8);
        const std::uint64_t payload = number_at(words, 16);
        if (begins && index < batches &&
            payload == 8 * shape.entries(BatchUnits(header_.layout, header_.batch_units, index)) &&
            is_whole(file_, offset, words.size() + payload, buffer, path_)) {
            if (!has(index)) {
                offsets_[index] = offset + words.size();
                ++batches_present_;
            }
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
    missing.reserve(batches - batches_present_);
    for (std::uint64_t index = 0; index < batches; ++index) {
        if (!has(index)) missing.push_back(index);
    }
    return missing;
}

void JournalReader::read_payload(std::uint64_t index, std::uint64_t entry, std::span<std::byte> bytes) const {
    if (!has(index)) contract_violated("the batch is in the journal", __FILE__, __LINE__);
    if (read_at(file_, offsets_[index] + 8 * entry, bytes, path_) < bytes.size()) {
        damaged(path_, "it became shorter while it was read");
    }
}

void JournalReader::read_rows(std::uint64_t index, RowTable table, std::uint64_t first_row,
                              std::span<double> values) const {
    const BatchUnits units(header_.layout, header_.batch_units, index);
    const Part part = part_of(table, BatchShape(header_.layout), units);
    VFM_EXPECT(first_row * part.row + values.size() <= part.rows * part.row);
    read_payload(index, part.before + first_row * part.row, std::as_writable_bytes(values));
}

void JournalReader::read_timeline(std::uint64_t index, std::uint64_t first,
                                  std::span<std::int64_t> values) const {
    const BatchShape shape(header_.layout);
    const BatchUnits units(header_.layout, header_.batch_units, index);
    VFM_EXPECT(first + values.size() <= shape.timeline);
    read_payload(index, shape.entries(units) - shape.histograms - shape.timeline + first,
                 std::as_writable_bytes(values));
}

void JournalReader::read_histograms(std::uint64_t index, std::uint64_t first,
                                    std::span<std::int64_t> values) const {
    const BatchShape shape(header_.layout);
    const BatchUnits units(header_.layout, header_.batch_units, index);
    VFM_EXPECT(first + values.size() <= shape.histograms);
    read_payload(index, shape.entries(units) - shape.histograms + first, std::as_writable_bytes(values));
}

Batch JournalReader::read(std::uint64_t index) const {
    Batch batch = empty_batch(header_.layout, header_.batch_units, index);
    read_rows(index, RowTable::parameters, 0, batch.parameters);
    read_rows(index, RowTable::summary, 0, batch.summary);
    read_rows(index, RowTable::groups, 0, batch.groups);
    read_rows(index, RowTable::costs, 0, batch.costs);
    read_rows(index, RowTable::area_types, 0, batch.area_types);
    read_timeline(index, 0, batch.timeline);
    read_histograms(index, 0, batch.histograms);
    return batch;
}

}  // namespace vfm::results
