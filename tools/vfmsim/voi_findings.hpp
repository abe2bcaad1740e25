// What value of information says about a study, ready to be stored and printed.
#pragma once

#include "voi_options.hpp"
#include "voi_sample.hpp"

#include "vfm/decision/conditional_means.hpp"
#include "vfm/decision/partial_information.hpp"
#include "vfm/decision/value_of_information.hpp"
#include "vfm/results/analysis_file.hpp"
#include "vfm/results/layout.hpp"

#include <optional>
#include <string>
#include <vector>

namespace vfm::program {

/// One set of parameters over all thresholds, each as likely as the others.
struct Ranked {
    std::size_t set = 0;  ///< index into VoiFindings::evppi
    double value = 0;     ///< mean EVPPI over the thresholds, GBP a replication
    double standard_error = 0;
    double null = 0;
    double share = 0;           ///< of the mean EVPI
    double best_threshold = 0;  ///< where the set is worth the largest share of EVPI
    bool distinguishable = false;
};

struct VoiFindings {
    std::vector<double> thresholds;
    std::string thresholds_origin;  ///< in words
    decision::ConditionalMeans means;
    std::vector<decision::EvpiPoint> evpi;
    std::vector<decision::Evppi> evppi;  ///< a set of the sample each
    std::vector<Ranked> ranking;         ///< parameters and blocks, the most valuable first
    std::vector<Ranked> group_ranking;   ///< declared groups
    double mean_evpi = 0;                ///< fitted, over the thresholds
    /// From GBP a replication to GBP over the declared population; empty without one.
    std::optional<double> population_factor;
    std::string population_words;
};

/// Works it out. Throws UserError when a population is declared and neither it nor the file has a discount
/// rate.
[[nodiscard]] VoiFindings find_value_of_information(const VoiSample& sample, const VoiOptions& options,
                                                    const results::RunHeader& header);

/// As tables: `evpi`, `evppi`, `measure_next`, `groups`, `conditional_means`.
[[nodiscard]] results::Analysis voi_analysis(const VoiSample& sample, const VoiFindings& findings,
                                             const results::RunHeader& header, const std::string& file);

/// What the matrix of conditional means is, in a sentence.
[[nodiscard]] std::string source_in_words(const decision::ConditionalMeans& means);

}  // namespace vfm::program
