// Which parameters of a results file can only be known together.
#pragma once

#include "vfm/decision/conditional_means.hpp"
#include "vfm/inquiry/asked_sets.hpp"
#include "vfm/results/study_results.hpp"
#include "vfm/scenario/scenario.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace vfm::inquiry {

/// The scenario that is stored in the file; none in an imported sample, or one this version cannot read.
[[nodiscard]] std::optional<scenario::Scenario> stored_scenario(const results::StudyResults& results);

struct ParameterBlocks {
    std::vector<std::vector<std::size_t>> blocks;  ///< as decision::dependent_blocks gives them
    DependenceEvidence evidence = DependenceEvidence::declared;
};

/// Every parameter, alone or in its block of correlated ones. What is correlated is what the scenario
/// declares, and shares of one whole; for a file without a scenario, what the draws show. Throws
/// FileFormatError when the stored scenario's parameters are impossible.
[[nodiscard]] ParameterBlocks parameter_blocks(const results::StudyResults& results,
                                               const std::optional<scenario::Scenario>& scenario,
                                               const decision::ParameterSample& parameters);

}  // namespace vfm::inquiry
