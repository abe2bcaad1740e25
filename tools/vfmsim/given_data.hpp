// A sensitivity analysis of the draws at hand: indices by regression, and the joint change on a linear
// surface.
#pragma once

#include "sensitivity_findings.hpp"

#include "vfm/results/study_results.hpp"

namespace vfm::program {

/// First-order indices of every uncertain parameter (correlated ones and shares of a whole together, as the
/// file's scenario declares them), and for every arm the most likely joint point at which it is the best, by
/// linear regression on the parameters' normal scores. Throws UserError when the file has too few draws or no
/// uncertain parameter.
[[nodiscard]] Findings given_data_findings(const results::StudyResults& results, Question question);

}  // namespace vfm::program
