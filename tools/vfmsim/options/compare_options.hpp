// The command line of `compare`, taken apart.
#pragma once

#include "command_line.hpp"
#include "compare_output.hpp"
#include "tables.hpp"

#include "vfm/decision/comparison.hpp"

#include <string>
#include <vector>

namespace vfm::program {

/// The subcommand as its help shows it.
[[nodiscard]] Command compare_command();

/// Whether the analysis is stored beside its results file.
enum class Keep { no, yes };

struct CompareOptions {
    std::string file;
    decision::Choices choices;
    int price_year = 0;  ///< that money is shown in; 0: the file's own
    Format format = Format::table;
    Detail detail = Detail::main;
    Keep keep = Keep::yes;
    bool thresholds_given = false;  ///< the curves' grid is the analyst's, not ours
    std::string help;               ///< not empty: this is all that was asked for
};

/// Throws UserError: an unknown option (with the nearest known), a missing file, a threshold that is no
/// number.
[[nodiscard]] CompareOptions parse_compare_options(const std::vector<std::string>& arguments);

}  // namespace vfm::program
