#include "vfm/experiment/saltelli_design.hpp"

#include "vfm/core/errors.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace vfm::experiment {

namespace {

std::vector<std::string> doubled(const std::vector<std::string>& names) {
    std::vector<std::string> both;
    both.reserve(2 * names.size());
    for (const std::string& name : names) both.push_back("a/" + name);
    for (const std::string& name : names) both.push_back("b/" + name);
    return both;
}

std::vector<std::string> parts_of(const std::string& list) {
    std::vector<std::string> parts;
    for (std::size_t first = 0; first <= list.size();) {
        const std::size_t last = std::min(list.find('+', first), list.size());
        parts.push_back(list.substr(first, last - first));
        first = last + 1;
    }
    return parts;
}

/// The parameters that a name stands for: one, or those of a group that the scenario declares.
std::vector<std::size_t> parameters_named(const scenario::Scenario& scenario, const std::string& name) {
    std::vector<std::string> known;
    for (const scenario::ParameterGroup& group : scenario.parameter_groups) {
        if (group.name == name) return group.members;
        known.push_back(group.name);
    }
    for (std::size_t p = 0; p < scenario.parameters.size(); ++p) {
        if (scenario.parameters[p].name == name) return {p};
        known.push_back(scenario.parameters[p].name);
    }
    const std::string nearest = nearest_name(name, known);
    throw UserError(fmt::format("the scenario has no parameter or group '{}'{}", name,
                                nearest.empty() ? "" : fmt::format(", did you mean '{}'?", nearest)));
}

std::string joined(const scenario::Scenario& scenario, const Block& block) {
    std::string text;
    for (const std::size_t p : block.parameters) {
        text += (text.empty() ? "" : "+") + scenario.parameters[p].name;
    }
    return text;
}

bool holds(const std::vector<std::size_t>& numbers, std::size_t number) {
    return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

/// The coordinates of a group; whole blocks only.
std::vector<std::size_t> coordinates_of(const scenario::Scenario& scenario, const std::vector<Block>& blocks,
                                        const std::vector<std::size_t>& parameters) {
    std::vector<std::size_t> coordinates;
    for (const Block& block : blocks) {
        const auto members = std::count_if(block.parameters.begin(), block.parameters.end(),
                                           [&](std::size_t p) { return holds(parameters, p); });
        if (members == 0) continue;
        const bool is_whole = scenario.parameters[block.parameters.front()].dirichlet >= 0;
        if (!is_whole && static_cast<std::size_t>(members) < block.parameters.size()) {
            throw UserError(fmt::format(
                "correlated parameters enter as one group (an index of one alone is not defined), "
                "give {}",
                joined(scenario, block)));
        }
        coordinates.insert(coordinates.end(), block.coordinates.begin(), block.coordinates.end());
    }
    return coordinates;
}

}  // namespace

std::vector<DesignGroup> parameter_groups(const scenario::Scenario& scenario, const ParameterSpace& space,
                                          std::span<const std::string> lists) {
    const std::vector<Block> blocks = space.blocks();
    std::vector<DesignGroup> groups;
    for (const std::string& list : lists) {
        std::vector<std::size_t> parameters;
        for (const std::string& name : parts_of(list)) {
            const std::vector<std::size_t> named = parameters_named(scenario, name);
            for (const std::size_t p : named) {
                if (holds(space.uncertain(), p)) parameters.push_back(p);
            }
            if (named.size() == 1 && !holds(space.uncertain(), named.front())) {
                throw UserError(fmt::format("parameter '{}' is fixed and has no index", name));
            }
        }
        groups.push_back({.name = list, .coordinates = coordinates_of(scenario, blocks, parameters)});
        for (std::size_t earlier = 0; earlier + 1 < groups.size(); ++earlier) {
            for (const std::size_t c : groups.back().coordinates) {
                if (!holds(groups[earlier].coordinates, c)) continue;
                throw UserError(
                    fmt::format("'{}' and '{}' share a parameter, or shares of one whole; a "
                                "parameter can be in one group only",
                                groups[earlier].name, list));
            }
        }
    }
    return groups;
}

SaltelliDesign::SaltelliDesign(const ParameterSpace& space, std::vector<DesignGroup> groups,
                               std::uint64_t rows, std::uint64_t replications, std::uint64_t seed)
    : space_(&space),
      groups_(std::move(groups)),
      rows_(rows),
      replications_(replications),
      uniforms_(random::DesignKind::sobol, rows, seed, doubled(space.names())) {}

std::vector<DesignedPoint> SaltelliDesign::points() const {
    const std::size_t width = space_->size();
    std::vector<DesignedPoint> points((2 + groups_.size()) * rows_);
    std::vector<double> both(2 * width);
    for (std::uint64_t row = 0; row < rows_; ++row) {
        uniforms_.fill(row, both);
        const std::span<const double> a = std::span(both).first(width);
        const std::span<const double> b = std::span(both).last(width);
        const std::uint64_t key_of_a = row * replications_;
        points[row] = {fmt::format("row {} of A", row), space_->at_uniforms(a), key_of_a};
        points[rows_ + row] = {fmt::format("row {} of B", row), space_->at_uniforms(b),
                               (rows_ + row) * replications_};
        for (std::size_t group = 0; group < groups_.size(); ++group) {
            std::vector<double> hybrid(a.begin(), a.end());
            for (const std::size_t c : groups_[group].coordinates) hybrid[c] = b[c];
            points[(2 + group) * rows_ + row] = {
                fmt::format("row {} of the hybrid for {}", row, groups_[group].name),
                space_->at_uniforms(hybrid), key_of_a};
        }
    }
    return points;
}

}  // namespace vfm::experiment
