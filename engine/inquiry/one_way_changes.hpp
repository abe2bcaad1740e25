// Where one-way lines are worth another run: close to the values at which a decision changes.
#pragma once

#include "vfm/decision/one_way.hpp"
#include "vfm/inquiry/question.hpp"

#include <vector>

namespace vfm::inquiry {

/// Where interpolation says that something changes on a line, at any threshold: the best arm, the sign of an
/// arm against the reference, or an arm becoming the best. Ascending.
[[nodiscard]] std::vector<double> changes_on(const decision::OneWayResults& line, const Question& question);

/// Of ascending values those that lie apart from each other and from the points there are (ascending as
/// well).
[[nodiscard]] std::vector<double> apart(const std::vector<double>& values, const std::vector<double>& points);

}  // namespace vfm::inquiry
