// `vfmsim import`: another model's sample, as CSV, into a results file.
#pragma once

#include <string>
#include <vector>

namespace vfm::program {

/// Reads the sample, writes the results file and says in one line what is in it. Gives the exit code.
int run_import(const std::vector<std::string>& arguments);

}  // namespace vfm::program
