// Outcomes turned to directions that neither vary together nor share noise.
#pragma once

#include <Eigen/Dense>

namespace vfm::decision {

/// A linear change of coordinates: outcomes (less their means) x `forward` are the directions, and those x
/// `back` the outcomes again.
struct CanonicalDirections {
    Eigen::MatrixXd forward;      ///< outcome x direction
    Eigen::MatrixXd back;         ///< direction x outcome
    Eigen::VectorXd noise_share;  ///< of each direction's variance, which is 1; ascending, may exceed 1
};

/// Directions in which `total`, the covariance of draws' means, is the identity and `noise`, the covariance
/// of their noise, diagonal. Directions in which draws do not vary, but for rounding, are left out.
[[nodiscard]] CanonicalDirections canonical_directions(const Eigen::MatrixXd& total,
                                                       const Eigen::MatrixXd& noise);

}  // namespace vfm::decision
