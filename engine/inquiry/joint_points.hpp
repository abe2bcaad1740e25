// The most likely point of all parameters at which an arm is the best: looked for on a quadratic surface
// through the one-way runs, and confirmed by runs along the way to it.
#pragma once

#include "one_way_study.hpp"

namespace vfm::inquiry {

/// Adds every arm's point at each of the findings' thresholds.
void add_joint_points(SensitivityFindings& findings, const OneWayStudy& study);

}  // namespace vfm::inquiry
