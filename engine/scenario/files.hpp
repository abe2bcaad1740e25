// A scenario file together with the files it extends, as one tree.
#pragma once

#include "faults.hpp"
#include "node.hpp"

#include <filesystem>
#include <string>

namespace vfm::scenario {

inline constexpr std::size_t longest_chain = 8;

/// The merged tree, or null with a fault. Throws UserError when the first file cannot be read.
[[nodiscard]] NodePtr read_files(const std::filesystem::path& path, Faults& faults);

/// The tree of a text that may extend nothing.
[[nodiscard]] NodePtr read_whole_text(std::string text, const std::string& name, Faults& faults);

}  // namespace vfm::scenario
