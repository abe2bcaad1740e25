#include "threshold_options.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/inquiry/thresholds.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace vfm::program {

namespace {

double parse_threshold(const std::string& text) {
    double value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    const bool padded = text.size() > 1 && text[0] == '0' && text[1] != '.';
    if (error != std::errc() || stop != end || !std::isfinite(value) || std::signbit(value) || padded) {
        throw UserError(
            fmt::format("--threshold: '{}' is not a number of GBP from 0 up, separate thresholds by commas "
                        "and write each without thousands separators (5000,10000), or give a grid as "
                        "from:to:count (0:20000:201)",
                        text));
    }
    return value;
}

/// `from:to:count`
std::vector<double> parse_grid(const std::string& text) {
    const std::size_t first = text.find(':');
    const std::size_t second = text.find(':', first + 1);
    if (second == std::string::npos || text.find(':', second + 1) != std::string::npos) {
        throw UserError(
            fmt::format("--thresholds: '{}' is no grid, write from:to:count (0:20000:201)", text));
    }
    const double from = parse_threshold(text.substr(0, first));
    const double to = parse_threshold(text.substr(first + 1, second - first - 1));
    std::size_t count = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + second + 1, end, count);
    if (error != std::errc() || stop != end || count < 2 || count > most_thresholds) {
        throw UserError(fmt::format("--thresholds: the count of '{}' is not a whole number from 2 to {}",
                                    text, most_thresholds));
    }
    if (!(from < to)) {
        throw UserError(
            fmt::format("--thresholds: '{}' does not go up, write from:to:count (0:20000:201)", text));
    }
    return inquiry::equally_spaced(from, to, count);
}

void append_list(std::vector<double>& thresholds, const std::string& list) {
    for (std::size_t first = 0; first <= list.size();) {
        const std::size_t last = std::min(list.find(',', first), list.size());
        const std::string item = list.substr(first, last - first);
        if (item.find(':') == std::string::npos) {
            thresholds.push_back(parse_threshold(item));
        } else {
            const std::vector<double> grid = parse_grid(item);
            thresholds.insert(thresholds.end(), grid.begin(), grid.end());
        }
        if (thresholds.size() > most_thresholds) {
            throw UserError(
                fmt::format("--thresholds: more than {} thresholds, give fewer", most_thresholds));
        }
        first = last + 1;
    }
}

}  // namespace

std::vector<CommandOption> threshold_options(const std::string& help) {
    using Kind = CommandOption::Kind;
    return {{"threshold", Kind::repeated, "GBP,...", help},
            {"thresholds", Kind::repeated, "GBP,... or FROM:TO:COUNT", "the same"}};
}

std::vector<double> parse_thresholds(const std::vector<std::string>& lists) {
    std::vector<double> thresholds;
    for (const std::string& list : lists) append_list(thresholds, list);
    return thresholds;
}

std::vector<double> parse_thresholds(const std::string& list) {
    return parse_thresholds(std::vector<std::string>{list});
}

std::vector<double> given_thresholds(const CommandLine& line) {
    std::vector<std::string> lists = line.texts("threshold");
    for (const std::string& list : line.texts("thresholds")) lists.push_back(list);
    return parse_thresholds(lists);
}

}  // namespace vfm::program
