// Numbers and names as people read them, and numbers as programs read them back.
#pragma once

#include "vfm/decision/basis.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace vfm::report {

/// How many decimals numbers of this size deserve, so that the largest of them shows about `digits` digits.
[[nodiscard]] int decimals_for(std::span<const double> values, int digits = 4);

/// A number with thousands separators; a missing one is `-`. Never `-0`.
[[nodiscard]] std::string number(double value, int decimals);

/// The shortest text that reads back as the same double; a missing one is empty.
[[nodiscard]] std::string exact_number(double value);

/// `GBP 8,181`, with pence only when there are some.
[[nodiscard]] std::string pounds(double amount);

/// `1 arm`, `1,024 draws`.
[[nodiscard]] std::string counted(std::size_t count, std::string_view thing);

using decision::in_words;

/// A label with its unit behind it, unless it says the unit itself: `families supported, %`.
[[nodiscard]] std::string with_unit(std::string_view label, std::string_view unit);

}  // namespace vfm::report
