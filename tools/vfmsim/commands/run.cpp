#include "run.hpp"

#include "options/scenario_options.hpp"
#include "progress.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/experiment/run.hpp"
#include "vfm/random/simd_path.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <thread>

#include <fmt/format.h>

namespace vfm::program {

namespace {

/// Set by a signal; the workers look at it after every unit. A second signal ends the program at once.
std::atomic<bool> stop_wanted{false};

extern "C" void want_stop(int signal) {
    stop_wanted = true;
    std::signal(signal, SIG_DFL);
}

}  // namespace

Command run_command() {
    using Kind = CommandOption::Kind;
    Command command{
        .name = "run",
        .usage = "SCENARIO.yaml [-o FILE.h5] [options]",
        .introduction =
            "Simulates every arm of the study over all draws and replications, in parallel, and "
            "writes one results file (HDF5). The same scenario, seed and version give the same "
            "simulated tables, whatever the threads. Ctrl-C stops cleanly.",
        .options = {{"output,o", Kind::single, "FILE.h5", "the results file (the scenario's name)"},
                    {"force", Kind::flag, "", "replace an existing results file"},
                    {"threads", Kind::single, "N", "worker threads (the machine's cores)"},
                    {"progress", Kind::single, "STYLE", "auto, plain or none (auto)"}}};
    const std::vector<CommandOption> shared = scenario_options();
    command.options.insert(command.options.end(), shared.begin(), shared.end());
    command.options.push_back({"help,h", Kind::flag, "", "this text"});
    return command;
}

namespace {

experiment::RunSettings settings_of(const CommandLine& line) {
    constexpr std::uint64_t most_threads = 1024;
    experiment::RunSettings settings;
    settings.output = line.has("output")
                          ? std::filesystem::path(line.text("output"))
                          : std::filesystem::path(line.positional().front()).stem().concat(".h5");
    settings.overwrite = line.has("force") ? results::Overwrite::yes : results::Overwrite::no;
    settings.threads = std::max(1U, std::thread::hardware_concurrency());
    if (line.has("threads")) {
        settings.threads =
            static_cast<unsigned>(whole_number("threads", line.text("threads"), 1, most_threads));
    }
    settings.stop = &stop_wanted;
    return settings;
}

}  // namespace

int run_run(const std::vector<std::string>& arguments) {
    const Command command = run_command();
    const CommandLine line = CommandLine::parse(command, arguments);
    if (line.has("help")) {
        std::cout << help_text(command);
        return 0;
    }
    static_cast<void>(random::active_path());  // a wrong VFM_SIMD should be heard of before the work begins
    const scenario::Scenario scenario = load("run", line);
    const experiment::RunSettings settings = settings_of(line);
    const ProgressStyle style = progress_style(line.text("progress"));
    results::check_output(settings.output, settings.overwrite);
    const experiment::CompiledStudy study(scenario);
    results::Provenance provenance = results::provenance_here();
    provenance.command_line = command_text("run", arguments);
    for (const results::NamedVersion& library : experiment::library_versions())
        provenance.libraries.push_back(library);

    std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is then an error with a message, like a full disk
    std::signal(SIGINT, want_stop);
    std::signal(SIGTERM, want_stop);
    experiment::Progress progress;
    experiment::RunEnd end{};
    {
        const ProgressDisplay display(progress, study.layout().units(), style);
        end = experiment::run_study(study, settings, provenance, progress);
    }
    if (end == experiment::RunEnd::stopped) {
        std::cerr << "vfmsim: stopped; no results file was written\n";
        return 3;
    }
    std::cout << fmt::format("{} arms, {} draws x {} replications: {}\n", study.layout().arms.size(),
                             study.layout().draws, study.layout().replications, settings.output.string());
    return 0;
}

}  // namespace vfm::program
