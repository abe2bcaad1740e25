// Trees from trees: what a file adds to another, and what a setting changes.
#pragma once

#include "faults.hpp"
#include "node.hpp"
#include "shape.hpp"

#include <string>
#include <vector>

namespace vfm::scenario {

/// `top` on `base`: maps key by key, null takes a key out, everything else is replaced. Where keys exclude
/// each other (the families of a distribution), one in `top` replaces those in `base`.
[[nodiscard]] NodePtr merged(const NodePtr& base, const NodePtr& top);

/// "a.b.c" in parts.
[[nodiscard]] std::vector<std::string> path_steps(const std::string& path);

/// One path and its value, with the place to blame.
struct Setting {
    std::string path;
    Place place;
    NodePtr value;
};

/// The settings of a map in an order that does not depend on the order of its keys: shorter paths first.
[[nodiscard]] std::vector<Setting> settings_of(const Node& map);

/// The tree with the node at a path replaced (null: taken out); `*` stands for every name of a named map, a
/// number from 0 for an entry of a list. A path that leads nowhere is a fault, and changes nothing.
[[nodiscard]] NodePtr with_setting(const NodePtr& root, const Setting& setting, Faults& faults);

/// The tree in one form, for equal bytes: keys in the order of the reference, names sorted unless their order
/// matters, defaults written.
[[nodiscard]] NodePtr canonical(const NodePtr& root, const Shape& shape);

/// The form of the whole file.
[[nodiscard]] Shape root_shape();

}  // namespace vfm::scenario
