#include "vfm/decision/dependent_parameters.hpp"

#include "ranks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vfm::decision {

namespace {

std::size_t root_of(std::vector<std::size_t>& parents, std::size_t column) {
    while (parents[column] != column) column = parents[column] = parents[parents[column]];
    return column;
}

}  // namespace

std::vector<DependentPair> correlated_pairs(const ParameterSample& parameters) {
    constexpr double standard_errors = 5;
    std::vector<DependentPair> pairs;
    if (parameters.draws < 3) return pairs;
    const std::size_t count = parameters.names.size();
    Matrix ranks(parameters.draws, count);
    std::vector<double> values(parameters.draws);
    for (std::size_t column = 0; column < count; ++column) {
        for (std::size_t draw = 0; draw < values.size(); ++draw) values[draw] = parameters.at(draw, column);
        ranks.set_column(column, relative_ranks(values));
    }
    const Matrix found = correlations(ranks);
    const double bound =
        std::min(0.9999, standard_errors / std::sqrt(static_cast<double>(parameters.draws - 1)));
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = i + 1; j < count; ++j) {
            if (std::abs(found(i, j)) > bound) pairs.emplace_back(i, j);
        }
    }
    return pairs;
}

std::vector<std::vector<std::size_t>> dependent_blocks(std::size_t parameters,
                                                       std::span<const DependentPair> pairs) {
    std::vector<std::size_t> parents(parameters);
    std::iota(parents.begin(), parents.end(), std::size_t{0});
    for (const auto& [first, second] : pairs) {
        const std::size_t a = root_of(parents, first);
        const std::size_t b = root_of(parents, second);
        parents[std::max(a, b)] = std::min(a, b);
    }
    std::vector<std::vector<std::size_t>> blocks;
    std::vector<std::size_t> place(parameters, parameters);
    for (std::size_t column = 0; column < parameters; ++column) {
        const std::size_t root = root_of(parents, column);
        if (place[root] == parameters) {
            place[root] = blocks.size();
            blocks.emplace_back();
        }
        blocks[place[root]].push_back(column);
    }
    return blocks;
}

std::vector<std::size_t> with_dependents(std::span<const std::size_t> members,
                                         std::span<const std::vector<std::size_t>> blocks) {
    std::vector<std::size_t> result;
    for (const std::vector<std::size_t>& block : blocks) {
        const bool wanted = std::any_of(block.begin(), block.end(), [&](std::size_t column) {
            return std::find(members.begin(), members.end(), column) != members.end();
        });
        if (wanted) result.insert(result.end(), block.begin(), block.end());
    }
    std::sort(result.begin(), result.end());
    return result;
}

}  // namespace vfm::decision
