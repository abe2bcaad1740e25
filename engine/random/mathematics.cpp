#include "vfm/random/mathematics.hpp"

#include <array>
#include <cstddef>

namespace vfm::random {

namespace {

constexpr double inverse_square_root_of_two_pi = 0.398942280401432677939946059934;

/// exp(-x^2 / 2) without losing digits to the rounding of x^2: x is split at a sixteenth (Cody 1969).
double bell(double x) {
    const double coarse = static_cast<double>(static_cast<int>(x * 16.0)) / 16.0;
    const double rest = (x - coarse) * (x + coarse);
    return exponential(-coarse * coarse * 0.5) * exponential(-rest * 0.5);
}

/// cdf - 1/2 for |z| <= 0.67448975
double cdf_centre(double z) {
    constexpr std::array a = {2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582,
                              18154.981253343561249, .065682337918207449113};
    constexpr std::array b = {47.20258190468824187, 976.09855173777669322, 10260.932208618978205,
                              45507.789335026729956};
    const double square = z * z;
    double top = a[4] * square;
    double bottom = square;
    for (std::size_t i = 0; i < 3; ++i) {
        top = (top + a[i]) * square;
        bottom = (bottom + b[i]) * square;
    }
    return z * (top + a[3]) / (bottom + b[3]);
}

/// The upper tail for 0.67448975 < x <= sqrt(32)
double cdf_middle(double x) {
    constexpr std::array c = {.39894151208813466764, 8.8831497943883759412, 93.506656132177855979,
                              597.27027639480026226, 2494.5375852903726711, 6848.1904505362823326,
                              11602.651437647350124, 9842.7148383839780218, 1.0765576773720192317e-8};
    constexpr std::array d = {22.266688044328115691, 235.38790178262499861, 1519.377599407554805,
                              6485.558298266760755,  18615.571640885098091, 34900.952721145977266,
                              38912.003286093271411, 19685.429676859990727};
    double top = c[8] * x;
    double bottom = x;
    for (std::size_t i = 0; i < 7; ++i) {
        top = (top + c[i]) * x;
        bottom = (bottom + d[i]) * x;
    }
    return bell(x) * (top + c[7]) / (bottom + d[7]);
}

/// The upper tail for x > sqrt(32): Laplace's continued fraction (Abramowitz and Stegun 1964, 26.2.14), whose
/// 24 levels leave out less than 1e-20 of it here.
double cdf_far(double x) {
    double fraction = x;
    for (int level = 24; level > 0; --level) fraction = x + static_cast<double>(level) / fraction;
    return inverse_square_root_of_two_pi * bell(x) / fraction;
}

}  // namespace

double standard_normal_cdf(double z) {
    if (z != z) return z;
    const double x = z < 0.0 ? -z : z;
    if (x <= 0.67448975) return 0.5 + cdf_centre(z);
    if (x > 38.6) return z < 0.0 ? 0.0 : 1.0;  // below the smallest number
    const double tail = x <= 5.656854249492380195 ? cdf_middle(x) : cdf_far(x);
    return z < 0.0 ? tail : 1.0 - tail;
}

}  // namespace vfm::random
