#include "vfm/inquiry/asked_sets.hpp"

#include "parameter_blocks.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/decision/dependent_parameters.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace vfm::inquiry {

namespace {

std::optional<std::size_t> column_of(const std::string& name, const std::vector<std::string>& names) {
    const auto place = std::find(names.begin(), names.end(), name);
    if (place == names.end()) return std::nullopt;
    return static_cast<std::size_t>(place - names.begin());
}

std::vector<NamedGroup> scenario_groups(const scenario::Scenario& scenario) {
    std::vector<NamedGroup> groups;
    for (const scenario::ParameterGroup& group : scenario.parameter_groups) {
        NamedGroup named{group.name, {}};
        for (const std::size_t member : group.members) {
            named.parameters.push_back(scenario.parameters[member].name);
        }
        groups.push_back(std::move(named));
    }
    return groups;
}

/// A group's columns: uncertain parameters by name, and all shares of a whole by the whole's.
std::vector<std::size_t> columns_of(const NamedGroup& group, const results::StudyResults& results,
                                    const decision::ParameterSample& parameters) {
    std::vector<std::size_t> columns;
    for (const std::string& name : group.parameters) {
        const std::size_t before = columns.size();
        for (std::size_t column = 0; column < parameters.names.size(); ++column) {
            const std::string& candidate = parameters.names[column];
            if (candidate == name || candidate.starts_with(name + ".")) columns.push_back(column);
        }
        if (columns.size() > before) continue;
        for (const results::ParameterRow& row : results.layout().parameters) {
            if (row.name == name) {
                throw UserError(fmt::format(
                    "--group {}: {} is fixed in this study, knowing it is worth nothing", group.name, name));
            }
        }
        const std::string nearest = nearest_name(name, parameters.names);
        throw UserError(fmt::format("--group {}: the file has no uncertain parameter '{}'{}", group.name,
                                    name,
                                    nearest.empty() ? "" : fmt::format(", did you mean '{}'?", nearest)));
    }
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    return columns;
}

/// A declared group without members that are fixed in this study.
NamedGroup uncertain_part(NamedGroup group, const decision::ParameterSample& parameters) {
    std::erase_if(group.parameters,
                  [&](const std::string& name) { return !column_of(name, parameters.names); });
    return group;
}

}  // namespace

std::string block_name(const std::vector<std::string>& parameters) {
    if (parameters.size() == 1) return parameters.front();
    return fmt::format("{} + {}", parameters.front(), parameters.size() - 1);
}

AskedSets asked_sets(const results::StudyResults& results, const GivenData& data,
                     const std::vector<NamedGroup>& groups) {
    const decision::ParameterSample parameters = data.parameter_sample();
    const std::optional<scenario::Scenario> scenario = stored_scenario(results);
    const ParameterBlocks known_together = parameter_blocks(results, scenario, parameters);
    const std::vector<std::vector<std::size_t>>& blocks = known_together.blocks;
    AskedSets asked{{}, known_together.evidence};
    for (const std::vector<std::size_t>& block : blocks) {
        std::vector<std::string> names;
        names.reserve(block.size());
        for (const std::size_t member : block) names.push_back(parameters.names[member]);
        asked.sets.push_back({.set = {block_name(names), block},
                              .kind = block.size() > 1 ? SetKind::correlated : SetKind::parameter});
    }
    const auto add = [&](const NamedGroup& group) {
        const std::vector<std::size_t> columns = columns_of(group, results, parameters);
        AskedSet set{{group.name, decision::with_dependents(columns, blocks)}, SetKind::group};
        for (const std::size_t member : set.set.members) {
            if (!std::binary_search(columns.begin(), columns.end(), member)) {
                set.added.push_back(parameters.names[member]);
            }
        }
        asked.sets.push_back(std::move(set));
    };
    for (const NamedGroup& group : scenario ? scenario_groups(*scenario) : std::vector<NamedGroup>()) {
        const bool given = std::any_of(groups.begin(), groups.end(),
                                       [&](const NamedGroup& other) { return other.name == group.name; });
        const NamedGroup part = uncertain_part(group, parameters);
        if (!given && !part.parameters.empty()) add(part);
    }
    for (const NamedGroup& group : groups) add(group);
    return asked;
}

}  // namespace vfm::inquiry
