#include "vfm/decision/dependent_parameters.hpp"

#include "spline_basis.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <Eigen/Dense>

namespace vfm::decision {

namespace {

using Eigen::Index;

/// The ranks of a parameter's draws, ties at their middle, centred and of length one; zeros if it does not
/// vary.
Eigen::VectorXd standard_ranks(const ParameterSample& parameters, std::size_t column) {
    std::vector<double> values(parameters.draws);
    for (std::size_t draw = 0; draw < values.size(); ++draw) values[draw] = parameters.at(draw, column);
    const std::vector<double> places = relative_ranks(values);
    Eigen::VectorXd ranks =
        Eigen::Map<const Eigen::VectorXd>(places.data(), static_cast<Index>(places.size()));
    ranks.array() -= ranks.mean();
    const double length = ranks.norm();
    return length > 0 ? Eigen::VectorXd(ranks / length) : ranks;
}

std::size_t root_of(std::vector<std::size_t>& parents, std::size_t column) {
    while (parents[column] != column) column = parents[column] = parents[parents[column]];
    return column;
}

}  // namespace

std::vector<DependentPair> correlated_pairs(const ParameterSample& parameters) {
    constexpr double standard_errors = 5;
    std::vector<DependentPair> pairs;
    if (parameters.draws < 3) return pairs;
    const auto count = static_cast<Index>(parameters.names.size());
    Eigen::MatrixXd ranks(static_cast<Index>(parameters.draws), count);
    for (Index column = 0; column < count; ++column) {
        ranks.col(column) = standard_ranks(parameters, static_cast<std::size_t>(column));
    }
    const Eigen::MatrixXd correlations = ranks.transpose() * ranks;
    const double bound =
        std::min(0.9999, standard_errors / std::sqrt(static_cast<double>(parameters.draws - 1)));
    for (Index i = 0; i < count; ++i) {
        for (Index j = i + 1; j < count; ++j) {
            if (std::abs(correlations(i, j)) > bound) {
                pairs.emplace_back(static_cast<std::size_t>(i), static_cast<std::size_t>(j));
            }
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
