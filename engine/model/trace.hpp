// What happened, told as it is simulated: only for a replay.
#pragma once

#include "vfm/model/area_simulation.hpp"

#include <cstdint>
#include <vector>

namespace vfm::model {

class Trace {
  public:
    /// Records into `events` from now on; null: nothing is recorded.
    void record_into(std::vector<TraceEvent>* events) { events_ = events; }
    [[nodiscard]] bool is_recorded() const { return events_ != nullptr; }

    void record(Ticks time, std::uint32_t family, TraceEvent::Kind kind, std::uint32_t detail) {
        if (events_ != nullptr) events_->push_back({time, family, kind, detail});
    }

  private:
    std::vector<TraceEvent>* events_ = nullptr;
};

}  // namespace vfm::model
