// The programme's people in posts: hired, trained, at work, leaving, replaced, paid.
#pragma once

#include "accounts.hpp"
#include "area_calendar.hpp"
#include "family_states.hpp"

#include "vfm/des/banked_server.hpp"
#include "vfm/des/waiting_list.hpp"

#include <cstdint>
#include <vector>

namespace vfm::model {

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

/// Supporters by post. Keeps its memory between replications.
class Supporters {
  public:
    Supporters(AreaCalendar& calendar, FamilyStates& states, Accounts& accounts)
        : calendar_(calendar), states_(states), accounts_(accounts) {}

    void start(const ArmInputs& arm);

    [[nodiscard]] SupporterState& operator[](std::uint32_t post) { return supporters_[post]; }
    [[nodiscard]] const SupporterState& operator[](std::uint32_t post) const { return supporters_[post]; }
    [[nodiscard]] std::uint32_t post_count() const { return static_cast<std::uint32_t>(supporters_.size()); }
    [[nodiscard]] const PostInputs& post(std::uint32_t post) const { return inputs_->posts[post]; }
    [[nodiscard]] const KindInputs& kind(std::uint32_t post) const {
        return inputs_->kinds[inputs_->posts[post].kind];
    }

    /// Starts to fill a post that is empty from then on: the supporter starts as an event, if in time.
    void hire(std::uint32_t post, Ticks from);
    /// The person hired starts work, and is to leave at a time drawn now.
    void begin_work(std::uint32_t post, Ticks time);
    /// The person is paid and is there no more; `newest_task` and cases are the programme's to clear.
    void end_work(std::uint32_t post, Ticks time);

    /// The supporter in post with a free place whom the family may have, with the lowest share of places
    /// taken; of equals the first. `nobody` if there is none.
    [[nodiscard]] std::uint32_t free_for(std::uint32_t provider, Facts facts) const;
    /// The least loaded supporter in post of one of these kinds.
    [[nodiscard]] std::uint32_t least_loaded(std::uint32_t provider, Facts kinds) const;

    /// Gives the family what follows from who its supporter is now.
    void refresh_facts(FamilyState& state, Ticks time) const;
    [[nodiscard]] bool is_skilled(std::uint32_t post, Ticks time) const {
        return supporters_[post].trained && is_experienced(post, time);
    }
    /// Hours used for a family; negative: given back.
    void use_hours(std::uint32_t post, std::uint32_t family, double hours, Ticks time);

  private:
    struct PostRange {
        std::uint32_t first = 0;
        std::uint32_t count = 0;
    };

    template <class MayTake>
    [[nodiscard]] std::uint32_t least_loaded_of(std::uint32_t provider, const MayTake& may_take) const;
    [[nodiscard]] bool is_experienced(std::uint32_t post, Ticks time) const {
        return days_from_ticks(time - supporters_[post].started) >= kind(post).experienced_after_days;
    }
    [[nodiscard]] Ticks leaving_time(std::uint32_t post, Ticks started) const;
    void pay(std::uint32_t post, Ticks time);

    AreaCalendar& calendar_;
    FamilyStates& states_;
    Accounts& accounts_;
    const SupportInputs* inputs_ = nullptr;
    std::vector<SupporterState> supporters_;
    std::vector<PostRange> posts_;  ///< by provider
};

inline void Supporters::refresh_facts(FamilyState& state, Ticks time) const {
    constexpr Facts all_kinds = ((Facts{1} << kind_limit) - 1) << kind_bit_offset;
    state.facts &= ~(all_kinds | fact(Flag::trained) | fact(Flag::experienced));
    state.facts |= supporters_[state.supporter].facts;
    if (is_experienced(state.supporter, time)) state.facts |= fact(Flag::experienced);
}

}  // namespace vfm::model
