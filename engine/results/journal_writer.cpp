#include "batch_shape.hpp"
#include "claimed_file.hpp"
#include "header_check.hpp"
#include "header_json.hpp"
#include "journal_format.hpp"
#include "posix_file.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/core/errors.hpp"
#include "vfm/results/journal.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace vfm::results {

namespace {

constexpr std::chrono::seconds longest_unsynced{10};

/// Adds what every record begins with.
void begin_record(std::vector<std::byte>& record, std::string_view magic, std::uint64_t first,
                  std::uint64_t second) {
    record.clear();
    add_bytes(record, std::span(magic));
    const std::array<std::uint64_t, 2> numbers{first, second};
    add_bytes(record, std::span<const std::uint64_t>(numbers));
}

void end_record(std::vector<std::byte>& record) {
    const std::array<std::uint32_t, 1> checksum{crc32_of(record, 0)};
    add_bytes(record, std::span<const std::uint32_t>(checksum));
}

std::vector<std::byte> header_record(const RunHeader& header) {
    const std::string json = header_to_json(header);
    if (json.size() > longest_json) throw UserError("the scenario is too large for a results file");
    std::vector<std::byte> record;
    begin_record(record, std::string(journal_family) + journal_version, json.size(),
                 batch_count(header.layout, header.batch_units));
    add_bytes(record, std::span<const char>(json));
    end_record(record);
    return record;
}

bool has_sizes_of_layout(const Batch& batch, const Layout& layout, std::uint64_t batch_units) {
    if (batch.index >= batch_count(layout, batch_units)) return false;
    const BatchShape shape(layout);
    const BatchUnits units(layout, batch_units, batch.index);
    return batch.first_unit == units.first && batch.unit_count == units.count &&
           batch.row_count == units.rows && batch.first_draw == units.first_draw &&
           batch.draw_count == units.draws && batch.parameters.size() == units.draws * shape.draw &&
           batch.summary.size() == units.rows * shape.summary_row &&
           batch.groups.size() == units.rows * shape.groups_row &&
           batch.costs.size() == units.rows * shape.costs_row &&
           batch.area_types.size() == units.rows * shape.area_types_row &&
           batch.timeline.size() == shape.timeline && batch.histograms.size() == shape.histograms;
}

}  // namespace

std::filesystem::path journal_path(const std::filesystem::path& results) {
    std::filesystem::path path = results;
    path += ".journal";
    return path;
}

JournalWriter::JournalWriter(std::filesystem::path path, Descriptor file, Layout layout,
                             std::uint64_t batch_units)
    : path_(std::move(path)),
      file_(std::move(file)),
      layout_(std::move(layout)),
      batch_units_(batch_units),
      last_sync_(std::chrono::steady_clock::now()) {}

JournalWriter JournalWriter::create(const std::filesystem::path& path, const RunHeader& header,
                                    Overwrite overwrite) {
    const std::string problem = header_problem(header);
    if (!problem.empty()) throw UserError("this run cannot be written to a results file: " + problem);
    const std::vector<std::byte> record = header_record(header);
    Descriptor file = claim_file(
        path,
        {.signature = journal_family, .what = "journal", .left_over = overwrite, .taken = IfTaken::refuse});
    JournalWriter writer(path, std::move(file), header.layout, header.batch_units);
    try {
        writer.write(record);
        writer.sync();
        sync_folder_of(path);
    } catch (...) {
        ::unlink(path.c_str());  // without a header it is of no use to anyone
        throw;
    }
    return writer;
}

JournalWriter JournalWriter::resume(const std::filesystem::path& path) {
    Descriptor file(::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK));
    if (!file.is_open()) cannot("open", path, errno);
    claim_existing(file, path);
    const JournalReader journal = JournalReader::open(path);
    if (::ftruncate(file.number(), static_cast<off_t>(journal.valid_end())) != 0)
        cannot("write to", path, errno);
    return {path, std::move(file), journal.header().layout, journal.header().batch_units};
}

void JournalWriter::append(const Batch& batch) {
    // Always checked, once a batch: a record of the wrong size would be lost without a word.
    if (!has_sizes_of_layout(batch, layout_, batch_units_)) {
        contract_violated("the batch has the sizes of the layout", __FILE__, __LINE__);
    }
    const std::uint64_t payload =
        8 * BatchShape(layout_).entries(BatchUnits(layout_, batch_units_, batch.index));
    begin_record(record_, batch_magic, batch.index, payload);
    add_bytes(record_, std::span(batch.parameters));
    add_bytes(record_, std::span(batch.summary));
    add_bytes(record_, std::span(batch.groups));
    add_bytes(record_, std::span(batch.costs));
    add_bytes(record_, std::span(batch.area_types));
    add_bytes(record_, std::span(batch.timeline));
    add_bytes(record_, std::span(batch.histograms));
    end_record(record_);
    write(record_);
    if (std::chrono::steady_clock::now() - last_sync_ >= longest_unsynced) sync();
}

void JournalWriter::throw_closed() const {
    throw EnvironmentError("'" + path_.string() + "' is closed after an earlier error");
}

void JournalWriter::write(std::span<const std::byte> bytes) {
    if (!file_.is_open()) throw_closed();
    try {
        write_all(file_, bytes, path_);
    } catch (...) {
        file_.close();  // what was begun is a torn record, which readers step over
        throw;
    }
}

void JournalWriter::sync() {
    if (file_.is_open()) sync_file(file_, path_);
    last_sync_ = std::chrono::steady_clock::now();
}

void JournalWriter::finish() {
    if (!file_.is_open()) throw_closed();
    Descriptor copy(::fcntl(file_.number(), F_DUPFD_CLOEXEC, 0));
    const int error = copy.is_open() ? copy.close() : errno;
    if (error != 0) cannot("write to", path_, error);
}

}  // namespace vfm::results
