// `vfmsim import`: another model's sample, as CSV, into a results file.
#pragma once

#include "options/command_line.hpp"

#include <string>
#include <vector>

namespace vfm::program {

/// The subcommand as its help shows it.
[[nodiscard]] Command import_command();

/// Reads the sample, writes the results file and says in one line what is in it. Gives the exit code.
int run_import(const std::vector<std::string>& arguments);

}  // namespace vfm::program
