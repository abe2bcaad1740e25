// A sensitivity analysis by designed runs of a scenario, with the same families throughout: each parameter
// alone (tornado, switching values), the joint change, and Sobol indices.
#pragma once

#include "vfm/experiment/run.hpp"
#include "vfm/inquiry/sensitivity_findings.hpp"
#include "vfm/scenario/scenario.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vfm::inquiry {

/// Called as designed runs begin, with their progress and how many units they are; what it gives is let go
/// when they have ended.
using ProgressWatch =
    std::function<std::shared_ptr<void>(const experiment::Progress& progress, std::uint64_t units)>;

/// How designed runs are done.
struct DesignedOptions {
    std::uint64_t replications = 16;  ///< of every one-way run
    std::uint64_t rows = 0;           ///< of the Sobol design; 0: none
    /// Of the Sobol design, as `experiment::parameter_groups` has them; empty: those that the scenario
    /// declares, or, when it declares none that can be, the parameters with the largest bars at any threshold
    /// with what they are correlated with, and all others as one.
    std::vector<std::string> groups = {};
    unsigned threads = 1;
    ProgressWatch watch = {};  ///< may be empty
};

/// Runs the scenario and says what was found. Throws UserError for a question that is impossible (see
/// `question_of`), groups that cannot be, and a scenario in which no parameter is uncertain.
[[nodiscard]] SensitivityFindings designed_sensitivity(const scenario::Scenario& scenario,
                                                       const QuestionChoices& choices,
                                                       const DesignedOptions& options);

}  // namespace vfm::inquiry
