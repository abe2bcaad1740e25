// Outcomes turned to directions that neither vary together nor share noise.
#pragma once

#include "linear_algebra.hpp"

#include <vector>

namespace vfm::decision {

/// A linear change of coordinates: outcomes (less their means) x `forward` are the directions, and those x
/// `back` the outcomes again.
struct CanonicalDirections {
    Matrix forward;                   ///< outcome x direction
    Matrix back;                      ///< direction x outcome
    std::vector<double> noise_share;  ///< of each direction's variance, which is 1; ascending, may exceed 1
};

/// Directions in which `total`, the covariance of draws' means, is the identity and `noise`, the covariance
/// of their noise, diagonal. Directions in which draws do not vary, but for rounding, are left out.
[[nodiscard]] CanonicalDirections canonical_directions(const Matrix& total, const Matrix& noise);

/// Sums over some draws: squares and products of their means, less the mean of all draws, and the noise in
/// them.
struct OutcomeSums {
    Matrix total;  ///< outcome x outcome
    Matrix noise;  ///< outcome x outcome: what noise adds to `total` in expectation
    double draws = 0;
};

/// How much of each direction's variance is noise, and how sure that is.
struct NoiseShares {
    std::vector<double> shares;   ///< ascending; may exceed 1
    std::vector<double> margins;  ///< below 1 by less than this may be chance
};

/// The noise shares of the directions of all draws, cross-validated: directions found without a part of the
/// draws, their shares measured in that part, pooled over parts by rank, and made ascending (pooling adjacent
/// violators: Barlow et al., Statistical Inference under Order Restrictions, 1972, section 1.2). Directions
/// are sorted by how little noise they show, so the first of many that hold nothing but noise shows less than
/// it has; measured elsewhere it does not (Abadir, Distaso and Zikes, Journal of Econometrics 181, 2014; Lam,
/// Annals of Statistics 44, 2016). With too few draws for that: the directions' own shares. The margins are
/// one-sided, for normal noise, at a level of 5 % for all directions together (Bonferroni): a ratio of two
/// variances, the noise's from `replications` a draw, over the directions pooled.
[[nodiscard]] NoiseShares cross_validated_noise_shares(const CanonicalDirections& directions,
                                                       const std::vector<OutcomeSums>& parts,
                                                       double replications);

}  // namespace vfm::decision
