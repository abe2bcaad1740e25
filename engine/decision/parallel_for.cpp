#include "parallel_for.hpp"

#ifdef VFM_PLAIN_THREADS
#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>
#else
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>
#endif

namespace vfm::decision {

#ifdef VFM_PLAIN_THREADS

void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::exception_ptr failure;
    const auto work_off = [&] {
        for (std::size_t turn = next++; turn < count; turn = next++) {
            try {
                work(turn);
            } catch (...) {
                const std::scoped_lock lock(mutex);
                failure = std::current_exception();
            }
        }
    };
    {
        const unsigned wanted = threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
        std::vector<std::jthread> others;
        for (unsigned i = 1; i < wanted; ++i) others.emplace_back(work_off);
        work_off();
    }
    if (failure) std::rethrow_exception(failure);
}

#else

void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work) {
    const auto loop = [&] { tbb::parallel_for(std::size_t{0}, count, work, tbb::simple_partitioner()); };
    if (threads == 0) {
        loop();
        return;
    }
    // More threads than cores are allowed: results must not depend on their number, and tests show it.
    const tbb::global_control allow(tbb::global_control::max_allowed_parallelism, threads);
    tbb::task_arena arena(static_cast<int>(threads));
    arena.execute(loop);
}

#endif

}  // namespace vfm::decision
