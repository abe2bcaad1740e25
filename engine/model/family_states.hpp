// The families of an area while one arm is simulated: what has become of each so far.
#pragma once

#include "vfm/core/capacity.hpp"
#include "vfm/core/contract.hpp"
#include "vfm/core/fixed_point.hpp"
#include "vfm/core/ticks.hpp"
#include "vfm/des/waiting_list.hpp"
#include "vfm/model/families.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vfm::model {

/// How far a family has come with the programme.
enum class SupportStatus : std::uint8_t { none, referred, waiting, supported, over };

/// No family, post, task or stage.
inline constexpr std::uint32_t nobody = 0xFFFFFFFF;

/// A family on the pathway: one cache line that every event of the pathway touches, and one for its support.
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
    SupportStatus support = SupportStatus::none;
    bool measured = false;
    bool begun = false;  ///< has entered its first stage
    bool gone = false;   ///< has left the pathway
    bool first_hours_given = false;
    std::uint8_t supporter_changes = 0;
    bool has_later_visits = false;  ///< its row of later visits counts

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

    [[nodiscard]] bool is_with_programme() const {
        return support == SupportStatus::referred || support == SupportStatus::waiting ||
               support == SupportStatus::supported;
    }
    [[nodiscard]] bool has(Flag flag) const { return (facts & fact(flag)) != 0; }
    /// The share of its support tasks done in time; 0 when there were none.
    [[nodiscard]] double support_share() const {
        return tasks_due == 0 ? 0.0 : static_cast<double>(tasks_in_time) / tasks_due;
    }
};
static_assert(sizeof(FamilyState) == 128 && offsetof(FamilyState, list_since) == 64);

/// States by family. Keeps its memory between replications.
class FamilyStates {
  public:
    /// Room for these families on a pathway of so many stages. Each is set up when it arrives.
    void start(const Families& families, std::size_t stage_count) {
        drawn_ = &families;
        stage_count_ = stage_count;
        measured_.clear();
        links_.reset(families.size());
        resize_with_room(states_, families.size());
        resize_with_room(later_visits_, families.size() * stage_count);
    }

    /// Sets up a family that arrives now at its first stage.
    FamilyState& arrive(std::uint32_t family, std::uint32_t stage, Ticks now) {
        FamilyState& state = states_[family];
        state = {};
        state.facts = drawn_->levels(family);
        state.clock_start = now;
        state.stage = static_cast<std::uint16_t>(stage);
        return state;
    }
    /// What becomes of the family counts.
    void measure(std::uint32_t family) {
        states_[family].measured = true;
        measured_.push_back(family);
    }

    [[nodiscard]] FamilyState& operator[](std::uint32_t family) { return states_[family]; }
    [[nodiscard]] const FamilyState& operator[](std::uint32_t family) const { return states_[family]; }
    /// What no arm changes of them.
    [[nodiscard]] const Families& drawn() const { return *drawn_; }
    /// Those who are measured and have arrived, in order of arrival.
    [[nodiscard]] std::span<const std::uint32_t> measured() const { return measured_; }
    /// Of the lists that families stand in: at most one at a time.
    [[nodiscard]] des::Links& links() { return links_; }

    /// Counts a visit to the present stage and says which it is. Most are the first, which the family's own
    /// state remembers.
    std::uint8_t count_visit(std::uint32_t family, FamilyState& state) {
        const std::uint64_t bit = state.stage < 64 ? std::uint64_t{1} << state.stage : 0;
        if ((bit & ~state.visited) != 0) {
            state.visited |= bit;
            return 0;
        }
        const std::span<std::uint8_t> row = later_visits(family);
        if (!state.has_later_visits) std::fill(row.begin(), row.end(), std::uint8_t{0});
        state.has_later_visits = true;
        const std::uint8_t others = row[state.stage]++;
        return static_cast<std::uint8_t>(others + (bit != 0 ? 1 : 0));
    }

    /// By stage: visits that `FamilyState::visited` does not hold, once there is one.
    [[nodiscard]] std::span<std::uint8_t> later_visits(std::uint32_t family) {
        return std::span(later_visits_).subspan(family * stage_count_, stage_count_);
    }

  private:
    const Families* drawn_ = nullptr;
    std::size_t stage_count_ = 0;
    std::vector<FamilyState> states_;
    std::vector<std::uint32_t> measured_;
    des::Links links_;
    Workspace<std::uint8_t> later_visits_;
};

}  // namespace vfm::model
