// The thresholds that arms are judged at: given on the command line, or a grid chosen from the data.
#pragma once

#include "options/command_line.hpp"

#include "vfm/decision/incremental.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace vfm::program {

/// How many thresholds a grid has by default.
inline constexpr std::size_t default_threshold_count = 201;
/// The most that one command takes.
inline constexpr std::size_t most_thresholds = 10001;

/// `--threshold` and `--thresholds`, for the options of a command; `help` says what they are for.
[[nodiscard]] std::vector<CommandOption> threshold_options(const std::string& help);

/// `5000,10000` or `0:20000:201` (from:to:count), or both kinds between commas, as numbers in the order
/// given: finite, not negative, without thousands separators. Throws UserError.
[[nodiscard]] std::vector<double> parse_thresholds(const std::string& list);

/// All that a command line gave, in the order given; empty when it gave none. Throws UserError.
[[nodiscard]] std::vector<double> given_thresholds(const CommandLine& line);

/// The same in ascending order, each once: what a curve is drawn over.
[[nodiscard]] std::vector<double> in_order(std::vector<double> thresholds);

/// `count` equally spaced thresholds (GBP per unit of effect) from 0 to a round number (1, 2 or 5 times a
/// power of ten) at least a quarter above the largest break-even threshold: of the arms on the frontier, or,
/// where only one is there, of any arm against another. `arms` are means. Up to 1 when nothing breaks even.
[[nodiscard]] std::vector<double> default_thresholds(std::span<const decision::CostAndEffect> arms,
                                                     std::size_t count = default_threshold_count);

/// `GBP 0 to 10,000, 201 of them`, `GBP 5,000, 10,000`: ascending thresholds in words.
[[nodiscard]] std::string thresholds_text(std::span<const double> thresholds);

}  // namespace vfm::program
