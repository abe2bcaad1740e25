// A Saltelli design: two independent matrices of parameters, and hybrids of them with the first one's
// variates.
#pragma once

#include "vfm/experiment/designed_runs.hpp"
#include "vfm/experiment/parameter_space.hpp"
#include "vfm/random/design_points.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace vfm::experiment {

/// Parameters that enter the design as one.
struct DesignGroup {
    std::string name;
    std::vector<std::size_t> coordinates;  ///< of the space
};

/// The groups named by lists such as {"a", "b+c"}: parameters, or groups that the scenario declares; those
/// joined by `+` are one group, and a share of a whole stands for the whole. Throws UserError for an unknown
/// or a fixed parameter, one that is in two groups, and for a group that holds some but not all of the
/// parameters which are correlated with each other (an index of one of them alone is not defined); the
/// message lists them as they could be given.
[[nodiscard]] std::vector<DesignGroup> parameter_groups(const scenario::Scenario& scenario,
                                                        const ParameterSpace& space,
                                                        std::span<const std::string> lists);

/// Rows of A have replication keys from row x replications, rows of B from (rows + row) x replications; a
/// hybrid's row has A's. A and B are one Sobol design over both sets of names (Saltelli et al. 2010, section
/// 3), scrambled with `seed`.
class SaltelliDesign {
  public:
    /// Throws std::invalid_argument when the design is impossible (see DesignPoints).
    SaltelliDesign(const ParameterSpace& space, std::vector<DesignGroup> groups, std::uint64_t rows,
                   std::uint64_t replications, std::uint64_t seed);

    [[nodiscard]] std::uint64_t rows() const { return rows_; }
    [[nodiscard]] const std::vector<DesignGroup>& groups() const { return groups_; }

    /// A's rows, B's rows, then group after group the hybrids' rows.
    [[nodiscard]] std::vector<DesignedPoint> points() const;

  private:
    const ParameterSpace* space_;
    std::vector<DesignGroup> groups_;
    std::uint64_t rows_;
    std::uint64_t replications_;
    random::DesignPoints uniforms_;
};

}  // namespace vfm::experiment
