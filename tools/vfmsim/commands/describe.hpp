// The subcommand `describe`.
#pragma once

#include <string>
#include <vector>

namespace vfm::program {

/// Runs `vfmsim describe ARGUMENTS`; returns the exit code. Throws UserError and EnvironmentError.
int run_describe(const std::vector<std::string>& arguments);

}  // namespace vfm::program
