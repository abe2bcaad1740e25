#include "numbers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace vfm::scenario {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// What is wrong with a text that is to be a number, before its digits are looked at.
template <class Number>
std::optional<ParsedNumber<Number>> refused(std::string_view text) {
    const std::string quoted = "'" + std::string(text.substr(0, 40)) + "'";
    std::string_view digits = text;
    if (!digits.empty() && (digits[0] == '+' || digits[0] == '-')) digits.remove_prefix(1);
    if (!text.empty() && text[0] == '+') {
        return ParsedNumber<Number>{
            {}, quoted + " has a plus sign", "write " + std::string(digits.substr(0, 40))};
    }
    if (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) {
        const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
        std::string meant(digits.substr(is_digit(digits[first]) ? first : first - 1, 40));
        return ParsedNumber<Number>{
            {}, quoted + " has a leading zero", "write " + (text[0] == '-' ? "-" + meant : meant)};
    }
    std::string lower(digits.substr(0, 10));
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (lower == "inf" || lower == ".inf" || lower == "infinity" || lower == "nan" || lower == ".nan") {
        return ParsedNumber<Number>{{}, quoted + " is not a finite number", ""};
    }
    return std::nullopt;
}

template <class Number>
ParsedNumber<Number> not_a_number(std::string_view text, const char* what) {
    ParsedNumber<Number> result;
    result.problem = "'" + std::string(text.substr(0, 40)) + "' is not a " + what;
    if (text.find_first_of(",_") != std::string_view::npos) {
        std::string meant(text.substr(0, 40));
        meant.erase(std::remove_if(meant.begin(), meant.end(), [](char c) { return c == ',' || c == '_'; }),
                    meant.end());
        if (parse_number(meant).value) result.suggestion = "write " + meant;
    }
    return result;
}

}  // namespace

bool looks_like_number(std::string_view text) {
    if (text.empty()) return false;
    if (is_digit(text[0]) || text[0] == '+' || text[0] == '-' || text[0] == '.') return true;
    return refused<double>(text).has_value();
}

ParsedNumber<double> parse_number(std::string_view text) {
    if (auto refusal = refused<double>(text)) return *refusal;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range) {
        return {{}, "'" + std::string(text.substr(0, 40)) + "' is too large or too small for a number", ""};
    }
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
        return not_a_number<double>(text, "number");
    }
    return {value, "", ""};
}

ParsedNumber<std::uint64_t> parse_whole(std::string_view text) {
    if (auto refusal = refused<std::uint64_t>(text)) return *refusal;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range) {
        return {{}, "'" + std::string(text.substr(0, 40)) + "' is too large", ""};
    }
    if (error != std::errc() || end != text.data() + text.size()) {
        return not_a_number<std::uint64_t>(text, "whole number from 0");
    }
    return {value, "", ""};
}

std::string number_text(double value) {
    return fmt::format("{}", value);
}

}  // namespace vfm::scenario
