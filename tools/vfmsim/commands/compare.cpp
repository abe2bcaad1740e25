#include "compare.hpp"

#include "options/compare_options.hpp"
#include "report_output.hpp"
#include "results_input.hpp"

#include "vfm/decision/comparison.hpp"
#include "vfm/report/comparison_report.hpp"

#include <iostream>

namespace vfm::program {

int run_compare(const std::vector<std::string>& arguments) {
    const CompareOptions options = parse_compare_options(arguments);
    if (!options.help.empty()) {
        std::cout << options.help;
        return 0;
    }
    const results::StudyResults results = open_results(options.file);
    const results::RunHeader& header = results.header();
    const decision::StudyTables own = decision::tables_of(results);
    const bool converts = options.price_year != 0 && options.price_year != header.price_year;
    const decision::StudyTables tables =
        converts ? decision::in_prices_of(own, header.price_year, options.price_year) : own;
    const decision::Comparison comparison = decision::compare(tables, options.choices);
    const report::ComparisonSource source{.file = options.file,
                                          .title = header.title,
                                          .price_year = converts ? options.price_year : header.price_year,
                                          .own_price_year = header.price_year,
                                          .discount_rate = header.discount_rate,
                                          .thresholds_given = options.thresholds_given};
    give_report(report::comparison_report(comparison, source, options.detail), options.output, options.file);
    return 0;
}

}  // namespace vfm::program
