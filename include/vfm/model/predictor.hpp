// Every dependence in the model: a base and a sum of effects on the logit or the log scale, as flat rows.
#pragma once

#include "vfm/core/contract.hpp"
#include "vfm/model/vocabulary.hpp"
#include "vfm/random/mathematics.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace vfm::model {

/// What holds for a family, one bit each: flags, the kind of its supporter, and its attribute levels.
using Facts = std::uint64_t;

inline constexpr unsigned kind_bit_offset = 16;
inline constexpr unsigned level_bit_offset = 24;
inline constexpr std::size_t kind_limit = level_bit_offset - kind_bit_offset;
inline constexpr std::size_t level_limit = 64 - level_bit_offset;

[[nodiscard]] constexpr Facts fact(Flag flag) {
    return Facts{1} << static_cast<unsigned>(flag);
}
[[nodiscard]] constexpr Facts kind_fact(std::size_t kind) {
    return Facts{1} << (kind_bit_offset + kind);
}
[[nodiscard]] constexpr Facts level_fact(std::size_t level) {
    return Facts{1} << (level_bit_offset + level);
}
inline constexpr Facts all_levels = ~Facts{0} << level_bit_offset;

/// One effect: `coefficient` times the area effects it names times, optionally, a centred and capped numeric
/// covariate, added when every fact of `mask` holds, in areas of `area_type` only when it names one.
struct EffectRow {
    static constexpr std::int16_t none = -1;

    Facts mask = 0;
    double coefficient = 0;
    std::int16_t first_area_effect = none;
    std::int16_t second_area_effect = none;
    std::int16_t covariate = none;
    std::int16_t area_type = none;
    double centre = 0;
    double inverse_scale = 1;
    double cap = 0;
    bool operator==(const EffectRow&) const = default;
};

/// A base on the link scale and a range of rows.
struct PredictorInputs {
    double intercept = 0;
    std::uint32_t first_row = 0;
    std::uint32_t row_count = 0;
};

/// A row once the area's effects are known.
struct AreaRow {
    Facts mask = 0;
    double coefficient = 0;
    std::int32_t covariate = EffectRow::none;
    double centre = 0;
    double inverse_scale = 1;
    double cap = 0;
};

/// A predictor in one area: what no family changes is summed already.
struct AreaPredictor {
    double constant = 0;       ///< on the link scale
    double probability = 0.5;  ///< logistic(constant)
    double factor = 1;         ///< exp(constant)
    std::uint32_t first_row = 0;
    std::uint32_t row_count = 0;
};

/// The predictors of one arm in one area. Keeps its memory from area to area.
class AreaPredictors {
  public:
    /// Folds area effects into rows, and leaves out those of other types of area. `area_effects` has an entry
    /// for every effect the rows name; `area_type` is `EffectRow::none` in a study without types.
    void fold(std::span<const PredictorInputs> predictors, std::span<const EffectRow> rows,
              std::span<const double> area_effects, std::int16_t area_type = EffectRow::none);

    /// P(event) = logistic(constant + rows that hold). `read(covariate)` gives the value of a numeric one.
    template <class Read>
    [[nodiscard]] double probability(std::uint32_t predictor, Facts facts, const Read& read) const {
        const AreaPredictor& p = predictors_[predictor];
        if (p.row_count == 0) return p.probability;
        const double change = change_of(p, facts, read);
        return change == 0 ? p.probability : random::logistic(p.constant + change);
    }

    /// exp(constant + rows that hold): what a mean is multiplied by.
    template <class Read>
    [[nodiscard]] double factor(std::uint32_t predictor, Facts facts, const Read& read) const {
        const AreaPredictor& p = predictors_[predictor];
        if (p.row_count == 0) return p.factor;
        const double change = change_of(p, facts, read);
        return change == 0 ? p.factor : random::exponential(p.constant + change);
    }

    /// The same for a predictor that is the same for every family of the area.
    [[nodiscard]] double constant_probability(std::uint32_t predictor) const {
        VFM_EXPECT(is_constant(predictor));
        return predictors_[predictor].probability;
    }

    [[nodiscard]] double constant_factor(std::uint32_t predictor) const {
        VFM_EXPECT(is_constant(predictor));
        return predictors_[predictor].factor;
    }

    /// Whether the predictor is the same for every family of the area.
    [[nodiscard]] bool is_constant(std::uint32_t predictor) const {
        return predictors_[predictor].row_count == 0;
    }

  private:
    template <class Read>
    [[nodiscard]] double change_of(const AreaPredictor& p, Facts facts, const Read& read) const {
        double change = 0;
        const AreaRow* row = rows_.data() + p.first_row;
        for (const AreaRow* end = row + p.row_count; row != end; ++row) {
            if ((facts & row->mask) != row->mask) continue;
            if (row->covariate == EffectRow::none) {
                change += row->coefficient;
            } else {
                const double value =
                    (read(static_cast<NumericCovariate>(row->covariate)) - row->centre) * row->inverse_scale;
                change += row->coefficient * (value < row->cap ? value : row->cap);
            }
        }
        return change;
    }

    std::vector<AreaPredictor> predictors_;
    std::vector<AreaRow> rows_;
};

}  // namespace vfm::model
