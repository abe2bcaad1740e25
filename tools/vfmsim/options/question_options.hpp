// The options that say what is asked of a study: from which reference, in whose costs and which effect, at
// which thresholds.
#pragma once

#include "command_line.hpp"

#include "vfm/inquiry/question.hpp"

#include <string>
#include <vector>

namespace vfm::program {

/// `--reference --perspective --effect --threshold --thresholds`; `thresholds_help` says what the last two
/// are for.
[[nodiscard]] std::vector<CommandOption> question_options(const std::string& thresholds_help);

/// What a command line gave of them. Throws UserError for thresholds that are none.
[[nodiscard]] inquiry::QuestionChoices question_choices(const CommandLine& line);

}  // namespace vfm::program
