// From YAML to a Scenario, or to everything that is wrong with it.
#pragma once

#include "vfm/scenario/scenario.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace vfm::scenario {

/// A value set from outside, such as `design.draws` = `4096`, before arms are made. The value is YAML; a path
/// leads through keys and, counted from 0, entries of lists; `*` stands for every name.
struct Override {
    std::string path;
    std::string value;
};

/// Splits PATH=VALUE. Throws UserError without a `=` or a path.
[[nodiscard]] Override parse_override(const std::string& text);

/// Reads a scenario file and those it extends. Throws ScenarioError with every fault found, UserError when
/// the file cannot be read.
[[nodiscard]] Scenario load_scenario(const std::filesystem::path& path,
                                     const std::vector<Override>& overrides = {});

/// Reads a scenario that is whole, such as Scenario::resolved_yaml; `file_name` stands in faults. Throws as
/// above.
[[nodiscard]] Scenario parse_scenario(std::string text, const std::string& file_name,
                                      const std::vector<Override>& overrides = {});

}  // namespace vfm::scenario
