// What a sensitivity analysis is asked: of which arms, in whose costs, in which effect, at which thresholds.
#pragma once

#include "options/command_line.hpp"

#include "vfm/decision/comparison.hpp"
#include "vfm/decision/incremental.hpp"
#include "vfm/results/layout.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vfm::program {

struct Question {
    std::vector<std::string> arms;
    std::size_t reference = 0;
    std::optional<std::size_t> arm;  ///< the one that was asked for
    std::string perspective;
    std::string cost;                ///< a measure
    std::string effect;              ///< a measure
    std::string families;            ///< the measure whose mean money is divided by; empty when there is none
    std::vector<double> thresholds;  ///< GBP per unit of effect, ascending
    std::string thresholds_origin;   ///< where they come from, in a sentence
    decision::Origin origin = decision::Origin::simulated;
};

/// `--arm --reference --perspective --effect --threshold --thresholds`.
[[nodiscard]] std::vector<CommandOption> question_options();

/// What the command line asks of a study with these names; thresholds only if it gives any. Throws UserError,
/// with the nearest known name, for what the study does not have, and when there is one arm only.
[[nodiscard]] Question question_of(const CommandLine& line, const results::Layout& layout);

/// Thresholds when none is given: one inside each stretch in which another arm is the best by mean cost and
/// effect; half the first break-even threshold of the frontier, the geometric means of neighbours, twice the
/// last. Nothing changes when there are some already. Throws UserError when the same arm is the best at all.
void take_default_thresholds(Question& question, std::span<const decision::CostAndEffect> arms);

}  // namespace vfm::program
