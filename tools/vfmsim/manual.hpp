// What the table of commands gives besides help: the manual page and what a shell completes.
#pragma once

#include "options/command_line.hpp"

#include <string>
#include <vector>

namespace vfm::program {

/// A subcommand as the list of commands shows it.
struct ListedCommand {
    Command command;
    std::string summary;
};

/// The manual page vfmsim(1), in roff.
[[nodiscard]] std::string manual_page(const std::vector<ListedCommand>& commands);

/// What may stand for the last of the words typed, which begin with the program's name: commands, options,
/// and where an arm, a measure or a perspective is wanted, those of the results file named before. Nothing
/// where a file or a number is wanted, and nothing when the file cannot be read.
[[nodiscard]] std::vector<std::string> completions(const std::vector<ListedCommand>& commands,
                                                   const std::vector<std::string>& words);

}  // namespace vfm::program
