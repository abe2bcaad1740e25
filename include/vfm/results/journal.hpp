// The journal: the append-only file a run writes its batches to, from which the results file is built at the
// end.
#pragma once

#include "vfm/results/batch.hpp"
#include "vfm/results/layout.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace vfm::results {

/// Where the journal of the results file `results` lies: `NAME.h5` -> `NAME.h5.journal`.
[[nodiscard]] std::filesystem::path journal_path(const std::filesystem::path& results);

/// Whether an existing results file, or an interrupted run's journal, may be replaced (`--force`).
enum class Overwrite { no, yes };

/// An open file descriptor, closed at the end of its life.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor();

    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }
    /// Closes now; gives 0 or the error number.
    int close() noexcept;

  private:
    int number_ = -1;
};

/// Writes one journal. One writer to a file, as long as it lives (a lock says so), used from one thread at a
/// time.
///
/// A batch survives the end of the process as soon as `append` returns; it survives a power cut after the
/// next sync, which comes at most 10 s of work later.
class JournalWriter {
  public:
    /// Creates the journal and writes its header. Throws UserError when another process is writing it, when
    /// an interrupted run has left it and `overwrite` is no, when there is any other file or when the header
    /// is not one (sizes, names); EnvironmentError when the machine cannot.
    [[nodiscard]] static JournalWriter create(const std::filesystem::path& path, const RunHeader& header,
                                              Overwrite overwrite = Overwrite::no);

    /// Opens the journal of an interrupted run to append what is missing; what follows its last valid record
    /// is cut off. Throws FileFormatError, EnvironmentError; UserError when another process is writing it.
    [[nodiscard]] static JournalWriter resume(const std::filesystem::path& path);

    JournalWriter(JournalWriter&&) noexcept = default;
    JournalWriter& operator=(JournalWriter&&) noexcept = default;
    JournalWriter(const JournalWriter&) = delete;
    JournalWriter& operator=(const JournalWriter&) = delete;
    /// Closes without a word; call `finish` to hear of errors.
    ~JournalWriter() = default;

    /// Appends one batch; its sizes are those of `empty_batch` (a contract). Batches may come in any order.
    /// Throws EnvironmentError naming file and reason (disk full, ...); the journal is then no longer written
    /// to.
    void append(const Batch& batch);

    /// Waits until all appended batches are on the disk. Throws EnvironmentError.
    void sync();

    /// Says that all is appended, to hear of errors that only closing tells. The journal stays this writer's
    /// until it goes. Waits for no disk: a journal that a results file is built of at once goes afterwards,
    /// one that is to last is synced before. Throws EnvironmentError.
    void finish();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    JournalWriter(std::filesystem::path path, Descriptor file, Layout layout, std::uint64_t batch_units);
    [[noreturn]] void throw_closed() const;
    void write(std::span<const std::byte> bytes);

    std::filesystem::path path_;
    Descriptor file_;
    Layout layout_;
    std::uint64_t batch_units_ = 0;
    std::vector<std::byte> record_;
    std::chrono::steady_clock::time_point last_sync_;
};

/// The part of a batch that a reader wants rows of: a row is a draw's in `parameters`, a unit's in the
/// others.
enum class RowTable { parameters, summary, groups, costs, area_types };

/// Reads a journal that nobody need trust: sizes are bounded before anything is allocated, and only batches
/// whose checksum holds exist. Memory does not grow with the batches' size.
class JournalReader {
  public:
    /// Reads the header and finds every valid batch. A torn or failing record is a missing batch; reading
    /// goes on at the next record. Of several valid records of one batch the first counts. Throws
    /// FileFormatError (no journal, a newer one, a damaged header), EnvironmentError (cannot be read).
    [[nodiscard]] static JournalReader open(const std::filesystem::path& path);

    [[nodiscard]] const RunHeader& header() const { return header_; }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    /// How many batches the whole run has.
    [[nodiscard]] std::uint64_t batch_count() const;
    /// How many of them are here.
    [[nodiscard]] std::uint64_t batches_present() const { return batches_present_; }
    [[nodiscard]] bool has(std::uint64_t index) const {
        return index < offsets_.size() && offsets_[index] != 0;
    }
    /// The batches that are not here, in order.
    [[nodiscard]] std::vector<std::uint64_t> missing_batches() const;
    /// Bytes after the header that belong to no valid record.
    [[nodiscard]] std::uint64_t damaged_bytes() const { return damaged_bytes_; }
    /// Where the last valid record ends, bytes from the start.
    [[nodiscard]] std::uint64_t valid_end() const { return valid_end_; }

    /// One whole batch; `has(index)` must hold. Throws FileFormatError when the file changed since it was
    /// opened.
    [[nodiscard]] Batch read(std::uint64_t index) const;

    /// Fills `values` with whole rows of one table, from `first_row` of the batch on; as many as `values`
    /// holds.
    void read_rows(std::uint64_t index, RowTable table, std::uint64_t first_row,
                   std::span<double> values) const;
    /// Fills `values` with part of the batch's timeline totals, from entry `first` on.
    void read_timeline(std::uint64_t index, std::uint64_t first, std::span<std::int64_t> values) const;
    /// Fills `values` with part of the batch's histogram totals, from entry `first` on.
    void read_histograms(std::uint64_t index, std::uint64_t first, std::span<std::int64_t> values) const;

  private:
    JournalReader() = default;
    void find_batches(std::uint64_t first_record, std::uint64_t file_bytes);
    void read_payload(std::uint64_t index, std::uint64_t entry, std::span<std::byte> bytes) const;

    std::filesystem::path path_;
    Descriptor file_;
    RunHeader header_;
    std::vector<std::uint64_t> offsets_;  ///< by batch: where its payload begins, 0 when it is missing
    std::uint64_t batches_present_ = 0;
    std::uint64_t valid_end_ = 0;
    std::uint64_t damaged_bytes_ = 0;
};

}  // namespace vfm::results
