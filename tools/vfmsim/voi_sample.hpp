// What value of information is worked out from: costs, effects and parameters of a results file, and which
// parameters belong together.
#pragma once

#include "voi_options.hpp"

#include "vfm/decision/comparison.hpp"
#include "vfm/decision/conditional_means.hpp"
#include "vfm/decision/partial_information.hpp"
#include "vfm/results/study_results.hpp"

#include <string>
#include <vector>

namespace vfm::program {

/// A set of parameters and how it came about.
struct AskedSet {
    decision::ParameterSet set;
    std::string kind;                ///< `parameter`, `correlated` (a block that cannot be parted) or `group`
    std::vector<std::string> added;  ///< members that came in because others are correlated with them
};

/// The numbers of one perspective and one effect, with views into itself.
struct VoiSample {
    VoiSample() = default;
    VoiSample(VoiSample&&) = default;  // moved vectors keep their numbers where they are
    VoiSample& operator=(VoiSample&&) = default;
    VoiSample(const VoiSample&) = delete;
    VoiSample& operator=(const VoiSample&) = delete;
    ~VoiSample() = default;

    std::vector<std::string> arms;
    std::size_t reference = 0;
    std::string perspective;
    std::string effect_name;
    decision::Origin origin = decision::Origin::simulated;
    double families = 0;  ///< measured families a replication; 0: the file does not say
    std::vector<double> cost_values;
    std::vector<double> effect_values;
    std::vector<double> parameter_values;
    decision::Sample cost;
    decision::Sample effect;
    decision::ParameterSample parameters;
    std::vector<std::string> qualities;  ///< a parameter, from the assumptions log
    std::vector<AskedSet> sets;          ///< every parameter alone or with its block, then groups
    std::string dependence;              ///< where it is known from what is correlated, in words
};

/// Reads it. Throws UserError, with the nearest known name, for an arm, perspective, effect or parameter that
/// the file does not hold, for fewer than two arms or 20 draws; FileFormatError for numbers that are not
/// finite.
[[nodiscard]] VoiSample read_voi_sample(const results::StudyResults& results, const VoiOptions& options);

}  // namespace vfm::program
