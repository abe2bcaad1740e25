// Numbers as a scenario may write them: plain decimals, with nothing a reader could take for something else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vfm::scenario {

/// A number, or why the text is none.
template <class Number>
struct ParsedNumber {
    std::optional<Number> value;
    std::string problem;
    std::string suggestion;
};

/// Whether the text looks as if a number was meant, so that it is no name.
[[nodiscard]] bool looks_like_number(std::string_view text);

/// Decimal, finite, without leading zeros, signs of plus, underscores or thousands' commas.
[[nodiscard]] ParsedNumber<double> parse_number(std::string_view text);

/// A whole number from 0 to 2^64 - 1.
[[nodiscard]] ParsedNumber<std::uint64_t> parse_whole(std::string_view text);

/// The shortest text that reads back as the same number.
[[nodiscard]] std::string number_text(double value);

}  // namespace vfm::scenario
