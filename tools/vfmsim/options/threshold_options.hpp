// The options that give thresholds: lists and grids of what a unit of effect is worth.
#pragma once

#include "command_line.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace vfm::program {

/// The most that one command takes.
inline constexpr std::size_t most_thresholds = 10001;

/// `--threshold` and `--thresholds`, for the options of a command; `help` says what they are for.
[[nodiscard]] std::vector<CommandOption> threshold_options(const std::string& help);

/// `5000,10000` or `0:20000:201` (from:to:count), or both kinds between commas, as numbers in the order
/// given: finite, not negative, without thousands separators. Throws UserError, as well when they are more
/// than `most_thresholds`.
[[nodiscard]] std::vector<double> parse_thresholds(const std::string& list);
[[nodiscard]] std::vector<double> parse_thresholds(const std::vector<std::string>& lists);

/// All that a command line gave, in the order given; empty when it gave none. Throws UserError.
[[nodiscard]] std::vector<double> given_thresholds(const CommandLine& line);

}  // namespace vfm::program
