// Given data: the costs, the effects and the parameters of a results file's draws, as an analysis works on
// them.
#pragma once

#include "vfm/decision/conditional_means.hpp"
#include "vfm/decision/sample.hpp"
#include "vfm/inquiry/question.hpp"
#include "vfm/results/study_results.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace vfm::inquiry {

/// Where an answer's numbers come from: what stands above every page.
struct StudySource {
    std::string file;
    std::string title;
    int price_year = 0;        ///< 0: not given
    double discount_rate = 0;  ///< a year
};

/// The numbers of one perspective and one effect, all of them finite.
struct GivenData {
    StudySource source;
    Question question;
    std::size_t draws = 0;
    std::size_t replications = 0;
    double families = 0;                ///< measured families a replication; 0: the file does not say
    std::vector<double> cost_values;    ///< arm x draw x replication
    std::vector<double> effect_values;  ///< likewise
    std::vector<results::ParameterRow> parameters;  ///< the uncertain ones
    std::vector<double> parameter_values;           ///< draw x parameter

    [[nodiscard]] decision::Sample cost() const { return sample(cost_values); }
    [[nodiscard]] decision::Sample effect() const { return sample(effect_values); }
    /// Views of the parameters' draws.
    [[nodiscard]] decision::ParameterSample parameter_sample() const;

  private:
    [[nodiscard]] decision::Sample sample(const std::vector<double>& values) const {
        return {question.arms.size(), draws, replications, values};
    }
};

/// Reads them. Throws UserError, with the nearest known name, for an arm, perspective or effect that the file
/// does not hold, for fewer than two arms or 20 draws; FileFormatError for numbers that are not finite.
[[nodiscard]] GivenData read_given_data(const results::StudyResults& results, const QuestionChoices& choices);

}  // namespace vfm::inquiry
