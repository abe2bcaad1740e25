#include "support_tasks.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/random/mathematics.hpp"
#include "vfm/random/streams.hpp"

#include <algorithm>

namespace vfm::model {

namespace {

/// A visit's tasks have a purpose of their own, so that repetitions can count as occurrences.
std::uint32_t purpose_of_visit(std::uint32_t purpose, std::uint32_t visit) {
    constexpr std::uint32_t golden_ratio = 0x9E3779B9;
    return purpose + visit * golden_ratio;
}

}  // namespace

void SupportTasks::start(const ArmInputs& arm) {
    stages_ = &arm.stages;
    support_ = &arm.support;
    tasks_.clear();
}

std::uint32_t SupportTasks::add(std::uint32_t family, std::uint32_t task, std::uint32_t repetition,
                                Ticks needed_by) {
    if (tasks_.size() >= des::EventKey::entity_limit) {
        throw UserError(
            "more than 4,194,303 support tasks in one area and replication, which is the most the event "
            "calendar can name; fewer tasks, families or repetitions are needed");
    }
    FamilyState& state = states_[family];
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

void SupportTasks::raise_all(std::uint32_t family, const StageInputs& stage, Ticks time) {
    FamilyState& state = states_[family];
    state.raised_visit = state.visit_number;
    for (std::uint32_t task = 0; task < stage.tasks.size(); ++task) {
        if ((state.facts & stage.tasks[task].when) == stage.tasks[task].when) raise_one(family, task, time);
    }
}

/// A task that was needed before the family had a supporter is missed: it counts against `supported`, but is
/// no longer worth doing.
void SupportTasks::raise_one(std::uint32_t family, std::uint32_t task, Ticks time) {
    FamilyState& state = states_[family];
    const TaskInputs& inputs = (*stages_)[state.stage].tasks[task];
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
    const std::uint32_t raised = add(family, task, repetition, due + inputs.within);
    if (due <= time) {
        fall_due(raised, time);
    } else if (due < calendar_.clock().horizon) {
        calendar_.schedule(due, EventKind::task_falls_due, raised);
    }
}

void SupportTasks::fall_due(std::uint32_t task, Ticks time) {
    const TaskState one = tasks_[task];
    FamilyState& state = states_[one.family];
    if (state.gone || state.visit_number != one.visit_number || !state.is_with_programme()) return;
    const TaskInputs& inputs = inputs_of(one);
    tasks_[task].fallen_due = true;
    if (inputs.counts) ++state.visit_tasks;
    if (state.support == SupportStatus::supported) give(task, time);
    if (inputs.every > 0 && one.repetition + 1U < random::occurrence_end) {
        const Ticks due = one.needed_by - inputs.within + inputs.every;
        const std::uint32_t again = add(one.family, one.task, one.repetition + 1U, due + inputs.within);
        if (due < calendar_.clock().horizon) calendar_.schedule(due, EventKind::task_falls_due, again);
    }
}

/// The standard normal that decides how many hours a task takes.
double SupportTasks::normal_of(const TaskState& task, const TaskInputs& inputs) const {
    const Families& families = states_.drawn();
    const std::uint32_t visit = states_[task.family].visit;
    if (inputs.batch >= 0 && visit == 0 && task.repetition == 0)
        return families.task_normal(static_cast<std::size_t>(inputs.batch), task.family);
    const FamilyName who = families.name(task.family);
    const std::uint32_t purpose = purpose_of_visit(inputs.purposes[who.stream], visit);
    return random::standard_normal_quantile(
        random::uniform_pair(families.cell(), purpose, who.index, task.repetition).first);
}

double SupportTasks::draw_hours(const TaskState& task, Ticks time) {
    FamilyState& state = states_[task.family];
    const TaskInputs& inputs = inputs_of(task);
    double hours =
        inputs.hours.sample(normal_of(task, inputs)) * predictors_.factor(inputs.effects, task.family, time);
    if (!state.first_hours_given) {
        state.first_hours_given = true;
        if (state.has(Flag::misrouted)) hours += support_->misrouted_extra_hours;
    }
    if (state.has(Flag::duplicated)) hours *= support_->duplicated_hours_factor;
    return hours;
}

void SupportTasks::give(std::uint32_t task, Ticks time) {
    TaskState& one = tasks_[task];
    FamilyState& state = states_[one.family];
    one.hours = draw_hours(one, time);
    if (state.tasks_due < 0xFFFF) ++state.tasks_due;
    accounts_.count(Measure::tasks_due);
    if (inputs_of(one).appointment) accounts_.count(Measure::appointments_due);
    serve(task, time);
}

/// The family's own supporter, or where that kind may not do the task the least loaded colleague who may.
std::uint32_t SupportTasks::able_supporter(const FamilyState& state, const TaskInputs& task) const {
    if (task.kinds == 0 || (task.kinds & kind_fact(supporters_.post(state.supporter).kind)) != 0)
        return state.supporter;
    return supporters_.least_loaded(state.provider, task.kinds);
}

void SupportTasks::serve(std::uint32_t task, Ticks time) {
    TaskState& one = tasks_[task];
    const TaskInputs& inputs = inputs_of(one);
    const std::uint32_t post = able_supporter(states_[one.family], inputs);
    if (post == nobody) {
        lapse(one, time);
        return;
    }
    const SupporterState& supporter = supporters_[post];
    one.work = ticks_from_days(one.hours * supporter.days_per_hour);
    if (inputs.appointment && supporter.hours.completion(time, one.work) > one.needed_by) {
        lapse(one, time);
        return;
    }
    take_on(task, post, time);
    const Ticks waited = one.done - one.work - time;
    if (waited > 0) accounts_.count(Measure::task_wait_days, fixed_days(waited));
    trace_.record(one.done, one.family, TraceEvent::Kind::task_done, one.task);
    one.in_time = one.done <= one.needed_by;
    credit(one, 1);
}

/// Puts a task's hours into a supporter's queue. They count as used from now on.
void SupportTasks::take_on(std::uint32_t task, std::uint32_t post, Ticks time) {
    TaskState& one = tasks_[task];
    SupporterState& supporter = supporters_[post];
    one.work = ticks_from_days(one.hours * supporter.days_per_hour);
    one.done = supporter.hours.admit(time, one.work);
    one.supporter = post;
    one.previous_of_supporter = supporter.newest_task;
    supporter.newest_task = task;
    one.skilled = supporters_.is_skilled(post, time);
    use_hours(one, post, one.hours, time);
}

void SupportTasks::use_hours(const TaskState& task, std::uint32_t post, double hours, Ticks time) {
    supporters_.use_hours(post, task.family, hours, time);
    if (task.skilled) accounts_.add(Measure::skilled_hours, hours);
}

void SupportTasks::hand_over(std::uint32_t family, std::uint32_t post, Ticks time) {
    TaskState handover;
    handover.family = family;
    handover.handover = true;
    handover.hours = support_->handover_hours;
    if (handover.hours == 0) return;
    tasks_.push_back(handover);
    take_on(static_cast<std::uint32_t>(tasks_.size() - 1), post, time);
}

/// Counts a task as worked and, if it was, as in time - or takes that back.
void SupportTasks::credit(TaskState& task, int by) {
    accounts_.count(Measure::tasks_worked, by);
    if (!task.in_time) return;
    accounts_.count(Measure::tasks_in_time, by);
    FamilyState& state = states_[task.family];
    state.tasks_in_time = static_cast<std::uint16_t>(state.tasks_in_time + by);
    if (task.visit_number != state.visit_number) return;
    const TaskInputs& inputs = inputs_of(task);
    if (inputs.counts) {
        state.visit_in_time = static_cast<std::uint16_t>(state.visit_in_time + by);
        if (by > 0) state.last_task_done = std::max(state.last_task_done, task.done);
    }
    if (inputs.proactive && by > 0) state.facts |= fact(Flag::contacted);
}

void SupportTasks::lapse(TaskState& task, Ticks time) {
    task.lapsed = true;
    if (inputs_of(task).appointment) accounts_.count(Measure::appointments_lapsed);
    trace_.record(time, task.family, TraceEvent::Kind::task_lapses, task.task);
}

void SupportTasks::take_back(std::uint32_t post, Ticks time) {
    for (std::uint32_t t = supporters_[post].newest_task; t != nobody && tasks_[t].done > time;
         t = tasks_[t].previous_of_supporter) {
        TaskState& one = tasks_[t];
        if (one.work == 0) continue;
        const Ticks left = des::BankedServer::left(time, one.done, one.work);
        const double hours_left = one.hours * (static_cast<double>(left) / static_cast<double>(one.work));
        use_hours(one, post, -hours_left, time);
        if (one.handover) continue;
        credit(one, -1);
        FamilyState& state = states_[one.family];
        if (one.visit_number == state.visit_number) {
            state.last_task_done =
                std::min(state.last_task_done, time);  // what was to be done later no longer will be
        }
        one.in_time = false;
        one.hours = hours_left;
        one.supporter = nobody;
    }
}

void SupportTasks::delegate_again(std::uint32_t post, Ticks time) {
    std::uint32_t older = nobody;
    for (std::uint32_t t = supporters_[post].newest_task; t != nobody && tasks_[t].done > time; t = older) {
        const TaskState& one = tasks_[t];
        older = one.previous_of_supporter;
        const FamilyState& state = states_[one.family];
        const bool waits_for_own = state.support != SupportStatus::supported || state.supporter == post;
        if (one.supporter != nobody || one.handover || waits_for_own ||
            one.visit_number != state.visit_number)
            continue;
        serve(t, time);
    }
}

void SupportTasks::take_up(std::uint32_t family, Ticks time) {
    if (states_[family].raised_visit == states_[family].visit_number) {
        resume(family, time);
    } else {
        raise(family, (*stages_)[states_[family].stage], time);
    }
}

/// In the order the tasks were raised.
void SupportTasks::resume(std::uint32_t family, Ticks time) {
    const FamilyState& state = states_[family];
    unfinished_.clear();
    for (std::uint32_t t = state.first_task; t != nobody; t = tasks_[t].previous) {
        const TaskState& one = tasks_[t];
        if (one.visit_number != state.visit_number) break;
        if (one.fallen_due && !one.lapsed && one.supporter == nobody) unfinished_.push_back(t);
    }
    for (std::size_t i = unfinished_.size(); i-- > 0;) {
        if (tasks_[unfinished_[i]].hours > 0) {
            serve(unfinished_[i], time);
        } else {
            give(unfinished_[i], time);
        }
    }
}

}  // namespace vfm::model
