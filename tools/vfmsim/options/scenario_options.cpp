#include "scenario_options.hpp"

#include "vfm/core/errors.hpp"

#include <fmt/format.h>

namespace vfm::program {

std::vector<CommandOption> scenario_options() {
    using Kind = CommandOption::Kind;
    return {{"draws", Kind::single, "N", "parameter draws instead of the scenario's"},
            {"replications", Kind::single, "N", "replications of each draw instead of the scenario's"},
            {"seed", Kind::single, "N", "seed instead of the scenario's"},
            {"set", Kind::repeated, "PATH=VALUE", "sets any value, e.g. --set authority.caseworkers=8"}};
}

scenario::Scenario load(const std::string& command, const CommandLine& line) {
    if (line.positional().size() != 1) {
        throw UserError(fmt::format("{} takes one scenario: vfmsim {} SCENARIO.yaml", command, command));
    }
    std::vector<scenario::Override> overrides;
    for (const char* name : {"draws", "replications", "seed"}) {
        if (line.has(name)) overrides.push_back({std::string("design.") + name, line.text(name)});
    }
    for (const std::string& setting : line.texts("set")) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos || equals == 0) {
            throw UserError(fmt::format("--set: '{}' is not PATH=VALUE, e.g. design.draws=64", setting));
        }
        overrides.push_back({setting.substr(0, equals), setting.substr(equals + 1)});
    }
    return scenario::load_scenario(line.positional().front(), overrides);
}

}  // namespace vfm::program
