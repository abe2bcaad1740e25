#include "vfm/decision/estimate.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/stats/quantiles.hpp"
#include "vfm/stats/sample_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace vfm::decision {

namespace {

using Cells = std::span<const double>;

/// One number for each row of a matrix: the mean over its columns.
std::vector<double> row_means(Cells cells, std::size_t columns) {
    std::vector<double> means(cells.size() / columns);
    for (std::size_t row = 0; row < means.size(); ++row) {
        means[row] = stats::mean(cells.subspan(row * columns, columns));
    }
    return means;
}

std::optional<MonteCarloError> monte_carlo_error(const Quantity& quantity) {
    const std::vector<double> observations =
        quantity.draws == 1 ? quantity.influence : row_means(quantity.influence, quantity.replications);
    if (observations.size() < 2) return std::nullopt;
    const double standard_error =
        std::sqrt(stats::variance(observations) / static_cast<double>(observations.size()));
    const double half_width =
        stats::student_t_quantile(0.975, static_cast<std::int64_t>(observations.size()) - 1) * standard_error;
    return MonteCarloError{.standard_error = standard_error,
                           .interval = {quantity.value - half_width, quantity.value + half_width}};
}

/// draw x replication without the draws in which the quantity does not exist.
std::vector<double> present_draws(const Quantity& quantity) {
    std::vector<double> present;
    present.reserve(quantity.within_draws.size());
    for (std::size_t draw = 0; draw < quantity.draws; ++draw) {
        const Cells cells =
            Cells(quantity.within_draws).subspan(draw * quantity.replications, quantity.replications);
        if (!std::isnan(cells.front())) present.insert(present.end(), cells.begin(), cells.end());
    }
    return present;
}

ParameterUncertainty parameter_uncertainty(const Quantity& quantity) {
    const std::vector<double> cells = present_draws(quantity);
    std::vector<double> draws = row_means(cells, quantity.replications);
    ParameterUncertainty result;
    result.missing_draws = quantity.draws - draws.size();
    if (draws.size() < 2) return result;
    result.spread = ParameterSpread::includes_noise;
    if (quantity.replications > 1) {
        const double total = stats::variance(draws);
        const double between =
            std::clamp(stats::variance_parts(cells, draws.size(), quantity.replications).between, 0.0, total);
        const double kept = total > 0 ? between / total : 1;
        const double centre = stats::mean(draws);
        for (double& value : draws) value = centre + std::sqrt(kept) * (value - centre);
        result.spread = ParameterSpread::separated;
        result.noise_share = 1 - kept;
    }
    const double low = quantile(draws, 0.025);
    result.interval = Interval{low, quantile(draws, 0.975)};
    return result;
}

}  // namespace

double quantile(std::span<double> values, double probability) {
    VFM_EXPECT(!values.empty() && probability >= 0 && probability <= 1);
    const double position = probability * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const auto nth = values.begin() + static_cast<std::ptrdiff_t>(below);
    std::nth_element(values.begin(), nth, values.end());
    const double weight = position - static_cast<double>(below);
    if (weight == 0) return *nth;
    const double next = *std::min_element(nth + 1, values.end());
    return *nth + weight * (next - *nth);
}

Estimate estimate(const Quantity& quantity) {
    Estimate result;
    result.value = quantity.value;
    if (result.missing()) {
        result.parameter.missing_draws = quantity.draws;
        return result;
    }
    result.monte_carlo = monte_carlo_error(quantity);
    result.parameter = parameter_uncertainty(quantity);
    return result;
}

}  // namespace vfm::decision
