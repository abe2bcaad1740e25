// A meeting that comes round at fixed intervals with a limited agenda, first come first served.
#pragma once

#include "vfm/core/contract.hpp"
#include "vfm/core/ticks.hpp"

#include <cstdint>

namespace vfm::des {

/// Cases join in order of time; each gets the first meeting not before it that still has a place.
class Agenda {
  public:
    Agenda() = default;
    /// Meetings at `phase`, `phase + period`, ... with `places` each. Needs period > 0, 0 <= phase, places >
    /// 0.
    Agenda(Ticks phase, Ticks period, std::uint32_t places)
        : phase_(phase), period_(period), places_(places) {
        VFM_EXPECT(period > 0 && phase >= 0 && places > 0);
    }

    /// The time of the meeting that hears a case which is ready now.
    Ticks admit(Ticks now) {
        const std::int64_t first = now <= phase_ ? 0 : (now - phase_ + period_ - 1) / period_;
        if (first > meeting_) {
            meeting_ = first;
            taken_ = 0;
        } else if (taken_ == places_) {
            ++meeting_;
            taken_ = 0;
        }
        ++taken_;
        return phase_ + meeting_ * period_;
    }

  private:
    Ticks phase_ = 0;
    Ticks period_ = 1;
    std::uint32_t places_ = 1;
    std::int64_t meeting_ = 0;  ///< number of the meeting now being filled
    std::uint32_t taken_ = 0;
};

}  // namespace vfm::des
