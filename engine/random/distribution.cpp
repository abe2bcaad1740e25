#include "distribution.hpp"

#include "arguments.hpp"

#include "vfm/random/mathematics.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace vfm::random {

namespace {

/// The 0.975 quantile of a standard normal: half the width of a 95 % interval in standard deviations.
constexpr double interval_half_width = 1.959963984540054;

std::string text(double value) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

void require_finite(double value, const char* name) {
    require(is_finite(value), std::string(name) + " must be a finite number");
}

void require_above_zero(double value, const char* name) {
    require(is_finite(value) && value > 0.0,
            std::string(name) + " must be above 0, and it is " + text(value));
}

void require_ascending(double low, double middle, double high, const char* name) {
    require(is_finite(low) && is_finite(high), "both ends of the 95 % interval must be finite numbers");
    require(low < middle && middle < high, std::string(name) + " " + text(middle) +
                                               " must lie inside the 95 % interval from " + text(low) +
                                               " to " + text(high));
}

}  // namespace

Distribution Distribution::fixed(double value) {
    require_finite(value, "the value");
    return {Kind::fixed, value};
}

Distribution Distribution::uniform(double low, double high) {
    require(is_finite(low) && is_finite(high) && low < high,
            "a uniform distribution needs low < high, and they are " + text(low) + " and " + text(high));
    return {Kind::uniform, low, high};
}

Distribution Distribution::triangular(double low, double mode, double high) {
    require(is_finite(low) && is_finite(high) && low <= mode && mode <= high && low < high,
            "a triangular distribution needs low <= mode <= high and low < high, and they are " + text(low) +
                ", " + text(mode) + " and " + text(high));
    return {Kind::triangular, low, mode, high};
}

Distribution Distribution::normal(double mean, double sd) {
    require_finite(mean, "the mean");
    require_above_zero(sd, "the standard deviation");
    return {Kind::normal, mean, sd};
}

Distribution Distribution::normal_mean_interval(double mean, double low, double high) {
    require_ascending(low, mean, high, "the mean");
    return normal(mean, (high - low) / (2.0 * interval_half_width));
}

Distribution Distribution::lognormal(double mu, double sigma) {
    require_finite(mu, "mu, the mean of the logarithm,");
    require_above_zero(sigma, "sigma, the standard deviation of the logarithm,");
    return {Kind::lognormal, mu, sigma};
}

Distribution Distribution::lognormal_mean_sd(double mean, double sd) {
    require_above_zero(mean, "the mean");
    require_above_zero(sd, "the standard deviation");
    const double cv = sd / mean;
    const double variance = logarithm_one_plus(cv * cv);
    return lognormal(logarithm(mean) - 0.5 * variance, __builtin_sqrt(variance));
}

Distribution Distribution::lognormal_mean_interval(double mean, double low, double high) {
    require_above_zero(low, "the lower end of the interval of a lognormal distribution");
    require_ascending(low, mean, high, "the mean");
    const double sigma = logarithm(high / low) / (2.0 * interval_half_width);
    return lognormal(logarithm(mean) - 0.5 * sigma * sigma, sigma);
}

Distribution Distribution::lognormal_median_interval(double median, double low, double high) {
    require_above_zero(low, "the lower end of the interval of a lognormal distribution");
    require_ascending(low, median, high, "the median");
    return lognormal(logarithm(median), logarithm(high / low) / (2.0 * interval_half_width));
}

Distribution Distribution::gamma(double shape, double scale) {
    require_above_zero(shape, "the shape");
    require_above_zero(scale, "the scale");
    return {Kind::gamma, shape, scale};
}

Distribution Distribution::gamma_mean_sd(double mean, double sd) {
    require_above_zero(mean, "the mean");
    require_above_zero(sd, "the standard deviation");
    const double ratio = mean / sd;
    return gamma(ratio * ratio, sd / ratio);
}

Distribution Distribution::beta(double alpha, double beta) {
    require_above_zero(alpha, "alpha");
    require_above_zero(beta, "beta");
    return {Kind::beta, alpha, beta};
}

Distribution Distribution::beta_mean_sd(double mean, double sd) {
    require(mean > 0.0 && mean < 1.0,
            "the mean of a beta distribution must lie between 0 and 1, and it is " + text(mean));
    require_above_zero(sd, "the standard deviation");
    const double widest = mean * (1.0 - mean);
    require(sd * sd < widest, "the standard deviation of a beta distribution with mean " + text(mean) +
                                  " must be below " + text(__builtin_sqrt(widest)) + ", and it is " +
                                  text(sd));
    const double size = widest / (sd * sd) - 1.0;
    return beta(mean * size, (1.0 - mean) * size);
}

Distribution Distribution::exponential(double mean) {
    require_above_zero(mean, "the mean");
    return {Kind::exponential, mean};
}

Distribution Distribution::empirical(std::vector<double> values, std::vector<double> weights) {
    require(!values.empty(), "an empirical distribution needs at least one value");
    if (weights.empty()) weights.assign(values.size(), 1.0);
    require(values.size() == weights.size(), "an empirical distribution needs as many weights as values");
    std::vector<std::pair<double, double>> pairs;
    for (std::size_t i = 0; i < values.size(); ++i) {
        require_finite(values[i], "each value");
        require(is_finite(weights[i]) && weights[i] >= 0.0, "each weight must be 0 or more");
        if (weights[i] > 0.0) pairs.emplace_back(values[i], weights[i]);
    }
    require(!pairs.empty(), "the weights of an empirical distribution must not all be 0");
    std::sort(pairs.begin(), pairs.end());
    Distribution made{Kind::empirical, 0};
    long double sum = 0;
    for (const auto& [value, weight] : pairs) sum += weight;
    long double below = 0;
    for (const auto& [value, weight] : pairs) {
        below += weight;
        made.values_.push_back(value);
        made.cumulative_.push_back(static_cast<double>(below / sum));
    }
    made.cumulative_.back() = 1.0;
    return made;
}

bool Distribution::is_truncated() const {
    return low_ != -std::numeric_limits<double>::infinity() ||
           high_ != std::numeric_limits<double>::infinity();
}

Distribution Distribution::truncated(double low, double high) const {
    require(low < high, "a truncation needs low < high, and they are " + text(low) + " and " + text(high));
    Distribution made = *this;
    made.low_ = std::max(low, low_);
    made.high_ = std::min(high, high_);
    require(made.low_ < made.high_, "no probability is left between the ends of the truncation");
    if (kind_ == Kind::fixed) {
        require(first_ >= low && first_ <= high, "the fixed value lies outside its truncation");
    } else if (kind_ == Kind::empirical) {
        std::vector<double> values;
        std::vector<double> weights;
        for (std::size_t i = 0; i < values_.size(); ++i) {
            if (values_[i] < low || values_[i] > high) continue;
            values.push_back(values_[i]);
            weights.push_back(cumulative_[i] - (i == 0 ? 0.0 : cumulative_[i - 1]));
        }
        require(!values.empty(), "no value of the empirical distribution lies inside its truncation");
        Distribution kept = empirical(std::move(values), std::move(weights));
        made.values_ = std::move(kept.values_);
        made.cumulative_ = std::move(kept.cumulative_);
    } else {
        require_probability_inside(made);
    }
    return made;
}

std::string describe(const Distribution& distribution) {
    const std::string first = text(distribution.first());
    const std::string second = text(distribution.second());
    const auto named = [&]() -> std::string {
        switch (distribution.kind()) {
            case Distribution::Kind::fixed:
                return "fixed(" + first + ")";
            case Distribution::Kind::uniform:
                return "uniform(low=" + first + ", high=" + second + ")";
            case Distribution::Kind::triangular:
                return "triangular(low=" + first + ", mode=" + second +
                       ", high=" + text(distribution.third()) + ")";
            case Distribution::Kind::normal:
                return "normal(mean=" + first + ", sd=" + second + ")";
            case Distribution::Kind::lognormal:
                return "lognormal(mu=" + first + ", sigma=" + second + ")";
            case Distribution::Kind::gamma:
                return "gamma(shape=" + first + ", scale=" + second + ")";
            case Distribution::Kind::beta:
                return "beta(alpha=" + first + ", beta=" + second + ")";
            case Distribution::Kind::exponential:
                return "exponential(mean=" + first + ")";
            case Distribution::Kind::empirical:
                return "empirical(" + std::to_string(distribution.values().size()) + " values)";
        }
        return {};
    };
    if (!distribution.is_truncated()) return named();
    return named() + " within [" + text(distribution.low()) + ", " + text(distribution.high()) + "]";
}

}  // namespace vfm::random
