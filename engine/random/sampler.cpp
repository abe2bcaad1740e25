#include "vfm/random/sampler.hpp"

#include "arguments.hpp"
#include "stream_kernels.hpp"

#include "vfm/core/contract.hpp"

#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>

#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/cbrt.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>

namespace vfm::random {

namespace {

using Real = long double;

/// The probability of |z| or beyond, on one side.
Real tail_probability(Real z) {
    return boost::math::erfc((z < 0 ? -z : z) / boost::math::constants::root_two<Real>()) / 2;
}

/// The quantiles of a gamma distribution of scale 1, each found from its neighbour.
class GammaQuantiles {
  public:
    explicit GammaQuantiles(Real shape) : shape_(shape), log_factor_(boost::math::lgamma(shape)) {}

    [[nodiscard]] Real median() const { return boost::math::gamma_p_inv(shape_, Real{0.5}); }

    [[nodiscard]] Real density(Real x) const {
        return std::exp((shape_ - 1) * std::log(x) - x - log_factor_);
    }

    /// The slope of the quantile x in the standard normal z of the same probability.
    [[nodiscard]] Real slope(Real z, Real x) const {
        return std::exp(-z * z / 2) / boost::math::constants::root_two_pi<Real>() / density(x);
    }

    /// The quantile at z, given a guess: Newton's method on the logarithm of the nearer tail, in log x below
    /// the median and in x above, where it is almost a straight line. From a neighbouring node two steps do,
    /// in a fraction of the time of a search from nowhere.
    [[nodiscard]] Real near(Real z, Real guess) const {
        const Real wanted = tail_probability(z);
        Real x = guess;
        for (int i = 0; i < 20; ++i) {
            const Real tail = z < 0 ? boost::math::gamma_p(shape_, x) : boost::math::gamma_q(shape_, x);
            const Real step = std::log(tail / wanted) * tail / density(x);
            const Real next = z < 0 ? x * std::exp(-step / x) : x + step;
            const Real change = std::fabs(next - x) / x;
            x = next > 0 ? next : x / 2;
            if (change < 1e-9L) break;  // the next step would be its square
        }
        return x;
    }

  private:
    Real shape_;
    Real log_factor_;
};

/// The cube root of the quantile of a gamma of mean 1, and its slope in z.
struct Node {
    Real root;
    Real slope;
};

/// Nodes from the lowest z to the highest, found outwards from the median.
std::vector<Node> nodes_of(Real shape, std::size_t pieces_per_unit) {
    const auto half = static_cast<std::size_t>(GammaTable::highest_z * static_cast<double>(pieces_per_unit));
    const GammaQuantiles quantiles(shape);
    std::vector<Node> nodes(2 * half + 1);
    const auto place = [&](std::size_t index, Real z, Real x) {
        const Real root = boost::math::cbrt(x / shape);
        nodes[index] = {root, quantiles.slope(z, x) * root / (3 * x)};
    };
    const Real step = 1 / static_cast<Real>(pieces_per_unit);
    Real below = quantiles.median();
    Real above = below;
    place(half, 0, below);
    for (std::size_t i = 1; i <= half; ++i) {
        const Real z = static_cast<Real>(i) * step;
        // The guess goes along the slope, of log x below and of x above.
        below = quantiles.near(-z, below * std::exp(-step * quantiles.slope(step - z, below) / below));
        above = quantiles.near(z, above + step * quantiles.slope(z - step, above));
        place(half - i, -z, below);
        place(half + i, z, above);
    }
    return nodes;
}

}  // namespace

// Small shapes bend more: finer pieces keep the relative error of the body (|z| < 3) below 1e-6 from shape
// 0.3.
GammaTable::GammaTable(double shape) : shape_(shape), pieces_per_unit_(shape < 1.0 ? 32.0 : 16.0) {
    require(shape >= 0.1 && shape <= 1e6,
            "the shape of a gamma distribution must be between 0.1 and 1,000,000");
    last_position_ = (highest_z - lowest_z) * pieces_per_unit_ - 0x1p-20;
}

void GammaTable::make_pieces() const {
    const std::vector<Node> nodes = nodes_of(shape_, static_cast<std::size_t>(pieces_per_unit_));
    const Real step = 1 / static_cast<Real>(pieces_per_unit_);
    for (std::size_t i = 0; i + 1 < nodes.size(); ++i) {
        const Real rise = nodes[i + 1].root - nodes[i].root;
        const Real slope0 = nodes[i].slope * step;
        const Real slope1 = nodes[i + 1].slope * step;
        pieces_.push_back({static_cast<double>(nodes[i].root), static_cast<double>(slope0),
                           static_cast<double>(3 * rise - 2 * slope0 - slope1),
                           static_cast<double>(slope0 + slope1 - 2 * rise)});
    }
}

const GammaTable* GammaTables::make(double shape) {
    require(is_finite(shape), "the shape of a gamma distribution must be a finite number");
    auto& table = tables_[shape];
    if (!table) table = std::make_unique<const GammaTable>(shape);
    return table.get();
}

Sampler Sampler::fixed(double value) {
    require(is_finite(value), "a fixed value must be a finite number");
    Sampler made;
    made.a_ = value;
    return made;
}

Sampler Sampler::lognormal_mean_cv(double mean, double cv) {
    require(is_finite(mean) && mean > 0.0, "the mean of a lognormal distribution must be above 0");
    require(is_finite(cv) && cv >= 0.0, "the coefficient of variation must be 0 or more");
    const double variance_of_log = logarithm_one_plus(cv * cv);
    Sampler made;
    made.kind_ = Kind::lognormal;
    made.a_ = logarithm(mean) - 0.5 * variance_of_log;
    made.b_ = __builtin_sqrt(variance_of_log);
    return made;
}

Sampler Sampler::gamma_mean_shape(double mean, double shape, GammaTables& tables) {
    require(is_finite(mean) && mean > 0.0, "the mean of a gamma or exponential distribution must be above 0");
    Sampler made;
    made.kind_ = Kind::gamma;
    made.a_ = mean;
    made.table_ = tables.make(shape);
    return made;
}

Sampler Sampler::exponential_mean(double mean, GammaTables& tables) {
    return gamma_mean_shape(mean, 1.0, tables);
}

Sampler Sampler::uniform_between(double low, double high) {
    require(is_finite(low) && is_finite(high) && low <= high, "a uniform distribution needs low <= high");
    Sampler made;
    made.kind_ = Kind::uniform;
    made.a_ = low;
    made.b_ = high;
    return made;
}

Sampler Sampler::triangular(double low, double mode, double high) {
    require(is_finite(low) && is_finite(high) && low <= mode && mode <= high,
            "a triangular distribution needs low <= mode <= high");
    Sampler made;
    made.kind_ = Kind::triangular;
    made.a_ = low;
    made.b_ = high;
    made.c_ = mode;
    return made;
}

double Sampler::sample_triangular(double z) const {
    const double below = standard_normal_cdf(z);
    const double above = standard_normal_cdf(-z);
    const double width = b_ - a_;
    if (below * width < c_ - a_) return a_ + __builtin_sqrt(below * width * (c_ - a_));
    return b_ - __builtin_sqrt(above * width * (b_ - c_));
}

void Sampler::fill(std::span<const double> normals, std::span<double> samples) const {
    if (normals.size() != samples.size())
        throw ContractViolation("as many samples are wanted as there are normals");
    const StreamKernels& kernels = stream_kernels(active_path());
    switch (kind_) {
        case Kind::lognormal:
            kernels.lognormals(a_, b_, normals.data(), samples.data(), samples.size());
            return;
        case Kind::gamma:
            kernels.gammas(a_, table_->made(), normals.data(), samples.data(), samples.size());
            return;
        case Kind::fixed:
        case Kind::uniform:
        case Kind::triangular:
            for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = sample(normals[i]);
    }
}

double Sampler::mean() const {
    switch (kind_) {
        case Kind::fixed:
        case Kind::gamma:
            return a_;
        case Kind::lognormal:
            return exponential(a_ + 0.5 * b_ * b_);
        case Kind::uniform:
            return 0.5 * (a_ + b_);
        case Kind::triangular:
            return (a_ + b_ + c_) / 3.0;
    }
    return a_;
}

}  // namespace vfm::random
