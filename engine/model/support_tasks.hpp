// Support tasks: raised with a stage, served first come first served, in time or not, missed, handed over.
#pragma once

#include "accounts.hpp"
#include "area_calendar.hpp"
#include "family_predictors.hpp"
#include "family_states.hpp"
#include "supporters.hpp"
#include "trace.hpp"

#include <cstdint>
#include <vector>

namespace vfm::model {

/// A support task given to a supporter.
struct TaskState {
    std::uint32_t family = 0;
    std::uint32_t visit_number = 0;
    std::uint32_t supporter = nobody;  ///< who does it; nobody: it is still to fall due
    std::uint32_t previous = nobody;   ///< of the same family
    std::uint32_t previous_of_supporter = nobody;
    std::uint16_t task = 0;  ///< of the stage
    std::uint16_t repetition = 0;
    bool fallen_due = false;
    bool lapsed = false;
    bool in_time = false;
    bool skilled = false;
    bool handover = false;  ///< hours a change of supporter takes: no task that anyone counts
    Ticks needed_by = 0;
    Ticks done = 0;
    Ticks work = 0;  ///< accrual time of its supporter
    double hours = 0;
};

/// Tasks of one replication, by number. Keeps its memory between replications.
class SupportTasks {
  public:
    SupportTasks(AreaCalendar& calendar, FamilyStates& states, const FamilyPredictors& predictors,
                 Supporters& supporters, Accounts& accounts, Trace& trace)
        : calendar_(calendar),
          states_(states),
          predictors_(predictors),
          supporters_(supporters),
          accounts_(accounts),
          trace_(trace) {}

    void start(const ArmInputs& arm);

    /// Raises the tasks of the present stage visit of a family that has a supporter now, unless they have
    /// been.
    void raise(std::uint32_t family, const StageInputs& stage, Ticks time) {
        if (!stage.tasks.empty() && states_[family].raised_visit != states_[family].visit_number)
            raise_all(family, stage, time);
    }
    void fall_due(std::uint32_t task, Ticks time);
    /// A change of supporter takes hours of the new one before anything else.
    void hand_over(std::uint32_t family, std::uint32_t post, Ticks time);
    /// A new supporter takes up this visit's unfinished tasks, or those that have not been raised.
    void take_up(std::uint32_t family, Ticks time);
    /// When a supporter goes, hours not yet worked are unspent, whoever's family they were for. What is
    /// unfinished of a family's present visit is nobody's until someone takes it up; the rest is dropped.
    void take_back(std::uint32_t post, Ticks time);
    /// Tasks that the one who went did for colleagues' families go to another who may.
    void delegate_again(std::uint32_t post, Ticks time);

  private:
    void raise_all(std::uint32_t family, const StageInputs& stage, Ticks time);
    void raise_one(std::uint32_t family, std::uint32_t task, Ticks time);
    std::uint32_t add(std::uint32_t family, std::uint32_t task, std::uint32_t repetition, Ticks needed_by);
    void give(std::uint32_t task, Ticks time);
    void serve(std::uint32_t task, Ticks time);
    void take_on(std::uint32_t task, std::uint32_t post, Ticks time);
    void use_hours(const TaskState& task, std::uint32_t post, double hours, Ticks time);
    void credit(TaskState& task, int by);
    void lapse(TaskState& task, Ticks time);
    void resume(std::uint32_t family, Ticks time);
    [[nodiscard]] std::uint32_t able_supporter(const FamilyState& state, const TaskInputs& task) const;
    [[nodiscard]] double draw_hours(const TaskState& task, Ticks time);
    [[nodiscard]] double normal_of(const TaskState& task, const TaskInputs& inputs) const;
    [[nodiscard]] const TaskInputs& inputs_of(const TaskState& task) const {
        return (*stages_)[states_[task.family].stage].tasks[task.task];
    }

    AreaCalendar& calendar_;
    FamilyStates& states_;
    const FamilyPredictors& predictors_;
    Supporters& supporters_;
    Accounts& accounts_;
    Trace& trace_;
    const std::vector<StageInputs>* stages_ = nullptr;
    const SupportInputs* support_ = nullptr;
    std::vector<TaskState> tasks_;
    std::vector<std::uint32_t> unfinished_;  ///< tasks being taken up again
};

}  // namespace vfm::model
