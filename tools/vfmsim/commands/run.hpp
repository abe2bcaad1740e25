// The subcommand `run`.
#pragma once

#include <string>
#include <vector>

namespace vfm::program {

/// Runs `vfmsim run ARGUMENTS`; returns the exit code. Throws UserError and EnvironmentError.
int run_run(const std::vector<std::string>& arguments);

}  // namespace vfm::program
