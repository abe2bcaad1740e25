// What the makers of distributions ask of their arguments.
#pragma once

#include <stdexcept>
#include <string>

namespace vfm::random {

/// Throws std::invalid_argument with the problem unless it holds.
inline void require(bool holds, const char* problem) {
    if (!holds) throw std::invalid_argument(problem);
}

inline void require(bool holds, const std::string& problem) {
    require(holds, problem.c_str());
}

[[nodiscard]] inline bool is_finite(double value) {
    return value - value == 0.0;
}

}  // namespace vfm::random
