#include "vfm/stats/sample_statistics.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace vfm::stats {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

void require(bool holds, const char* problem) {
    if (!holds) throw std::invalid_argument(problem);
}

/// Adds with the rounding errors kept aside (Neumaier 1974, Zeitschrift fuer angewandte Mathematik und
/// Mechanik 54).
class CompensatedSum {
  public:
    void add(double value) {
        const double next = sum_ + value;
        const bool sum_is_larger = std::abs(sum_) >= std::abs(value);
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

}  // namespace vfm::stats
