// Support tasks: raised with a stage, served first come first served, in time or not, handed over.
#include "area_state.hpp"
#include "area_steps.hpp"

#include "vfm/core/errors.hpp"

namespace vfm::model {

namespace {

/// A visit's tasks have a purpose of their own, so that repetitions can count as occurrences.
std::uint32_t purpose_of_visit(std::uint32_t purpose, std::uint32_t visit) {
    constexpr std::uint32_t golden_ratio = 0x9E3779B9;
    return purpose + visit * golden_ratio;
}

}  // namespace

std::uint32_t AreaSimulation::State::new_task(std::uint32_t family, std::uint32_t task,
                                              std::uint32_t repetition, Ticks needed_by) {
    if (tasks_.size() >= des::EventKey::entity_limit) {
        throw UserError(
            "more than 4,194,303 support tasks in one area and replication, which is the most the event "
            "calendar can name; fewer tasks, families or repetitions are needed");
    }
    FamilyState& state = family_states_[family];
    TaskState one;
    one.family = family;
    one.visit_number = state.visit_number;
    one.previous = state.first_task;
    one.task = static_cast<std::uint16_t>(task);
    one.repetition = static_cast<std::uint16_t>(repetition);
    one.needed_by = needed_by;
    state.first_task = static_cast<std::uint32_t>(tasks_.size());
    tasks_.push_back(one);
    return state.first_task;
}

void AreaSimulation::State::raise_tasks(std::uint32_t family, Ticks time) {
    FamilyState& state = family_states_[family];
    state.raised_visit = state.visit_number;
    const StageInputs& stage = inputs_->stages[state.stage];
    for (std::uint32_t task = 0; task < stage.tasks.size(); ++task) {
        if ((state.facts & stage.tasks[task].when) == stage.tasks[task].when) raise_task(family, task, time);
    }
}

/// A task that was needed before the family had a supporter is missed: it counts against `supported`, but is
/// no longer worth doing.
void AreaSimulation::State::raise_task(std::uint32_t family, std::uint32_t task, Ticks time) {
    FamilyState& state = family_states_[family];
    const TaskInputs& inputs = inputs_->stages[state.stage].tasks[task];
    Ticks due = state.visit_start + inputs.after;
    std::uint32_t repetition = 0;
    if (inputs.every > 0 && due < time) {
        repetition = static_cast<std::uint32_t>((time - due + inputs.every - 1) / inputs.every);
        due += inputs.every * repetition;
    }
    if (repetition >= random::occurrence_end) return;
    if (due + inputs.within < time) {
        if (inputs.counts) ++state.visit_tasks;
        return;
    }
    const std::uint32_t raised = new_task(family, task, repetition, due + inputs.within);
    if (due <= time) {
        task_falls_due(raised, time);
    } else if (due < clock_.horizon) {
        schedule(due, Happens::task_falls_due, raised);
    }
}

void AreaSimulation::State::task_falls_due(std::uint32_t task, Ticks time) {
    const TaskState one = tasks_[task];
    FamilyState& state = family_states_[one.family];
    if (state.gone || state.visit_number != one.visit_number || !touches_support(state)) return;
    const TaskInputs& inputs = inputs_of(one);
    tasks_[task].fallen_due = true;
    if (inputs.counts) ++state.visit_tasks;
    if (state.care == Care::supported) give_task(task, time);
    if (inputs.every > 0 && one.repetition + 1U < random::occurrence_end) {
        const Ticks due = one.needed_by - inputs.within + inputs.every;
        const std::uint32_t again = new_task(one.family, one.task, one.repetition + 1U, due + inputs.within);
        if (due < clock_.horizon) schedule(due, Happens::task_falls_due, again);
    }
}

/// The standard normal that decides how many hours a task takes.
double AreaSimulation::State::luck_of(const TaskState& task, const TaskInputs& inputs) const {
    const std::uint32_t visit = family_states_[task.family].visit;
    if (inputs.batch >= 0 && visit == 0 && task.repetition == 0)
        return families_->task_normal(static_cast<std::size_t>(inputs.batch), task.family);
    const FamilyName who = families_->name(task.family);
    const std::uint32_t purpose = purpose_of_visit(inputs.purposes[who.stream], visit);
    return random::standard_normal_quantile(
        random::uniform_pair(families_->cell(), purpose, who.index, task.repetition).first);
}

double AreaSimulation::State::draw_hours(const TaskState& task, Ticks time) {
    FamilyState& state = family_states_[task.family];
    const TaskInputs& inputs = inputs_of(task);
    double hours = inputs.hours.sample(luck_of(task, inputs)) *
                   predictors_.factor(inputs.effects, state.facts, reader(task.family, time));
    if (!state.first_hours_given) {
        state.first_hours_given = true;
        if ((state.facts & fact(Flag::misrouted)) != 0) hours += inputs_->support.misrouted_extra_hours;
    }
    if ((state.facts & fact(Flag::duplicated)) != 0) hours *= inputs_->support.duplicated_hours_factor;
    return hours;
}

void AreaSimulation::State::give_task(std::uint32_t task, Ticks time) {
    TaskState& one = tasks_[task];
    FamilyState& state = family_states_[one.family];
    one.hours = draw_hours(one, time);
    if (state.tasks_due < 0xFFFF) ++state.tasks_due;
    tallies_->count(Measure::tasks_due);
    if (inputs_of(one).appointment) tallies_->count(Measure::appointments_due);
    serve_task(task, time);
}

/// The family's own supporter, or where that kind may not do the task the least loaded colleague who may.
std::uint32_t AreaSimulation::State::able_supporter(const FamilyState& state, const TaskInputs& task) const {
    const SupportInputs& support = inputs_->support;
    if (task.kinds == 0 || (task.kinds & kind_fact(support.posts[state.supporter].kind)) != 0)
        return state.supporter;
    const ProviderState& at = providers_[state.provider];
    std::uint32_t best = nobody;
    for (std::uint32_t post = at.first_post; post < at.first_post + at.post_count; ++post) {
        const SupporterState& one = supporters_[post];
        if (!one.in_post || (task.kinds & kind_fact(support.posts[post].kind)) == 0) continue;
        if (best == nobody || std::uint64_t{one.open_cases} * supporters_[best].cap <
                                  std::uint64_t{supporters_[best].open_cases} * one.cap) {
            best = post;
        }
    }
    return best;
}

void AreaSimulation::State::serve_task(std::uint32_t task, Ticks time) {
    TaskState& one = tasks_[task];
    const TaskInputs& inputs = inputs_of(one);
    const std::uint32_t post = able_supporter(family_states_[one.family], inputs);
    if (post == nobody) {
        lapse_task(one, time);
        return;
    }
    SupporterState& supporter = supporters_[post];
    one.work = ticks_from_days(one.hours * supporter.days_per_hour);
    if (inputs.appointment && supporter.hours.completion(time, one.work) > one.needed_by) {
        lapse_task(one, time);
        return;
    }
    take_on(task, post, time);
    const Ticks waited = one.done - one.work - time;
    if (waited > 0) tallies_->count(Measure::task_wait_days, fixed_days(waited));
    note(one.done, one.family, TraceEvent::Kind::task_done, one.task);
    one.in_time = one.done <= one.needed_by;
    credit_task(one, 1);
}

/// Puts a task's hours into a supporter's queue. They count as used from now on.
void AreaSimulation::State::take_on(std::uint32_t task, std::uint32_t post, Ticks time) {
    TaskState& one = tasks_[task];
    SupporterState& supporter = supporters_[post];
    one.work = ticks_from_days(one.hours * supporter.days_per_hour);
    one.done = supporter.hours.admit(time, one.work);
    one.supporter = post;
    one.previous_of_supporter = supporter.newest_task;
    supporter.newest_task = task;
    one.skilled = supporter.trained && is_experienced(post, time);
    use_hours(post, one.family, one.hours, one.skilled, time);
}

/// A change of supporter takes hours of the new one before anything else.
void AreaSimulation::State::hand_over(std::uint32_t family, std::uint32_t post, Ticks time) {
    TaskState handover;
    handover.family = family;
    handover.handover = true;
    handover.hours = inputs_->support.handover_hours;
    if (handover.hours == 0) return;
    tasks_.push_back(handover);
    take_on(static_cast<std::uint32_t>(tasks_.size() - 1), post, time);
}

/// Counts a task as worked and, if it was, as in time - or takes that back.
void AreaSimulation::State::credit_task(TaskState& task, int by) {
    tallies_->count(Measure::tasks_worked, by);
    if (!task.in_time) return;
    tallies_->count(Measure::tasks_in_time, by);
    FamilyState& state = family_states_[task.family];
    state.tasks_in_time = static_cast<std::uint16_t>(state.tasks_in_time + by);
    if (task.visit_number != state.visit_number) return;
    const TaskInputs& inputs = inputs_of(task);
    if (inputs.counts) {
        state.visit_in_time = static_cast<std::uint16_t>(state.visit_in_time + by);
        if (by > 0) state.last_task_done = std::max(state.last_task_done, task.done);
    }
    if (inputs.proactive && by > 0) state.facts |= fact(Flag::contacted);
}

void AreaSimulation::State::lapse_task(TaskState& task, Ticks time) {
    task.lapsed = true;
    if (inputs_of(task).appointment) tallies_->count(Measure::appointments_lapsed);
    note(time, task.family, TraceEvent::Kind::task_lapses, task.task);
}

/// When a supporter goes, hours not yet worked are unspent, whoever's family they were for. What is
/// unfinished of a family's present visit is nobody's until someone takes it up; the rest is dropped.
void AreaSimulation::State::take_back_tasks(std::uint32_t post, Ticks time) {
    for (std::uint32_t t = supporters_[post].newest_task; t != nobody && tasks_[t].done > time;
         t = tasks_[t].previous_of_supporter) {
        TaskState& one = tasks_[t];
        if (one.work == 0) continue;
        const Ticks left = des::BankedServer::left(time, one.done, one.work);
        const double hours_left = one.hours * (static_cast<double>(left) / static_cast<double>(one.work));
        use_hours(post, one.family, -hours_left, one.skilled, time);
        if (one.handover) continue;
        credit_task(one, -1);
        FamilyState& state = family_states_[one.family];
        if (one.visit_number == state.visit_number) {
            state.last_task_done =
                std::min(state.last_task_done, time);  // what was to be done later no longer will be
        }
        one.in_time = false;
        one.hours = hours_left;
        one.supporter = nobody;
    }
}

/// Tasks that the one who went did for colleagues' families go to another who may.
void AreaSimulation::State::delegate_again(std::uint32_t post, Ticks time) {
    std::uint32_t older = nobody;
    for (std::uint32_t t = supporters_[post].newest_task; t != nobody && tasks_[t].done > time; t = older) {
        const TaskState& one = tasks_[t];
        older = one.previous_of_supporter;
        const FamilyState& state = family_states_[one.family];
        const bool waits_for_own = state.care != Care::supported || state.supporter == post;
        if (one.supporter != nobody || one.handover || waits_for_own ||
            one.visit_number != state.visit_number)
            continue;
        serve_task(t, time);
    }
}

/// A new supporter takes up this visit's unfinished tasks in the order they were raised.
void AreaSimulation::State::resume_tasks(std::uint32_t family, Ticks time) {
    const FamilyState& state = family_states_[family];
    unfinished_.clear();
    for (std::uint32_t t = state.first_task; t != nobody; t = tasks_[t].previous) {
        const TaskState& one = tasks_[t];
        if (one.visit_number != state.visit_number) break;
        if (one.fallen_due && !one.lapsed && one.supporter == nobody) unfinished_.push_back(t);
    }
    for (std::size_t i = unfinished_.size(); i-- > 0;) {
        if (tasks_[unfinished_[i]].hours > 0) {
            serve_task(unfinished_[i], time);
        } else {
            give_task(unfinished_[i], time);
        }
    }
}

}  // namespace vfm::model
