// Net benefit as a linear function of the parameters' normal scores, fitted to given data, and what is read
// off it: joint points and changes of one parameter that suffice.
#pragma once

#include "vfm/decision/linear_response.hpp"
#include "vfm/decision/one_way.hpp"
#include "vfm/inquiry/given_data.hpp"
#include "vfm/inquiry/sensitivity_findings.hpp"

#include <cstddef>
#include <vector>

namespace vfm::inquiry {

/// A column of draws for each uncertain parameter.
using ParameterColumns = std::vector<std::vector<double>>;

[[nodiscard]] ParameterColumns parameter_columns(const GivenData& data);

/// A contrast's net benefit in every draw and replication.
[[nodiscard]] std::vector<double> contrast_cells(const GivenData& data, const decision::Contrast& contrast);

class LinearSurface {
  public:
    /// Takes all parameters, or, when the draws are too few for them, those that go most with any arm's net
    /// benefit at these thresholds.
    LinearSurface(const GivenData& data, const ParameterColumns& columns,
                  const std::vector<double>& thresholds);

    /// Adds to the findings every arm's joint point at one of their thresholds, and the changes of one
    /// parameter that suffice.
    void read_off(std::size_t threshold, SensitivityFindings& findings) const;

  private:
    [[nodiscard]] JointPoint joint_point(const decision::ResponseSurface& surface, std::size_t arm,
                                         double threshold) const;
    [[nodiscard]] double distance_error(const decision::ResponseSurface& surface, const JointPoint& point,
                                        double threshold) const;
    [[nodiscard]] std::vector<SufficientChange> sufficient_changes(const decision::ResponseSurface& surface,
                                                                   std::size_t arm, double threshold) const;
    [[nodiscard]] double value_at(std::size_t coordinate, double score) const;

    std::vector<std::size_t> parameters_;  ///< of the file, a coordinate each
    ParameterColumns ascending_;           ///< a coordinate each
    std::vector<double> points_;           ///< draw x coordinate, scores
    decision::LinearResponse response_;
};

}  // namespace vfm::inquiry
