#include "check.hpp"

#include "options/scenario_options.hpp"

#include "vfm/experiment/compiled_study.hpp"

#include <iostream>

#include <fmt/format.h>

namespace vfm::program {

Command check_command() {
    Command command{.name = "check",
                    .usage = "SCENARIO.yaml [options]",
                    .introduction =
                        "Validates a scenario. Every error is printed, as file:line:column: error: what is "
                        "wrong, with the nearest known name. Prints the size of the study when all is well.",
                    .options = scenario_options()};
    command.options.push_back({"resolved", CommandOption::Kind::flag, "",
                               "prints the scenario with all defaults, inheritance and overrides applied"});
    command.options.push_back({"help,h", CommandOption::Kind::flag, "", "this text"});
    return command;
}

namespace {

/// Bytes of the results file, but for names and the tables that do not grow with the draws.
double expected_bytes(const results::Layout& layout) {
    const auto rows = static_cast<double>(layout.arms.size()) * static_cast<double>(layout.study_units());
    const auto groups = static_cast<double>(layout.groups.size() * layout.group_measures.size());
    const double costs = static_cast<double>(layout.payers.size() * layout.categories.size()) /
                         static_cast<double>(layout.replications);
    const auto area_types = static_cast<double>(layout.area_types.size() * layout.area_type_measures.size());
    const double parameters =
        static_cast<double>(layout.draws) * static_cast<double>(layout.uncertain_count());
    const double names = 6e5;  // about as much in the default study and in the smallest
    return 8 * (rows * (static_cast<double>(layout.measures.size()) + groups + costs + area_types) +
                parameters) +
           names;
}

/// `10 areas in each: 4 rural_county, 6 urban`; empty when areas are all of one kind.
std::string areas_in_words(const scenario::Scenario& scenario) {
    if (scenario.area_types.empty()) return {};
    std::string types;
    for (const scenario::AreaType& type : scenario.area_types)
        types += fmt::format("{}{} {}", types.empty() ? "" : ", ", type.count, type.name);
    return fmt::format("{} areas in each replication: {}\n", scenario.areas, types);
}

}  // namespace

int run_check(const std::vector<std::string>& arguments) {
    const Command command = check_command();
    const CommandLine line = CommandLine::parse(command, arguments);
    if (line.has("help")) {
        std::cout << help_text(command);
        return 0;
    }
    const scenario::Scenario scenario = load("check", line);
    if (line.has("resolved")) {
        std::cout << scenario.resolved_yaml;
        return 0;
    }
    const experiment::CompiledStudy study(scenario);  // also finds budgets that cannot be met
    const results::Layout& layout = study.layout();
    std::cout << fmt::format(
        "{}: no errors\n{}{} arms x {} draws x {} replications, {} uncertain parameters, results file about "
        "{:.1f} MB\n",
        scenario.file, areas_in_words(scenario), layout.arms.size(), layout.draws, layout.replications,
        study.parameters().uncertain().size(), expected_bytes(layout) / 1e6);
    return 0;
}

}  // namespace vfm::program
