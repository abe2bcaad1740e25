// Sets of parameters whose value of information is asked for: those that may be known alone, those that can
// only be known together, and the groups that were named.
#pragma once

#include "vfm/decision/partial_information.hpp"
#include "vfm/inquiry/given_data.hpp"

#include <string>
#include <vector>

namespace vfm::inquiry {

/// Parameters to be known together, by name.
struct NamedGroup {
    std::string name;
    std::vector<std::string> parameters;
};

/// How a set came about.
enum class SetKind {
    parameter,   ///< one, known alone
    correlated,  ///< a block that cannot be parted
    group        ///< named by the analyst or the scenario
};

struct AskedSet {
    decision::ParameterSet set;
    SetKind kind = SetKind::parameter;
    std::vector<std::string> added = {};  ///< members that came in because others are correlated with them
};

/// How it is known which parameters are correlated.
enum class DependenceEvidence {
    declared,  ///< by the scenario
    draws      ///< by rank correlations of the draws beyond five standard errors
};

/// What parameters that can only be known together are called: `first + 2`, one by its own name.
[[nodiscard]] std::string block_name(const std::vector<std::string>& parameters);

struct AskedSets {
    std::vector<AskedSet> sets;
    DependenceEvidence evidence = DependenceEvidence::declared;
};

/// Every parameter, alone or in its block of correlated ones, then the groups of the file's scenario, then
/// `groups`, each made whole: with all that is correlated with a member. What is correlated is what the
/// scenario declares, and shares of one whole; for a file without a scenario, what the draws show. Throws
/// UserError, with the nearest known name, for a group of parameters that the file does not hold.
[[nodiscard]] AskedSets asked_sets(const results::StudyResults& results, const GivenData& data,
                                   const std::vector<NamedGroup>& groups);

}  // namespace vfm::inquiry
