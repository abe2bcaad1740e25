#include "vfm/model/predictor.hpp"

namespace vfm::model {

void AreaPredictors::fold(std::span<const PredictorInputs> predictors, std::span<const EffectRow> rows,
                          std::span<const double> area_effects, std::int16_t area_type) {
    predictors_.clear();
    rows_.clear();
    for (const PredictorInputs& input : predictors) {
        AreaPredictor folded;
        folded.constant = input.intercept;
        folded.first_row = static_cast<std::uint32_t>(rows_.size());
        for (const EffectRow& row : rows.subspan(input.first_row, input.row_count)) {
            if (row.area_type != EffectRow::none && row.area_type != area_type) continue;
            double coefficient = row.coefficient;
            for (const std::int16_t effect : {row.first_area_effect, row.second_area_effect}) {
                if (effect != EffectRow::none) coefficient *= area_effects[static_cast<std::size_t>(effect)];
            }
            if (row.mask == 0 && row.covariate == EffectRow::none) {
                folded.constant += coefficient;
            } else if (coefficient != 0) {
                rows_.push_back(
                    {row.mask, coefficient, row.covariate, row.centre, row.inverse_scale, row.cap});
            }
        }
        folded.row_count = static_cast<std::uint32_t>(rows_.size()) - folded.first_row;
        folded.probability = random::logistic(folded.constant);
        folded.factor = random::exponential(folded.constant);
        predictors_.push_back(folded);
    }
}

}  // namespace vfm::model
