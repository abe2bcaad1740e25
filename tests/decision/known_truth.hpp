// Studies whose truth is known: arms' true means are functions of parameters, and replications add noise.
#pragma once

#include "vfm/decision/conditional_means.hpp"
#include "vfm/stats/sample_statistics.hpp"

#include <cmath>
#include <cstddef>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace vfm::decision::known_truth {

/// What an arm truly costs and achieves in a draw.
struct Truth {
    double cost = 0;
    double effect = 0;
};

/// Everything a study of known truth is made of.
struct Recipe {
    std::size_t arms = 2;
    std::size_t draws = 1000;
    std::size_t replications = 2;
    std::size_t parameters = 1;
    /// From a draw's parameters (standard normal, independent, unless `joint` says otherwise) and an arm.
    std::function<Truth(const std::vector<double>& parameters, std::size_t arm)> truth;
    double cost_noise = 0;    ///< standard deviation of one replication
    double effect_noise = 0;  ///< likewise; independent between arms
    std::function<void(std::vector<double>& parameters)> joint = {};
    unsigned seed = 1;
};

/// A sampled study; `cost` and `effect` are views of it, so it stays where it is.
class SampledStudy {
  public:
    explicit SampledStudy(const Recipe& recipe)
        : shape_{recipe.arms, recipe.draws, recipe.replications, {}},
          cost_(recipe.arms * recipe.draws * recipe.replications),
          effect_(cost_.size()),
          true_means{recipe.arms, recipe.draws, std::vector<double>(recipe.arms * recipe.draws),
                     std::vector<double>(recipe.arms * recipe.draws)} {
        std::mt19937_64 engine(recipe.seed);
        std::normal_distribution<double> normal;
        for (std::size_t draw = 0; draw < recipe.draws; ++draw) {
            std::vector<double> parameters(recipe.parameters);
            for (double& parameter : parameters) parameter = normal(engine);
            if (recipe.joint) recipe.joint(parameters);
            values_.insert(values_.end(), parameters.begin(), parameters.end());
            for (std::size_t arm = 0; arm < recipe.arms; ++arm) {
                const Truth truth = recipe.truth(parameters, arm);
                true_means.cost[arm * recipe.draws + draw] = truth.cost;
                true_means.effect[arm * recipe.draws + draw] = truth.effect;
                for (std::size_t i = 0; i < recipe.replications; ++i) {
                    const std::size_t cell = (arm * recipe.draws + draw) * recipe.replications + i;
                    cost_[cell] = truth.cost + recipe.cost_noise * normal(engine);
                    effect_[cell] = truth.effect + recipe.effect_noise * normal(engine);
                }
            }
        }
        for (std::size_t p = 0; p < recipe.parameters; ++p) names_.push_back("p" + std::to_string(p));
    }
    SampledStudy(const SampledStudy&) = delete;
    SampledStudy& operator=(const SampledStudy&) = delete;

    [[nodiscard]] Sample cost() const { return viewed(cost_); }
    [[nodiscard]] Sample effect() const { return viewed(effect_); }
    [[nodiscard]] ParameterSample parameters() const { return {shape_.draws, names_, values_}; }
    [[nodiscard]] ConditionalMeans means(std::size_t reference = 0) const {
        return conditional_means(cost(), effect(), parameters(), reference);
    }

  private:
    [[nodiscard]] Sample viewed(const std::vector<double>& values) const {
        Sample sample = shape_;
        sample.values = values;
        return sample;
    }

    Sample shape_;
    std::vector<double> cost_;
    std::vector<double> effect_;
    std::vector<double> values_;
    std::vector<std::string> names_;

  public:
    MeanSample true_means;
};

/// The probability that a standard normal is below z.
[[nodiscard]] inline double normal_probability(double z) {
    return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

/// E max(0, X) - max(0, mean) for X normal: the unit normal loss integral times the standard deviation
/// (Raiffa and Schlaifer 1961, section 5.3.1).
[[nodiscard]] inline double normal_loss(double mean, double deviation) {
    const double z = std::abs(mean) / deviation;
    const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0));
    return deviation * (density - z * normal_probability(-z));
}

}  // namespace vfm::decision::known_truth
