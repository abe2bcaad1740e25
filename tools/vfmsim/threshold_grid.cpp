#include "threshold_grid.hpp"

#include "tables.hpp"

#include "vfm/core/errors.hpp"

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

std::vector<double> spaced(double from, double to, std::size_t count) {
    std::vector<double> thresholds(count);
    for (std::size_t i = 0; i < count; ++i) {
        thresholds[i] = from + (to - from) * static_cast<double>(i) / static_cast<double>(count - 1);
    }
    thresholds.back() = to;
    return thresholds;
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
    return spaced(from, to, count);
}

/// The smallest of 1, 2 or 5 times a power of ten that is no smaller.
double round_up(double value) {
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (step * power >= value) return step * power;
    }
    return 10 * power;
}

double largest_break_even(std::span<const decision::CostAndEffect> arms) {
    double largest = 0;
    for (const decision::IncrementalRow& row : decision::incremental_table(arms)) {
        if (std::isfinite(row.icer)) largest = std::max(largest, row.icer);
    }
    if (largest > 0) return largest;
    for (const decision::CostAndEffect& one : arms) {
        for (const decision::CostAndEffect& other : arms) {
            const double threshold = decision::break_even(one, other).threshold;
            if (std::isfinite(threshold)) largest = std::max(largest, threshold);
        }
    }
    return largest;
}

}  // namespace

std::vector<CommandOption> threshold_options(const std::string& help) {
    using Kind = CommandOption::Kind;
    return {{"threshold", Kind::repeated, "GBP,...", help},
            {"thresholds", Kind::repeated, "GBP,... or FROM:TO:COUNT", "the same"}};
}

std::vector<double> parse_thresholds(const std::string& list) {
    std::vector<double> thresholds;
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
    return thresholds;
}

std::vector<double> given_thresholds(const CommandLine& line) {
    std::vector<double> thresholds;
    for (const char* option : {"threshold", "thresholds"}) {
        for (const std::string& list : line.texts(option)) {
            const std::vector<double> parsed = parse_thresholds(list);
            thresholds.insert(thresholds.end(), parsed.begin(), parsed.end());
        }
    }
    if (thresholds.size() > most_thresholds) {
        throw UserError(fmt::format("--thresholds: more than {} thresholds, give fewer", most_thresholds));
    }
    return thresholds;
}

std::vector<double> in_order(std::vector<double> thresholds) {
    std::sort(thresholds.begin(), thresholds.end());
    thresholds.erase(std::unique(thresholds.begin(), thresholds.end()), thresholds.end());
    return thresholds;
}

std::vector<double> default_thresholds(std::span<const decision::CostAndEffect> arms, std::size_t count) {
    const double largest = largest_break_even(arms);
    // A break-even beyond all sense comes from effects that differ by rounding.
    const bool sensible = largest > 1e-12 && largest < 1e15;
    return spaced(0, sensible ? round_up(1.25 * largest) : 1, count);
}

std::string thresholds_text(std::span<const double> thresholds) {
    constexpr std::size_t listed = 8;
    const auto text = [](double value) { return number(value, value == std::floor(value) ? 0 : 2); };
    if (thresholds.size() > listed) {
        return fmt::format("GBP {} to {}, {} of them", text(thresholds.front()), text(thresholds.back()),
                           number(static_cast<double>(thresholds.size()), 0));
    }
    std::string list;
    for (const double threshold : thresholds) list += (list.empty() ? "GBP " : ", ") + text(threshold);
    return list;
}

}  // namespace vfm::program
