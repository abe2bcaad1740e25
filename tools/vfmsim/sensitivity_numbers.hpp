// Numbers as a sensitivity page shows them.
#pragma once

#include "vfm/decision/estimate.hpp"

#include <string>

namespace vfm::program {

/// Three significant digits, thousands separated: parameters of every size stand in one column.
[[nodiscard]] std::string significant(double value);

/// A share as a percentage without its sign; `<0.1` below a tenth.
[[nodiscard]] std::string percent(double share);

/// `+1.23`
[[nodiscard]] std::string signed_units(double units);

/// `3.1 to 4.2`; an end that is missing is `..`.
[[nodiscard]] std::string range_text(const decision::Interval& interval);

}  // namespace vfm::program
