// The subcommand `check`.
#pragma once

#include "options/command_line.hpp"

#include <string>
#include <vector>

namespace vfm::program {

/// The subcommand as its help shows it.
[[nodiscard]] Command check_command();

/// Runs `vfmsim check ARGUMENTS`; returns the exit code. Throws UserError and EnvironmentError.
int run_check(const std::vector<std::string>& arguments);

}  // namespace vfm::program
