// The subcommand `run`.
#pragma once

#include "options/command_line.hpp"

#include <string>
#include <vector>

namespace vfm::program {

/// The subcommand as its help shows it.
[[nodiscard]] Command run_command();

/// Runs `vfmsim run ARGUMENTS`; returns the exit code. Throws UserError and EnvironmentError.
int run_run(const std::vector<std::string>& arguments);

}  // namespace vfm::program
