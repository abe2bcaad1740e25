#include "sensitivity_options.hpp"

#include "command_line.hpp"
#include "question_options.hpp"

#include "vfm/core/errors.hpp"

#include <algorithm>
#include <bit>
#include <filesystem>
#include <initializer_list>
#include <thread>

#include <fmt/format.h>

namespace vfm::program {

namespace {

inquiry::QuestionChoices sensitivity_question(const CommandLine& line) {
    constexpr std::size_t most = 50;
    inquiry::QuestionChoices choices = question_choices(line);
    choices.arm = line.text("arm");
    if (choices.thresholds.size() > most) {
        throw UserError(fmt::format("sensitivity takes at most {} thresholds, give fewer", most));
    }
    return choices;
}

}  // namespace

Command sensitivity_command() {
    using Kind = CommandOption::Kind;
    Command command{
        .name = "sensitivity",
        .usage = "FILE.h5 or SCENARIO.yaml [options]",
        .introduction =
            "Says which parameters move net benefit, and what would have to be true for each arm to be the "
            "best. With a results file it works on given data, its draws: first-order indices, and the most "
            "likely joint change; it stores what it finds in FILE.analysis.h5. With a scenario, or with "
            "--designed, it runs the model anew with the same families throughout: each parameter alone at "
            "its "
            "2.5 and 97.5 % points (tornado), the values at which the decision changes, the joint change as "
            "the simulation has it, and Sobol indices.",
        .options = {
            {"arm", Kind::single, "ARM", "the arm that the page is about (the best one but the reference)"}}};
    for (CommandOption& option :
         question_options("what a unit of effect is worth (none is assumed: by default one where each arm of "
                          "the frontier is the best)")) {
        command.options.push_back(std::move(option));
    }
    const std::vector<CommandOption> own = {
        {"designed", Kind::flag, "", "with a results file: run the scenario that it holds"},
        {"replications", Kind::single, "N", "of every one-way run (16)"},
        {"rows", Kind::single, "N", "rows of the Sobol design, a power of two; 0 leaves it out (128)"},
        {"groups", Kind::single, "A,B+C,...",
         "what the Sobol design is about: parameters, or groups that the scenario declares; `+` joins "
         "several into one (the declared groups, else the largest of the tornado; all others as one)"},
        {"seed", Kind::single, "N", "with a scenario: seed instead of its own"},
        {"set", Kind::repeated, "PATH=VALUE", "with a scenario: sets any value"},
        {"threads", Kind::single, "N", "worker threads (the machine's cores)"},
        {"top", Kind::single, "N", "rows of each table on the page (10)"},
        {"output,o", Kind::single, "FILE.h5",
         "with a scenario: the results file beside which the analysis is stored (not stored)"},
        {"progress", Kind::single, "STYLE", "auto, plain or none (auto)"}};
    command.options.insert(command.options.end(), own.begin(), own.end());
    for (CommandOption& option : report_options()) command.options.push_back(std::move(option));
    command.options.push_back({"help,h", Kind::flag, "", "this text"});
    return command;
}

namespace {

std::uint64_t number_of(const CommandLine& line, const std::string& option, std::uint64_t otherwise,
                        std::uint64_t least, std::uint64_t most) {
    return line.has(option) ? whole_number(option, line.text(option), least, most) : otherwise;
}

inquiry::DesignedOptions designed_options(const CommandLine& line) {
    inquiry::DesignedOptions options;
    options.replications = number_of(line, "replications", 16, 2, 1U << 20U);
    options.rows = number_of(line, "rows", 128, 0, 1U << 14U);
    if (options.rows == 1 || (options.rows & (options.rows - 1)) != 0) {
        throw UserError(fmt::format(
            "--rows: {} is not a power of two from 2 on (or 0: no Sobol design), which the design's "
            "balance needs; did you mean {}?",
            options.rows, std::max<std::uint64_t>(2, std::bit_ceil(options.rows))));
    }
    options.threads = static_cast<unsigned>(
        number_of(line, "threads", std::max(1U, std::thread::hardware_concurrency()), 1, 1024));
    const std::string list = line.text("groups");
    for (std::size_t first = 0; line.has("groups") && first <= list.size();) {
        const std::size_t last = std::min(list.find(',', first), list.size());
        options.groups.push_back(list.substr(first, last - first));
        first = last + 1;
    }
    return options;
}

bool is_scenario(const std::string& file) {
    const std::string ending = std::filesystem::path(file).extension().string();
    return ending == ".yaml" || ending == ".yml";
}

void refuse(const CommandLine& line, std::initializer_list<const char*> options, const std::string& why) {
    for (const char* option : options) {
        if (line.has(option)) throw UserError(fmt::format("--{}: {}", option, why));
    }
}

SensitivityOptions::Input input_of(const CommandLine& line) {
    using Input = SensitivityOptions::Input;
    if (is_scenario(line.positional().front())) {
        refuse(line, {"designed"}, "a scenario is always run; leave it out");
        return Input::scenario;
    }
    refuse(line, {"output", "seed", "set"}, "for a scenario only; a results file has its own");
    if (line.has("designed")) return Input::rerun_of_it;
    refuse(line, {"replications", "rows", "groups"},
           "for designed runs only; add --designed, or give the scenario");
    return Input::results;
}

}  // namespace

SensitivityOptions parse_sensitivity_options(const std::vector<std::string>& arguments) {
    const Command command = sensitivity_command();
    const CommandLine line = CommandLine::parse(command, arguments);
    SensitivityOptions result;
    if (line.has("help")) {
        result.help = help_text(command);
        return result;
    }
    if (line.positional().size() != 1) {
        throw UserError("sensitivity takes one results file or one scenario: vfmsim sensitivity FILE.h5");
    }
    result.file = line.positional().front();
    result.output = parse_report_options(line);
    result.progress = progress_style(line.text("progress"));
    result.top = number_of(line, "top", result.top, 1, 100000);
    result.input = input_of(line);
    result.question = sensitivity_question(line);
    result.designed = designed_options(line);
    if (line.has("seed")) result.overrides.push_back({"design.seed", line.text("seed")});
    for (const std::string& setting : line.texts("set")) {
        result.overrides.push_back(scenario::parse_override(setting));
    }
    result.results_file =
        result.input == SensitivityOptions::Input::scenario ? line.text("output") : result.file;
    if (result.results_file.empty()) result.output.storing = Storing::no;
    return result;
}

}  // namespace vfm::program
