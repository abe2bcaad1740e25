// Runs at chosen points of the parameters with chosen random numbers, for designs other than the study's own
// draws.
#pragma once

#include "vfm/experiment/compiled_study.hpp"
#include "vfm/experiment/run.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace vfm::experiment {

/// Where a run stands, and which families it meets: replication r has the key first_key + r. Points with the
/// same keys meet the same families with the same variates (ADR 0008).
struct DesignedPoint {
    std::string name;            ///< for messages: what was chosen here
    std::vector<double> values;  ///< of every parameter, in the scenario's order
    std::uint64_t first_key = 0;
};

/// Additive measures of every arm at every point.
struct DesignedResults {
    std::size_t measures = 0;
    std::size_t arms = 0;
    std::size_t points = 0;
    std::size_t replications = 0;
    std::vector<double> values;  ///< point x measure x arm x replication

    [[nodiscard]] std::span<const double> at(std::size_t point, std::size_t measure, std::size_t arm) const {
        return std::span(values).subspan(((point * measures + measure) * arms + arm) * replications,
                                         replications);
    }
};

/// What is run at each point, and by how many threads; the last two change no number.
struct DesignSettings {
    std::uint64_t replications = 1;
    std::vector<std::string> measures;  ///< additive measures of the results' summary table, by name
    unsigned threads = 1;
    Progress* progress = nullptr;  ///< counts units and families, if anybody looks
};

/// Runs every arm at every point. Throws UserError for a measure that is not an additive one of the study
/// (naming the nearest known) and, with the point and the arm named, for a value that is impossible where it
/// is used.
[[nodiscard]] DesignedResults run_points(const CompiledStudy& study, std::span<const DesignedPoint> points,
                                         const DesignSettings& settings);

}  // namespace vfm::experiment
