#include "vfm/core/parallel_for.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <utility>

#ifdef VFM_PLAIN_THREADS
#include <thread>
#include <vector>
#else
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>
#include <oneapi/tbb/version.h>
#endif

namespace vfm {

namespace {

using Work = std::function<void(std::uint64_t, unsigned)>;

/// The next index, and the failure of the lowest one.
class Dispenser {
  public:
    explicit Dispenser(std::uint64_t count) : count_(count) {}

    void work_off(unsigned worker, const Work& work) {
        while (!failed_.load(std::memory_order_relaxed)) {
            const std::uint64_t index = next_.fetch_add(1, std::memory_order_relaxed);
            if (index >= count_) return;
            try {
                work(index, worker);
            } catch (...) {
                keep(index, std::current_exception());
            }
        }
    }

    void rethrow() const {
        if (failure_) std::rethrow_exception(failure_);
    }

  private:
    void keep(std::uint64_t index, std::exception_ptr failure) {
        const std::scoped_lock lock(mutex_);
        if (index < lowest_) {
            lowest_ = index;
            failure_ = std::move(failure);
        }
        failed_ = true;
    }

    std::uint64_t count_;
    std::atomic<std::uint64_t> next_{0};
    std::atomic<bool> failed_{false};
    std::mutex mutex_;
    std::uint64_t lowest_ = std::numeric_limits<std::uint64_t>::max();
    std::exception_ptr failure_;
};

/// A worker without an index to do would be a thread started for nothing.
unsigned useful(unsigned threads, std::uint64_t count) {
    return static_cast<unsigned>(std::min<std::uint64_t>(threads, count));
}

#ifdef VFM_PLAIN_THREADS

void work_off_together(Dispenser& dispenser, std::uint64_t count, unsigned threads, const Work& work) {
    const unsigned wanted = threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::jthread> workers;
    for (unsigned worker = 1; worker < useful(wanted, count); ++worker) {
        workers.emplace_back([&dispenser, &work, worker] { dispenser.work_off(worker, work); });
    }
    dispenser.work_off(0, work);
}

#else

/// In the arena that the caller is in, so that a loop within a turn of another shares its threads.
void work_off_in_arena(Dispenser& dispenser, std::uint64_t count, const Work& work) {
    const auto threads = static_cast<unsigned>(std::max(1, tbb::this_task_arena::max_concurrency()));
    tbb::task_group workers;
    for (unsigned worker = 1; worker < useful(threads, count); ++worker) {
        workers.run([&dispenser, &work, worker] { dispenser.work_off(worker, work); });
    }
    dispenser.work_off(0, work);
    workers.wait();
}

void work_off_together(Dispenser& dispenser, std::uint64_t count, unsigned threads, const Work& work) {
    if (threads == 0) return work_off_in_arena(dispenser, count, work);
    const tbb::global_control allow(tbb::global_control::max_allowed_parallelism, threads);
    tbb::task_arena arena(static_cast<int>(threads));
    arena.execute([&] { work_off_in_arena(dispenser, count, work); });
}

#endif

}  // namespace

void parallel_for(std::uint64_t count, unsigned threads, const Work& work) {
    Dispenser dispenser(count);
    work_off_together(dispenser, count, threads, work);
    dispenser.rethrow();
}

std::string threads_version() {
#ifdef VFM_PLAIN_THREADS
    return "plain";
#else
    return TBB_runtime_version();
#endif
}

}  // namespace vfm
