// The arms of a study as trees of their own: the base with settings in it.
#pragma once

#include "faults.hpp"
#include "node.hpp"

#include <string>
#include <vector>

namespace vfm::scenario {

struct ArmTree {
    std::string name;
    std::string title;
    NodePtr root;
};

/// In the order of the file.
[[nodiscard]] std::vector<ArmTree> make_arms(const NodePtr& root, Faults& faults);

}  // namespace vfm::scenario
