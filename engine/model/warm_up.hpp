// An area at launch, kept for the next arm that gets there in the same way.
#pragma once

#include "accounts.hpp"
#include "area_calendar.hpp"
#include "authority.hpp"
#include "family_states.hpp"

#include <cstdint>
#include <vector>

namespace vfm::model {

/// The years before launch: the same for arms that differ in their programme alone, hence simulated once for
/// them. Keeps its memory between replications.
class WarmUp {
  public:
    WarmUp(AreaCalendar& calendar, FamilyStates& states, Authority& authority, Accounts& accounts)
        : calendar_(calendar), states_(states), authority_(authority), accounts_(accounts) {}

    /// The families are others from now on.
    void forget() { number_ = 0; }
    /// Whether an arm of this number, other than 0, was kept.
    [[nodiscard]] bool is_kept(std::uint32_t number) const { return number != 0 && number_ == number; }
    /// Before the years until launch are simulated: what comes on top is the warm-up's.
    void begin();
    /// After them, when so many families have arrived.
    void keep(std::uint32_t number, std::size_t arrived);
    /// Puts the area at launch. Gives how many families have arrived.
    std::size_t take_over();

  private:
    AreaCalendar& calendar_;
    FamilyStates& states_;
    Authority& authority_;
    Accounts& accounts_;
    std::uint32_t number_ = 0;                ///< of the arm; 0: nothing is kept
    std::vector<FamilyState> families_;       ///< in order of arrival
    std::vector<std::uint8_t> later_visits_;  ///< their rows, of those that have any, in order of arrival
    des::Calendar pending_;
    Authority::Queues queues_;
    // Plans signed off on the official basis: of all tallies only these count families who came before
    // launch.
    std::int64_t official_on_time_ = 0;
    std::int64_t official_plans_ = 0;
};

}  // namespace vfm::model
