#include "voi.hpp"

#include "options/voi_options.hpp"
#include "report_output.hpp"
#include "results_input.hpp"

#include "vfm/report/voi_report.hpp"

#include <iostream>

namespace vfm::program {

int run_voi(const std::vector<std::string>& arguments) {
    const VoiOptions options = parse_voi_options(arguments);
    if (!options.help.empty()) {
        std::cout << options.help;
        return 0;
    }
    const results::StudyResults results = open_results(options.file);
    const inquiry::VoiFindings findings =
        inquiry::find_value_of_information(results, options.question, options.choices);
    give_report(report::voi_report(findings), options.output, options.file);
    return 0;
}

}  // namespace vfm::program
