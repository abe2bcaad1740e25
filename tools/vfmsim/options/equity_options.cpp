#include "equity_options.hpp"

#include "vfm/core/errors.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace vfm::program {

namespace {

double positive_number(const std::string& option, const std::string& text) {
    double value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error == std::errc() && stop == end && std::isfinite(value) && value > 0) return value;
    throw UserError(fmt::format("--{}: '{}' is not a number above 0", option, text));
}

/// `NAME=VALUE`
std::pair<std::string, std::string> declared(const std::string& option, const std::string& text,
                                             const std::string& example) {
    const std::size_t place = text.find('=');
    if (place == std::string::npos || place == 0 || place + 1 == text.size()) {
        throw UserError(fmt::format("--{}: '{}' declares nothing, write it as {}", option, text, example));
    }
    return {text.substr(0, place), text.substr(place + 1)};
}

std::vector<std::string> between_commas(const std::string& text) {
    std::vector<std::string> items;
    for (std::size_t first = 0; first <= text.size();) {
        const std::size_t last = std::min(text.find(',', first), text.size());
        items.push_back(text.substr(first, last - first));
        first = last + 1;
    }
    return items;
}

}  // namespace

decision::EquityChoices equity_choices(const CommandLine& line) {
    decision::EquityChoices choices;
    if (line.has("inequality-aversion")) {
        choices.aversion = positive_number("inequality-aversion", line.text("inequality-aversion"));
    }
    for (const std::string& text : line.texts("ordered")) {
        const auto [attribute, levels] = declared("ordered", text, "ATTRIBUTE=LEVEL,...,rest");
        choices.ordered.push_back({.attribute = attribute, .levels = between_commas(levels)});
    }
    for (const std::string& text : line.texts("relative-income")) {
        const auto [group, ratio] = declared("relative-income", text, "ATTRIBUTE.LEVEL=0.6");
        choices.incomes.push_back({.group = group, .ratio = positive_number("relative-income", ratio)});
    }
    if (line.has("income-elasticity")) {
        if (choices.incomes.empty())
            throw UserError("--income-elasticity is for --relative-income, give both");
        choices.elasticity = positive_number("income-elasticity", line.text("income-elasticity"));
    }
    return choices;
}

}  // namespace vfm::program
