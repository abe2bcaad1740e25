// Count, sum and sum of squares in whole numbers: the same total in any grouping and any order.
#pragma once

#include "vfm/core/fixed_point.hpp"

#include <cstdint>

namespace vfm::stats {

__extension__ using Int128 = __int128;

/// Moments of values in fixed point. Exact: 2^63 values of the sum, and 2^44 values of |value| < 2^42 (4
/// million pounds) of the sum of squares, fit 127 bits.
struct IntegerMoments {
    std::int64_t count = 0;
    Int128 sum = 0;             ///< of Fixed values
    Int128 sum_of_squares = 0;  ///< of Fixed values squared

    void add(Fixed value) {
        ++count;
        sum += value;
        sum_of_squares += Int128{value} * value;
    }

    void merge(const IntegerMoments& other) {
        count += other.count;
        sum += other.sum;
        sum_of_squares += other.sum_of_squares;
    }

    /// In the values' own unit; not a number when there are none.
    [[nodiscard]] double mean() const;

    /// Of the sample (divisor count - 1), in the unit squared; not a number below two values.
    [[nodiscard]] double variance() const;

    bool operator==(const IntegerMoments&) const = default;
};

}  // namespace vfm::stats
