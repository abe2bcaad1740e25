// What tells areas apart: random effects, and types that a study declares.
#pragma once

#include "vfm/scenario/quantity.hpp"

#include <cstdint>
#include <string>

namespace vfm::scenario {

/// A normal random effect of an area.
struct AreaEffect {
    std::string name;
    Quantity sd;
    bool operator==(const AreaEffect&) const = default;
};

/// A type of areas, such as rural counties: areas of a type follow each other, in order of declaration.
struct AreaType {
    std::string name;
    std::string title;
    std::uint64_t count = 1;  ///< areas of this type in a replication
    Quantity demand{1, -1};   ///< arrivals, relative to areas of other types
    bool operator==(const AreaType&) const = default;
};

}  // namespace vfm::scenario
