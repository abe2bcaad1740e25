// One-way runs of a scenario: each parameter alone, from its 2.5 to its 97.5 % point, and closer by where a
// decision changes.
#pragma once

#include "vfm/decision/one_way.hpp"
#include "vfm/experiment/compiled_study.hpp"
#include "vfm/experiment/one_way_design.hpp"
#include "vfm/inquiry/designed_sensitivity.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::inquiry {

/// The way of one parameter with everything that was run on it.
struct LineRuns {
    experiment::OneWayLine line;
    decision::OneWayResults results;
};

/// Adds a point's runs to a line, in its place among the points that are there.
void add_run(decision::OneWayResults& line, double value, const experiment::DesignedResults& runs,
             std::size_t point);

/// The place of a value that was run.
[[nodiscard]] std::size_t place_on_line(const decision::OneWayResults& line, double value);

class OneWayStudy {
  public:
    /// Runs the base and both ends of every line, then the points at which interpolation says that a decision
    /// changes, so that what is said of them was simulated close by. The study must outlive it.
    OneWayStudy(const experiment::CompiledStudy& study, const Question& question,
                const DesignedOptions& options);

    /// All but the joint points and the indices.
    [[nodiscard]] SensitivityFindings findings() const;

    /// Lines of all parameters and of the sticks of wholes.
    [[nodiscard]] const std::vector<LineRuns>& lines() const { return lines_; }
    /// The run at which every parameter has its mean; one point.
    [[nodiscard]] const experiment::DesignedResults& base() const { return base_; }
    [[nodiscard]] const experiment::CompiledStudy& study() const { return *study_; }
    [[nodiscard]] const experiment::ParameterSpace& space() const { return *space_; }

    /// Runs more points with as many replications, and the keys that they name.
    [[nodiscard]] experiment::DesignedResults run(std::span<const experiment::DesignedPoint> points) const;

  private:
    void run_ends();
    void refine();
    void add_changes(SensitivityFindings& findings, std::size_t threshold) const;

    const experiment::CompiledStudy* study_;
    const experiment::ParameterSpace* space_;
    Question question_;
    DesignedOptions options_;
    std::vector<LineRuns> lines_;
    experiment::DesignedResults base_;
};

}  // namespace vfm::inquiry
