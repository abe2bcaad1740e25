// The arm's probabilities and factors in this area, as they are for one family at one time.
#pragma once

#include "area_calendar.hpp"
#include "family_states.hpp"

#include "vfm/model/predictor.hpp"

#include <cstdint>

namespace vfm::model {

class FamilyPredictors {
  public:
    FamilyPredictors(const FamilyStates& states, const AreaCalendar& calendar)
        : states_(states), calendar_(calendar) {}

    void start(const ArmInputs& arm) {
        const Families& families = states_.drawn();
        predictors_.fold(arm.predictors, arm.rows, families.area_effects(), families.area_type());
    }

    [[nodiscard]] double probability(std::uint32_t predictor, std::uint32_t family, Ticks time) const {
        return is_constant(predictor) ? predictors_.constant_probability(predictor)
                                      : varying_probability(predictor, family, time);
    }
    /// What a mean is multiplied by.
    [[nodiscard]] double factor(std::uint32_t predictor, std::uint32_t family, Ticks time) const {
        return is_constant(predictor) ? predictors_.constant_factor(predictor)
                                      : varying_factor(predictor, family, time);
    }

    /// Whether the predictor is the same for every family of the area.
    [[nodiscard]] bool is_constant(std::uint32_t predictor) const {
        return predictors_.is_constant(predictor);
    }
    [[nodiscard]] double constant_probability(std::uint32_t predictor) const {
        return predictors_.constant_probability(predictor);
    }

  private:
    // Not inlined: most of what reads a predictor meets a constant, and has no room for rows.
    [[nodiscard]] double varying_probability(std::uint32_t predictor, std::uint32_t family, Ticks time) const;
    [[nodiscard]] double varying_factor(std::uint32_t predictor, std::uint32_t family, Ticks time) const;

    [[nodiscard]] double value_of(NumericCovariate covariate, std::uint32_t family, Ticks time) const;

    const FamilyStates& states_;
    const AreaCalendar& calendar_;
    AreaPredictors predictors_;
};

}  // namespace vfm::model
