// How a report is written, and whether it is stored: the options that all analyses share.
#pragma once

#include "command_line.hpp"

#include "vfm/report/forms.hpp"

#include <vector>

namespace vfm::program {

/// Whether an analysis is stored beside its results file.
enum class Storing { yes, no };

struct ReportOptions {
    report::Form form = report::Form::text;
    Storing storing = Storing::yes;
};

/// `--no-store` and `--format`, for the options of a command.
[[nodiscard]] std::vector<CommandOption> report_options();

/// Throws UserError for a format that there is not, with the nearest known.
[[nodiscard]] ReportOptions parse_report_options(const CommandLine& line);

}  // namespace vfm::program
