// The results file that an analysing command takes.
#pragma once

#include "vfm/results/study_results.hpp"

#include <string>

namespace vfm::program {

/// Opens a results file. One that is not there is a wrong command line, not a failed run: throws UserError
/// for it, and FileFormatError as StudyResults does.
[[nodiscard]] results::StudyResults open_results(const std::string& file);

}  // namespace vfm::program
