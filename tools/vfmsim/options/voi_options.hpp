// The command line of `voi`, taken apart.
#pragma once

#include "command_line.hpp"
#include "report_options.hpp"

#include "vfm/inquiry/voi_findings.hpp"

#include <string>
#include <vector>

namespace vfm::program {

/// The subcommand as its help shows it.
[[nodiscard]] Command voi_command();

struct VoiOptions {
    std::string file;
    inquiry::QuestionChoices question;
    inquiry::VoiChoices choices;
    ReportOptions output;
    std::string help;  ///< not empty: this is all that was asked for
};

/// Throws UserError: an unknown option (with the nearest known), a missing file, a value that cannot be, a
/// population without a horizon or the reverse.
[[nodiscard]] VoiOptions parse_voi_options(const std::vector<std::string>& arguments);

}  // namespace vfm::program
