// The subcommand `describe`.
#pragma once

#include "options/command_line.hpp"

#include <string>
#include <vector>

namespace vfm::program {

/// The subcommand as its help shows it.
[[nodiscard]] Command describe_command();

/// Runs `vfmsim describe ARGUMENTS`; returns the exit code. Throws UserError and EnvironmentError.
int run_describe(const std::vector<std::string>& arguments);

}  // namespace vfm::program
