// A sensitivity analysis of given data, the draws of a results file: indices by regression, and the joint
// change on a linear surface.
#pragma once

#include "vfm/inquiry/sensitivity_findings.hpp"
#include "vfm/results/study_results.hpp"

namespace vfm::inquiry {

/// First-order indices of every uncertain parameter (correlated ones and shares of a whole together, as the
/// file's scenario declares them), and for every arm the most likely joint point at which it is the best, by
/// linear regression on the parameters' normal scores. Throws UserError as `read_given_data` does, and when
/// the file has no uncertain parameter.
[[nodiscard]] SensitivityFindings given_data_sensitivity(const results::StudyResults& results,
                                                         const QuestionChoices& question);

}  // namespace vfm::inquiry
