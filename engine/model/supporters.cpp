// People in posts: hired, trained, at work, leaving, replaced, paid.
#include "area_state.hpp"
#include "area_steps.hpp"

#include "vfm/core/errors.hpp"

#include <string>

namespace vfm::model {
namespace {

/// The whole number nearest to a positive one, halves up.
std::uint32_t nearest_whole(double positive) {
    const auto below = static_cast<std::uint32_t>(positive);
    return positive - below >= 0.5 ? below + 1 : below;
}

}  // namespace

void AreaSimulation::State::hire(std::uint32_t post, Ticks from) {
    const PostInputs& inputs = inputs_->support.posts[post];
    const KindInputs& kind = inputs_->support.kinds[inputs.kind];
    const std::uint32_t generation = supporters_[post].generation;
    if (generation == random::many_occurrences_end) {
        throw UserError("a post is filled more than " + std::to_string(generation) +
                        " times, which is more than a replication can tell apart; lower "
                        "leaving_rate_per_year or notice_hazard_ratio, or raise replacement_days");
    }
    const double luck = random::standard_normal_quantile(
        random::uniform_pair_of_many(families_->cell(), inputs.start_purpose, inputs.index, generation)
            .first);
    const double days = (generation == 0 ? kind.start_days : kind.replacement_days).sample(luck);
    const Ticks starts = from + ticks_from_days(days > 0 ? days : 0);
    if (starts < clock_.funding_end && starts < clock_.horizon)
        schedule(starts, Happens::supporter_starts, post);
}

/// A unit exponential spent against the integrated hazard, which is higher from the notice on: a changed rate
/// moves the day a person leaves instead of redrawing it.
Ticks AreaSimulation::State::leaving_time(std::uint32_t post, Ticks started) const {
    const PostInputs& inputs = inputs_->support.posts[post];
    const KindInputs& kind = inputs_->support.kinds[inputs.kind];
    if (kind.leaving_per_day <= 0) return clock_.horizon;
    const double luck = random::uniform_pair_of_many(families_->cell(), inputs.life_purpose, inputs.index,
                                                     supporters_[post].generation)
                            .first;
    const double to_spend = -random::logarithm(luck);
    const double days_to_notice = started < clock_.notice ? days_from_ticks(clock_.notice - started) : 0;
    const double spent_by_notice = days_to_notice * kind.leaving_per_day;
    const double days = to_spend <= spent_by_notice
                            ? to_spend / kind.leaving_per_day
                            : days_to_notice + (to_spend - spent_by_notice) /
                                                   (kind.leaving_per_day * kind.notice_hazard_ratio);
    const double days_left = days_from_ticks(clock_.horizon - started);
    return days < days_left ? started + ticks_from_days(days) : clock_.horizon;
}

void AreaSimulation::State::supporter_starts(std::uint32_t post_index, Ticks time) {
    if (programme_over_) return;
    const PostInputs& inputs = inputs_->support.posts[post_index];
    const KindInputs& kind = inputs_->support.kinds[inputs.kind];
    SupporterState& supporter = supporters_[post_index];
    const double luck = random::uniform_pair_of_many(families_->cell(), inputs.life_purpose, inputs.index,
                                                     supporter.generation)
                            .second;
    supporter.in_post = true;
    supporter.trained = luck < kind.trained_share;
    supporter.facts = kind_fact(inputs.kind) | (supporter.trained ? fact(Flag::trained) : 0);
    supporter.started = time;
    supporter.used_hours = 0;
    supporter.used_discounted = 0;
    const double cap = kind.caseload_cap * inputs.fraction;
    supporter.cap = cap < 1 ? 1U : nearest_whole(cap);
    supporter.days_per_hour =
        days_per_week / (kind.weekly_hours * (1 - kind.other_work_share) * inputs.fraction);
    supporter.hours = des::BankedServer(time, ticks_from_days(kind.bank_weeks * days_per_week));
    const double recruitment = kind.recruitment_cost * inputs.fraction;
    enter_shared(Payer::programme, Category::recruitment_and_training, recruitment,
                 recruitment * discount(time));
    count_week(Series::spending, time, to_fixed(recruitment));
    const Ticks leaves = leaving_time(post_index, time);
    if (leaves < clock_.funding_end) schedule(leaves, Happens::supporter_leaves, post_index);
    fill_places(post_index, time);
}

void AreaSimulation::State::supporter_leaves(std::uint32_t post, Ticks time) {
    if (!supporters_[post].in_post) return;
    vacate(post, time);
    ++supporters_[post].generation;
    hire(post, time);
}

/// The cases go back to the provider's list in the order they were taken on, unfinished tasks with them.
void AreaSimulation::State::vacate(std::uint32_t post, Ticks time) {
    SupporterState& supporter = supporters_[post];
    supporter.in_post = false;
    take_back_tasks(post, time);
    pay_supporter(post, time);
    delegate_again(post, time);
    supporter.newest_task = nobody;
    while (!supporter.cases.empty()) {
        const std::uint32_t family = supporter.cases.front();
        give_back_place(family, time);
        family_states_[family].facts |= fact(Flag::continuity_lost);
        note(time, family, TraceEvent::Kind::loses_supporter, post);
        if (family_states_[family].gone) {
            family_states_[family].care = Care::over;
        } else {
            enter_list(family, time);
        }
    }
}

void AreaSimulation::State::use_hours(std::uint32_t post, std::uint32_t family, double hours, bool skilled,
                                      Ticks time) {
    SupporterState& supporter = supporters_[post];
    supporter.used_hours += hours;
    supporter.used_discounted += hours * discount(time);
    tallies_->add(Measure::support_hours, hours);
    if (skilled) tallies_->add(Measure::skilled_hours, hours);
    FamilyState& state = family_states_[family];
    state.hours += to_fixed(hours);
    if (state.gone) correct_group_hours(state, to_fixed(hours));
}

/// Paid staff cost the hours they are contracted for, split into used, other work and idle; volunteers cost
/// their expenses and supervision, and give time that nobody pays for.
void AreaSimulation::State::pay_supporter(std::uint32_t post, Ticks time) {
    const PostInputs& inputs = inputs_->support.posts[post];
    const KindInputs& kind = inputs_->support.kinds[inputs.kind];
    const SupporterState& supporter = supporters_[post];
    const double days = days_from_ticks(time - supporter.started);
    const double discounted = discounted_days(supporter.started, time);
    const double hours_per_day = kind.weekly_hours * inputs.fraction / days_per_week;
    tallies_->add(Measure::contracted_hours, hours_per_day * days);
    double spent = 0;
    if (kind.paid) {
        const double cost_per_day = hours_per_day * kind.cost_per_hour;
        const double other = kind.other_work_share;
        const double used = supporter.used_hours * kind.cost_per_hour;
        const double used_discounted = supporter.used_discounted * kind.cost_per_hour;
        enter_shared(Payer::programme, Category::supporter_time_used, used, used_discounted);
        enter_shared(Payer::programme, Category::other_work, cost_per_day * days * other,
                     cost_per_day * discounted * other);
        enter_shared(Payer::programme, Category::supporter_time_idle,
                     cost_per_day * days * (1 - other) - used,
                     cost_per_day * discounted * (1 - other) - used_discounted);
        spent += cost_per_day * days;
    } else {
        enter_shared(Payer::volunteer, Category::volunteer_time,
                     supporter.used_hours * kind.time_value_per_hour,
                     supporter.used_discounted * kind.time_value_per_hour);
    }
    const double supervision_per_day = kind.supervision_per_day * inputs.fraction;
    enter_shared(Payer::programme, Category::supervision, supervision_per_day * days,
                 supervision_per_day * discounted);
    enter_shared(Payer::programme, Category::travel_and_expenses,
                 supporter.used_hours * kind.expenses_per_hour,
                 supporter.used_discounted * kind.expenses_per_hour);
    spent += supervision_per_day * days + supporter.used_hours * kind.expenses_per_hour;
    spend_over(spent, supporter.started, time);
}

}  // namespace vfm::model
