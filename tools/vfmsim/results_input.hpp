// What the analysing commands take from a results file: the file itself, and the places of names in it.
#pragma once

#include "vfm/results/study_results.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace vfm::program {

/// Opens a results file. One that is not there is a wrong command line, not a failed run: throws UserError
/// for it, and FileFormatError as StudyResults does.
[[nodiscard]] results::StudyResults open_results(const std::string& file);

/// The place of a name of this kind ("arm", "perspective"). Throws UserError with the nearest known name.
[[nodiscard]] std::size_t place_of(const std::string& name, const std::vector<std::string>& known,
                                   const std::string& kind);

/// Measures that may be summed, and so be an effect or a cost.
[[nodiscard]] std::vector<std::string> additive_measures(const results::Layout& layout);

/// The effect when none is named: `composite`, or in a file without it (an imported sample) the only measure
/// that is no cost. `composite` when there is no such measure either, so that the error names it.
[[nodiscard]] std::string default_effect(const std::vector<std::string>& measures);

}  // namespace vfm::program
