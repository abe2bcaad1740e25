// The subcommand `schema`.
#pragma once

#include "options/command_line.hpp"

#include <string>
#include <vector>

namespace vfm::program {

/// The subcommand as its help shows it.
[[nodiscard]] Command schema_command();

/// Runs `vfmsim schema ARGUMENTS`; returns the exit code. Throws UserError.
int run_schema(const std::vector<std::string>& arguments);

}  // namespace vfm::program
