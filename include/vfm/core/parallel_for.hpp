// A loop whose turns are done by several threads: the one place that starts threads to share work.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace vfm {

/// Calls `work(index, worker)` once for every index below `count`, on at most `threads` threads (0: as many
/// as there are cores); more threads than cores are allowed. Indices are given out in rising order and end in
/// any; a worker, numbered below `threads`, does one at a time. An exception in one stops the giving out; of
/// several the lowest index's is rethrown. Turns write to places of their own and never add to one floating
/// sum: then the result does not depend on the number of threads. On oneTBB's pool; in ThreadSanitizer
/// builds, for which Debian's oneTBB is not instrumented, on plain threads.
void parallel_for(std::uint64_t count, unsigned threads,
                  const std::function<void(std::uint64_t index, unsigned worker)>& work);

/// The version of oneTBB that runs the loops, or "plain" for plain threads.
[[nodiscard]] std::string threads_version();

}  // namespace vfm
