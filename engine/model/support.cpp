// The programme as families meet it: offered, referred, waited for, held, given back, ended.
#include "area_state.hpp"
#include "area_steps.hpp"

namespace vfm::model {

void AreaSimulation::State::offer_support(std::uint32_t family, Ticks time) {
    FamilyState& state = family_states_[family];
    if (state.care != Care::none) return;
    if (!would_seek_support(family, inputs_->stages[state.stage], time)) return;
    tallies_->count(Measure::sought_support);
    note(time, family, TraceEvent::Kind::seeks_support, 0);
    refer(family, time);
}

/// One uniform decides between lost, misrouted and straight there; another which provider; a second pair
/// whether two providers end up supporting the family, and whether it is in conflict with itself.
void AreaSimulation::State::refer(std::uint32_t family, Ticks time) {
    FamilyState& state = family_states_[family];
    const SupportInputs& support = inputs_->support;
    const FamilyName who = families_->name(family);
    const StreamInputs& stream = population_->streams[who.stream];
    // Luck that can decide nothing is not drawn: it has a name of its own, so leaving it out changes no
    // other.
    random::Pair way{1, 0};
    if (support.lost > 0 || support.misrouted > 0 || support.providers.size() > 1) {
        way = random::uniform_pair(families_->cell(), stream.referral_purpose, who.index, 0);
    }
    if (way.first < support.lost) {
        tallies_->count(Measure::referral_lost);
        state.care = Care::over;
        return;
    }
    random::Pair care{1, 1};
    if (support.duplicated > 0 || support.conflicted > 0) {
        care = random::uniform_pair(families_->cell(), stream.duplication_purpose, who.index, 0);
    }
    if (care.first < support.duplicated) {
        state.facts |= fact(Flag::duplicated);
        tallies_->count(Measure::duplicated);
    }
    if (care.second < support.conflicted) {
        state.facts |= fact(Flag::conflicted);
        tallies_->count(Measure::conflicted);
    }
    state.provider = static_cast<std::uint8_t>(choose_provider(family, way.second));
    state.care = Care::referred;
    if (way.first < support.lost + support.misrouted) {
        state.facts |= fact(Flag::misrouted);
        tallies_->count(Measure::misrouted);
        const double luck = random::standard_normal_quantile(
            random::uniform_pair(families_->cell(), stream.delay_purpose, who.index, 0).first);
        const Ticks joins = time + ticks_from_days(support.misrouted_delay_days.sample(luck));
        if (joins < clock_.horizon) schedule(joins, Happens::list_joined, family);
    } else {
        join_list(family, time);
    }
}

std::uint32_t AreaSimulation::State::choose_provider(std::uint32_t family, double choice) const {
    const std::vector<ProviderInputs>& providers = inputs_->support.providers;
    std::uint32_t chosen = 0;
    for (; chosen < providers.size(); ++chosen) {
        if ((families_->levels(family) & providers[chosen].serves) != 0) return chosen;
    }
    for (chosen = 0; chosen + 1 < providers.size(); ++chosen) {
        if (choice < providers[chosen].cumulative_share) break;
    }
    return chosen;
}

void AreaSimulation::State::join_list(std::uint32_t family, Ticks time) {
    FamilyState& state = family_states_[family];
    if (state.care != Care::referred) return;
    if (programme_over_) {
        state.care = Care::over;
        if (!state.begun) begin_stage(family, state.stage, time);
        return;
    }
    note(time, family, TraceEvent::Kind::joins_list, state.provider);
    enter_list(family, time);
}

/// Into the provider's list, and out of it at once when an eligible supporter has a free place.
void AreaSimulation::State::enter_list(std::uint32_t family, Ticks time) {
    FamilyState& state = family_states_[family];
    state.care = Care::waiting;
    state.facts |= fact(Flag::waiting);
    state.list_since = time;
    providers_[state.provider].list.append(links_, family);
    count_week(Series::waiting, time, 1);
    const std::uint32_t post = free_supporter(state.provider, state.facts);
    if (post != nobody) allocate(family, post, time);
}

void AreaSimulation::State::leave_list(std::uint32_t family, Ticks time) {
    FamilyState& state = family_states_[family];
    providers_[state.provider].list.remove(links_, family);
    state.facts &= ~fact(Flag::waiting);
    count_wait(state, time);
    count_week(Series::waiting, time, -1);
}

/// The supporter in post with a free place and the lowest share of places taken; of equals the first.
std::uint32_t AreaSimulation::State::free_supporter(std::uint32_t provider, Facts facts) const {
    const ProviderState& at = providers_[provider];
    std::uint32_t best = nobody;
    for (std::uint32_t post = at.first_post; post < at.first_post + at.post_count; ++post) {
        const SupporterState& one = supporters_[post];
        if (!one.in_post || one.open_cases >= one.cap) continue;
        if ((facts & inputs_->support.kinds[inputs_->support.posts[post].kind].not_for) != 0) continue;
        if (best == nobody || std::uint64_t{one.open_cases} * supporters_[best].cap <
                                  std::uint64_t{supporters_[best].open_cases} * one.cap) {
            best = post;
        }
    }
    return best;
}

void AreaSimulation::State::allocate(std::uint32_t family, std::uint32_t post, Ticks time) {
    FamilyState& state = family_states_[family];
    leave_list(family, time);
    SupporterState& supporter = supporters_[post];
    ++supporter.open_cases;
    supporter.cases.append(links_, family);
    state.care = Care::supported;
    state.supporter = post;
    state.supported_since = time;
    count_week(Series::caseload, time, 1);
    note(time, family, TraceEvent::Kind::gets_supporter, post);
    if ((state.facts & fact(Flag::user)) == 0) {
        count_user(state);
    } else {
        ++state.supporter_changes;
        tallies_->count(Measure::supporter_changes);
        hand_over(family, post, time);
    }
    refresh_supporter_facts(state, time);
    if (!state.begun) {
        begin_stage(family, state.stage, time);
    } else if (state.raised_visit == state.visit_number) {
        resume_tasks(family, time);
    } else {
        raise_tasks(family, time);
    }
}

/// Gives a supporter's free places to the first in the list whom the supporter may take.
void AreaSimulation::State::fill_places(std::uint32_t post, Ticks time) {
    const SupporterState& supporter = supporters_[post];
    const PostInputs& inputs = inputs_->support.posts[post];
    const Facts not_for = inputs_->support.kinds[inputs.kind].not_for;
    const des::LinkedList& list = providers_[inputs.provider].list;
    while (supporter.in_post && supporter.open_cases < supporter.cap) {
        // From the front each time: a family that is through at once gives its place back in here.
        std::uint32_t family = list.front();
        while (family != nobody && (family_states_[family].facts & not_for) != 0) {
            family = des::LinkedList::after(links_, family);
        }
        if (family == nobody) return;
        allocate(family, post, time);
    }
}

void AreaSimulation::State::give_back_place(std::uint32_t family, Ticks time) {
    const FamilyState& state = family_states_[family];
    SupporterState& supporter = supporters_[state.supporter];
    supporter.cases.remove(links_, family);
    --supporter.open_cases;
    count_place_held(state, time);
}

void AreaSimulation::State::end_support(std::uint32_t family, Ticks time) {
    FamilyState& state = family_states_[family];
    const Care until_now = state.care;
    if (until_now == Care::supported) refresh_supporter_facts(state, time);
    state.care = Care::over;
    if (until_now == Care::waiting) leave_list(family, time);
    if (until_now != Care::supported) return;
    if (places_by_recursion_) {
        count_place_held(state, time);
        place_held_until_ = time;
        return;
    }
    give_back_place(family, time);
    fill_places(state.supporter, time);
}

void AreaSimulation::State::strand(std::uint32_t family, Ticks time) {
    FamilyState& state = family_states_[family];
    if (state.care == Care::waiting) leave_list(family, time);
    if (state.care == Care::supported) give_back_place(family, time);
    state.care = Care::over;
    state.facts |= fact(Flag::stranded);
    tallies_->count(Measure::stranded);
    if (!state.begun) begin_stage(family, state.stage, time);  // without the supporter it waited for
}

void AreaSimulation::State::end_programme(Ticks time) {
    programme_over_ = true;
    for (std::uint32_t post = 0; post < supporters_.size(); ++post) {
        SupporterState& supporter = supporters_[post];
        if (!supporter.in_post) continue;
        take_back_tasks(post, time);
        while (!supporter.cases.empty()) strand(supporter.cases.front(), time);
        pay_supporter(post, time);
        supporter.in_post = false;
    }
    for (ProviderState& provider : providers_) {
        while (!provider.list.empty()) strand(provider.list.front(), time);
    }
}

}  // namespace vfm::model
