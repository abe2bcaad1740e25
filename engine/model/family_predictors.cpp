#include "family_predictors.hpp"

namespace vfm::model {

double FamilyPredictors::value_of(NumericCovariate covariate, std::uint32_t family, Ticks time) const {
    const FamilyState& state = states_[family];
    switch (covariate) {
        case NumericCovariate::days_in_process:
            return days_from_ticks(time - states_.drawn().arrival(family));
        case NumericCovariate::days_since_launch:
            return days_from_ticks(time - calendar_.clock().launch);
        case NumericCovariate::wait_for_supporter:
            return days_from_ticks(state.listed_ticks);
        case NumericCovariate::supporter_changes:
            return state.supporter_changes;
        case NumericCovariate::support_share:
            return state.support_share();
        case NumericCovariate::stage_visits:
            return state.visit + 1;
        case NumericCovariate::authority_delay:
            return days_from_ticks(state.authority_delay);
    }
    return 0;
}

double FamilyPredictors::varying_probability(std::uint32_t predictor, std::uint32_t family,
                                             Ticks time) const {
    return predictors_.probability(predictor, states_[family].facts, [&](NumericCovariate covariate) {
        return value_of(covariate, family, time);
    });
}

double FamilyPredictors::varying_factor(std::uint32_t predictor, std::uint32_t family, Ticks time) const {
    return predictors_.factor(predictor, states_[family].facts,
                              [&](NumericCovariate covariate) { return value_of(covariate, family, time); });
}

}  // namespace vfm::model
