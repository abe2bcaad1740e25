// Which parameters move together, and so can only be known together.
#pragma once

#include "vfm/decision/conditional_means.hpp"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace vfm::decision {

/// Two columns of a ParameterSample that are not independent.
using DependentPair = std::pair<std::size_t, std::size_t>;

/// Pairs whose rank correlation over draws is beyond five standard errors of none (1 / sqrt(draws - 1):
/// Kendall and Gibbons, Rank Correlation Methods, 5th edition, 1990, section 4.6): one false alarm in
/// some 300 studies of 100 independent parameters. For samples that do not say what is correlated.
[[nodiscard]] std::vector<DependentPair> correlated_pairs(const ParameterSample& parameters);

/// All `parameters` columns in blocks such that dependent ones share a block: independent ones alone. Blocks
/// are in order of their first column, and so are the columns of each.
[[nodiscard]] std::vector<std::vector<std::size_t>> dependent_blocks(std::size_t parameters,
                                                                     std::span<const DependentPair> pairs);

/// `members` with all that they depend on: whole blocks, in order.
[[nodiscard]] std::vector<std::size_t> with_dependents(std::span<const std::size_t> members,
                                                       std::span<const std::vector<std::size_t>> blocks);

}  // namespace vfm::decision
