// Attributes and the shares of their levels.
#pragma once

#include "field.hpp"

#include "vfm/scenario/scenario.hpp"

#include <vector>

namespace vfm::scenario {

/// Reads the shares of the study's attributes, in the vocabulary's order.
[[nodiscard]] std::vector<Attribute> read_attributes(FieldReader& reader, const Node& map,
                                                     const FieldAbout& about);

/// A stream of families cannot have two levels of one attribute.
void check_sets(FieldReader& reader, const Node& arrivals, const std::vector<std::size_t>& levels);

}  // namespace vfm::scenario
