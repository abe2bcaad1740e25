// The value of information as tables with names that stay.
#pragma once

#include "vfm/inquiry/voi_findings.hpp"
#include "vfm/results/analysis_file.hpp"

#include <string>

namespace vfm::program {

/// As tables: `evpi`, `evppi`, `measure_next`, `groups`, `conditional_means`.
[[nodiscard]] results::Analysis voi_analysis(const inquiry::VoiFindings& findings);

/// What the matrix of conditional means is, in a sentence.
[[nodiscard]] std::string source_in_words(const decision::ConditionalMeans& means);

/// How it is known which parameters are correlated.
[[nodiscard]] std::string evidence_in_words(inquiry::DependenceEvidence evidence);

/// Whom values over a population are of, for how long, discounted how.
[[nodiscard]] std::string population_in_words(const inquiry::VoiFindings& findings);

}  // namespace vfm::program
