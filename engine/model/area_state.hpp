// What changes while an area is simulated: families on the pathway, supporters, queues and the ledger.
#pragma once

#include "side_by_side.hpp"
#include "stage_samples.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/des/agenda.hpp"
#include "vfm/des/banked_server.hpp"
#include "vfm/des/calendar.hpp"
#include "vfm/des/server_pool.hpp"
#include "vfm/des/waiting_list.hpp"
#include "vfm/model/area_simulation.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vfm::model {

/// Kinds of event in the order in which they happen at the same tick: capacity goes before it comes, places
/// are given back before they are asked for, and stages end before new ones begin.
enum class Happens : std::uint8_t {
    programme_ends,
    supporter_leaves,
    supporter_starts,
    stage_ends,
    casework_arrives,
    panel_case_arrives,
    stage_begins,
    list_joined,
    task_falls_due
};

/// How far a family has come with the programme.
enum class Care : std::uint8_t { none, referred, waiting, supported, over };

inline constexpr std::uint32_t nobody = 0xFFFFFFFF;

/// A family on its way: one cache line that every event of the pathway touches, and one for its support.
struct alignas(64) FamilyState {
    Facts facts = 0;
    Ticks visit_start = 0;
    Ticks clock_start = 0;
    Ticks last_task_done = 0;        ///< of this visit's counting tasks
    std::uint64_t visited = 0;       ///< bits of stages begun at least once, of the first 64
    std::uint32_t visit_number = 0;  ///< counts stage visits: which pending events are stale
    std::uint32_t supporter = nobody;
    std::uint16_t stage = 0;
    std::uint16_t visit_tasks = 0;  ///< counting tasks of this visit that fell due or were missed
    std::uint16_t visit_in_time = 0;
    std::uint8_t visit = 0;       ///< to the present stage: 0 for the first
    std::uint8_t milestones = 0;  ///< bits of milestones reached
    std::uint8_t provider = 0;
    Care care = Care::none;
    bool measured = false;
    bool begun = false;  ///< has entered its first stage
    bool gone = false;   ///< has left the pathway
    bool first_hours_given = false;
    std::uint8_t supporter_changes = 0;
    bool has_later_visits = false;  ///< its row of `later_visits_` counts

    Ticks list_since = 0;
    Ticks supported_since = 0;
    Ticks contacted_ticks = 0;  ///< time in stage visits with proactive contact
    Ticks listed_ticks = 0;     ///< time in lists so far
    Ticks authority_delay = 0;
    Fixed hours = 0;                    ///< of support
    std::uint32_t first_task = nobody;  ///< its newest task given to a supporter
    std::uint32_t raised_visit = 0;     ///< the visit whose tasks have been raised
    std::uint16_t tasks_due = 0;
    std::uint16_t tasks_in_time = 0;
};
static_assert(sizeof(FamilyState) == 128 && offsetof(FamilyState, list_since) == 64);

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

/// A person in a post.
struct SupporterState {
    bool in_post = false;
    bool trained = false;
    Facts facts = 0;  ///< that a family has from its supporter, but for experience
    std::uint32_t generation = 0;
    std::uint32_t open_cases = 0;
    std::uint32_t cap = 1;
    std::uint32_t newest_task = nobody;  ///< taken on; older ones are done earlier
    Ticks started = 0;
    double days_per_hour = 0;  ///< elapsed days that accrue one hour for families
    des::BankedServer hours;
    des::LinkedList cases;
    double used_hours = 0;  ///< in this generation
    double used_discounted = 0;
};

struct ProviderState {
    des::LinkedList list;
    std::uint32_t first_post = 0;
    std::uint32_t post_count = 0;
};

/// An area at launch, kept for the next arm that gets there in the same way.
struct WarmUp {
    std::uint32_t warm_up_number = 0;  ///< of the arm; 0: nothing is kept
    std::size_t arrived = 0;
    std::vector<FamilyState> families;       ///< in order of arrival
    std::vector<std::uint8_t> later_visits;  ///< their rows, of those that have any, in order of arrival
    des::Calendar calendar;
    des::ServerPool caseworkers;
    std::vector<des::Agenda> panels;
    std::int64_t official_on_time = 0;  ///< plans signed off so far on the official basis
    std::int64_t official_plans = 0;
};

class AreaSimulation::State {
  public:
    void enter(const PopulationInputs& population, const Families& families);
    void run(const ArmInputs& inputs, Tallies& tallies);
    std::vector<TraceEvent>* trace = nullptr;

  private:
    // The replication (area_simulation.cpp)
    void start();
    void open_programme();
    void simulate_until(Ticks end);
    void make_discount_table();
    void let_happen(const des::Event& event);
    void family_arrives(std::uint32_t family);
    /// Sets up the family that arrives now.
    FamilyState& come_in(std::uint32_t family);
    void close();

    // Until launch, once for arms that are alike until then (warm_up.cpp)
    void warm_up();
    void keep_warm_up();
    void take_over_warm_up();

    // The pathway (pathway.cpp)
    void begin_stage(std::uint32_t family, std::uint32_t stage, Ticks time);
    void count_entry(FamilyState& state, const StageInputs& stage, Ticks time);
    void do_casework(std::uint32_t family, Ticks time);
    void hear_at_panel(std::uint32_t family, Ticks time);
    void end_stage(std::uint32_t family, Ticks time);
    /// Ends the present stage and gives the next; `nobody` when the family left the pathway.
    std::uint32_t close_stage(std::uint32_t family, Ticks time);
    void reach_milestone(std::uint32_t family, const StageInputs& stage, Ticks time);
    void count_sign_off(std::uint32_t family, Ticks time);
    void leave_pathway(std::uint32_t family, std::uint32_t outcome, Ticks time);
    [[nodiscard]] bool touches_support(const FamilyState& state) const {
        return state.care == Care::referred || state.care == Care::waiting || state.care == Care::supported;
    }
    /// Whether nothing can happen to the family's support before its stages are through, so that they may be
    /// simulated ahead of the calendar.
    [[nodiscard]] bool support_runs_ahead(const FamilyState& state) const {
        return support_is_passive_ && state.care == Care::supported;
    }
    [[nodiscard]] bool would_seek_support(std::uint32_t family, const StageInputs& stage, Ticks time) const;
    /// Whether a family to which support is offered at this time takes it up.
    [[nodiscard]] bool wants_support(std::uint32_t family, Facts facts, Ticks time) const;

    // Referral, allocation, turnover (support.cpp)
    void offer_support(std::uint32_t family, Ticks time);
    void refer(std::uint32_t family, Ticks time);
    void join_list(std::uint32_t family, Ticks time);
    void enter_list(std::uint32_t family, Ticks time);
    void leave_list(std::uint32_t family, Ticks time);
    void strand(std::uint32_t family, Ticks time);
    void allocate(std::uint32_t family, std::uint32_t post, Ticks time);
    void fill_places(std::uint32_t post, Ticks time);
    void end_support(std::uint32_t family, Ticks time);
    void give_back_place(std::uint32_t family, Ticks time);
    void count_user(FamilyState& state);
    void count_wait(FamilyState& state, Ticks time);
    void count_place_held(const FamilyState& state, Ticks time);
    void end_programme(Ticks time);
    [[nodiscard]] std::uint32_t free_supporter(std::uint32_t provider, Facts facts) const;
    [[nodiscard]] std::uint32_t choose_provider(std::uint32_t family, double choice) const;

    // Places first come, first served, by recursion instead of events (places.cpp)
    void give_places();
    void open_places();
    void give_place(std::uint32_t family);
    void hold_place(std::uint32_t family, Ticks from);
    void wait_until_the_end(std::uint32_t family);

    // Families side by side, stage after stage, where nothing but places is shared (side_by_side.cpp)
    void simulate_side_by_side();
    void go_through_stages(std::uint32_t stream);
    void go_through(std::uint32_t stream, std::uint32_t stage);
    SideBySide::Step take_step(std::size_t place, std::span<const std::uint32_t> indices,
                               std::uint32_t first_family);
    void draw_step(std::uint32_t stream, const StageInputs& stage, std::span<const std::uint32_t> indices,
                   std::span<double> hours);
    void choose_ways(const StageInputs& stage, std::span<const std::uint32_t> indices);
    void choose_of_two(double probability, std::span<const std::uint32_t> indices, std::size_t first_place,
                       std::size_t second_place);
    void leave_side_by_side(std::uint32_t stream, std::size_t outcome);
    void begin_side_by_side(std::uint32_t family);
    void count_begun();
    [[nodiscard]] bool everybody_began() const;
    [[nodiscard]] std::int64_t count_here(const SideBySide::Step& step) const;
    void settle_stage(const SideBySide::Step& step);
    void settle_casework(const SideBySide::Step& step);
    void settle_outcome(const SideBySide::Step& step);
    [[nodiscard]] double constant_factor(std::uint32_t predictor) const {
        return predictors_.constant_factor(predictor);
    }
    [[nodiscard]] double constant_probability(std::uint32_t predictor) const {
        return predictors_.constant_probability(predictor);
    }

    // People in posts (supporters.cpp)
    void hire(std::uint32_t post, Ticks from);
    void supporter_starts(std::uint32_t post, Ticks time);
    void supporter_leaves(std::uint32_t post, Ticks time);
    void vacate(std::uint32_t post, Ticks time);
    void pay_supporter(std::uint32_t post, Ticks time);
    void use_hours(std::uint32_t post, std::uint32_t family, double hours, bool skilled, Ticks time);
    [[nodiscard]] bool is_experienced(std::uint32_t post, Ticks time) const;
    [[nodiscard]] Ticks leaving_time(std::uint32_t post, Ticks started) const;
    void refresh_supporter_facts(FamilyState& state, Ticks time) const;

    // Support tasks (tasks.cpp)
    void raise_tasks(std::uint32_t family, Ticks time);
    void task_falls_due(std::uint32_t task, Ticks time);
    void raise_task(std::uint32_t family, std::uint32_t task, Ticks time);
    void give_task(std::uint32_t task, Ticks time);
    void serve_task(std::uint32_t task, Ticks time);
    void credit_task(TaskState& task, int by);
    void lapse_task(TaskState& task, Ticks time);
    void take_on(std::uint32_t task, std::uint32_t post, Ticks time);
    void hand_over(std::uint32_t family, std::uint32_t post, Ticks time);
    void take_back_tasks(std::uint32_t post, Ticks time);
    void delegate_again(std::uint32_t post, Ticks time);
    void resume_tasks(std::uint32_t family, Ticks time);
    [[nodiscard]] std::uint32_t able_supporter(const FamilyState& state, const TaskInputs& task) const;
    [[nodiscard]] double draw_hours(const TaskState& task, Ticks time);
    [[nodiscard]] double luck_of(const TaskState& task, const TaskInputs& inputs) const;
    [[nodiscard]] const TaskInputs& inputs_of(const TaskState& task) const {
        return inputs_->stages[family_states_[task.family].stage].tasks[task.task];
    }
    std::uint32_t new_task(std::uint32_t family, std::uint32_t task, std::uint32_t repetition,
                           Ticks needed_by);

    // Money and outcomes (settlement.cpp)
    /// Posts what one measured family causes; gives it discounted.
    Fixed post(Payer payer, Category category, double pounds, Ticks time);
    /// The same, kept on the family's account, which is settled with the access groups it is in.
    void charge(std::uint32_t family, Payer payer, Category category, double pounds, Ticks time);
    /// Enters what no one family causes.
    void enter_shared(Payer payer, Category category, double paid, double discounted);
    void enter_fixed(Payer payer, Category category, Fixed paid, Fixed discounted);
    void spend_over(double pounds, Ticks from, Ticks until);
    void settle_family(std::uint32_t family, Ticks time);
    void settle_outcomes(std::uint32_t family, Ticks time);
    void count_outcomes(std::int64_t families);
    void count_in_groups(std::uint32_t family, Fixed wellbeing);
    void note_outcomes(std::uint32_t family, Ticks time) const;
    [[nodiscard]] double wellbeing_of(std::uint32_t family, Ticks time) const;
    [[nodiscard]] double waiting_loss(Ticks in_process, double share_in_contact) const;
    void correct_group_hours(const FamilyState& state, Fixed by);
    void settle_stage_costs(std::uint32_t family, Ticks time);
    void settle_programme();
    [[nodiscard]] static double support_share(const FamilyState& state);
    [[nodiscard]] double discount(Ticks time) const;
    [[nodiscard]] double discounted_days(Ticks from, Ticks until) const;

    // Counting (settlement.cpp)
    void count_week(Series series, Ticks time, std::int64_t by);
    void close_timeline();
    void add_to_histogram(FamilyHistogram what, double value);

    void schedule(Ticks time, Happens what, std::uint32_t entity) {
        calendar_.schedule({time, static_cast<unsigned>(what), entity});
    }
    void note(Ticks time, std::uint32_t family, TraceEvent::Kind what, std::uint32_t detail) const {
        if (trace != nullptr) trace->push_back({time, family, what, detail});
    }
    /// Counts a visit to the present stage and says which it is. Most are the first, which the family's own
    /// state remembers.
    std::uint8_t count_visit(FamilyState& state, std::uint32_t family) {
        const std::uint64_t bit = state.stage < 64 ? std::uint64_t{1} << state.stage : 0;
        if ((bit & ~state.visited) != 0) {
            state.visited |= bit;
            return 0;
        }
        std::uint8_t* const row = later_visits_.data() + family * stage_count_;
        if (!state.has_later_visits) std::fill_n(row, stage_count_, std::uint8_t{0});
        state.has_later_visits = true;
        const std::uint8_t others = row[state.stage]++;
        return static_cast<std::uint8_t>(others + (bit != 0 ? 1 : 0));
    }

    /// Reads numbers about a family for a predictor.
    struct Reader {
        const State* state;
        std::uint32_t family;
        Ticks time;
        double operator()(NumericCovariate covariate) const;
    };
    /// O1 to O4, as expected values, and their composite.
    struct FamilyOutcomes {
        std::array<Fixed, 4> value{};
        Fixed composite = 0;
    };
    [[nodiscard]] FamilyOutcomes outcomes_of(Facts facts, const Reader& read) const;
    [[nodiscard]] bool outcomes_are_common() const;

    [[nodiscard]] Reader reader(std::uint32_t family, Ticks time) const { return {this, family, time}; }

    const PopulationInputs* population_ = nullptr;
    const ArmInputs* inputs_ = nullptr;
    const Families* families_ = nullptr;
    Tallies* tallies_ = nullptr;
    Clock clock_;
    std::size_t stage_count_ = 0;
    Ticks now_ = 0;
    std::size_t arrived_ = 0;  ///< families that have come in
    bool support_is_passive_ = false;
    bool programme_over_ = false;
    bool places_by_recursion_ = false;
    bool families_side_by_side_ = false;
    Ticks place_held_until_ = 0;  ///< by the family being simulated; the horizon while it is not known

    WarmUp warm_up_;
    SideBySide side_by_side_;
    AreaPredictors predictors_;
    StageSamples samples_;
    FamilyOutcomes outcomes_;           ///< of the family settled last
    bool outcomes_are_common_ = false;  ///< and of every other in the area
    des::Calendar calendar_;
    des::ServerPool caseworkers_;
    des::ServerPool places_;
    std::vector<des::Agenda> panels_;
    des::Links links_;
    std::vector<FamilyState> family_states_;
    std::vector<Ledger::ByPayer> family_costs_;  ///< of measured families, discounted, when they are traced
    Facts in_a_group_ = 0;  ///< a family in any access group has one of these facts; 0: there is no group
    std::vector<std::uint32_t> measured_;  ///< those of them that are, in order of arrival
    /// Family x stage: visits that `FamilyState::visited` does not hold, once there is one.
    Workspace<std::uint8_t> later_visits_;
    std::vector<SupporterState> supporters_;
    std::vector<ProviderState> providers_;
    std::vector<TaskState> tasks_;
    std::vector<std::uint32_t> unfinished_;  ///< tasks being taken up again
    std::vector<std::int64_t> timeline_;     ///< week x series; stocks as changes until they are closed
    std::vector<double> discount_by_day_;
    std::vector<double>
        discounted_days_;  ///< running sum of the table before it: day -> days discounted so far
    double discount_table_rate_ = -1;
    Ticks discount_table_launch_ = -1;
};

}  // namespace vfm::model
