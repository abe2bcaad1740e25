#include "sensitivity.hpp"

#include "options/sensitivity_options.hpp"
#include "report_output.hpp"
#include "results_input.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/inquiry/given_data_sensitivity.hpp"
#include "vfm/report/sensitivity_report.hpp"
#include "vfm/results/imported_sample.hpp"

#include <iostream>

namespace vfm::program {

namespace {

inquiry::SensitivityFindings findings_of(const SensitivityOptions& options) {
    using Input = SensitivityOptions::Input;
    if (options.input == Input::scenario) {
        // A file that is none is heard of before the runs, not after them.
        if (!options.results_file.empty()) static_cast<void>(open_results(options.results_file));
        return inquiry::designed_sensitivity(scenario::load_scenario(options.file, options.overrides),
                                             options.question, options.designed);
    }
    const results::StudyResults results = open_results(options.file);
    if (options.input == Input::results) return inquiry::given_data_sensitivity(results, options.question);
    if (results::is_imported(results.header())) {
        throw UserError(options.file +
                        " is another model's sample, with no scenario to run: leave --designed out");
    }
    return inquiry::designed_sensitivity(
        scenario::parse_scenario(results.header().scenario_yaml, options.file), options.question,
        options.designed);
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
