#include "voi.hpp"

#include "analysis_output.hpp"
#include "results_input.hpp"
#include "voi_findings.hpp"
#include "voi_options.hpp"
#include "voi_page.hpp"
#include "voi_sample.hpp"

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
    const VoiSample sample = read_voi_sample(results, options);
    const VoiFindings findings = find_value_of_information(sample, options, results.header());
    const results::Analysis analysis = voi_analysis(sample, findings, results.header(), options.file);
    std::cout << (options.format == Format::table ? voi_page(sample, findings, results.header(), options.file)
                                                  : formatted(analysis, options.format))
              << std::flush;
    if (!std::cout) throw EnvironmentError("standard output cannot be written to");
    if (options.storing == Storing::yes) store(options.file, analysis);
    return 0;
}

}  // namespace vfm::program
