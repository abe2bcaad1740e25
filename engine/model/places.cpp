// Places of supporters who are all alike, first come, first served: a recursion in order of arrival instead
// of events. What it gives is bit for bit what the calendar gives.
#include "area_state.hpp"
#include "area_steps.hpp"

#include "vfm/model/short_cuts.hpp"

namespace vfm::model {
namespace {

/// Whether it makes no difference to anybody which supporter has a free place.
bool supporters_are_alike(const SupportInputs& support, const Clock& clock) {
    if (support.posts.empty() || support.providers.size() != 1) return false;
    const std::uint32_t kind_number = support.posts.front().kind;
    const KindInputs& kind = support.kinds[kind_number];
    if (kind.not_for != 0 || (kind.trained_share > 0 && kind.trained_share < 1)) return false;
    if (!kind.start_days.is_fixed()) return false;
    if (clock.launch + ticks_from_days(kind.start_days.mean()) >= std::min(clock.funding_end, clock.horizon))
        return false;
    return std::all_of(support.posts.begin(), support.posts.end(),
                       [&](const PostInputs& post) { return post.kind == kind_number; });
}

/// Whether a family goes straight to the provider when it arrives, or never.
bool referral_is_direct(const ArmInputs& inputs) {
    const SupportInputs& support = inputs.support;
    if (support.lost > 0 || support.misrouted > 0 || support.duplicated > 0 || support.conflicted > 0)
        return false;
    for (const StageInputs& stage : inputs.stages) {
        for (const TransitionInputs& way : stage.next) {
            if (!way.to_outcome && inputs.stages[way.target].offers_support) return false;
        }
    }
    return true;
}

}  // namespace

bool authority_is_never_short(const ArmInputs& inputs) {
    return inputs.authority.unlimited && std::none_of(inputs.stages.begin(), inputs.stages.end(),
                                                      [](const StageInputs& s) { return s.has_panel; });
}

bool support_is_passive(const ArmInputs& inputs) {
    const auto nobody_leaves = [](const KindInputs& kind) { return kind.leaving_per_day == 0; };
    const auto no_tasks = [](const StageInputs& stage) { return stage.tasks.empty(); };
    return inputs.support.waits_for_supporter &&
           std::all_of(inputs.stages.begin(), inputs.stages.end(), no_tasks) &&
           std::all_of(inputs.support.kinds.begin(), inputs.support.kinds.end(), nobody_leaves);
}

bool places_need_no_calendar(const PopulationInputs& population, const ArmInputs& inputs) {
    return inputs.support.enabled && support_is_passive(inputs) &&
           supporters_are_alike(inputs.support, population.clock) && referral_is_direct(inputs) &&
           authority_is_never_short(inputs);
}

/// The supporters who start with the programme, and the places they have.
void AreaSimulation::State::open_places() {
    while (static_cast<Happens>(calendar_.next().event().kind) == Happens::supporter_starts) {
        const des::Event event = calendar_.pop();
        now_ = event.time;
        let_happen(event);
    }
    std::size_t places = 0;
    for (const SupporterState& supporter : supporters_) places += supporter.cap;
    places_.reset(places, now_);
}

/// Kiefer and Wolfowitz's recursion over the places: each family has the place that is free first, and its
/// whole way through the pathway is known before the next family arrives.
void AreaSimulation::State::give_places() {
    open_places();
    for (const std::uint32_t family : families_->in_order()) {
        now_ = families_->arrival(family);
        if (now_ >= clock_.horizon) break;
        ++arrived_;
        give_place(family);
    }
}

/// To the family that arrives now, unless it wants none or comes too late.
void AreaSimulation::State::give_place(std::uint32_t family) {
    const FamilyState& state = come_in(family);
    if (!would_seek_support(family, inputs_->stages[state.stage], now_)) {
        begin_stage(family, state.stage, now_);
        return;
    }
    tallies_->count(Measure::sought_support);
    const Ticks from = places_.start_of(now_);
    if (from < clock_.funding_end) {
        hold_place(family, from);
    } else {
        wait_until_the_end(family);
    }
}

void AreaSimulation::State::hold_place(std::uint32_t family, Ticks from) {
    FamilyState& state = family_states_[family];
    state.list_since = now_;
    if (from > now_) {
        count_week(Series::waiting, now_, 1);
        count_week(Series::waiting, from, -1);
    }
    count_wait(state, from);
    state.care = Care::supported;
    state.supporter = 0;
    state.supported_since = from;
    count_week(Series::caseload, from, 1);
    count_user(state);
    refresh_supporter_facts(state, from);
    place_held_until_ = clock_.horizon;
    begin_stage(family, state.stage, from);
    places_.occupy_until(place_held_until_);
    if (state.care != Care::supported) return;
    SupporterState& supporter = supporters_[state.supporter];  // the programme's end finds it there
    ++supporter.open_cases;
    supporter.cases.append(links_, family);
}

/// In the list when the programme ends.
void AreaSimulation::State::wait_until_the_end(std::uint32_t family) {
    FamilyState& state = family_states_[family];
    state.care = Care::waiting;
    state.facts |= fact(Flag::waiting);
    state.list_since = now_;
    providers_[state.provider].list.append(links_, family);
    count_week(Series::waiting, now_, 1);
}

}  // namespace vfm::model
