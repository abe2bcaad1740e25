// The subcommand `schema`.
#pragma once

#include <string>
#include <vector>

namespace vfm::program {

/// Runs `vfmsim schema ARGUMENTS`; returns the exit code. Throws UserError.
int run_schema(const std::vector<std::string>& arguments);

}  // namespace vfm::program
