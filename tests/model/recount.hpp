// The measures counted again from what happened to every family, without the engine's bookkeeping.
#pragma once

#include "study_builder.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>

namespace vfm::model::testing {

inline constexpr Ticks never = std::numeric_limits<Ticks>::max();

/// A span somebody spent somewhere.
struct Stay {
    std::uint32_t family = 0;
    std::uint32_t where = 0;  ///< provider, or post
    Ticks from = 0;
    Ticks until = never;
};

/// Stays in lists, with supporters and in the pathway, and visits of stages.
struct Recount {
    std::vector<Stay> lists;
    std::vector<Stay> places;
    std::vector<Stay> open;
    std::vector<Stay> visits;  ///< where: stage
    std::int64_t stranded = 0;
};

namespace recounting {

inline void close(std::map<std::uint32_t, std::size_t>& current, std::vector<Stay>& stays,
                  std::uint32_t family, Ticks time) {
    const auto found = current.find(family);
    if (found == current.end()) return;
    stays[found->second].until = time;
    current.erase(found);
}

inline void begin(std::map<std::uint32_t, std::size_t>& current, std::vector<Stay>& stays,
                  const TraceEvent& one) {
    current[one.family] = stays.size();
    stays.push_back({one.family, one.detail, one.time, never});
}

}  // namespace recounting

inline Recount recount(const AreaStudy& study, const Simulated& simulated) {
    using Kind = TraceEvent::Kind;
    std::vector<TraceEvent> in_order = simulated.trace;
    std::stable_sort(in_order.begin(), in_order.end(),
                     [](const TraceEvent& a, const TraceEvent& b) { return a.time < b.time; });
    Recount found;
    std::map<std::uint32_t, std::size_t> list;
    std::map<std::uint32_t, std::size_t> place;
    std::map<std::uint32_t, std::size_t> open;
    std::map<std::uint32_t, std::size_t> visit;
    bool over = !study.arm.support.enabled;
    const Ticks funding_end = study.population.clock.funding_end;
    const auto end_programme = [&] {
        over = true;
        found.stranded = static_cast<std::int64_t>(list.size() + place.size());
        for (const auto& [family, stay] : list) found.lists[stay].until = funding_end;
        for (const auto& [family, stay] : place) found.places[stay].until = funding_end;
        list.clear();
        place.clear();
    };
    for (const TraceEvent& one : in_order) {
        if (!over && one.time >= funding_end) end_programme();
        switch (one.kind) {
            case Kind::joins_list:
                recounting::begin(list, found.lists, one);
                break;
            case Kind::gets_supporter:
                recounting::close(list, found.lists, one.family, one.time);
                recounting::begin(place, found.places, one);
                break;
            case Kind::loses_supporter: {
                recounting::close(place, found.places, one.family, one.time);
                TraceEvent back = one;
                back.detail = study.arm.support.posts[one.detail].provider;
                recounting::begin(list, found.lists, back);
                break;
            }
            case Kind::enters_stage:
                recounting::close(visit, found.visits, one.family, one.time);
                recounting::begin(visit, found.visits, one);
                if (!open.contains(one.family)) recounting::begin(open, found.open, one);
                if (!study.arm.stages[one.detail].ends_support) break;
                recounting::close(list, found.lists, one.family, one.time);
                recounting::close(place, found.places, one.family, one.time);
                break;
            case Kind::leaves_pathway:
                recounting::close(visit, found.visits, one.family, one.time);
                recounting::close(open, found.open, one.family, one.time);
                recounting::close(list, found.lists, one.family, one.time);
                recounting::close(place, found.places, one.family, one.time);
                break;
            case Kind::seeks_support:
            case Kind::task_done:
            case Kind::task_lapses:
            case Kind::expects_feeling_supported:
            case Kind::expects_engagement:
            case Kind::expects_plan_quality:
            case Kind::expects_navigation:
                break;
        }
    }
    if (!over) end_programme();
    return found;
}

inline bool is_measured(const AreaStudy& study, const Simulated& simulated, std::uint32_t family) {
    const Ticks arrival = simulated.families.arrival(family);
    return arrival >= study.population.clock.launch && arrival < study.population.clock.funding_end;
}

inline Ticks total(const std::vector<Stay>& stays) {
    Ticks sum = 0;
    for (const Stay& stay : stays) sum += stay.until - stay.from;
    return sum;
}

/// How many stays hold at the end of the week: begun before it, not over before it.
inline std::int64_t stock_at_end(const std::vector<Stay>& stays, Ticks launch, std::size_t which_week) {
    const Ticks end = launch + week * static_cast<Ticks>(which_week + 1);
    return std::count_if(stays.begin(), stays.end(),
                         [&](const Stay& stay) { return stay.from < end && stay.until >= end; });
}

}  // namespace vfm::model::testing
