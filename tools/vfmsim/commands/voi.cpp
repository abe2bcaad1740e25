#include "voi.hpp"

#include "analysis_output.hpp"
#include "options/voi_options.hpp"
#include "results_input.hpp"
#include "voi_analysis.hpp"
#include "voi_page.hpp"

#include "vfm/core/errors.hpp"

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
    const results::Analysis analysis = voi_analysis(findings);
    std::cout << (options.format == Format::table ? voi_page(findings) : formatted(analysis, options.format))
              << std::flush;
    if (!std::cout) throw EnvironmentError("standard output cannot be written to");
    if (options.storing == Storing::yes) store(options.file, analysis);
    return 0;
}

}  // namespace vfm::program
