// Intercepts under which a declared rate is the rate over attributes and area effects, not at the reference.
#pragma once

#include "vfm/model/area_inputs.hpp"

#include <cstddef>
#include <map>
#include <span>
#include <vector>

namespace vfm::experiment {

/// A normal component of what families' attributes and their area's effects add to a linear predictor.
struct Component {
    double weight = 0;
    double mean = 0;
    double variance = 0;
};

/// Solves intercepts for one draw. Equal questions are answered once, so that arms which share a predictor
/// share its intercept.
class MarginalRates {
  public:
    /// The population must outlive it.
    explicit MarginalRates(const model::PopulationInputs& population);
    explicit MarginalRates(model::PopulationInputs&&) = delete;

    /// The a with E[logistic(a + x)] = rate, where x is what the rows that depend only on attribute levels,
    /// on single area effects and on the type of the area add. Types count by the families they are expected
    /// to have.
    [[nodiscard]] double logit_intercept(double rate, std::span<const model::EffectRow> rows);

    /// The a with E[exp(a + x)] = 1.
    [[nodiscard]] double log_intercept(std::span<const model::EffectRow> rows);

    /// The distribution of x as a mixture of normals.
    [[nodiscard]] std::vector<Component> components(std::span<const model::EffectRow> rows) const;

  private:
    /// The attributes that the rows name, and those their shares depend on, in order. Throws UserError when
    /// they have too many combinations of levels.
    [[nodiscard]] std::vector<std::size_t> attributes_of(std::span<const model::EffectRow> rows) const;
    void enumerate_types(std::span<const model::EffectRow> rows, std::span<const std::size_t> attributes,
                         std::vector<Component>& found) const;
    void enumerate(std::span<const model::EffectRow> rows, std::span<const std::size_t> attributes,
                   std::size_t next, model::Facts facts, double weight, std::vector<Component>& found) const;
    [[nodiscard]] Component component(std::span<const model::EffectRow> rows, model::Facts facts,
                                      double weight) const;

    const model::PopulationInputs* population_;
    std::vector<double> area_covariance_;  ///< effect x effect
    std::map<std::vector<double>, double> solved_;
};

}  // namespace vfm::experiment
