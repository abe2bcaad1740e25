// One analysis in a group of the analysis file: how its settings and tables are laid out there.
#pragma once

#include "hdf5_handles.hpp"

#include "vfm/results/analysis_file.hpp"

#include <string>

namespace vfm::results {

/// The analysis fit to be stored: its names are checked, and its texts are UTF-8. Throws ContractViolation,
/// and UserError for a table that is too long.
[[nodiscard]] Analysis checked_analysis(const Analysis& analysis);

/// Writes the group of the command. Throws hdf5::Error.
void write_analysis(const hdf5::Handle& file, const Analysis& analysis, const std::string& source_seal);

/// Reads the group of a command, which nobody need trust. Throws hdf5::Error, FileFormatError.
[[nodiscard]] Analysis read_analysis(const hdf5::Handle& group, const std::string& command);

}  // namespace vfm::results
