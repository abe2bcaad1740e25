// How a run shows how far it has come: one live line on a terminal, a plain line now and then in a log.
#pragma once

#include "options/progress_option.hpp"

#include "vfm/experiment/run.hpp"

#include <cstdint>
#include <thread>

namespace vfm::program {

/// Shows progress on standard error from a thread of its own until it is destroyed: at once, then five times
/// a second (live) or after 1, 2, 4, ... up to every 60 seconds (plain).
class ProgressDisplay {
  public:
    ProgressDisplay(const experiment::Progress& progress, std::uint64_t units, ProgressStyle style);
    ~ProgressDisplay();
    ProgressDisplay(const ProgressDisplay&) = delete;
    ProgressDisplay& operator=(const ProgressDisplay&) = delete;

  private:
    std::jthread thread_;
};

}  // namespace vfm::program
