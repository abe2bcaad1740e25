#include "supporters.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/random/mathematics.hpp"
#include "vfm/random/streams.hpp"

#include <string>

namespace vfm::model {
namespace {

/// The whole number nearest to a positive one, halves up.
std::uint32_t nearest_whole(double positive) {
    const auto below = static_cast<std::uint32_t>(positive);
    return positive - below >= 0.5 ? below + 1 : below;
}

}  // namespace

void Supporters::start(const ArmInputs& arm) {
    inputs_ = &arm.support;
    supporters_.assign(inputs_->posts.size(), SupporterState{});
    posts_.assign(inputs_->providers.size(), PostRange{});
    for (std::uint32_t post = 0; post < inputs_->posts.size(); ++post) {
        PostRange& range = posts_[inputs_->posts[post].provider];
        if (range.count++ == 0) range.first = post;
    }
}

void Supporters::hire(std::uint32_t post_number, Ticks from) {
    const PostInputs& inputs = post(post_number);
    const std::uint32_t generation = supporters_[post_number].generation;
    if (generation == random::many_occurrences_end) {
        throw UserError("a post is filled more than " + std::to_string(generation) +
                        " times, which is more than a replication can tell apart; lower "
                        "leaving_rate_per_year or notice_hazard_ratio, or raise replacement_days");
    }
    const double variate = random::standard_normal_quantile(
        random::uniform_pair_of_many(states_.drawn().cell(), inputs.start_purpose, inputs.index, generation)
            .first);
    const KindInputs& person = kind(post_number);
    const double days = (generation == 0 ? person.start_days : person.replacement_days).sample(variate);
    const Ticks starts = from + ticks_from_days(days > 0 ? days : 0);
    const Clock& clock = calendar_.clock();
    if (starts < clock.funding_end && starts < clock.horizon)
        calendar_.schedule(starts, EventKind::supporter_starts, post_number);
}

/// A unit exponential spent against the integrated hazard, which is higher from the notice on: a changed rate
/// moves the day a person leaves instead of redrawing it.
Ticks Supporters::leaving_time(std::uint32_t post_number, Ticks started) const {
    const PostInputs& inputs = post(post_number);
    const KindInputs& person = kind(post_number);
    const Clock& clock = calendar_.clock();
    if (person.leaving_per_day <= 0) return clock.horizon;
    const double uniform = random::uniform_pair_of_many(states_.drawn().cell(), inputs.life_purpose,
                                                        inputs.index, supporters_[post_number].generation)
                               .first;
    const double to_spend = -random::logarithm(uniform);
    const double days_to_notice = started < clock.notice ? days_from_ticks(clock.notice - started) : 0;
    const double spent_by_notice = days_to_notice * person.leaving_per_day;
    const double days = to_spend <= spent_by_notice
                            ? to_spend / person.leaving_per_day
                            : days_to_notice + (to_spend - spent_by_notice) /
                                                   (person.leaving_per_day * person.notice_hazard_ratio);
    const double days_left = days_from_ticks(clock.horizon - started);
    return days < days_left ? started + ticks_from_days(days) : clock.horizon;
}

void Supporters::begin_work(std::uint32_t post_number, Ticks time) {
    const PostInputs& inputs = post(post_number);
    const KindInputs& person = kind(post_number);
    SupporterState& supporter = supporters_[post_number];
    const double uniform = random::uniform_pair_of_many(states_.drawn().cell(), inputs.life_purpose,
                                                        inputs.index, supporter.generation)
                               .second;
    supporter.in_post = true;
    supporter.trained = uniform < person.trained_share;
    supporter.facts = kind_fact(inputs.kind) | (supporter.trained ? fact(Flag::trained) : 0);
    supporter.started = time;
    supporter.used_hours = 0;
    supporter.used_discounted = 0;
    const double cap = person.caseload_cap * inputs.fraction;
    supporter.cap = cap < 1 ? 1U : nearest_whole(cap);
    supporter.days_per_hour =
        days_per_week / (person.weekly_hours * (1 - person.other_work_share) * inputs.fraction);
    supporter.hours = des::BankedServer(time, ticks_from_days(person.bank_weeks * days_per_week));
    const double recruitment = person.recruitment_cost * inputs.fraction;
    accounts_.enter_shared(Payer::programme, Category::recruitment_and_training, recruitment,
                           recruitment * accounts_.discount(time));
    accounts_.count_week(Series::spending, time, to_fixed(recruitment));
    const Ticks leaves = leaving_time(post_number, time);
    if (leaves < calendar_.clock().funding_end)
        calendar_.schedule(leaves, EventKind::supporter_leaves, post_number);
}

void Supporters::end_work(std::uint32_t post_number, Ticks time) {
    supporters_[post_number].in_post = false;
    pay(post_number, time);
}

template <class MayTake>
std::uint32_t Supporters::least_loaded_of(std::uint32_t provider, const MayTake& may_take) const {
    const PostRange& range = posts_[provider];
    std::uint32_t best = nobody;
    for (std::uint32_t at = range.first; at < range.first + range.count; ++at) {
        const SupporterState& one = supporters_[at];
        if (!one.in_post || !may_take(at)) continue;
        if (best == nobody || std::uint64_t{one.open_cases} * supporters_[best].cap <
                                  std::uint64_t{supporters_[best].open_cases} * one.cap) {
            best = at;
        }
    }
    return best;
}

std::uint32_t Supporters::free_for(std::uint32_t provider, Facts facts) const {
    return least_loaded_of(provider, [&](std::uint32_t at) {
        return supporters_[at].open_cases < supporters_[at].cap && (facts & kind(at).not_for) == 0;
    });
}

std::uint32_t Supporters::least_loaded(std::uint32_t provider, Facts kinds) const {
    return least_loaded_of(provider,
                           [&](std::uint32_t at) { return (kinds & kind_fact(post(at).kind)) != 0; });
}

void Supporters::use_hours(std::uint32_t post_number, std::uint32_t family, double hours, Ticks time) {
    SupporterState& supporter = supporters_[post_number];
    supporter.used_hours += hours;
    supporter.used_discounted += hours * accounts_.discount(time);
    accounts_.add(Measure::support_hours, hours);
    FamilyState& state = states_[family];
    state.hours += to_fixed(hours);
    if (state.gone) accounts_.correct_groups(family, Measure::support_hours, to_fixed(hours));
}

/// Paid staff cost the hours they are contracted for, split into used, other work and idle; volunteers cost
/// their expenses and supervision, and give time that nobody pays for.
void Supporters::pay(std::uint32_t post_number, Ticks time) {
    const PostInputs& inputs = post(post_number);
    const KindInputs& person = kind(post_number);
    const SupporterState& supporter = supporters_[post_number];
    const double days = days_from_ticks(time - supporter.started);
    const double discounted = accounts_.discounted_days(supporter.started, time);
    const double hours_per_day = person.weekly_hours * inputs.fraction / days_per_week;
    accounts_.add(Measure::contracted_hours, hours_per_day * days);
    double spent = 0;
    if (person.paid) {
        const double cost_per_day = hours_per_day * person.cost_per_hour;
        const double other = person.other_work_share;
        const double used = supporter.used_hours * person.cost_per_hour;
        const double used_discounted = supporter.used_discounted * person.cost_per_hour;
        accounts_.enter_shared(Payer::programme, Category::supporter_time_used, used, used_discounted);
        accounts_.enter_shared(Payer::programme, Category::other_work, cost_per_day * days * other,
                               cost_per_day * discounted * other);
        accounts_.enter_shared(Payer::programme, Category::supporter_time_idle,
                               cost_per_day * days * (1 - other) - used,
                               cost_per_day * discounted * (1 - other) - used_discounted);
        spent += cost_per_day * days;
    } else {
        accounts_.enter_shared(Payer::volunteer, Category::volunteer_time,
                               supporter.used_hours * person.time_value_per_hour,
                               supporter.used_discounted * person.time_value_per_hour);
    }
    const double supervision_per_day = person.supervision_per_day * inputs.fraction;
    accounts_.enter_shared(Payer::programme, Category::supervision, supervision_per_day * days,
                           supervision_per_day * discounted);
    accounts_.enter_shared(Payer::programme, Category::travel_and_expenses,
                           supporter.used_hours * person.expenses_per_hour,
                           supporter.used_discounted * person.expenses_per_hour);
    spent += supervision_per_day * days + supporter.used_hours * person.expenses_per_hour;
    accounts_.spend_over(spent, supporter.started, time);
}

}  // namespace vfm::model
