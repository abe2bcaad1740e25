// `vfmsim sensitivity`: which parameters move net benefit, and what would have to be true for each arm.
#pragma once

#include <string>
#include <vector>

namespace vfm::program {

/// Gives the exit code; throws what main turns into messages.
int run_sensitivity(const std::vector<std::string>& arguments);

}  // namespace vfm::program
