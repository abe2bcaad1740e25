// The source of events for YAML: yaml-cpp's parser, with what it leaves open closed.
#pragma once

#include "tree_builder.hpp"

#include <cstdint>
#include <string>

namespace vfm::scenario {

enum class Marks : std::uint8_t { lines_and_columns, none };

/// Gives the builder every event of a source text. Throws Abandoned for what is not YAML and for what no
/// scenario uses: aliases, tags, a second document. `name` is the file in places; with Marks::none places
/// carry the file only.
void send_yaml_events(const std::string& text, const std::string& name, Marks marks, TreeBuilder& builder);

}  // namespace vfm::scenario
