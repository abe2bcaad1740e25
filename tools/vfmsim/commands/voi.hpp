// `vfmsim voi`: what better evidence would be worth, and what to measure next.
#pragma once

#include <string>
#include <vector>

namespace vfm::program {

/// Runs the subcommand; gives the exit code.
int run_voi(const std::vector<std::string>& arguments);

}  // namespace vfm::program
