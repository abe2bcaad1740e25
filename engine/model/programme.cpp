#include "programme.hpp"

#include "pathway.hpp"

#include "vfm/model/short_cuts.hpp"
#include "vfm/random/mathematics.hpp"
#include "vfm/random/streams.hpp"

namespace vfm::model {

void Programme::start(const PopulationInputs& population, const ArmInputs& arm) {
    population_ = &population;
    arm_ = &arm;
    inputs_ = &arm.support;
    is_over_ = false;
    const SupportedStages stages = supported_stages(population, arm);
    is_passive_ =
        stages == SupportedStages::ahead_of_the_calendar || stages == SupportedStages::ahead_by_recursion;
    // A replay tells what happened in order of time, which only the calendar knows.
    places_by_recursion_ = !trace_.is_recorded() && stages == SupportedStages::ahead_by_recursion;
    lists_.assign(inputs_->providers.size(), des::LinkedList{});
}

void Programme::open() {
    if (!inputs_->enabled) return;
    const Ticks launch = calendar_.clock().launch;
    if (places_by_recursion_) {
        // All start at the same time, and families who come before are given a place from then on.
        const Ticks start =
            launch + ticks_from_days(inputs_->kinds[inputs_->posts.front().kind].start_days.mean());
        std::size_t places = 0;
        for (std::uint32_t post = 0; post < supporters_.post_count(); ++post) {
            supporters_.begin_work(post, start);
            places += supporters_[post].cap;
        }
        places_.reset(places, start);
    } else {
        for (std::uint32_t post = 0; post < supporters_.post_count(); ++post) supporters_.hire(post, launch);
    }
    calendar_.schedule(calendar_.clock().funding_end, EventKind::programme_ends, 0);
}

void Programme::close() {
    if (!inputs_->enabled) return;
    const Clock& clock = calendar_.clock();
    if (!is_over_) end(clock.horizon);
    const double days = days_from_ticks(clock.funding_end - clock.launch);
    const double discounted = accounts_.discounted_days(clock.launch, clock.funding_end);
    for (const ProviderInputs& provider : inputs_->providers) {
        accounts_.enter_shared(Payer::programme, Category::management_and_premises,
                               provider.fixed_cost_per_day * days, provider.fixed_cost_per_day * discounted);
        accounts_.spend_over(provider.fixed_cost_per_day * days, clock.launch, clock.funding_end);
    }
    accounts_.add(Measure::budget_planned, arm_->budget_planned);
}

bool Programme::is_taken_up(std::uint32_t family, Ticks time) const {
    const Clock& clock = calendar_.clock();
    if (time < clock.launch || time >= clock.last_referral || time >= clock.funding_end) return false;
    double awareness = 1;
    if (inputs_->awareness_ramp_days > 0) {
        const double ramp = days_from_ticks(time - clock.launch) / inputs_->awareness_ramp_days;
        if (ramp < 1) awareness = inputs_->awareness_at_launch + (1 - inputs_->awareness_at_launch) * ramp;
    }
    const double uniform = states_.drawn().uptake_variate(family);
    return uniform < awareness &&
           uniform < awareness * predictors_.probability(inputs_->uptake, family, time);
}

inline void Programme::leave_list(std::uint32_t family, Ticks time) {
    FamilyState& state = states_[family];
    lists_[state.provider].remove(states_.links(), family);
    state.facts &= ~fact(Flag::waiting);
    state.listed_ticks += time - state.list_since;
    accounts_.count(Measure::wait_for_supporter_days, fixed_days(time - state.list_since));
    accounts_.count_week(Series::waiting, time, -1);
}

inline void Programme::allocate(std::uint32_t family, std::uint32_t post, Ticks time) {
    FamilyState& state = states_[family];
    leave_list(family, time);
    SupporterState& supporter = supporters_[post];
    ++supporter.open_cases;
    supporter.cases.append(states_.links(), family);
    state.support = SupportStatus::supported;
    state.supporter = post;
    state.supported_since = time;
    accounts_.count_week(Series::caseload, time, 1);
    trace_.record(time, family, TraceEvent::Kind::gets_supporter, post);
    if (!state.has(Flag::user)) {
        state.facts |= fact(Flag::user);
        accounts_.count(Measure::users);
        accounts_.count_in(FamilyHistogram::wait_for_supporter_days, days_from_ticks(state.listed_ticks));
    } else {
        ++state.supporter_changes;
        accounts_.count(Measure::supporter_changes);
        tasks_.hand_over(family, post, time);
    }
    supporters_.refresh_facts(state, time);
    if (state.begun) {
        tasks_.take_up(family, time);
    } else {
        pathway_.begin(family, state.stage, time);
    }
}

/// Kiefer and Wolfowitz's recursion over the places of supporters who are all alike: each family has the one
/// that is free first, and its whole way through the pathway is known before the next family arrives.
/// Families who would come too late are still in the list when the programme ends.
inline void Programme::give_place_by_recursion(std::uint32_t family, Ticks time) {
    const Ticks from = places_.start_of(time);
    if (from >= calendar_.clock().funding_end) return;
    place_held_until_ = calendar_.clock().horizon;
    allocate(family, 0, from);
    places_.occupy_until(place_held_until_);
}

/// Into the provider's list, and out of it at once when an eligible supporter has a free place.
inline void Programme::enter_list(std::uint32_t family, Ticks time) {
    FamilyState& state = states_[family];
    state.support = SupportStatus::waiting;
    state.facts |= fact(Flag::waiting);
    state.list_since = time;
    lists_[state.provider].append(states_.links(), family);
    accounts_.count_week(Series::waiting, time, 1);
    if (places_by_recursion_) {
        give_place_by_recursion(family, time);
        return;
    }
    const std::uint32_t post = supporters_.free_for(state.provider, state.facts);
    if (post != nobody) allocate(family, post, time);
}

inline std::uint32_t Programme::choose_provider(std::uint32_t family, double uniform) const {
    const std::vector<ProviderInputs>& providers = inputs_->providers;
    std::uint32_t chosen = 0;
    for (; chosen < providers.size(); ++chosen) {
        if ((states_.drawn().levels(family) & providers[chosen].serves) != 0) return chosen;
    }
    for (chosen = 0; chosen + 1 < providers.size(); ++chosen) {
        if (uniform < providers[chosen].cumulative_share) break;
    }
    return chosen;
}

/// One uniform decides between lost, misrouted and straight there; another which provider; a second pair
/// whether two providers end up supporting the family, and whether it is in conflict with itself.
inline void Programme::refer(std::uint32_t family, Ticks time) {
    FamilyState& state = states_[family];
    const Families& families = states_.drawn();
    const FamilyName who = families.name(family);
    const StreamInputs& stream = population_->streams[who.stream];
    // A variate that can decide nothing is not drawn: it has a name of its own, so leaving it out changes no
    // other.
    random::Pair route{1, 0};
    if (inputs_->lost > 0 || inputs_->misrouted > 0 || inputs_->providers.size() > 1) {
        route = random::uniform_pair(families.cell(), stream.referral_purpose, who.index, 0);
    }
    if (route.first < inputs_->lost) {
        accounts_.count(Measure::referral_lost);
        state.support = SupportStatus::over;
        return;
    }
    random::Pair duplication{1, 1};
    if (inputs_->duplicated > 0 || inputs_->conflicted > 0) {
        duplication = random::uniform_pair(families.cell(), stream.duplication_purpose, who.index, 0);
    }
    if (duplication.first < inputs_->duplicated) {
        state.facts |= fact(Flag::duplicated);
        accounts_.count(Measure::duplicated);
    }
    if (duplication.second < inputs_->conflicted) {
        state.facts |= fact(Flag::conflicted);
        accounts_.count(Measure::conflicted);
    }
    state.provider = static_cast<std::uint8_t>(choose_provider(family, route.second));
    state.support = SupportStatus::referred;
    if (route.first < inputs_->lost + inputs_->misrouted) {
        state.facts |= fact(Flag::misrouted);
        accounts_.count(Measure::misrouted);
        const double variate = random::standard_normal_quantile(
            random::uniform_pair(families.cell(), stream.delay_purpose, who.index, 0).first);
        const Ticks joins = time + ticks_from_days(inputs_->misrouted_delay_days.sample(variate));
        if (joins < calendar_.clock().horizon) calendar_.schedule(joins, EventKind::list_joined, family);
    } else {
        join_list(family, time);
    }
}

void Programme::offer(std::uint32_t family, Ticks time) {
    if (!is_sought(family, arm_->stages[states_[family].stage], time)) return;
    accounts_.count(Measure::sought_support);
    trace_.record(time, family, TraceEvent::Kind::seeks_support, 0);
    refer(family, time);
}

void Programme::join_list(std::uint32_t family, Ticks time) {
    FamilyState& state = states_[family];
    if (state.support != SupportStatus::referred) return;
    if (is_over_) {
        state.support = SupportStatus::over;
        if (!state.begun) pathway_.begin(family, state.stage, time);
        return;
    }
    trace_.record(time, family, TraceEvent::Kind::joins_list, state.provider);
    enter_list(family, time);
}

inline void Programme::give_back_place(std::uint32_t family, Ticks time) {
    const FamilyState& state = states_[family];
    SupporterState& supporter = supporters_[state.supporter];
    supporter.cases.remove(states_.links(), family);
    --supporter.open_cases;
    accounts_.count_week(Series::caseload, time, -1);
    accounts_.count(Measure::place_days, fixed_days(time - state.supported_since));
    place_held_until_ = time;
}

/// Gives a supporter's free places to the first in the list whom the supporter may take.
inline void Programme::fill_places(std::uint32_t post, Ticks time) {
    const des::LinkedList& list = lists_[supporters_.post(post).provider];
    if (list.empty()) return;
    const SupporterState& supporter = supporters_[post];
    const Facts not_for = supporters_.kind(post).not_for;
    while (supporter.in_post && supporter.open_cases < supporter.cap) {
        // From the front each time: a family that is through at once gives its place back in here.
        std::uint32_t family = list.front();
        while (family != nobody && (states_[family].facts & not_for) != 0) {
            family = des::LinkedList::after(states_.links(), family);
        }
        if (family == nobody) return;
        allocate(family, post, time);
    }
}

void Programme::end_support(std::uint32_t family, Ticks time) {
    FamilyState& state = states_[family];
    const SupportStatus until_now = state.support;
    if (until_now == SupportStatus::supported) supporters_.refresh_facts(state, time);
    state.support = SupportStatus::over;
    if (until_now == SupportStatus::waiting) leave_list(family, time);
    if (until_now != SupportStatus::supported) return;
    give_back_place(family, time);
    fill_places(state.supporter, time);
}

void Programme::supporter_starts(std::uint32_t post, Ticks time) {
    if (is_over_) return;
    supporters_.begin_work(post, time);
    fill_places(post, time);
}

/// The cases go back to the provider's list in the order they were taken on, unfinished tasks with them.
void Programme::supporter_leaves(std::uint32_t post, Ticks time) {
    SupporterState& supporter = supporters_[post];
    if (!supporter.in_post) return;
    tasks_.take_back(post, time);
    supporters_.end_work(post, time);
    tasks_.delegate_again(post, time);
    supporter.newest_task = nobody;
    while (!supporter.cases.empty()) {
        const std::uint32_t family = supporter.cases.front();
        give_back_place(family, time);
        FamilyState& state = states_[family];
        state.facts |= fact(Flag::continuity_lost);
        trace_.record(time, family, TraceEvent::Kind::loses_supporter, post);
        if (state.gone) {
            state.support = SupportStatus::over;
        } else {
            enter_list(family, time);
        }
    }
    ++supporter.generation;
    supporters_.hire(post, time);
}

void Programme::strand(std::uint32_t family, Ticks time) {
    FamilyState& state = states_[family];
    if (state.support == SupportStatus::waiting) leave_list(family, time);
    if (state.support == SupportStatus::supported) give_back_place(family, time);
    state.support = SupportStatus::over;
    state.facts |= fact(Flag::stranded);
    accounts_.count(Measure::stranded);
    if (!state.begun) pathway_.begin(family, state.stage, time);  // without the supporter it waited for
}

void Programme::end(Ticks time) {
    is_over_ = true;
    for (std::uint32_t post = 0; post < supporters_.post_count(); ++post) {
        SupporterState& supporter = supporters_[post];
        if (!supporter.in_post) continue;
        tasks_.take_back(post, time);
        while (!supporter.cases.empty()) strand(supporter.cases.front(), time);
        supporters_.end_work(post, time);
    }
    for (des::LinkedList& list : lists_) {
        while (!list.empty()) strand(list.front(), time);
    }
}

}  // namespace vfm::model
