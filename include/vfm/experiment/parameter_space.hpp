// The joint distribution of a scenario's parameters, and the ways to stand somewhere in it: a point of
// independent uniforms, normal scores, or the means with one parameter moved.
#pragma once

#include "vfm/random/dependence.hpp"
#include "vfm/random/quantiles.hpp"
#include "vfm/scenario/scenario.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vfm::experiment {

/// Coordinates that are not independent of each other and stand or fall together: the sticks of one
/// Dirichlet, or parameters that correlations join.
struct Block {
    std::vector<std::size_t> coordinates;
    std::vector<std::size_t> parameters;  ///< indices into Scenario::parameters
};

/// Independent parameters are drawn by their quantiles, correlated ones through a Gaussian copula, shares of
/// a whole by breaking a stick: each needs one uniform, a coordinate; the last share of a whole needs none.
/// The scenario must outlive it.
class ParameterSpace {
  public:
    /// Throws std::invalid_argument when the correlations are impossible.
    explicit ParameterSpace(const scenario::Scenario& scenario);

    /// Every parameter's mean, in the scenario's order.
    [[nodiscard]] const std::vector<double>& means() const { return means_; }

    /// Indices of the parameters that vary.
    [[nodiscard]] const std::vector<std::size_t>& uncertain() const { return uncertain_; }

    /// Names of the coordinates: the parameter's, with `/stick` for a share of a whole.
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    [[nodiscard]] std::size_t size() const { return columns_.size(); }

    /// Every parameter's value where the independent uniforms (one a coordinate, inside (0, 1)) are these.
    [[nodiscard]] std::vector<double> at_uniforms(std::span<const double> uniforms) const;

    /// Every parameter's value where each coordinate stands this many standard normal units from its median:
    /// at probability Phi(score) of its own distribution, whatever the others.
    [[nodiscard]] std::vector<double> at_scores(std::span<const double> scores) const;

    /// The scores of the means.
    [[nodiscard]] const std::vector<double>& mean_scores() const { return mean_scores_; }

    /// Correlations of the coordinates' normal scores.
    [[nodiscard]] random::SquareMatrix score_correlation() const;

    /// The distribution of one coordinate, whatever the others.
    [[nodiscard]] random::Distribution of_coordinate(std::size_t coordinate) const;

    /// The distribution of one parameter whatever the others; a share of a whole is beta (Wilks 1962, 7.7).
    [[nodiscard]] random::Distribution marginal(std::size_t parameter) const;

    /// The means, but for one parameter; the other shares of its whole keep their proportions to one another.
    [[nodiscard]] std::vector<double> moved(std::size_t parameter, double value) const;

    /// All coordinates, each in one block; blocks in the order of their first coordinates.
    [[nodiscard]] std::vector<Block> blocks() const;

  private:
    struct Column {
        std::size_t parameter;
        bool is_stick;
    };

    void join(const std::vector<scenario::Correlation>& correlations);
    [[nodiscard]] std::vector<double> at_marginals(std::span<const double> uniforms) const;

    const scenario::Scenario* scenario_;
    std::vector<double> means_;
    std::vector<std::size_t> uncertain_;
    std::vector<Column> columns_;
    std::vector<std::string> names_;
    std::vector<double> mean_scores_;
    std::vector<std::size_t> joined_;  ///< columns the copula joins
    std::optional<random::GaussianCopula> copula_;
};

}  // namespace vfm::experiment
