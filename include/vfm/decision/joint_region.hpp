// What would have to be true together for an arm to be the best: the most likely such point of all
// parameters.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::decision {

/// Net benefit of every arm as a function of normal scores (standard normal units from each parameter's
/// median): constant + sum over coordinates of slope x (score - centre) + curvature x (score - centre)^2.
struct ResponseSurface {
    std::size_t arms = 0;
    std::size_t coordinates = 0;
    std::vector<double> centre;       ///< a coordinate
    std::vector<double> constant;     ///< an arm: at the centre
    std::vector<double> slope;        ///< arm x coordinate
    std::vector<double> curvature;    ///< arm x coordinate; empty: none
    std::vector<double> correlation;  ///< coordinate x coordinate, of the scores

    [[nodiscard]] double net_benefit(std::size_t arm, std::span<const double> scores) const;
};

/// Where an arm is the best of all.
struct JointRegion {
    bool found = false;            ///< false: the search reached no such point
    bool best_at_medians = false;  ///< the arm is the best where every parameter has its median: the point
                                   ///< found is then the nearest at which it is not
    std::vector<double> scores;    ///< the point, a coordinate
    double distance = 0;           ///< in standard normal units: Hasofer and Lind's beta, never negative
    double probability = 0;  ///< to first order that the arm is the best: Phi(-distance), Phi(distance) if
                             ///< it is at the medians
    std::vector<double> shares;  ///< of the squared distance, a coordinate; they add up to 1
    std::size_t rival =
        0;  ///< an arm that is as good there: of several, the one that holds the point farthest out
};

/// The point nearest to the medians (the most likely one, in the space of standard normal scores) at which
/// `arm` is the best: the design point of first-order reliability (Hasofer and Lind, Journal of the
/// Engineering Mechanics Division 100, 1974; correlated parameters as Der Kiureghian and Liu, Journal of
/// Engineering Mechanics 112, 1986). Net benefits are linearised again at each step, and the nearest point
/// that passes every rival's line is found by Hildreth's (1957) row-action method.
///
/// The probability is that of the half-space beyond the point: exact for one rival and a linear surface. With
/// several rivals, or a curved surface, it is an approximation to first order: the arm may be the best with a
/// smaller probability or, on a curved surface, with a larger one.
[[nodiscard]] JointRegion joint_region(const ResponseSurface& surface, std::size_t arm);

/// The score nearest to the centre at which `arm` would be the best if this coordinate alone moved: NaN when
/// there is none within `limit` of the median. An arm that is exactly as good as another is not yet the best.
[[nodiscard]] double score_alone(const ResponseSurface& surface, std::size_t arm, std::size_t coordinate,
                                 double limit);

/// For each arm the share of points (point x coordinate, scores) at which it is the best on the surface; arms
/// exactly tied share a point. With points drawn from the scores' distribution, the probability of being
/// best.
[[nodiscard]] std::vector<double> shares_best(const ResponseSurface& surface, std::span<const double> points);

}  // namespace vfm::decision
