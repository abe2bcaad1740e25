// Options that every subcommand which reads a scenario shares.
#pragma once

#include "command_line.hpp"

#include "vfm/scenario/load.hpp"

#include <string>
#include <vector>

namespace vfm::program {

/// `--draws`, `--replications`, `--seed` and `--set`, to be added to a command's own.
[[nodiscard]] std::vector<CommandOption> scenario_options();

/// Loads the command's one positional argument with what its options override.
/// Throws UserError when there is not exactly one, ScenarioError when it has faults.
[[nodiscard]] scenario::Scenario load(const std::string& command, const CommandLine& line);

}  // namespace vfm::program
