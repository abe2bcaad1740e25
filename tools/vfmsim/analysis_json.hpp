// A table of an analysis as JSON: a list of rows, each an object.
#pragma once

#include "vfm/results/analysis_file.hpp"

#include <nlohmann/json.hpp>

namespace vfm::program {

/// `[{"<column>": cell, ...}, ...]`; numbers that are missing or not finite are null, lists arrays.
[[nodiscard]] nlohmann::ordered_json json_of(const results::AnalysisTable& table);

}  // namespace vfm::program
