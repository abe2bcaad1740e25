// The value of information of a study: what it would be worth to know everything, or one set of parameters,
// before choosing an arm.
#pragma once

#include "vfm/decision/conditional_means.hpp"
#include "vfm/decision/partial_information.hpp"
#include "vfm/decision/value_of_information.hpp"
#include "vfm/inquiry/asked_sets.hpp"
#include "vfm/inquiry/given_data.hpp"
#include "vfm/results/study_results.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace vfm::inquiry {

/// Whom the decision concerns, for how long: declared, never assumed.
struct DeclaredPopulation {
    double families_per_year = 0;
    std::size_t horizon_years = 0;
    enum class Rates { of_file, given, green_book } rates = Rates::of_file;
    double discount_rate = 0;  ///< a year, when it is given
};

/// What is asked of the value of information, beside the question itself.
struct VoiChoices {
    std::vector<NamedGroup> groups = {};
    std::optional<DeclaredPopulation> population = {};
    unsigned threads = 0;  ///< 0: as many as there are cores. The same numbers for any
};

/// What a value a replication is worth over the declared population and horizon, in present value.
struct PopulationValue {
    DeclaredPopulation population;  ///< its rate is the one that was used, unless the Green Book's were
    std::string schedule;           ///< the Green Book's source; empty: one rate
    double factor = 1;              ///< from GBP a replication
};

/// One set of parameters over all thresholds, each as likely as the others.
struct RankedSet {
    std::size_t set = 0;  ///< index into VoiFindings::evppi
    double value = 0;     ///< mean EVPPI over the thresholds, GBP a replication
    double standard_error = 0;
    double null = 0;
    double share = 0;  ///< of the mean EVPI
    /// Where the set is worth the largest share of EVPI; empty where it is above chance at none.
    std::optional<double> best_threshold = {};
    bool distinguishable = false;
};

struct VoiFindings {
    StudySource source;
    Question question;
    std::size_t draws = 0;
    std::size_t replications = 0;
    double families = 0;  ///< measured families a replication; 0: the file does not say
    std::vector<results::ParameterRow> parameters;  ///< the uncertain ones
    AskedSets asked;
    decision::ConditionalMeans means;
    std::vector<decision::EvpiPoint> evpi;  ///< a threshold each
    std::vector<decision::Evppi> evppi;     ///< a set that was asked for each
    std::vector<RankedSet> ranking;         ///< parameters and blocks, the most valuable first
    std::vector<RankedSet> group_ranking;   ///< groups
    double mean_evpi = 0;                   ///< fitted, over the thresholds
    std::optional<PopulationValue> population;
};

/// Works it out. Throws UserError as `read_given_data` and `asked_sets` do, and when a population is declared
/// and neither it nor the file has a discount rate.
[[nodiscard]] VoiFindings find_value_of_information(const results::StudyResults& results,
                                                    const QuestionChoices& question,
                                                    const VoiChoices& choices);

}  // namespace vfm::inquiry
