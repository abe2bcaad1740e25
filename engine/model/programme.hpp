// The programme as families meet it: offered, referred, waited for, held, given back, ended.
#pragma once

#include "accounts.hpp"
#include "area_calendar.hpp"
#include "family_predictors.hpp"
#include "family_states.hpp"
#include "support_tasks.hpp"
#include "supporters.hpp"
#include "trace.hpp"

#include "vfm/des/server_pool.hpp"
#include "vfm/des/waiting_list.hpp"

#include <cstdint>
#include <vector>

namespace vfm::model {

class Pathway;

/// Referral, providers' lists and supporters' places. Keeps its memory between replications.
class Programme {
  public:
    /// It calls the pathway to begin it for families who waited for a supporter.
    Programme(AreaCalendar& calendar, FamilyStates& states, const FamilyPredictors& predictors,
              Supporters& supporters, SupportTasks& tasks, Accounts& accounts, Trace& trace, Pathway& pathway)
        : calendar_(calendar),
          states_(states),
          predictors_(predictors),
          supporters_(supporters),
          tasks_(tasks),
          accounts_(accounts),
          trace_(trace),
          pathway_(pathway) {}

    void start(const PopulationInputs& population, const ArmInputs& arm);
    /// Fills the posts from launch on.
    void open();
    /// What of the programme no event settles: whoever is still with it at the horizon, and fixed costs.
    void close();

    // Events
    void supporter_starts(std::uint32_t post, Ticks time);
    void supporter_leaves(std::uint32_t post, Ticks time);
    /// A referred family reaches its provider.
    void join_list(std::uint32_t family, Ticks time);
    void end(Ticks time);

    // What the pathway asks
    [[nodiscard]] bool waits_for_supporter() const {
        return inputs_->enabled && inputs_->waits_for_supporter;
    }
    /// Whether the family takes support up if it is offered at this stage and time.
    [[nodiscard]] bool is_sought(std::uint32_t family, const StageInputs& stage, Ticks time) const {
        const FamilyState& state = states_[family];
        return stage.offers_support && inputs_->enabled && state.measured &&
               state.support == SupportStatus::none && is_taken_up(family, time);
    }
    /// Offers support at the family's present stage.
    void offer(std::uint32_t family, Ticks time);
    /// Support ends, and a place that was held is given back.
    void end_support(std::uint32_t family, Ticks time);
    /// The same when the family leaves the pathway, which may be ahead of the calendar.
    void leave(std::uint32_t family, Ticks time) {
        if (!states_[family].is_with_programme()) return;
        if (time > calendar_.now() && !places_by_recursion_) {
            calendar_.schedule(time, EventKind::stage_ends, family);  // the place is given back then
        } else {
            end_support(family, time);
        }
    }
    /// Whether a stage of the family has to begin as an event, because something may happen to its support,
    /// or others' to its place, before.
    [[nodiscard]] bool watches_start(const FamilyState& state, const StageInputs& stage) const {
        return state.is_with_programme() &&
               (!runs_ahead(state) || (stage.ends_support && !places_by_recursion_));
    }
    /// Whether a stage of the family has to end as an event.
    [[nodiscard]] bool watches_end(const FamilyState& state, Ticks end) const {
        return state.is_with_programme() && (!runs_ahead(state) || end >= calendar_.clock().funding_end);
    }

  private:
    /// Whether nothing can happen to the family's support before its stages are through, so that they may be
    /// simulated ahead of the calendar.
    [[nodiscard]] bool runs_ahead(const FamilyState& state) const {
        return is_passive_ && state.support == SupportStatus::supported;
    }
    [[nodiscard]] bool is_taken_up(std::uint32_t family, Ticks time) const;
    void refer(std::uint32_t family, Ticks time);
    [[nodiscard]] std::uint32_t choose_provider(std::uint32_t family, double uniform) const;
    void enter_list(std::uint32_t family, Ticks time);
    void leave_list(std::uint32_t family, Ticks time);
    void allocate(std::uint32_t family, std::uint32_t post, Ticks time);
    void give_place_by_recursion(std::uint32_t family, Ticks time);
    void fill_places(std::uint32_t post, Ticks time);
    void give_back_place(std::uint32_t family, Ticks time);
    void strand(std::uint32_t family, Ticks time);

    AreaCalendar& calendar_;
    FamilyStates& states_;
    const FamilyPredictors& predictors_;
    Supporters& supporters_;
    SupportTasks& tasks_;
    Accounts& accounts_;
    Trace& trace_;
    Pathway& pathway_;
    const PopulationInputs* population_ = nullptr;
    const ArmInputs* arm_ = nullptr;
    const SupportInputs* inputs_ = nullptr;
    std::vector<des::LinkedList> lists_;  ///< by provider
    bool is_over_ = false;
    bool is_passive_ = false;
    bool places_by_recursion_ = false;
    des::ServerPool places_;      ///< of all supporters, where they follow from a recursion
    Ticks place_held_until_ = 0;  ///< by the family that got the last of them; the horizon: not yet known
};

}  // namespace vfm::model
