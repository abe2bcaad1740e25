// A number that a scenario writes down, or leaves to a parameter.
#pragma once

namespace vfm::scenario {

/// A number in the scenario: written down, or the name of a parameter that is drawn.
struct Quantity {
    double value = 0;
    int parameter = -1;  ///< index into Scenario::parameters; -1: `value` is the number
    bool operator==(const Quantity&) const = default;
};

}  // namespace vfm::scenario
