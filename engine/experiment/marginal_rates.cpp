#include "vfm/experiment/marginal_rates.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/random/mathematics.hpp"

#include <algorithm>
#include <cmath>

namespace vfm::experiment {

using model::EffectRow;
using model::Facts;

MarginalRates::MarginalRates(const model::PopulationInputs& population) : population_(&population) {
    const std::size_t count = population.area_effects.size();
    area_covariance_.assign(count * count, 0);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < count; ++j) {
            double correlation = i == j ? 1 : 0;
            if (!population.area_correlation.empty()) {
                correlation = 0;
                for (std::size_t k = 0; k <= std::min(i, j); ++k) {
                    correlation += population.area_correlation[i * count + k] *
                                   population.area_correlation[j * count + k];
                }
            }
            area_covariance_[i * count + j] =
                correlation * population.area_effects[i].sd * population.area_effects[j].sd;
        }
    }
}

namespace {

/// Rows whose distribution over families is known before anything is simulated.
bool is_static(const EffectRow& row) {
    return (row.mask & ~model::all_levels) == 0 && row.covariate == EffectRow::none &&
           row.second_area_effect == EffectRow::none;
}

/// E[logistic(a + m + s Z)] and its derivative in a, by the trapezoidal rule, which for a normal weight and
/// an analytic function converges exponentially (Trefethen and Weideman 2014, section 5).
struct Expectation {
    double value = 0;
    double slope = 0;
};
Expectation expected_logistic(double a, const std::vector<Component>& components) {
    constexpr double step = 0.4;
    constexpr int half_steps = 20;
    constexpr double inverse_root_two_pi = 0.39894228040143267794;
    Expectation sum;
    for (const Component& c : components) {
        if (c.variance == 0) {
            const double p = random::logistic(a + c.mean);
            sum.value += c.weight * p;
            sum.slope += c.weight * p * (1 - p);
            continue;
        }
        const double sd = std::sqrt(c.variance);
        for (int i = -half_steps; i <= half_steps; ++i) {
            const double z = step * i;
            const double w = c.weight * step * inverse_root_two_pi * random::exponential(-z * z / 2);
            const double p = random::logistic(a + c.mean + sd * z);
            sum.value += w * p;
            sum.slope += w * p * (1 - p);
        }
    }
    return sum;
}

}  // namespace

double MarginalRates::logit_intercept(double rate, std::span<const EffectRow> rows) {
    if (rate <= 0 || rate >= 1) return random::logit(rate);
    const std::vector<Component> mixture = components(rows);
    if (mixture.size() == 1 && mixture[0].variance == 0) return random::logit(rate) - mixture[0].mean;
    std::vector<double> question = {rate};
    for (const Component& c : mixture) question.insert(question.end(), {c.weight, c.mean, c.variance});
    const auto known = solved_.find(question);
    if (known != solved_.end()) return known->second;

    // The expectation increases with a; Newton's step is taken while it stays inside the bracket.
    double low = random::logit(rate) - 60;
    double high = random::logit(rate) + 60;
    double a = random::logit(rate);
    for (int i = 0; i < 200 && high - low > 1e-13 * (1 + std::fabs(a)); ++i) {
        const Expectation at = expected_logistic(a, mixture);
        (at.value < rate ? low : high) = a;
        const double step = (at.value - rate) / at.slope;
        const double newton = a - step;
        if (std::fabs(step) < 1e-12) break;
        a = newton > low && newton < high ? newton : (low + high) / 2;
    }
    solved_.emplace(std::move(question), a);
    return a;
}

double MarginalRates::log_intercept(std::span<const EffectRow> rows) {
    double expected = 0;
    for (const Component& c : components(rows))
        expected += c.weight * random::exponential(c.mean + c.variance / 2);
    return -random::logarithm(expected);
}

std::vector<std::size_t> MarginalRates::attributes_of(std::span<const EffectRow> rows) const {
    Facts named = 0;
    for (const EffectRow& row : rows) named |= row.mask;
    // The attributes that matter, and those their shares depend on; a parent always comes before its child.
    std::vector<bool> needed(population_->attributes.size(), false);
    for (std::size_t a = needed.size(); a-- > 0;) {
        const model::AttributeInputs& attribute = population_->attributes[a];
        for (std::size_t level = 0; level < attribute.level_count; ++level) {
            if ((named & model::level_fact(attribute.first_level + level)) != 0) needed[a] = true;
        }
        if (needed[a] && attribute.given >= 0) needed[static_cast<std::size_t>(attribute.given)] = true;
    }
    constexpr std::size_t most_combinations = 65536;
    std::vector<std::size_t> attributes;
    std::size_t combinations = 1;
    for (std::size_t a = 0; a < needed.size(); ++a) {
        if (!needed[a]) continue;
        attributes.push_back(a);
        combinations *= population_->attributes[a].level_count;
        if (combinations > most_combinations) {
            throw UserError(
                "a marginal rate or mean depends on more than 65,536 combinations of attribute levels, too "
                "many to average over; use fewer attributes in its effects, or marginal: false");
        }
    }
    return attributes;
}

std::vector<Component> MarginalRates::components(std::span<const EffectRow> rows) const {
    std::vector<EffectRow> used;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(used), is_static);
    const std::vector<std::size_t> attributes = attributes_of(used);
    std::vector<Component> found;
    if (std::any_of(used.begin(), used.end(),
                    [](const EffectRow& row) { return row.area_type != EffectRow::none; })) {
        enumerate_types(used, attributes, found);
    } else {
        enumerate(used, attributes, 0, 0, 1, found);
    }

    std::sort(found.begin(), found.end(), [](const Component& x, const Component& y) {
        return x.mean != y.mean ? x.mean < y.mean : x.variance < y.variance;
    });
    std::vector<Component> merged;
    for (const Component& c : found) {
        if (!merged.empty() && merged.back().mean == c.mean && merged.back().variance == c.variance) {
            merged.back().weight += c.weight;
        } else {
            merged.push_back(c);
        }
    }
    return merged;
}

/// Each type of areas with the rows that hold there, by its share of families.
void MarginalRates::enumerate_types(std::span<const EffectRow> rows, std::span<const std::size_t> attributes,
                                    std::vector<Component>& found) const {
    double families = 0;
    for (const model::AreaTypeInputs& type : population_->area_types) families += type.areas * type.demand;
    std::vector<EffectRow> in_type;
    for (std::size_t t = 0; t < population_->area_types.size(); ++t) {
        in_type.clear();
        std::copy_if(rows.begin(), rows.end(), std::back_inserter(in_type), [t](const EffectRow& row) {
            return row.area_type == EffectRow::none || row.area_type == static_cast<std::int16_t>(t);
        });
        const model::AreaTypeInputs& type = population_->area_types[t];
        enumerate(in_type, attributes, 0, 0, type.areas * type.demand / families, found);
    }
}

void MarginalRates::enumerate(std::span<const EffectRow> rows, std::span<const std::size_t> attributes,
                              std::size_t next, Facts facts, double weight,
                              std::vector<Component>& found) const {
    if (next == attributes.size()) {
        found.push_back(component(rows, facts, weight));
        return;
    }
    const model::AttributeInputs& attribute = population_->attributes[attributes[next]];
    const double* cumulative = attribute.cumulative_shares.data();
    if (attribute.given >= 0) {
        const model::AttributeInputs& given =
            population_->attributes[static_cast<std::size_t>(attribute.given)];
        std::size_t row = 0;
        while ((facts & model::level_fact(given.first_level + row)) == 0) ++row;
        cumulative += row * attribute.level_count;
    }
    for (std::size_t level = 0; level < attribute.level_count; ++level) {
        const double share = cumulative[level] - (level == 0 ? 0 : cumulative[level - 1]);
        if (share <= 0) continue;
        enumerate(rows, attributes, next + 1, facts | model::level_fact(attribute.first_level + level),
                  weight * share, found);
    }
}

Component MarginalRates::component(std::span<const EffectRow> rows, Facts facts, double weight) const {
    const std::size_t count = population_->area_effects.size();
    Component sum{weight, 0, 0};
    std::vector<double> on_effect(count, 0);
    for (const EffectRow& row : rows) {
        if ((facts & row.mask) != row.mask) continue;
        if (row.first_area_effect == EffectRow::none) {
            sum.mean += row.coefficient;
        } else {
            on_effect[static_cast<std::size_t>(row.first_area_effect)] += row.coefficient;
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < count; ++j) {
            sum.variance += on_effect[i] * on_effect[j] * area_covariance_[i * count + j];
        }
    }
    return sum;
}

}  // namespace vfm::experiment
