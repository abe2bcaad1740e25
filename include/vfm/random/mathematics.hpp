// Our own exp, log, logistic and normal distribution: the same bits on every processor, build and SIMD width.
//
// Only + - * / , square roots, comparisons and bit operations are used, in a written order and (by
// -ffp-contract=off) without fused multiply-add: IEEE 754 leaves no freedom in any of them (ADR 0003).
// Everything here is always-inline: the batch kernels compile these same bodies for wider registers.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace vfm::random {

namespace detail {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

// ln 2 in two parts; the high part has 32 significant bits, so that k * high is exact for |k| < 2^21.
inline constexpr double ln2_high = 0x1.62e42feep-1;
inline constexpr double ln2_low = 0x1.a39ef35793c76p-33;

/// log(m) + k ln 2 for m in [sqrt(1/2), sqrt(2)]. With f = m - 1, s = f / (2 + f): log(1 + f) =
/// 2 artanh(s) = 2s + s R(s^2), R(q) = 2q/3 + 2q^2/5 + ...; |s| < 0.1716, and the first term left out is
/// below 2^-63. Rearranged as f - (f^2/2 - s (f^2/2 + R)), where f is exact.
[[nodiscard, gnu::always_inline]] inline double logarithm_of_parts(double m, double k) {
    const double f = m - 1.0;
    const double s = f / (2.0 + f);
    const double q = s * s;
    const double q2 = q * q;
    const double q4 = q2 * q2;
    const double low = (2.0 / 3.0 + q * (2.0 / 5.0)) + q2 * (2.0 / 7.0 + q * (2.0 / 9.0));
    const double high = (2.0 / 11.0 + q * (2.0 / 13.0)) + q2 * (2.0 / 15.0 + q * (2.0 / 17.0));
    const double top = (2.0 / 19.0 + q * (2.0 / 21.0)) + q2 * (2.0 / 23.0);
    const double r = q * (low + q4 * (high + q4 * top));
    const double half_square = 0.5 * f * f;
    return k * ln2_high - ((half_square - (s * (half_square + r) + k * ln2_low)) - f);
}

/// log of a finite number that is at least 2^-1022.
[[nodiscard, gnu::always_inline]] inline double logarithm_of_normal(double x) {
    // Take the exponent relative to sqrt(1/2) = 0x3FE6A09E..., so that the fraction lies in [sqrt(1/2),
    // sqrt(2)).
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
    const std::uint64_t shifted = bits - 0x3FE6A09E00000000U;
    // The signed exponent as a double by way of 2^52 + 2^51, which vectorises without 64-bit conversions.
    const std::uint64_t biased = (shifted + 0x4000000000000000U) >> 52U;
    const double k = std::bit_cast<double>(biased | 0x4330000000000000U) - (0x1p52 + 1024.0);
    const double m = std::bit_cast<double>(bits - (shifted & 0xFFF0000000000000U));
    return logarithm_of_parts(m, k);
}

}  // namespace detail

/// Natural logarithm, within 1 unit in the last place; -infinity at 0, not a number below 0.
[[nodiscard, gnu::always_inline]] inline double logarithm(double x) {
    constexpr double smallest_normal = std::numeric_limits<double>::min();
    if (x >= smallest_normal && x < detail::infinity) [[likely]]
        return detail::logarithm_of_normal(x);
    if (x == 0.0) return -detail::infinity;
    if (x == detail::infinity) return x;
    if (!(x > 0.0)) return detail::not_a_number;
    return detail::logarithm_of_normal(x * 0x1p54) - 54.0 * (detail::ln2_high + detail::ln2_low);
}

/// log(1 + x), accurate near 0 (Kahan's correction for the rounding of 1 + x); as `logarithm` beyond -1.
[[nodiscard, gnu::always_inline]] inline double logarithm_one_plus(double x) {
    const double sum = 1.0 + x;
    if (!(sum > 0.0 && sum < detail::infinity)) return logarithm(sum);
    const double lost = x > 1.0 ? 1.0 - (sum - x) : x - (sum - 1.0);
    return logarithm(sum) + lost / sum;
}

/// e^x within 1 unit in the last place; exactly 1 at 0, infinity above 709.78, 0 below -745.13, gradual
/// underflow between. x = k ln 2 + r with |r| <= ln(2)/2; the Taylor polynomial of degree 13 leaves out less
/// than 2^-57.
[[nodiscard, gnu::always_inline]] inline double exponential(double x) {
    const double inside = x > -746.0 ? (x < 710.0 ? x : 710.0) : -746.0;
    // Adding 1.5 * 2^52 rounds to an integer, kept in the low bits.
    const double shifted = inside * 0x1.71547652b82fep+0 + 0x1.8p52;
    const double k = shifted - 0x1.8p52;
    const double r = (inside - k * detail::ln2_high) - k * detail::ln2_low;
    const double r2 = r * r;
    const double r4 = r2 * r2;
    const double low = (1.0 / 2.0 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0));
    const double high = (1.0 / 720.0 + r * (1.0 / 5040.0)) + r2 * (1.0 / 40320.0 + r * (1.0 / 362880.0));
    const double top =
        (1.0 / 3628800.0 + r * (1.0 / 39916800.0)) + r2 * (1.0 / 479001600.0 + r * (1.0 / 6227020800.0));
    const double e = 1.0 + (r + r2 * (low + r4 * (high + r4 * top)));
    // Two steps of scaling, so that neither factor leaves the range of exponents and underflow is gradual.
    // The exponent is 2048 more than it is, so that it halves without a sign.
    const std::uint64_t exponent =
        std::bit_cast<std::uint64_t>(shifted) - std::bit_cast<std::uint64_t>(0x1.8p52) + 2048;
    const std::uint64_t half = exponent >> 1U;
    const double scale1 = std::bit_cast<double>((half - 1) << 52U);
    const double scale2 = std::bit_cast<double>((exponent - half - 1) << 52U);
    const double result = e * scale1 * scale2;
    return x == x ? result : x;
}

/// 1 / (1 + e^-x), without cancellation or overflow in either tail.
[[nodiscard, gnu::always_inline]] inline double logistic(double x) {
    const double e = exponential(x < 0.0 ? x : -x);
    return (x < 0.0 ? e : 1.0) / (1.0 + e);
}

/// log(p / (1 - p)) for p in [0, 1]; minus and plus infinity at the ends.
[[nodiscard, gnu::always_inline]] inline double logit(double p) {
    // Near 1/2 the logarithm's argument is near 1: there 2p - 1 and 1 - p are exact.
    if (p >= 0.25 && p <= 0.75) return logarithm_one_plus((2.0 * p - 1.0) / (1.0 - p));
    if (p == 1.0) return detail::infinity;
    return logarithm(p / (1.0 - p));
}

namespace detail {

// Wichura (1988), Algorithm AS 241, Applied Statistics 37(3), routine PPND16: about 16 digits.

/// |u - 1/2| <= 0.425
[[nodiscard, gnu::always_inline]] inline double quantile_centre(double q) {
    const double r = 0.180625 - q * q;
    const double top =
        ((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r +
            4.5921953931549871457e4) *
               r +
           1.3731693765509461125e4) *
              r +
          1.9715909503065514427e3) *
             r +
         1.3314166789178437745e2) *
            r +
        3.3871328727963666080e0;
    const double bottom =
        ((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r +
            2.1213794301586595867e4) *
               r +
           5.3941960214247511077e3) *
              r +
          6.8718700749205790830e2) *
             r +
         4.2313330701600911252e1) *
            r +
        1.0;
    return q * top / bottom;
}

/// r = sqrt(-log(tail probability)) <= 5
[[nodiscard, gnu::always_inline]] inline double quantile_tail(double root) {
    const double r = root - 1.6;
    const double top =
        ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) *
                r +
            1.27045825245236838258e0) *
               r +
           3.64784832476320460504e0) *
              r +
          5.76949722146069140550e0) *
             r +
         4.63033784615654529590e0) *
            r +
        1.42343711074968357734e0;
    const double bottom =
        ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) *
                r +
            1.48103976427480074590e-1) *
               r +
           6.89767334985100004550e-1) *
              r +
          1.67638483018380384940e0) *
             r +
         2.05319162663775882187e0) *
            r +
        1.0;
    return top / bottom;
}

/// r = sqrt(-log(tail probability)) > 5
[[nodiscard, gnu::always_inline]] inline double quantile_far_tail(double root) {
    const double r = root - 5.0;
    const double top =
        ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) *
                r +
            2.65321895265761230930e-2) *
               r +
           2.96560571828504891230e-1) *
              r +
          1.78482653991729133580e0) *
             r +
         5.46378491116411436990e0) *
            r +
        6.65790464350110377720e0;
    const double bottom =
        ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) *
                r +
            7.86869131145613259100e-4) *
               r +
           1.48753612908506148525e-2) *
              r +
          1.36929880922735805310e-1) *
             r +
         5.99832206555887937690e-1) *
            r +
        1.0;
    return top / bottom;
}

inline constexpr double quantile_centre_half_width = 0.425;

[[nodiscard, gnu::always_inline]] inline double quantile_tail_root(double u) {
    const double tail = u < 0.5 ? u : 1.0 - u;
    return __builtin_sqrt(-logarithm_of_normal(tail));
}

}  // namespace detail

/// The z below which a standard normal lies with probability u, relative error about 1e-15 (Wichura 1988, AS
/// 241, PPND16). u is strictly inside (0, 1), and not below 2^-1022.
[[nodiscard, gnu::always_inline]] inline double standard_normal_quantile(double u) {
    const double q = u - 0.5;
    if ((q < 0.0 ? -q : q) <= detail::quantile_centre_half_width) return detail::quantile_centre(q);
    const double root = detail::quantile_tail_root(u);
    const double z = root <= 5.0 ? detail::quantile_tail(root) : detail::quantile_far_tail(root);
    return q < 0.0 ? -z : z;
}

/// The probability that a standard normal lies below z (Cody 1969, Mathematics of Computation 23), with small
/// relative error in both tails.
[[nodiscard]] double standard_normal_cdf(double z);

}  // namespace vfm::random
