#include "vfm/experiment/ordered_writer.hpp"

#include "vfm/core/contract.hpp"

#include <chrono>
#include <utility>

namespace vfm::experiment {

OrderedWriter::OrderedWriter(std::uint64_t window, Write write) : window_(window), write_(std::move(write)) {
    VFM_EXPECT(window > 0);
}

bool OrderedWriter::may_begin(std::uint64_t index) {
    std::unique_lock lock(mutex_);
    moved_on_.wait(lock, [&] { return ends_early_ || index < next_ + window_; });
    // A batch near enough is begun even after another has failed: of several failures the lowest batch's
    // counts.
    return index < next_ + window_;
}

void OrderedWriter::hand_over(results::Batch batch) {
    std::unique_lock lock(mutex_);
    const std::uint64_t index = batch.index;
    waiting_.emplace(index, std::move(batch));
    if (!is_writing_ && !has_failed_) write_what_is_next(lock);
}

void OrderedWriter::write_what_is_next(std::unique_lock<std::mutex>& lock) {
    using Clock = std::chrono::steady_clock;
    is_writing_ = true;
    for (auto next = waiting_.find(next_); next != waiting_.end(); next = waiting_.find(next_)) {
        const results::Batch batch = std::move(next->second);
        waiting_.erase(next);
        lock.unlock();
        const Clock::time_point start = Clock::now();
        try {
            write_(batch);
        } catch (...) {
            lock.lock();
            is_writing_ = false;
            has_failed_ = true;
            ends_early_ = true;
            moved_on_.notify_all();
            throw;
        }
        const double took = std::chrono::duration<double>(Clock::now() - start).count();
        lock.lock();
        seconds_ += took;
        ++next_;
        moved_on_.notify_all();
    }
    is_writing_ = false;
}

void OrderedWriter::end_early() {
    const std::scoped_lock lock(mutex_);
    ends_early_ = true;
    moved_on_.notify_all();
}

std::uint64_t OrderedWriter::written() const {
    const std::scoped_lock lock(mutex_);
    return next_;
}

double OrderedWriter::seconds() const {
    const std::scoped_lock lock(mutex_);
    return seconds_;
}

}  // namespace vfm::experiment
