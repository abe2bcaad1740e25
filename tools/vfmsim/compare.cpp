#include "compare.hpp"

#include "analysis_output.hpp"
#include "compare_findings.hpp"
#include "compare_options.hpp"
#include "compare_output.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/decision/comparison.hpp"
#include "vfm/results/study_results.hpp"

#include <iostream>

namespace vfm::program {

namespace {

std::string formatted(const decision::Comparison& comparison, const ComparisonSource& source,
                      const CompareOptions& options) {
    switch (options.format) {
        case Format::csv:
            return comparison_csv(comparison);
        case Format::json:
            return comparison_json(comparison, source);
        case Format::markdown:
            return comparison_markdown(comparison, source, options.detail);
        case Format::table:
            break;
    }
    return comparison_table(comparison, source, options.detail);
}

/// A file that cannot be opened or read is a wrong command line, not a failed run.
results::StudyResults opened(const std::string& file) {
    try {
        return results::StudyResults::open(file);
    } catch (const EnvironmentError& error) {
        throw UserError(error.what());
    }
}

}  // namespace

int run_compare(const std::vector<std::string>& arguments) {
    const CompareOptions options = parse_compare_options(arguments);
    if (!options.help.empty()) {
        std::cout << options.help;
        return 0;
    }
    const results::StudyResults results = opened(options.file);
    const decision::Comparison comparison = decision::compare(decision::tables_of(results), options.choices);
    const ComparisonSource source{.file = options.file,
                                  .title = results.header().title,
                                  .price_year = results.header().price_year,
                                  .discount_rate = results.header().discount_rate,
                                  .thresholds_given = options.thresholds_given};
    if (options.keep == Keep::yes) store(options.file, compare_findings(comparison, source));
    std::cout << formatted(comparison, source, options) << std::flush;
    if (!std::cout) throw EnvironmentError("standard output cannot be written to");
    return 0;
}

}  // namespace vfm::program
