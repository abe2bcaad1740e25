#include "vfm/stats/intervals.hpp"

#include <limits>
#include <stdexcept>

namespace vfm::stats {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

void require(bool holds, const char* problem) {
    if (!holds) throw std::invalid_argument(problem);
}

double magnitude(double value) {
    return value < 0.0 ? -value : value;
}

/// Adds with the rounding errors kept aside (Neumaier 1974, Zeitschrift fuer angewandte Mathematik und
/// Mechanik 54).
class CompensatedSum {
  public:
    void add(double value) {
        const double next = sum_ + value;
        const bool sum_is_larger = magnitude(sum_) >= magnitude(value);
        lost_ += sum_is_larger ? (sum_ - next) + value : (value - next) + sum_;
        sum_ = next;
    }
    [[nodiscard]] double total() const { return sum_ + lost_; }

  private:
    double sum_ = 0.0;
    double lost_ = 0.0;
};

double sum_of_squares_around(std::span<const double> values, double centre) {
    CompensatedSum squares;
    for (const double value : values) squares.add((value - centre) * (value - centre));
    return squares.total();
}

}  // namespace

double compensated_sum(std::span<const double> values) {
    CompensatedSum sum;
    for (const double value : values) sum.add(value);
    return sum.total();
}

double mean(std::span<const double> values) {
    if (values.empty()) return missing;
    return compensated_sum(values) / static_cast<double>(values.size());
}

double variance(std::span<const double> values) {
    if (values.size() < 2) return missing;
    return sum_of_squares_around(values, mean(values)) / static_cast<double>(values.size() - 1);
}

Interval normal_interval(double mean, double standard_error, double confidence) {
    const double reach = normal_quantile(0.5 + confidence / 2.0) * standard_error;
    return {mean, mean - reach, mean + reach};
}

Interval student_interval(std::span<const double> sample, double confidence) {
    const double centre = mean(sample);
    if (sample.size() < 2) return {centre, missing, missing};
    const auto n = static_cast<double>(sample.size());
    const double quantile =
        student_t_quantile(0.5 + confidence / 2.0, static_cast<std::int64_t>(sample.size()) - 1);
    const double reach = quantile * __builtin_sqrt(variance(sample) / n);
    return {centre, centre - reach, centre + reach};
}

double sample_quantile(std::span<const double> ascending, double share) {
    require(!ascending.empty(), "a quantile needs at least one value");
    require(share >= 0.0 && share <= 1.0, "a quantile's share lies between 0 and 1");
    const double place = share * static_cast<double>(ascending.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    if (below + 1 >= ascending.size()) return ascending.back();
    const double part = place - static_cast<double>(below);
    return ascending[below] + part * (ascending[below + 1] - ascending[below]);
}

VarianceParts variance_parts(std::span<const double> values, std::size_t draws, std::size_t replications) {
    require(draws >= 2 && replications >= 1, "parts of variance need at least two draws and one replication");
    require(values.size() == draws * replications, "parts of variance need draws x replications values");
    const double grand_mean = mean(values);
    const auto r = static_cast<double>(replications);
    CompensatedSum between;
    CompensatedSum within;
    for (std::size_t draw = 0; draw < draws; ++draw) {
        const auto row = values.subspan(draw * replications, replications);
        const double row_mean = mean(row);
        between.add((row_mean - grand_mean) * (row_mean - grand_mean));
        within.add(sum_of_squares_around(row, row_mean));
    }
    const double of_means = between.total() / static_cast<double>(draws - 1);
    if (replications == 1) return {of_means, missing};
    const double noise = within.total() / (static_cast<double>(draws) * (r - 1.0));
    return {of_means - noise / r, noise};
}

VarianceParts variance_parts_weighted(std::span<const double> values, std::span<const double> weights,
                                      std::size_t replications) {
    const std::size_t draws = weights.size();
    require(draws >= 2 && replications >= 1, "parts of variance need at least two draws and one replication");
    require(values.size() == draws * replications, "parts of variance need draws x replications values");
    const auto r = static_cast<double>(replications);
    CompensatedSum weight_sum;
    CompensatedSum weighted_sum;
    for (std::size_t draw = 0; draw < draws; ++draw) {
        require(weights[draw] > 0.0, "each weight must be above 0");
        weight_sum.add(weights[draw]);
        weighted_sum.add(weights[draw] * mean(values.subspan(draw * replications, replications)));
    }
    const double grand_mean = weighted_sum.total() / weight_sum.total();
    CompensatedSum between;
    CompensatedSum within;
    CompensatedSum squared_weights;
    for (std::size_t draw = 0; draw < draws; ++draw) {
        const double weight = weights[draw] / weight_sum.total();
        const auto row = values.subspan(draw * replications, replications);
        const double row_mean = mean(row);
        between.add(weight * (row_mean - grand_mean) * (row_mean - grand_mean));
        within.add(weight * variance(row));
        squared_weights.add(weight * weight);
    }
    // The weighted mean of squares falls short of the variance by the sum of the squared weights (1/n when
    // equal).
    const double of_means = between.total() / (1.0 - squared_weights.total());
    if (replications == 1) return {of_means, missing};
    return {of_means - within.total() / r, within.total()};
}

}  // namespace vfm::stats
