// What stands for a number that is not known.
#pragma once

#include <limits>

namespace vfm::inquiry {

/// An error of one replication, an end of an interval that leaves the line, a distance that was not reached.
inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

}  // namespace vfm::inquiry
