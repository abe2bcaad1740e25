// When a cheaper way through an area gives the same bits as its calendar of events.
#pragma once

#include "vfm/model/area_inputs.hpp"

#include <cstdint>

namespace vfm::model {

/// Support never touches the pathway again once a place is held: families wait for a supporter before they
/// begin, there are no tasks, and nobody leaves. Then the stages of a supported family need no events.
[[nodiscard]] bool support_is_passive(const ArmInputs& inputs);

/// Nobody ever waits for the authority: its caseworkers are unlimited and no stage has a panel.
[[nodiscard]] bool authority_is_never_short(const ArmInputs& inputs);

/// Places are held first come, first served, by supporters who are all alike, and nothing else is shared:
/// support is passive, referral direct, the authority never short. Then places follow from a recursion.
[[nodiscard]] bool places_need_no_calendar(const PopulationInputs& population, const ArmInputs& inputs);

/// How the stages of families with a supporter are simulated: a matter of speed, which changes no number.
enum class SupportedStages : std::uint8_t {
    none,                   ///< there is no programme
    as_events,              ///< each begins and ends as an event
    ahead_of_the_calendar,  ///< all are simulated when the place is given (`support_is_passive`)
    ahead_by_recursion  ///< the same, and when that is follows from a recursion (`places_need_no_calendar`)
};
[[nodiscard]] SupportedStages supported_stages(const PopulationInputs& population, const ArmInputs& inputs);

/// Whether two arms of a study do the same to the same families until the programme is launched: their
/// stages, as families without support meet them, and their authorities are equal. Then one warm-up serves
/// both.
[[nodiscard]] bool alike_before_launch(const ArmInputs& one, const ArmInputs& other);

}  // namespace vfm::model
