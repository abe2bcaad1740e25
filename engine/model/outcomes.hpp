// O1 to O7 of a family, and what else is measured of it when it leaves the pathway or the horizon finds it
// there.
#pragma once

#include "accounts.hpp"
#include "family_predictors.hpp"
#include "family_states.hpp"
#include "trace.hpp"

#include <array>
#include <cstdint>

namespace vfm::model {

class Outcomes {
  public:
    Outcomes(const FamilyStates& states, const FamilyPredictors& predictors, Accounts& accounts, Trace& trace)
        : states_(states), predictors_(predictors), accounts_(accounts), trace_(trace) {}

    void start(const ArmInputs& arm);
    void settle(std::uint32_t family, Ticks time);

  private:
    /// O1 to O4, as expected values, and their composite.
    struct Expected {
        std::array<Fixed, 4> value{};
        Fixed composite = 0;
    };

    void settle_outcomes(std::uint32_t family, Ticks time);
    /// O1 to O4 of a family at its end.
    [[nodiscard]] Expected expected_of(std::uint32_t family, Ticks time) const;
    template <class Probability>
    [[nodiscard]] Expected expected_by(const Probability& probability) const;
    void count(const Expected& expected);
    void settle_groups(std::uint32_t family, const Expected& expected, Fixed wellbeing);
    [[nodiscard]] double wellbeing_of(std::uint32_t family, Ticks time) const;
    [[nodiscard]] double waiting_loss(Ticks in_process, double share_in_contact) const;

    const FamilyStates& states_;
    const FamilyPredictors& predictors_;
    Accounts& accounts_;
    Trace& trace_;
    const OutcomeInputs* inputs_ = nullptr;
    const SupportInputs* support_ = nullptr;
    Expected expected_;        ///< of the family settled last
    bool are_common_ = false;  ///< and of every other in the area
};

}  // namespace vfm::model
