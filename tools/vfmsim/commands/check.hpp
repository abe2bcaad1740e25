// The subcommand `check`.
#pragma once

#include <string>
#include <vector>

namespace vfm::program {

/// Runs `vfmsim check ARGUMENTS`; returns the exit code. Throws UserError and EnvironmentError.
int run_check(const std::vector<std::string>& arguments);

}  // namespace vfm::program
