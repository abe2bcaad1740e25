// What stands for a number that there is none of.
#pragma once

#include <limits>

namespace vfm::decision {

/// A standard error of one draw, an index of what does not vary, a ratio to nothing.
inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

}  // namespace vfm::decision
