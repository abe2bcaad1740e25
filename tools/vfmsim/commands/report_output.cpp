#include "report_output.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/report/forms.hpp"

#include <iostream>

namespace vfm::program {

namespace {

void warn_that_nothing_is_stored(const std::exception& why) {
    std::cerr << "vfmsim: warning: the analysis is not stored: " << why.what() << '\n';
}

}  // namespace

void give_report(const report::Report& report, const ReportOptions& options,
                 const std::filesystem::path& results_file) {
    std::cout << report::written(report, options.form) << std::flush;
    if (!std::cout) throw EnvironmentError("standard output cannot be written to");
    if (options.storing == Storing::no) return;
    try {
        results::store_analysis(results_file, report::stored_form(report));
    } catch (const EnvironmentError& error) {
        warn_that_nothing_is_stored(error);
    } catch (const UserError& error) {  // a file in the way that is none of ours
        warn_that_nothing_is_stored(error);
    }
}

}  // namespace vfm::program
