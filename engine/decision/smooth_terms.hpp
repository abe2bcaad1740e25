// The terms of a smooth function of one or several parameters, for regression with penalties.
#pragma once

#include "linear_algebra.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::decision {

/// Functions of one parameter at its draws.
struct SmoothTerms {
    /// draw x term: mean zero, mean square one, orthogonal. The first is the straight line, the others bend
    /// ever more. No column for a parameter that does not vary.
    Matrix columns;
    /// A term's integrated squared second derivative, relative to the least bent one's, as its inverse: 1 for
    /// the first two, then falling.
    std::vector<double> smoothness;
};

/// The penalised cubic regression spline of a parameter in its own (Demmler and Reinsch) basis: natural cubic
/// splines with at most `knots` knots at quantiles of the values (Wood, Generalized Additive Models, 2nd
/// edition, 2017, section 5.3.1), rotated so that penalty and Gram matrix are both diagonal. Beyond the outer
/// knots (1 and 99 %) straight lines, so that a long tail has no more than its share of influence. A
/// parameter of two values has the straight line alone.
[[nodiscard]] SmoothTerms spline_terms(std::span<const double> values, std::size_t knots);

/// What a regression on parameters is given.
struct TermFamily {
    Matrix columns;                            ///< draw x term, mean zero
    std::vector<std::vector<double>> weights;  ///< sets of relative prior variances, from plain to bent
};

/// Smooth functions of parameters that enter together: each one's spline and, for two or more, products of
/// two and of three of them, the bent ones as far as `most_terms` allow (smoothing-spline analysis of
/// variance: Gu, Smoothing Spline ANOVA Models, 2nd edition, 2013, section 2.4; products of few low terms
/// stand for the full tensor space). A straight line has weight 1; one bend, and each factor more of a
/// product, takes a factor rho, and each set of weights has another rho.
[[nodiscard]] TermFamily joint_terms(std::span<const std::vector<double>> parameters, std::size_t most_terms);

}  // namespace vfm::decision
