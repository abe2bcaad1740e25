// A sample of another model's probabilistic sensitivity analysis: read from CSV, written as a results file.
#pragma once

#include "vfm/results/layout.hpp"
#include "vfm/results/results_file.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace vfm::results {

/// What another model gave for every draw: nothing of it is simulated here, and there are no replications.
struct ImportedSample {
    std::vector<std::string> arms;
    std::vector<std::string> parameters;
    std::size_t draws = 0;
    std::vector<double> cost;              ///< arm x draw, GBP
    std::vector<double> effect;            ///< arm x draw
    std::vector<double> parameter_values;  ///< draw x parameter
};

/// Reads a sample from CSV (commas, a decimal point, one heading line, UTF-8). Two forms:
/// wide, a draw a line: `draw`, `cost_<arm>` and `effect_<arm>` of every arm, every other column a parameter;
/// long, an arm of a draw a line: `draw`, `arm`, `cost`, `effect`, parameters in a second file of `draw` and
/// a column each (`parameters`; an empty path: none). Draws are whole numbers, in any order; the sample has
/// them in the order of the first file. Throws ScenarioError with up to 20 faults, each with line and column:
/// lines of another length than the heading, numbers that are none or not finite, draws that come twice, arms
/// or draws that are missing; UserError for a file that is too large; EnvironmentError when one cannot be
/// read.
[[nodiscard]] ImportedSample read_imported_sample(const std::filesystem::path& file,
                                                  const std::filesystem::path& parameters);

/// What the sample does not say itself.
struct ImportDescription {
    std::string title;
    std::string perspective;    ///< its cost becomes the measure `cost_<perspective>`
    std::string effect;         ///< the name of its effect's measure
    std::string reference_arm;  ///< empty: the first
    int price_year = 0;         ///< 0: not known
    std::string source;         ///< the file's name, for the assumptions log
    std::string sha256;         ///< of its bytes
};

/// The longest name of an arm, parameter, perspective or effect, in bytes.
inline constexpr std::size_t longest_imported_name = 200;

/// Writes a results file of one replication with the sample's costs, effects and parameters. A parameter that
/// never varies becomes a fixed one. Throws as `build_results_file`, and UserError for a reference that is no
/// arm (with the nearest) or a perspective or effect that cannot be a measure's name.
void write_imported_sample(const ImportedSample& sample, const ImportDescription& description,
                           const Provenance& provenance, const std::filesystem::path& path,
                           Overwrite overwrite);

/// Whether a run's results were imported: there is then no scenario to run again.
[[nodiscard]] bool is_imported(const RunHeader& header);

}  // namespace vfm::results
