// Families on their way side by side: structures of arrays, one step for all families of a stream in a stage.
#pragma once

#include "vfm/core/capacity.hpp"
#include "vfm/core/ticks.hpp"

#include <cstdint>
#include <vector>

namespace vfm::model {

/// Where families of one replication go and how long it takes them, counted from when each begins its first
/// stage. Keeps its memory between replications.
struct SideBySide {
    static constexpr Ticks elsewhere = -1;

    /// All families of a stream that go through a stage, or end with an outcome: a stretch of the arrays
    /// below.
    struct Step {
        std::uint32_t place = 0;  ///< a stage; from the number of stages on, an outcome
        std::size_t first = 0;
        std::size_t count = 0;
    };

    /// Sums over the measured families that have begun.
    struct Begun {
        std::int64_t families = 0;
        std::int64_t users = 0;  ///< with a place
        Ticks waited = 0;
        Ticks held = 0;
    };

    Begun begun;
    std::vector<Step> steps;
    // By place in `steps`
    Workspace<std::uint32_t> family;
    Workspace<Ticks> end;     ///< of the stage; of all, for an outcome
    Workspace<double> hours;  ///< of the authority
    // By family
    Workspace<Ticks> so_far;
    Workspace<Ticks> place_until;  ///< when the place is given back, if there is one
    Workspace<Ticks>
        start;  ///< the moment itself; `elsewhere` for families simulated by events, or not counted
    // By place to go: the families of the stream that come there, as indices in the stream
    std::vector<Workspace<std::uint32_t>> coming;
    std::vector<std::uint32_t> coming_count;
    // By family coming to the present stage
    Workspace<double> lead_luck;
    Workspace<double> hours_luck;
    Workspace<double> way_luck;
    Workspace<double> lead_days;
};

}  // namespace vfm::model
