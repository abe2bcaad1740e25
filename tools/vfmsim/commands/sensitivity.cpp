#include "sensitivity.hpp"

#include "options/sensitivity_options.hpp"
#include "progress.hpp"
#include "report_output.hpp"
#include "results_input.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/inquiry/given_data_sensitivity.hpp"
#include "vfm/report/sensitivity_report.hpp"
#include "vfm/results/imported_sample.hpp"

#include <iostream>
#include <memory>

namespace vfm::program {

namespace {

/// The designed runs that are asked for, shown as they go.
inquiry::DesignedOptions watched(const SensitivityOptions& options) {
    inquiry::DesignedOptions designed = options.designed;
    designed.watch = [style = options.progress](const experiment::Progress& progress, std::uint64_t units) {
        return std::make_shared<ProgressDisplay>(progress, units, style);
    };
    return designed;
}

inquiry::SensitivityFindings findings_of(const SensitivityOptions& options) {
    using Input = SensitivityOptions::Input;
    if (options.input == Input::scenario) {
        // A file that is none is heard of before the runs, not after them.
        if (!options.results_file.empty()) static_cast<void>(open_results(options.results_file));
        return inquiry::designed_sensitivity(scenario::load_scenario(options.file, options.overrides),
                                             options.question, watched(options));
    }
    const results::StudyResults results = open_results(options.file);
    if (options.input == Input::results) return inquiry::given_data_sensitivity(results, options.question);
    if (results::is_imported(results.header())) {
        throw UserError(options.file +
                        " is another model's sample, with no scenario to run: leave --designed out");
    }
    return inquiry::designed_sensitivity(
        scenario::parse_scenario(results.header().scenario_yaml, options.file), options.question,
        watched(options));
}

}  // namespace

int run_sensitivity(const std::vector<std::string>& arguments) {
    const SensitivityOptions options = parse_sensitivity_options(arguments);
    if (!options.help.empty()) {
        std::cout << options.help;
        return 0;
    }
    const inquiry::SensitivityFindings findings = findings_of(options);
    give_report(report::sensitivity_report(findings, options.top), options.output, options.results_file);
    return 0;
}

}  // namespace vfm::program
