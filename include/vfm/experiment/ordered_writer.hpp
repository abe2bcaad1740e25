// Finished batches on their way to the journal: written one at a time in the order of their indices, by
// whichever worker finishes the next one, while a bounded number wait.
#pragma once

#include "vfm/results/batch.hpp"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>

namespace vfm::experiment {

/// Any number of threads hand over; `write` is called by one of them at a time, for batch 0, 1, 2, ... No
/// thread is kept for it: it would take a core from the workers, for less than a hundredth of the work.
///
/// A worker asks before it begins a batch, and waits while the writer is `window` batches behind: so memory
/// is bounded however slow the disk is, or one batch. Indices must be begun in rising order, as
/// parallel_for gives them out: then whoever has the lowest unfinished batch never waits, and nobody waits
/// for ever.
class OrderedWriter {
  public:
    using Write = std::function<void(const results::Batch&)>;

    /// `window` is at least 1.
    OrderedWriter(std::uint64_t window, Write write);

    /// Waits until this batch is near enough to the writer's. False when the work has ended early and the
    /// batch is not to be begun.
    [[nodiscard]] bool may_begin(std::uint64_t index);

    /// Takes a batch and writes it, with those that waited for it, unless another thread is writing, which
    /// then goes on with it. Throws what `write` throws; nothing is written after that.
    void hand_over(results::Batch batch);

    /// Says that a batch was begun and will never come: all that wait are let go. Batches before it are still
    /// taken.
    void end_early();

    /// How many were written; the first so many batches.
    [[nodiscard]] std::uint64_t written() const;

    /// How long `write` took, all calls together.
    [[nodiscard]] double seconds() const;

  private:
    void write_what_is_next(std::unique_lock<std::mutex>& lock);

    const std::uint64_t window_;
    const Write write_;
    mutable std::mutex mutex_;  ///< guards all below
    std::condition_variable moved_on_;
    std::map<std::uint64_t, results::Batch> waiting_;
    std::uint64_t next_ = 0;
    double seconds_ = 0;
    bool is_writing_ = false;
    bool has_failed_ = false;
    bool ends_early_ = false;
};

}  // namespace vfm::experiment
