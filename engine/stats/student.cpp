// The normal and Student's t distributions from series that need no library function but the square root.
#include "vfm/stats/intervals.hpp"

#include <limits>
#include <stdexcept>

namespace vfm::stats {

namespace {

constexpr double pi = 3.141592653589793238;
constexpr double root_two_pi = 2.506628274631000502;

void require_probability(double probability) {
    if (!(probability > 1e-9 && probability < 1.0 - 1e-9)) {
        throw std::invalid_argument("the probability of a quantile must lie between 1e-9 and 1 - 1e-9");
    }
}

/// exp(-x) for 0 <= x < 700, as 1 / exp(x): the Taylor series at x / 1024, then squared ten times.
double exponential_of_minus(double x) {
    const double small = x / 1024.0;
    double term = 1.0;
    double less_one = 0.0;  // exp(small) - 1, to keep its digits
    for (int n = 1; n <= 20; ++n) {
        term *= small / n;
        less_one += term;
    }
    for (int i = 0; i < 10; ++i) less_one = less_one * (2.0 + less_one);
    return 1.0 / (1.0 + less_one);
}

double normal_density(double z) {
    return exponential_of_minus(0.5 * z * z) / root_two_pi;
}

/// The probability of [0, z] for 0 <= z <= 7: density times z + z^3/3 + z^5/15 + ... (Marsaglia 2004), all
/// positive.
double normal_probability_from_zero(double z) {
    double term = z;
    double sum = z;
    for (int n = 3; term > 1e-18 * sum && n < 400; n += 2) {
        term *= z * z / n;
        sum += term;
    }
    return sum * normal_density(z);
}

/// Solves probability(x) = wanted for x >= 0 by Newton's method kept inside a bracket.
template <typename Probability, typename Density>
double solve(double wanted, double start, const Probability& probability, const Density& density) {
    double low = 0.0;
    double high = std::numeric_limits<double>::max();
    double x = start;
    for (int i = 0; i < 200; ++i) {
        const double excess = probability(x) - wanted;
        (excess < 0.0 ? low : high) = x;
        double next = x - excess / density(x);
        if (!(next > low && next < high)) next = high < 1e300 ? 0.5 * (low + high) : 2.0 * x + 1.0;
        const double change = next - x;
        x = next;
        if (change * change <= 1e-30 * x * x) break;
    }
    return x;
}

/// arctan of x >= 0: halved four times by arctan x = 2 arctan(x / (1 + sqrt(1 + x^2))), then its Taylor
/// series.
double arctangent(double x) {
    // Beyond 1 the complement keeps x^2 finite.
    if (x > 1.0) return pi / 2.0 - arctangent(1.0 / x);
    for (int i = 0; i < 4; ++i) x = x / (1.0 + __builtin_sqrt(1.0 + x * x));
    const double square = x * x;
    double power = x;
    double sum = 0.0;
    for (int n = 1; n <= 23; n += 2) {
        sum += power / n;
        power *= -square;
    }
    return 16.0 * sum;
}

/// The probability that |t| <= x: Abramowitz and Stegun (1964), 26.7.3 (odd) and 26.7.4 (even), where the
/// angle has tangent x / sqrt(degrees).
double student_probability_around_zero(double x, std::int64_t degrees) {
    const auto n = static_cast<double>(degrees);
    const double tangent = x / __builtin_sqrt(n);
    const double square = 1.0 / (1.0 + tangent * tangent);  // of the cosine
    const double cosine = __builtin_sqrt(square);
    const double sine = tangent * cosine;
    const bool is_odd = degrees % 2 == 1;
    double term = is_odd ? cosine : 1.0;
    double sum = degrees == 1 ? 0.0 : term;
    for (std::int64_t k = is_odd ? 3 : 2; k < degrees - 1; k += 2) {
        const auto step = static_cast<double>(k);
        term *= square * (step - 1.0) / step;
        sum += term;
        if (term < 1e-18 * sum) break;
    }
    return is_odd ? 2.0 / pi * (arctangent(tangent) + sine * sum) : sine * sum;
}

/// The quantile for many degrees of freedom (Abramowitz and Stegun 1964, 26.7.5).
double student_from_normal(double z, double n) {
    const double s = z * z;
    const double g1 = z * (s + 1.0) / 4.0;
    const double g2 = z * ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    const double g3 = z * (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    const double g4 = z * ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92160.0;
    return z + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n;
}

/// From here the expansion is closer than 1e-10.
constexpr std::int64_t many_degrees = 1000;

double student_density_factor(std::int64_t degrees) {
    // Gamma((n + 1) / 2) / (sqrt(n pi) Gamma(n / 2)), by its recurrence in steps of two degrees.
    double factor = degrees % 2 == 1 ? 1.0 / pi : 0.5;  // of the density in tan(angle): n = 1 and n = 2
    for (std::int64_t n = degrees % 2 == 1 ? 3 : 4; n <= degrees; n += 2) {
        const auto m = static_cast<double>(n);
        factor *= (m - 1.0) / (m - 2.0);
    }
    return factor / __builtin_sqrt(static_cast<double>(degrees));
}

double student_density(double x, std::int64_t degrees, double factor) {
    const double ratio = 1.0 / (1.0 + x * x / static_cast<double>(degrees));
    double power = degrees % 2 == 0 ? __builtin_sqrt(ratio) : 1.0;  // ratio^((n + 1) / 2)
    double base = ratio;
    for (std::int64_t exponent = (degrees + 1) / 2; exponent > 0; exponent /= 2) {
        if (exponent % 2 == 1) power *= base;
        base *= base;
    }
    return factor * power;
}

}  // namespace

double normal_quantile(double probability) {
    require_probability(probability);
    if (probability == 0.5) return 0.0;
    const double wanted = probability < 0.5 ? 0.5 - probability : probability - 0.5;
    const double z = solve(wanted, 1.0, normal_probability_from_zero, normal_density);
    return probability < 0.5 ? -z : z;
}

double student_t_probability(double x, std::int64_t degrees) {
    if (degrees < 1) throw std::invalid_argument("Student's t needs at least one degree of freedom");
    const double half = 0.5 * student_probability_around_zero(x < 0.0 ? -x : x, degrees);
    return x < 0.0 ? 0.5 - half : 0.5 + half;
}

double student_t_quantile(double probability, std::int64_t degrees) {
    require_probability(probability);
    if (degrees < 1) throw std::invalid_argument("Student's t needs at least one degree of freedom");
    if (probability == 0.5) return 0.0;
    const double z = normal_quantile(probability < 0.5 ? 1.0 - probability : probability);
    const double start = student_from_normal(z, static_cast<double>(degrees));
    const double sign = probability < 0.5 ? -1.0 : 1.0;
    if (degrees >= many_degrees) return sign * start;
    const double factor = student_density_factor(degrees);
    const double wanted = probability < 0.5 ? 0.5 - probability : probability - 0.5;
    const auto around = [degrees](double x) { return 0.5 * student_probability_around_zero(x, degrees); };
    const auto density = [degrees, factor](double x) { return student_density(x, degrees, factor); };
    return sign * solve(wanted, start, around, density);
}

}  // namespace vfm::stats
