#include "vfm/experiment/executor.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <mutex>

#include <boost/version.hpp>

#ifdef VFM_PLAIN_THREADS
#include <thread>
#include <vector>
#else
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>
#include <oneapi/tbb/version.h>
#endif

namespace vfm::experiment {

namespace {

/// The next index, and the failure of the lowest one.
class Dispenser {
  public:
    explicit Dispenser(std::uint64_t count) : count_(count) {}

    void work_off(unsigned worker, const std::function<void(std::uint64_t, unsigned)>& work) {
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

}  // namespace

Executor default_executor() {
    return
        [](std::uint64_t count, unsigned threads, const std::function<void(std::uint64_t, unsigned)>& work) {
            Dispenser dispenser(count);
#ifdef VFM_PLAIN_THREADS
            {
                std::vector<std::jthread> workers;
                for (unsigned worker = 1; worker < threads; ++worker) {
                    workers.emplace_back([&dispenser, &work, worker] { dispenser.work_off(worker, work); });
                }
                dispenser.work_off(0, work);
            }
#else
            // More workers than cores are allowed: results must not depend on their number, and tests show
            // it.
            const tbb::global_control allow(tbb::global_control::max_allowed_parallelism, threads);
            tbb::task_arena arena(static_cast<int>(threads));
            arena.execute([&] {
                tbb::task_group workers;
                for (unsigned worker = 1; worker < threads; ++worker) {
                    workers.run([&dispenser, &work, worker] { dispenser.work_off(worker, work); });
                }
                dispenser.work_off(0, work);
                workers.wait();
            });
#endif
            dispenser.rethrow();
        };
}

std::vector<results::NamedVersion> library_versions() {
    std::string boost = BOOST_LIB_VERSION;
    std::replace(boost.begin(), boost.end(), '_', '.');
#ifdef VFM_PLAIN_THREADS
    const std::string threads = "plain";
#else
    const std::string threads = TBB_runtime_version();
#endif
    return {{"Boost", boost}, {"oneTBB", threads}};
}

}  // namespace vfm::experiment
