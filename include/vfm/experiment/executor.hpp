// Who does the batches: threads that take the next index until none is left.
#pragma once

#include "vfm/experiment/run.hpp"

namespace vfm::experiment {

/// On oneTBB's pool; in ThreadSanitizer builds, for which Debian's oneTBB is not instrumented, on plain
/// threads.
[[nodiscard]] Executor default_executor();

}  // namespace vfm::experiment
