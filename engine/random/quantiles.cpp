#include "vfm/random/quantiles.hpp"

#include "distribution.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/triangular.hpp>
#include <boost/math/distributions/uniform.hpp>
#include <boost/math/quadrature/tanh_sinh.hpp>

// Everything is computed in long double, whose library functions do not depend on the processor's vector
// units, and rounded to double at the end (ADR 0003).

namespace vfm::random {

namespace {

using Real = long double;
using Kind = Distribution::Kind;

/// Calls `act` with Boost's distribution of the same kind and parameters, without the truncation.
template <typename Act>
Real with_boost(const Distribution& distribution, Act act) {
    const Real first = distribution.first();
    const Real second = distribution.second();
    switch (distribution.kind()) {
        case Kind::uniform:
            return act(boost::math::uniform_distribution<Real>(first, second));
        case Kind::triangular:
            return act(boost::math::triangular_distribution<Real>(first, second, distribution.third()));
        case Kind::normal:
            return act(boost::math::normal_distribution<Real>(first, second));
        case Kind::lognormal:
            return act(boost::math::lognormal_distribution<Real>(first, second));
        case Kind::gamma:
            return act(boost::math::gamma_distribution<Real>(first, second));
        case Kind::beta:
            return act(boost::math::beta_distribution<Real>(first, second));
        case Kind::exponential:
            return act(boost::math::exponential_distribution<Real>(1 / first));
        case Kind::fixed:
        case Kind::empirical:
            break;
    }
    throw std::logic_error("a discrete distribution has no Boost counterpart");
}

bool is_discrete(const Distribution& distribution) {
    return distribution.kind() == Kind::fixed || distribution.kind() == Kind::empirical;
}

/// What truncation leaves: the probability outside below and above, each from its own tail so that no digits
/// are lost far out.
struct Remaining {
    Real below = 0;
    Real above = 0;
    Real inside = 1;
    bool in_upper_tail = false;
};

Remaining remaining(const Distribution& distribution) {
    Remaining found;
    const auto act = [&](const auto& boosted) -> Real {
        const auto support = boost::math::support(boosted);
        const Real low = distribution.low();
        const Real high = distribution.high();
        if (low > support.first) {
            found.below = low >= support.second ? 1 : cdf(boosted, low);
            found.in_upper_tail = low < support.second && found.below > 0.5L;
        }
        if (high < support.second) found.above = high <= support.first ? 1 : cdf(complement(boosted, high));
        const Real from_low = found.in_upper_tail ? cdf(complement(boosted, low)) - found.above
                                                  : (1 - found.below) - found.above;
        const bool lower_tail = found.above > 0.5L && high > support.first;
        found.inside = lower_tail ? cdf(boosted, high) - found.below : from_low;
        return 0;
    };
    with_boost(distribution, act);
    return found;
}

Real strictly_inside(Real probability) {
    return std::clamp(probability, std::numeric_limits<Real>::min(),
                      1 - std::numeric_limits<Real>::epsilon() / 2);
}

/// Where the distribution function passes a probability, by halving its finite support.
template <class Boosted>
Real halved_quantile(const Boosted& boosted, Real below, Real above) {
    Real low = boost::math::support(boosted).first;
    Real high = boost::math::support(boosted).second;
    for (int step = 0; step < 200; ++step) {
        const Real middle = (low + high) / 2;
        const bool right =
            below < 0.5L ? cdf(boosted, middle) < below : cdf(complement(boosted, middle)) > above;
        (right ? low : high) = middle;
    }
    return (low + high) / 2;
}

/// Boost's quantile. That of a symmetric beta within a rounding of its median finds no root (Boost 1.74),
/// since there the equation it solves has a double one: then by halving.
template <class Boosted>
Real boost_quantile(const Boosted& boosted, Real below, Real above, bool from_above) {
    try {
        return from_above ? quantile(complement(boosted, above)) : quantile(boosted, below);
    } catch (const boost::math::evaluation_error&) {
        if (boost::math::support(boosted).second > 1) throw;
        return halved_quantile(boosted, below, above);
    }
}

/// The quantile at u, of which 1 - u is also known exactly.
Real continuous_quantile(const Distribution& distribution, const Remaining& rest, Real u, Real one_minus_u) {
    const bool from_above = rest.in_upper_tail || (rest.below == 0 && rest.above == 0 && u > 0.5L);
    const auto act = [&](const auto& boosted) -> Real {
        return boost_quantile(boosted, strictly_inside(rest.below + u * rest.inside),
                              strictly_inside(rest.above + one_minus_u * rest.inside), from_above);
    };
    const Real value = with_boost(distribution, act);
    return std::clamp(value, static_cast<Real>(distribution.low()), static_cast<Real>(distribution.high()));
}

double discrete_quantile(const Distribution& distribution, double u) {
    if (distribution.kind() == Kind::fixed) return distribution.first();
    const auto cumulative = distribution.cumulative();
    const auto place = std::lower_bound(cumulative.begin(), cumulative.end(), u);
    const auto index =
        std::min(place - cumulative.begin(), static_cast<std::ptrdiff_t>(cumulative.size()) - 1);
    return distribution.values()[static_cast<std::size_t>(index)];
}

double discrete_mean(const Distribution& distribution) {
    if (distribution.kind() == Kind::fixed) return distribution.first();
    Real sum = 0;
    Real before = 0;
    for (std::size_t i = 0; i < distribution.values().size(); ++i) {
        const Real now = distribution.cumulative()[i];
        sum += (now - before) * distribution.values()[i];
        before = now;
    }
    return static_cast<double>(sum);
}

double truncated_mean(const Distribution& distribution) {
    const Remaining rest = remaining(distribution);
    boost::math::quadrature::tanh_sinh<Real> rule;
    // The rule runs over [-1, 1] and passes the distance to the nearer end beside the place, with all its
    // digits.
    const auto value = [&](Real place, Real to_end) {
        const Real near = (to_end < 0 ? -to_end : to_end) / 2;
        if (place < 0) return continuous_quantile(distribution, rest, near, 1 - near);
        return continuous_quantile(distribution, rest, 1 - near, near);
    };
    return static_cast<double>(rule.integrate(value, 1e-12L) / 2);
}

}  // namespace

double quantile(const Distribution& distribution, double u) {
    if (!(u > 0.0 && u < 1.0))
        throw std::invalid_argument("a quantile is asked for strictly between 0 and 1");
    if (is_discrete(distribution)) return discrete_quantile(distribution, u);
    const Remaining rest = distribution.is_truncated() ? remaining(distribution) : Remaining{};
    return static_cast<double>(continuous_quantile(distribution, rest, u, 1 - static_cast<Real>(u)));
}

double cumulative_probability(const Distribution& distribution, double x) {
    if (distribution.kind() == Kind::fixed) return x >= distribution.first() ? 1.0 : 0.0;
    if (distribution.kind() == Kind::empirical) {
        const auto values = distribution.values();
        const auto after = std::upper_bound(values.begin(), values.end(), x) - values.begin();
        return after == 0 ? 0.0 : distribution.cumulative()[static_cast<std::size_t>(after - 1)];
    }
    if (x <= distribution.low()) return 0.0;
    if (x >= distribution.high()) return 1.0;
    const auto act = [x](const auto& boosted) -> Real {
        const auto support = boost::math::support(boosted);
        if (x <= support.first) return 0;
        return x >= support.second ? 1 : cdf(boosted, static_cast<Real>(x));
    };
    const Real whole = with_boost(distribution, act);
    if (!distribution.is_truncated()) return static_cast<double>(whole);
    const Remaining rest = remaining(distribution);
    return static_cast<double>(std::clamp<Real>((whole - rest.below) / rest.inside, 0, 1));
}

double mean(const Distribution& distribution) {
    if (is_discrete(distribution)) return discrete_mean(distribution);
    if (distribution.is_truncated()) return truncated_mean(distribution);
    return static_cast<double>(
        with_boost(distribution, [](const auto& boosted) -> Real { return boost::math::mean(boosted); }));
}

void require_probability_inside(const Distribution& distribution) {
    if (!(remaining(distribution).inside > 0)) {
        throw std::invalid_argument("no probability is left between the ends of the truncation");
    }
}

}  // namespace vfm::random
