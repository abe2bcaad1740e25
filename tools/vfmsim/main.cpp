// vfmsim: names a subcommand, runs it, and turns what went wrong into a message and an exit code.
#include "commands/check.hpp"
#include "commands/compare.hpp"
#include "commands/describe.hpp"
#include "commands/import.hpp"
#include "commands/run.hpp"
#include "commands/schema.hpp"
#include "commands/sensitivity.hpp"
#include "commands/voi.hpp"
#include "manual.hpp"
#include "options/compare_options.hpp"
#include "options/sensitivity_options.hpp"
#include "options/voi_options.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/core/version.hpp"

#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace {

struct Subcommand {
    const char* name;
    const char* summary;
    vfm::program::Command (*command)();
    int (*run)(const std::vector<std::string>& arguments);
};

constexpr Subcommand subcommands[] = {
    {"check", "validates a scenario and prints every error with its place", vfm::program::check_command,
     vfm::program::run_check},
    {"describe", "the pathway, arms, staffing and assumptions of a scenario in words",
     vfm::program::describe_command, vfm::program::run_describe},
    {"run", "simulates a scenario and writes its results file: the main job", vfm::program::run_command,
     vfm::program::run_run},
    {"schema", "the scenario format as JSON Schema, or as a reference page", vfm::program::schema_command,
     vfm::program::run_schema},
    {"compare", "arms of a results file side by side: costs, outcomes, net benefit",
     vfm::program::compare_command, vfm::program::run_compare},
    {"voi", "what better evidence would be worth, and what to measure next", vfm::program::voi_command,
     vfm::program::run_voi},
    {"sensitivity", "which parameters move net benefit, and what would have to be true for each arm",
     vfm::program::sensitivity_command, vfm::program::run_sensitivity},
    {"import", "another model's sample (CSV) into a results file", vfm::program::import_command,
     vfm::program::run_import},
};

std::string usage() {
    std::string text =
        "vfmsim, a value-for-money simulation engine for delivery models of public services\n\n"
        "vfmsim COMMAND [options]     vfmsim COMMAND --help     vfmsim --version\n\nCommands\n";
    for (const Subcommand& one : subcommands) text += fmt::format("  {:<13}{}\n", one.name, one.summary);
    text +=
        "\nThe usual way: vfmsim check STUDY.yaml; vfmsim run STUDY.yaml -o STUDY.h5; vfmsim compare "
        "STUDY.h5\n"
        "Exit codes: 0 done, 1 the run failed, 2 the command line or an input file is wrong, 3 stopped "
        "early\n";
    return text;
}

std::vector<vfm::program::ListedCommand> listed_commands() {
    std::vector<vfm::program::ListedCommand> all;
    for (const Subcommand& one : subcommands) all.push_back({one.command(), one.summary});
    return all;
}

/// What packages and shells ask, not people: the manual page, and completions of the words that follow.
bool answered_for_installation(const std::vector<std::string>& arguments) {
    if (arguments.front() == "__manual") {
        std::cout << vfm::program::manual_page(listed_commands());
        return true;
    }
    if (arguments.front() != "__complete") return false;
    for (const std::string& word :
         vfm::program::completions(listed_commands(), {arguments.begin() + 1, arguments.end()})) {
        std::cout << word << '\n';
    }
    return true;
}

int dispatch(const std::vector<std::string>& arguments) {
    if (arguments.empty()) {
        std::cerr << usage();
        return 2;
    }
    const std::string& name = arguments.front();
    if (name == "--help" || name == "-h" || name == "help") {
        std::cout << usage();
        return 0;
    }
    if (name == "--version") {
        std::cout << "vfmsim " << vfm::engine_version << " (" << vfm::source_revision() << ", results epoch "
                  << vfm::results_epoch << ")\n";
        return 0;
    }
    if (answered_for_installation(arguments)) return 0;
    std::vector<std::string> known;
    for (const Subcommand& one : subcommands) {
        if (name == one.name) return one.run({arguments.begin() + 1, arguments.end()});
        known.emplace_back(one.name);
    }
    const std::string nearest = vfm::nearest_name(name, known);
    throw vfm::UserError("there is no command '" + name + "'" +
                         (nearest.empty() ? ", see vfmsim --help" : ", did you mean '" + nearest + "'?"));
}

}  // namespace

int main(int count, char** values) {
    try {
        return dispatch({values + 1, values + count});
    } catch (const vfm::ScenarioError& error) {
        std::cerr << error.what() << '\n';
        const std::size_t faults = error.faults().size();
        std::cerr << "vfmsim: " << faults << (faults == 1 ? " error\n" : " errors\n");
        return 2;
    } catch (const vfm::UserError& error) {
        std::cerr << "vfmsim: error: " << error.what() << '\n';
        return 2;
    } catch (const vfm::EnvironmentError& error) {
        std::cerr << "vfmsim: error: " << error.what() << '\n';
        return 1;
    } catch (const std::bad_alloc&) {
        std::cerr
            << "vfmsim: error: the machine has no memory left for this run, use fewer --threads or a smaller "
               "design\n";
        return 1;
    } catch (const std::exception& error) {
        std::cerr << "vfmsim: error: " << error.what() << " (a fault in vfmsim, please report it)\n";
        return 1;
    }
}
