// Designed one-way runs: one parameter at a time away from its mean, all with the random numbers of one base
// run.
#pragma once

#include "vfm/experiment/designed_runs.hpp"
#include "vfm/experiment/parameter_space.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace vfm::experiment {

/// The way one parameter takes while the others stay at their means, from its 2.5 to its 97.5 % point.
struct OneWayLine {
    std::string name;           ///< of the parameter, or of a stick of a whole
    std::size_t parameter = 0;  ///< index into Scenario::parameters
    int coordinate = -1;        ///< of the space, when moving along the line moves this one alone
    bool is_parameter = true;   ///< false: a stick, there for the space of normal scores only
    double mean = 0;
    double low = 0;   ///< 2.5 % point
    double high = 0;  ///< 97.5 % point
};

/// One line for each uncertain parameter and, where a whole has more than two shares, for each stick that is
/// not a share itself. `space` is the scenario's.
[[nodiscard]] std::vector<OneWayLine> one_way_lines(const scenario::Scenario& scenario,
                                                    const ParameterSpace& space);

/// The point at `value` of the line, with the base run's keys (from 0).
[[nodiscard]] DesignedPoint one_way_point(const ParameterSpace& space, const OneWayLine& line, double value);

/// How many standard normal units a value of the line stands from the parameter's median.
[[nodiscard]] double one_way_score(const ParameterSpace& space, const OneWayLine& line, double value);

/// The base run: every parameter at its mean.
[[nodiscard]] DesignedPoint base_point(const ParameterSpace& space);

}  // namespace vfm::experiment
