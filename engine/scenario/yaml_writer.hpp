// Tree to text: one way to write a tree, so that equal trees are equal bytes.
#pragma once

#include "node.hpp"

#include <string>

namespace vfm::scenario {

/// Block style, two spaces a level, lists of scalars in one line, text in double quotes where it must be.
[[nodiscard]] std::string write_yaml(const Node& root);

}  // namespace vfm::scenario
