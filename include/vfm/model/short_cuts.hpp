// When a cheaper way through an area gives the same bits as its calendar of events.
#pragma once

#include "vfm/model/area_inputs.hpp"

namespace vfm::model {

/// Support never touches the pathway again once a place is held: families wait for a supporter before they
/// begin, there are no tasks, and nobody leaves. Then the stages of a supported family need no events.
[[nodiscard]] bool support_is_passive(const ArmInputs& inputs);

/// Nobody ever waits for the authority: its caseworkers are unlimited and no stage has a panel.
[[nodiscard]] bool authority_is_never_short(const ArmInputs& inputs);

/// Places are held first come, first served, by supporters who are all alike, and nothing else is shared:
/// support is passive, referral direct, the authority never short. Then places follow from a recursion.
[[nodiscard]] bool places_need_no_calendar(const PopulationInputs& population, const ArmInputs& inputs);

/// Families share nothing but places (or nothing at all), no predictor tells one from another, no stage comes
/// back, and nothing is counted by group or deadline. Then all families can go through a stage before any
/// goes through the next, in this order: each stage after those that lead to it. Empty when that is not so.
[[nodiscard]] std::vector<std::uint32_t> side_by_side_order(const PopulationInputs& population,
                                                            const ArmInputs& inputs);

/// Whether two arms of a study do the same to the same families until the programme is launched: their
/// stages, as families without support meet them, and their authorities are equal. Then one warm-up serves
/// both.
[[nodiscard]] bool alike_before_launch(const ArmInputs& one, const ArmInputs& other);

}  // namespace vfm::model
