// What is asked of results: of which arms, in whose costs, in which effect, at which thresholds.
#pragma once

#include "vfm/decision/basis.hpp"
#include "vfm/decision/incremental.hpp"
#include "vfm/inquiry/thresholds.hpp"
#include "vfm/results/layout.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vfm::inquiry {

/// What the analyst says of it; empty: the study's own, or chosen from the data.
struct QuestionChoices {
    std::string arm = {};                 ///< that the answer is about
    std::string reference = {};           ///< an arm, that differences are from
    std::string perspective = {};         ///< whose costs
    std::string effect = {};              ///< an additive measure
    std::vector<double> thresholds = {};  ///< GBP per unit of effect, ascending
};

struct Question {
    std::vector<std::string> arms;
    std::size_t reference = 0;
    std::optional<std::size_t> arm;  ///< the one that was asked for
    decision::Basis basis;           ///< with a cost and an effect
    bool counts_families = false;    ///< whether the measure `families` is there, to divide money by
    Thresholds thresholds;
    decision::Origin origin = decision::Origin::simulated;
};

/// The measure that counts the families costs and effects are of.
inline constexpr const char* families_measure = "families";

/// What is asked of a study with these names; thresholds only if there are any among the choices. Throws
/// UserError, with the nearest known name, for what the study does not have, and when it has one arm only.
[[nodiscard]] Question question_of(const results::Layout& layout, decision::Origin origin,
                                   const QuestionChoices& choices);

/// The question with thresholds between the changes of the best arm (see `between_changes`) unless it has
/// some already; `arms` are means. Throws UserError when the same arm is the best at all.
[[nodiscard]] Question with_default_thresholds(Question question,
                                               std::span<const decision::CostAndEffect> arms);

/// Why no threshold is taken for granted. Of our own outcomes there is no official price; of another model's
/// effect there may be one, and none is assumed. `effect` is a measure's name.
[[nodiscard]] std::string no_threshold_sentence(decision::Origin origin, const std::string& effect);

}  // namespace vfm::inquiry
