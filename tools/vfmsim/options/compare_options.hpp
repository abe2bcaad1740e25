// The command line of `compare`, taken apart.
#pragma once

#include "command_line.hpp"
#include "report_options.hpp"

#include "vfm/decision/comparison.hpp"
#include "vfm/report/comparison_report.hpp"

#include <string>
#include <vector>

namespace vfm::program {

/// The subcommand as its help shows it.
[[nodiscard]] Command compare_command();

struct CompareOptions {
    std::string file;
    decision::Choices choices;
    int price_year = 0;  ///< that money is shown in; 0: the file's own
    report::Detail detail = report::Detail::main;
    ReportOptions output;
    bool thresholds_given = false;  ///< the curves' grid is the analyst's, not ours
    std::string help;               ///< not empty: this is all that was asked for
};

/// Throws UserError: an unknown option (with the nearest known), a missing file, a threshold that is no
/// number.
[[nodiscard]] CompareOptions parse_compare_options(const std::vector<std::string>& arguments);

}  // namespace vfm::program
