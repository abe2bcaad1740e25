// The moments of the study, the time now, and what is due after it.
#pragma once

#include "vfm/des/calendar.hpp"
#include "vfm/model/area_inputs.hpp"

#include <cstdint>
#include <limits>

namespace vfm::model {

/// Kinds of event in the order in which they are handled at the same tick: capacity goes before it comes,
/// places are given back before they are asked for, and stages end before new ones begin.
enum class EventKind : std::uint8_t {
    programme_ends,
    supporter_leaves,
    supporter_starts,
    stage_ends,
    casework_arrives,
    panel_case_arrives,
    stage_begins,
    list_joined,
    task_falls_due
};

/// A span that is not negative, rounded down, which a cast does above zero.
inline Ticks at_least_now(double days) {
    return days > 0 ? static_cast<Ticks>(days * static_cast<double>(ticks_per_day)) : 0;
}

/// The clock and calendar of one area.
class AreaCalendar {
  public:
    void start(const Clock& clock) {
        clock_ = clock;
        now_ = 0;
        pending_.clear();
    }

    [[nodiscard]] const Clock& clock() const { return clock_; }
    [[nodiscard]] Ticks now() const { return now_; }
    void move_to(Ticks time) { now_ = time; }

    void schedule(Ticks time, EventKind kind, std::uint32_t entity) {
        pending_.schedule({time, static_cast<unsigned>(kind), entity});
    }
    /// When the next event is due; later than any when there is none.
    [[nodiscard]] Ticks next_time() {
        return pending_.empty() ? std::numeric_limits<Ticks>::max() : pending_.next().time();
    }
    /// Takes the next event out and moves to its time. Needs one.
    des::Event take() {
        const des::Event event = pending_.pop();
        now_ = event.time;
        return event;
    }

    /// Everything that is due, kept for another arm and taken over from one.
    [[nodiscard]] const des::Calendar& pending() const { return pending_; }
    void resume(const des::Calendar& pending) { pending_ = pending; }

  private:
    Clock clock_;
    Ticks now_ = 0;
    des::Calendar pending_;
};

}  // namespace vfm::model
