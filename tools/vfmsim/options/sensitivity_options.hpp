// The command line of `sensitivity`, taken apart.
#pragma once

#include "command_line.hpp"
#include "progress_option.hpp"
#include "report_options.hpp"

#include "vfm/inquiry/designed_sensitivity.hpp"
#include "vfm/scenario/load.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace vfm::program {

/// The subcommand as its help shows it.
[[nodiscard]] Command sensitivity_command();

struct SensitivityOptions {
    std::string file;  ///< of results, or a scenario
    /// What is worked on.
    enum class Input {
        scenario,    ///< run, at chosen points
        results,     ///< the draws of a results file
        rerun_of_it  ///< the scenario that a results file holds, run
    } input = Input::results;
    inquiry::QuestionChoices question;
    inquiry::DesignedOptions designed;
    std::vector<scenario::Override> overrides;  ///< of a scenario
    std::string results_file;                   ///< beside which the analysis is stored; empty: there is none
    std::size_t top = 10;                       ///< rows of each table on the page
    ProgressStyle progress = ProgressStyle::none;
    ReportOptions output;
    std::string help;  ///< not empty: this is all that was asked for
};

/// Throws UserError: an unknown option (with the nearest known), a missing file, a value that cannot be, an
/// option that is not for this kind of file.
[[nodiscard]] SensitivityOptions parse_sensitivity_options(const std::vector<std::string>& arguments);

}  // namespace vfm::program
