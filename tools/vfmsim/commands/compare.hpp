// The subcommand `compare`: arms of a results file side by side, with incremental analysis and net benefit.
#pragma once

#include <string>
#include <vector>

namespace vfm::program {

/// Runs `vfmsim compare ARGUMENTS` (without the program's and the command's name) and prints to standard
/// output. Returns the exit code, 0. Throws UserError for a wrong command line or name, FileFormatError and
/// EnvironmentError for a results file that cannot be used.
int run_compare(const std::vector<std::string>& arguments);

}  // namespace vfm::program
