// What an analyst declares about equity on the command line, taken apart.
#pragma once

#include "command_line.hpp"

#include "vfm/decision/inequality.hpp"

namespace vfm::program {

/// Of `--inequality-aversion`, `--ordered`, `--relative-income` and `--income-elasticity`. Throws UserError,
/// saying how it is written.
[[nodiscard]] decision::EquityChoices equity_choices(const CommandLine& line);

}  // namespace vfm::program
