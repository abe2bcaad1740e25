// The one matrix of conditional means: what each arm costs and achieves in each draw once the Monte
// Carlo noise of simulated families is taken out.
#pragma once

#include "vfm/decision/sample.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace vfm::decision {

/// Every uncertain parameter in every draw, as a view of somebody else's numbers.
struct ParameterSample {
    std::size_t draws = 0;
    std::vector<std::string> names;  ///< a column each
    std::span<const double> values;  ///< draw x parameter, row-major

    [[nodiscard]] double at(std::size_t draw, std::size_t parameter) const {
        return values[draw * names.size() + parameter];
    }
};

/// Cost (GBP a replication) and effect (its own unit) of every arm in every draw, without replications.
struct MeanSample {
    std::size_t arms = 0;
    std::size_t draws = 0;
    std::vector<double> cost;    ///< arm x draw
    std::vector<double> effect;  ///< arm x draw

    [[nodiscard]] std::span<const double> arm_cost(std::size_t arm) const {
        return std::span(cost).subspan(arm * draws, draws);
    }
    [[nodiscard]] std::span<const double> arm_effect(std::size_t arm) const {
        return std::span(effect).subspan(arm * draws, draws);
    }
};

/// How the matrix came about.
enum class MeanSource {
    regression,    ///< draws' means, regressed on all parameters, the noise of families taken out
    few_draws,     ///< the same without parameters, of which there are too many for so few draws
    noiseless,     ///< every replication of a draw is the same: the draws' means as they are
    at_face_value  ///< one replication a draw: its value as it is, with whatever noise is in it
};

/// One arm's cost or effect, less the reference's: what its spread over draws is made of.
struct MeanCheck {
    double between_variance = 0;  ///< of the true means: one-way analysis of variance, may be negative
    double noise_variance = 0;    ///< of a draw's mean about its true mean: pooled inside draws
    double noise_share = 0;       ///< of the variance of draws' means
    double explained_share = 0;   ///< of the between variance, by the regression on parameters
    /// Variance left by the regression over that expected from noise alone. Near 1: nothing but noise is
    /// left; above: something that the terms miss, of which the matrix keeps its share.
    double residual_ratio = 0;
};

/// The matrix, what it was made from, and how it stands the check.
struct ConditionalMeans {
    MeanSample fitted;    ///< the one matrix
    MeanSample observed;  ///< means over replications
    MeanSource source = MeanSource::at_face_value;
    std::size_t terms = 0;          ///< of the regression
    std::vector<MeanCheck> cost;    ///< an arm; without replications empty
    std::vector<MeanCheck> effect;  ///< likewise
};

/// Takes the noise of simulated families out of draws' means.
///
/// Costs and effects of all arms are turned to directions in which both the total variance over draws and the
/// noise inside draws are uncorrelated (canonical variates: Mardia, Kent and Bibby, Multivariate Analysis,
/// 1979, section 12.5), so that the result does not depend on a reference arm or on units. Each direction is
/// regressed on lines and bends of all parameters with restricted-likelihood shrinkage, and keeps as much of
/// the residual as brings its variance to the variance between true means (one-way analysis of variance,
/// cross-validated, never below zero). Means over draws stay as they are. Estimates that were only shrunken
/// would have too small a spread, and with it too small a value of information: what decisions depend on is
/// the distribution of the true means, which the matrix has right in its first two moments (constrained
/// Bayes: Louis, JASA 79, 1984; Ghosh, JASA 87, 1992). docs/adr/0012 has the evidence.
///
/// All values finite; at least two draws. Rows that are the same in every cell stay the same.
[[nodiscard]] ConditionalMeans conditional_means(const Sample& cost, const Sample& effect,
                                                 const ParameterSample& parameters, std::size_t reference);

}  // namespace vfm::decision
