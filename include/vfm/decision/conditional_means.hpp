// The one matrix of conditional means: what each arm costs and achieves in each draw once the luck of the
// simulated families is taken out.
#pragma once

#include "vfm/decision/sample.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace vfm::decision {

/// Every uncertain parameter in every draw, as a view of somebody else's numbers.
struct ParameterSample {
    std::size_t draws = 0;
    std::vector<std::string> names;  ///< a column each
    std::span<const double> values;  ///< draw x parameter, row-major

    [[nodiscard]] double at(std::size_t draw, std::size_t parameter) const {
        return values[draw * names.size() + parameter];
    }
};

/// Cost (GBP a replication) and effect (its own unit) of every arm in every draw, without replications.
struct MeanSample {
    std::size_t arms = 0;
    std::size_t draws = 0;
    std::vector<double> cost;    ///< arm x draw
    std::vector<double> effect;  ///< arm x draw

    [[nodiscard]] std::span<const double> arm_cost(std::size_t arm) const {
        return std::span(cost).subspan(arm * draws, draws);
    }
    [[nodiscard]] std::span<const double> arm_effect(std::size_t arm) const {
        return std::span(effect).subspan(arm * draws, draws);
    }
};

}  // namespace vfm::decision
