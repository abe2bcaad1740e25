// Which parameters may be known alone, which only together, and which groups were asked for.
#pragma once

#include "voi_sample.hpp"

namespace vfm::program {

struct AskedSets {
    std::vector<AskedSet> sets;
    std::string dependence;
};

/// Every parameter, alone or in its block of correlated ones, then the groups of the file's scenario, then
/// `groups`, each made whole: with all that is correlated with a member. What is correlated is what the
/// scenario declares, and shares of one whole; for a file without a scenario, what the draws show.
[[nodiscard]] AskedSets asked_sets(const results::StudyResults& results,
                                   const decision::ParameterSample& parameters,
                                   const std::vector<NamedGroup>& groups);

}  // namespace vfm::program
