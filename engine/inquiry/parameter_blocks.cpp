#include "parameter_blocks.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/decision/dependent_parameters.hpp"
#include "vfm/experiment/parameter_space.hpp"
#include "vfm/results/imported_sample.hpp"
#include "vfm/scenario/load.hpp"

#include <algorithm>
#include <stdexcept>

namespace vfm::inquiry {

namespace {

using decision::DependentPair;

/// Pairs that tie each block of the scenario together, by the file's columns.
std::vector<DependentPair> declared_pairs(const scenario::Scenario& scenario,
                                          const std::vector<std::string>& names) {
    std::vector<DependentPair> pairs;
    for (const experiment::Block& block : experiment::ParameterSpace(scenario).blocks()) {
        std::vector<std::size_t> columns;
        for (const std::size_t parameter : block.parameters) {
            const auto place = std::find(names.begin(), names.end(), scenario.parameters[parameter].name);
            if (place != names.end()) columns.push_back(static_cast<std::size_t>(place - names.begin()));
        }
        for (std::size_t i = 1; i < columns.size(); ++i) pairs.emplace_back(columns.front(), columns[i]);
    }
    return pairs;
}

}  // namespace

std::optional<scenario::Scenario> stored_scenario(const results::StudyResults& results) {
    if (results::is_imported(results.header())) return std::nullopt;
    try {
        return scenario::parse_scenario(results.header().scenario_yaml, results.path().string());
    } catch (const ScenarioError&) {
        return std::nullopt;
    }
}

ParameterBlocks parameter_blocks(const results::StudyResults& results,
                                 const std::optional<scenario::Scenario>& scenario,
                                 const decision::ParameterSample& parameters) {
    const std::size_t count = parameters.names.size();
    if (!scenario) {
        return {decision::dependent_blocks(count, decision::correlated_pairs(parameters)),
                DependenceEvidence::draws};
    }
    try {
        return {decision::dependent_blocks(count, declared_pairs(*scenario, parameters.names)),
                DependenceEvidence::declared};
    } catch (const std::invalid_argument& reason) {
        throw FileFormatError(results.path().string() + ": its scenario is impossible: " + reason.what());
    }
}

}  // namespace vfm::inquiry
