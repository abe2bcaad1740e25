#include "vfm/stats/integer_moments.hpp"

#include <limits>

namespace vfm::stats {

namespace {

/// Rounded once: the halves are exact, and their sum is taken in the order high, low.
double to_double(Int128 value) {
    return static_cast<double>(value);
}

}  // namespace

double IntegerMoments::mean() const {
    if (count == 0) return std::numeric_limits<double>::quiet_NaN();
    return to_double(sum) / static_cast<double>(count) / fixed_one;
}

double IntegerMoments::variance() const {
    if (count < 2) return std::numeric_limits<double>::quiet_NaN();
    // sum of squares - sum^2 / count, with sum = whole * count + rest so that nothing large cancels in
    // doubles: sum^2 / count = whole * (sum + rest) + rest^2 / count.
    const Int128 whole = sum / count;
    const Int128 rest = sum - whole * count;
    const Int128 around = sum_of_squares - whole * (sum + rest);
    const double squares = to_double(around) - to_double(rest) * to_double(rest) / static_cast<double>(count);
    return squares / static_cast<double>(count - 1) / (fixed_one * fixed_one);
}

}  // namespace vfm::stats
