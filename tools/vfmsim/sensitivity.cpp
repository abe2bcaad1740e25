#include "sensitivity.hpp"

#include "analysis_output.hpp"
#include "given_data.hpp"
#include "one_way_study.hpp"
#include "results_input.hpp"
#include "options/scenario_options.hpp"
#include "sensitivity_page.hpp"
#include "sensitivity_tables.hpp"
#include "sobol_study.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/experiment/saltelli_design.hpp"
#include "vfm/results/outside_sample.hpp"

#include <algorithm>
#include <bit>
#include <filesystem>
#include <iostream>
#include <thread>

#include <fmt/format.h>

namespace vfm::program {

namespace {

Command sensitivity_command() {
    using Kind = CommandOption::Kind;
    Command command{
        .name = "sensitivity",
        .usage = "FILE.h5 or SCENARIO.yaml [options]",
        .introduction =
            "Says which parameters move net benefit, and what would have to be true for each arm to be the "
            "best. With a results file it works on the draws at hand: first-order indices, and the most "
            "likely "
            "joint change; it stores what it finds in FILE.analysis.h5. With a scenario, or with --designed, "
            "it "
            "runs the model anew with the same families throughout: each parameter alone at its 2.5 and "
            "97.5 % points (tornado), the values at which the decision changes, the joint change as the "
            "simulation has it, and Sobol indices.",
        .options = question_options()};
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
        {"no-store", Kind::flag, "", "leave FILE.analysis.h5 alone"},
        {"progress", Kind::single, "STYLE", "auto, plain or none (auto)"},
        {"format", Kind::single, "NAME", "table, csv, json or markdown (table)"},
        {"help,h", Kind::flag, "", "this text"}};
    command.options.insert(command.options.end(), own.begin(), own.end());
    return command;
}

std::uint64_t number_of(const CommandLine& line, const std::string& option, std::uint64_t otherwise,
                        std::uint64_t least, std::uint64_t most) {
    return line.has(option) ? whole_number(option, line.text(option), least, most) : otherwise;
}

DesignedOptions designed_options(const CommandLine& line) {
    DesignedOptions options;
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
    options.progress = progress_style(line.text("progress"));
    const std::string list = line.text("groups");
    for (std::size_t first = 0; line.has("groups") && first <= list.size();) {
        const std::size_t last = std::min(list.find(',', first), list.size());
        options.groups.push_back(list.substr(first, last - first));
        first = last + 1;
    }
    return options;
}

Findings designed(const scenario::Scenario& scenario, const CommandLine& line) {
    const experiment::CompiledStudy study(scenario);
    const DesignedOptions options = designed_options(line);
    if (options.rows > 0 && !options.groups.empty()) {  // faults of the second run before the first begins
        static_cast<void>(experiment::parameter_groups(scenario, study.parameters().space(), options.groups));
    }
    if (study.parameters().uncertain().empty()) {
        throw UserError(scenario.file + ": no parameter is uncertain, so that nothing can be varied");
    }
    Findings findings = OneWayStudy(study, question_of(line, study.layout()), options).findings();
    if (options.rows > 0) add_sobol(findings, study, options);
    return findings;
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

/// What was found, and the results file beside which it is stored, if any.
struct Answer {
    Findings findings;
    std::string results_file;
};

Answer answer(const CommandLine& line) {
    const std::string& file = line.positional().front();
    if (is_scenario(file)) {
        refuse(line, {"designed"}, "a scenario is always run; leave it out");
        if (line.has("output")) static_cast<void>(open_results(line.text("output")));
        std::vector<scenario::Override> overrides;
        if (line.has("seed")) overrides.push_back({"design.seed", line.text("seed")});
        for (const std::string& setting : line.texts("set")) {
            overrides.push_back(scenario::parse_override(setting));
        }
        return {designed(scenario::load_scenario(file, overrides), line), line.text("output")};
    }
    refuse(line, {"output", "seed", "set"}, "for a scenario only; a results file has its own");
    const results::StudyResults results = open_results(file);
    if (!line.has("designed")) {
        refuse(line, {"replications", "rows", "groups"},
               "for designed runs only; add --designed, or give the scenario");
        return {given_data_findings(results, question_of(line, results.layout())), file};
    }
    if (results::is_outside_sample(results.header())) {
        throw UserError(file + " is another model's sample, with no scenario to run: leave --designed out");
    }
    return {designed(scenario::parse_scenario(results.header().scenario_yaml, file), line), file};
}

}  // namespace

int run_sensitivity(const std::vector<std::string>& arguments) {
    const Command command = sensitivity_command();
    const CommandLine line = CommandLine::parse(command, arguments);
    if (line.has("help")) {
        std::cout << help_text(command);
        return 0;
    }
    if (line.positional().size() != 1) {
        throw UserError("sensitivity takes one results file or one scenario: vfmsim sensitivity FILE.h5");
    }
    const Format format = line.has("format") ? parse_format(line.text("format")) : Format::table;
    const std::uint64_t top = number_of(line, "top", 10, 1, 100000);
    const Answer found = answer(line);
    const results::Analysis analysis = sensitivity_analysis(found.findings);
    std::cout << (format == Format::table ? sensitivity_page(found.findings, top)
                                          : formatted(analysis, format))
              << std::flush;
    if (!std::cout) throw EnvironmentError("standard output cannot be written to");
    if (!found.results_file.empty() && !line.has("no-store")) store(found.results_file, analysis);
    return 0;
}

}  // namespace vfm::program
