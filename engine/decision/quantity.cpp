#include "vfm/decision/quantity.hpp"

#include "missing.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/stats/sample_statistics.hpp"

#include <cmath>

namespace vfm::decision {

namespace {

using stats::compensated_sum;

/// Cells whose mean is the draw's ratio and whose spread is that of its linearised replications.
void linearise_draw(std::span<const double> numerator, std::span<const double> denominator,
                    std::span<double> cells) {
    const auto replications = static_cast<double>(cells.size());
    const double bottom = compensated_sum(denominator);
    const double ratio = bottom != 0 ? compensated_sum(numerator) / bottom : missing;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i] = ratio + (numerator[i] - ratio * denominator[i]) * replications / bottom;
    }
}

}  // namespace

std::vector<double> Quantity::draw_values() const {
    std::vector<double> values(draws);
    for (std::size_t draw = 0; draw < draws; ++draw) {
        values[draw] = compensated_sum(std::span(within_draws).subspan(draw * replications, replications)) /
                       static_cast<double>(replications);
    }
    return values;
}

Quantity mean_of(std::span<const double> values, std::size_t draws, std::size_t replications) {
    VFM_EXPECT(values.size() == draws * replications);
    for (const double value : values) {
        if (std::isnan(value)) {
            // A mean that leaves cells out is the ratio of what is there to how many are.
            std::vector<double> present(values.size(), 1.0);
            std::vector<double> known(values.begin(), values.end());
            for (std::size_t i = 0; i < known.size(); ++i) {
                if (std::isnan(known[i])) known[i] = present[i] = 0;
            }
            return ratio_of(known, present, draws, replications);
        }
    }
    Quantity quantity{.draws = draws,
                      .replications = replications,
                      .value = compensated_sum(values) / static_cast<double>(values.size()),
                      .within_draws = std::vector<double>(values.begin(), values.end()),
                      .influence = std::vector<double>(values.begin(), values.end())};
    for (double& cell : quantity.influence) cell -= quantity.value;
    return quantity;
}

Quantity ratio_of(std::span<const double> numerator, std::span<const double> denominator, std::size_t draws,
                  std::size_t replications) {
    VFM_EXPECT(numerator.size() == draws * replications && denominator.size() == numerator.size());
    const double bottom = compensated_sum(denominator);
    const auto cells = static_cast<double>(numerator.size());
    Quantity quantity{.draws = draws,
                      .replications = replications,
                      .value = bottom != 0 ? compensated_sum(numerator) / bottom : missing,
                      .within_draws = std::vector<double>(numerator.size()),
                      .influence = std::vector<double>(numerator.size())};
    for (std::size_t i = 0; i < numerator.size(); ++i) {
        quantity.influence[i] = (numerator[i] - quantity.value * denominator[i]) * cells / bottom;
    }
    for (std::size_t draw = 0; draw < draws; ++draw) {
        const std::size_t first = draw * replications;
        linearise_draw(numerator.subspan(first, replications), denominator.subspan(first, replications),
                       std::span(quantity.within_draws).subspan(first, replications));
    }
    return quantity;
}

Quantity scaled(const Quantity& quantity, double factor) {
    Quantity result = quantity;
    result.value *= factor;
    for (double& cell : result.within_draws) cell *= factor;
    for (double& cell : result.influence) cell *= factor;
    return result;
}

Quantity difference(const Quantity& minuend, const Quantity& subtrahend) {
    VFM_EXPECT(minuend.draws == subtrahend.draws && minuend.replications == subtrahend.replications);
    Quantity result = minuend;
    result.value -= subtrahend.value;
    for (std::size_t i = 0; i < result.within_draws.size(); ++i) {
        result.within_draws[i] -= subtrahend.within_draws[i];
        result.influence[i] -= subtrahend.influence[i];
    }
    return result;
}

}  // namespace vfm::decision
