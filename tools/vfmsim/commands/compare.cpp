#include "compare.hpp"

#include "analysis_output.hpp"
#include "compare_findings.hpp"
#include "compare_output.hpp"
#include "options/compare_options.hpp"
#include "results_input.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/decision/comparison.hpp"

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

}  // namespace

int run_compare(const std::vector<std::string>& arguments) {
    const CompareOptions options = parse_compare_options(arguments);
    if (!options.help.empty()) {
        std::cout << options.help;
        return 0;
    }
    const results::StudyResults results = open_results(options.file);
    const decision::StudyTables own = decision::tables_of(results);
    const bool converts = options.price_year != 0 && options.price_year != results.header().price_year;
    const decision::StudyTables tables =
        converts ? decision::in_prices_of(own, results.header().price_year, options.price_year) : own;
    const decision::Comparison comparison = decision::compare(tables, options.choices);
    const ComparisonSource source{.file = options.file,
                                  .title = results.header().title,
                                  .price_year = converts ? options.price_year : results.header().price_year,
                                  .own_price_year = results.header().price_year,
                                  .discount_rate = results.header().discount_rate,
                                  .thresholds_given = options.thresholds_given};
    std::cout << formatted(comparison, source, options) << std::flush;
    if (!std::cout) throw EnvironmentError("standard output cannot be written to");
    if (options.keep == Keep::yes) store(options.file, compare_findings(comparison, source));
    return 0;
}

}  // namespace vfm::program
