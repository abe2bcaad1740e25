// Quantiles of the normal and of Student's t distribution, for intervals and scores of analyses. (Simulated
// numbers take random's, which are the same bits on every processor.)
#pragma once

#include <cstdint>

namespace vfm::stats {

/// Half the width of a 95 % interval in standard errors: the normal quantile of 97.5 %.
inline constexpr double normal_975 = 1.959963984540054;

/// The probability that a standard normal lies below z; not a number of what is none.
[[nodiscard]] double normal_probability(double z);

/// The z below which a standard normal lies with this probability, between 0 and 1. Throws
/// std::invalid_argument for any other, 0 and 1 too.
[[nodiscard]] double normal_quantile(double probability);

/// The quantile of Student's t with `degrees` >= 1 degrees of freedom, for a probability between 0 and 1.
/// Throws std::invalid_argument outside.
[[nodiscard]] double student_t_quantile(double probability, std::int64_t degrees);

}  // namespace vfm::stats
