// A loop whose turns are done by several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace vfm::decision {

/// Calls `work(0)` to `work(count - 1)`, each once, on at most `threads` threads (0: as many as there are
/// cores), in any order. Turns write to places of their own and never add to one sum: then the result does
/// not depend on the number of threads. The exception of one of the turns that threw goes to the caller. On
/// oneTBB's pool; in ThreadSanitizer builds, for which Debian's oneTBB is not instrumented, on plain threads.
void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work);

}  // namespace vfm::decision
