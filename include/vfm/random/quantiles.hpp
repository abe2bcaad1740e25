// Distributions of parameters: what a draw of an uncertain input is taken from.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace vfm::random {

/// A distribution of one parameter: a value, made by the named factories, which throw std::invalid_argument
/// with a plain sentence for the user when the parameters are impossible. "Interval" is the central 95 %
/// interval: its ends are the 0.025 and 0.975 quantiles.
class Distribution {
  public:
    enum class Kind : std::uint8_t {
        fixed,
        uniform,
        triangular,
        normal,
        lognormal,
        gamma,
        beta,
        exponential,
        empirical
    };

    [[nodiscard]] static Distribution fixed(double value);
    [[nodiscard]] static Distribution uniform(double low, double high);
    [[nodiscard]] static Distribution triangular(double low, double mode, double high);
    [[nodiscard]] static Distribution normal(double mean, double sd);
    /// The width of the interval gives the standard deviation.
    [[nodiscard]] static Distribution normal_mean_interval(double mean, double low, double high);
    /// exp of a normal of mean mu and standard deviation sigma
    [[nodiscard]] static Distribution lognormal(double mu, double sigma);
    [[nodiscard]] static Distribution lognormal_mean_sd(double mean, double sd);
    /// The ratio of the interval's ends gives sigma; the mean (or the median) then gives mu.
    [[nodiscard]] static Distribution lognormal_mean_interval(double mean, double low, double high);
    [[nodiscard]] static Distribution lognormal_median_interval(double median, double low, double high);
    [[nodiscard]] static Distribution gamma(double shape, double scale);
    [[nodiscard]] static Distribution gamma_mean_sd(double mean, double sd);
    [[nodiscard]] static Distribution beta(double alpha, double beta);
    [[nodiscard]] static Distribution beta_mean_sd(double mean, double sd);
    [[nodiscard]] static Distribution exponential(double mean);
    /// Values with weights >= 0, not all zero; no weights at all means equal ones.
    [[nodiscard]] static Distribution empirical(std::vector<double> values, std::vector<double> weights);

    /// This distribution conditional on lying in [low, high]; either end may be infinite.
    [[nodiscard]] Distribution truncated(double low, double high) const;

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] bool is_truncated() const;
    /// The parameters in the order of the kind's factory: uniform low, high; normal mean, sd; ...
    [[nodiscard]] double first() const { return first_; }
    [[nodiscard]] double second() const { return second_; }
    [[nodiscard]] double third() const { return third_; }
    [[nodiscard]] double low() const { return low_; }    ///< of the truncation, or minus infinity
    [[nodiscard]] double high() const { return high_; }  ///< of the truncation, or infinity
    [[nodiscard]] std::span<const double> values() const { return values_; }  ///< empirical, ascending
    [[nodiscard]] std::span<const double> cumulative() const {
        return cumulative_;
    }  ///< empirical, last is 1

    bool operator==(const Distribution&) const = default;

  private:
    Distribution(Kind kind, double first, double second = 0, double third = 0)
        : kind_(kind), first_(first), second_(second), third_(third) {}

    Kind kind_;
    double first_;
    double second_;
    double third_;
    double low_ = -std::numeric_limits<double>::infinity();
    double high_ = std::numeric_limits<double>::infinity();
    std::vector<double> values_;
    std::vector<double> cumulative_;
};

/// The value below which the distribution lies with probability u, for u strictly inside (0, 1): computed in
/// long double and rounded, so that it has the same bits on every processor. Throws std::invalid_argument for
/// other u.
[[nodiscard]] double quantile(const Distribution& distribution, double u);

/// The probability of a value at most x.
[[nodiscard]] double cumulative_probability(const Distribution& distribution, double x);

/// The mean: closed forms; for truncated distributions the integral of the quantile (tanh-sinh rule).
[[nodiscard]] double mean(const Distribution& distribution);

/// For people, e.g. "beta(alpha=2, beta=8)" or "normal(mean=3, sd=1) within [0, 10]".
[[nodiscard]] std::string describe(const Distribution& distribution);

}  // namespace vfm::random
