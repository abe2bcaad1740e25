#include "checks.hpp"

#include "vfm/random/streams.hpp"

#include <initializer_list>
#include <string_view>
#include <vector>

namespace vfm::scenario {

namespace {

/// The place of the deepest node on the way that is there.
Place place_of(const Node& root, std::initializer_list<std::string_view> path) {
    const Node* node = &root;
    for (const std::string_view key : path) {
        const Node* inner = node->find(key);
        if (inner == nullptr) break;
        node = inner;
    }
    return node->place;
}

struct Date {
    const char* name;
    std::optional<CalendarDate> date;
};

void check_order(const Node& root, Date first, Date second, Faults& faults) {
    if (!first.date || !second.date || *first.date <= *second.date) return;
    const Node* clock = root.find("clock");
    const bool second_is_written = clock != nullptr && clock->find(second.name) != nullptr;
    faults.add(place_of(root, {"clock", second_is_written ? second.name : first.name}),
               std::string("'") + second.name + "' (" + format_date(*second.date) + ") comes before '" +
                   first.name + "' (" + format_date(*first.date) + ")");
}

}  // namespace

void check_clock(const Node& root, const Clock& clock, Faults& faults) {
    constexpr int most_days = 36'525;
    if (!clock.launch || !clock.funding_end) return;  // a fault already
    check_order(root, {"launch", clock.launch}, {"funding_end", clock.funding_end}, faults);
    if (*clock.funding_end < *clock.launch) return;  // other dates default to these
    check_order(root, {"warm_up_from", clock.warm_up_from}, {"launch", clock.launch}, faults);
    check_order(root, {"launch", clock.launch}, {"last_referral", clock.last_referral}, faults);
    check_order(root, {"last_referral", clock.last_referral}, {"funding_end", clock.funding_end}, faults);
    check_order(root, {"launch", clock.launch}, {"notice", clock.notice}, faults);
    check_order(root, {"notice", clock.notice}, {"funding_end", clock.funding_end}, faults);
    check_order(root, {"funding_end", clock.funding_end}, {"horizon", clock.horizon}, faults);
    if (*clock.launch == *clock.funding_end) {
        faults.add(place_of(root, {"clock", "funding_end"}), "the programme ends on the day it begins");
    }
    if (clock.warm_up_from && clock.horizon &&
        days_between(*clock.warm_up_from, *clock.horizon) > most_days) {
        faults.add(place_of(root, {"clock", "horizon"}), "the simulation lasts more than 100 years");
    }
}

void check_design(const Node& root, const Design& design, Faults& faults) {
    if (design.replications == 0 ||
        design.draws <= (random::replication_end - design.central_units) / design.replications) {
        return;
    }
    faults.add(place_of(root, {"design", "replications"}),
               "more simulations in all than random streams can tell apart");
}

namespace {

using StageFlags = std::vector<bool>;

bool has_unresolved(const Model& model) {
    for (const Stage& stage : model.stages) {
        for (const Transition& next : stage.next) {
            if (next.target == unresolved) return true;
        }
    }
    return false;
}

StageFlags reached_from(const std::vector<Stage>& stages, std::vector<std::size_t> waiting) {
    StageFlags reached(stages.size(), false);
    for (const std::size_t stage : waiting) reached[stage] = true;
    while (!waiting.empty()) {
        const std::size_t stage = waiting.back();
        waiting.pop_back();
        for (const Transition& next : stages[stage].next) {
            if (next.to_outcome || reached[next.target]) continue;
            reached[next.target] = true;
            waiting.push_back(next.target);
        }
    }
    return reached;
}

StageFlags leading_out(const std::vector<Stage>& stages) {
    StageFlags leading(stages.size(), false);
    std::vector<std::vector<std::size_t>> before(stages.size());
    std::vector<std::size_t> waiting;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        for (const Transition& next : stages[i].next) {
            if (next.to_outcome && !leading[i]) {
                leading[i] = true;
                waiting.push_back(i);
            }
            if (!next.to_outcome) before[next.target].push_back(i);
        }
    }
    while (!waiting.empty()) {
        const std::size_t stage = waiting.back();
        waiting.pop_back();
        for (const std::size_t earlier : before[stage]) {
            if (leading[earlier]) continue;
            leading[earlier] = true;
            waiting.push_back(earlier);
        }
    }
    return leading;
}

}  // namespace

void check_pathway(const Node& root, const std::vector<Arrivals>& arrivals, const Model& model,
                   Faults& faults) {
    const Names stages =
        names_of(root.find("pathway") == nullptr ? nullptr : root.find("pathway")->find("stages"), true);
    if (stages.size() != model.stages.size() || has_unresolved(model)) return;
    std::vector<std::size_t> entries;
    for (const Arrivals& stream : arrivals) {
        if (stream.entry_stage == unresolved) continue;
        const auto entry = stages.find(stream.entry_stage_name);
        if (entry) {
            entries.push_back(*entry);
        } else {
            faults.add(place_of(root, {"pathway", "stages"}),
                       "there is no stage '" + stream.entry_stage_name + "', where the arrivals '" +
                           stream.name + "' begin");
        }
    }
    if (entries.empty()) return;
    const StageFlags reached = reached_from(model.stages, entries);
    const StageFlags leading = leading_out(model.stages);
    for (std::size_t i = 0; i < model.stages.size(); ++i) {
        const std::string& name = model.stages[i].name;
        if (!reached[i]) {
            faults.add(place_of(root, {"pathway", "stages", name}),
                       "no family can reach the stage '" + name + "'",
                       "lead a transition to it, or take it out");
        }
        if (!leading[i] && !model.stages[i].next.empty()) {
            faults.add(place_of(root, {"pathway", "stages", name}),
                       "from the stage '" + name + "' there is no way out",
                       "lead a transition to an outcome");
        }
    }
}

}  // namespace vfm::scenario
