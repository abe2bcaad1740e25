// What every analysis does with its report: prints it, and stores it beside the results file.
#pragma once

#include "options/report_options.hpp"

#include "vfm/report/report.hpp"

#include <filesystem>

namespace vfm::program {

/// A folder that takes no files, or a file of that name that is none of ours, is no reason to keep the
/// numbers back: then it warns on standard error. Throws EnvironmentError when standard output cannot be
/// written to.
void give_report(const report::Report& report, const ReportOptions& options,
                 const std::filesystem::path& results_file);

}  // namespace vfm::program
