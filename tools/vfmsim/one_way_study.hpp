// Designed one-way runs of a scenario, and what they say: tornado, switching values, what would have to be
// true.
#pragma once

#include "progress.hpp"
#include "sensitivity_findings.hpp"

#include "vfm/experiment/compiled_study.hpp"
#include "vfm/experiment/one_way_design.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace vfm::program {

/// How designed runs are done.
struct DesignedOptions {
    std::uint64_t replications = 16;
    std::uint64_t rows = 0;  ///< of the Sobol design; 0: none
    std::vector<std::string> groups =
        {};  ///< of the Sobol design; empty: the largest of the tornado and the rest
    unsigned threads = 1;
    ProgressStyle progress = ProgressStyle::none;
};

/// One-way lines with everything that was run on them.
class OneWayStudy {
  public:
    /// Runs the base and both ends of every line, then the points at which interpolation says that a decision
    /// changes, so that what is said of them was simulated close by. The study must outlive it.
    OneWayStudy(const experiment::CompiledStudy& study, Question question, const DesignedOptions& options);

    /// Everything but the indices.
    [[nodiscard]] Findings findings() const;

  private:
    struct Line {
        experiment::OneWayLine line;
        decision::OneWayResults results;
    };

    [[nodiscard]] experiment::DesignedResults run(const std::vector<experiment::DesignedPoint>& points) const;
    void run_ends();
    void refine();
    void add_point(Line& line, double value, const experiment::DesignedResults& runs,
                   std::size_t point) const;
    [[nodiscard]] decision::ResponseSurface surface(double threshold) const;
    void add_one_way(Findings& findings, std::size_t threshold) const;
    void add_joints(Findings& findings, std::size_t threshold, std::span<const double> cloud) const;
    [[nodiscard]] std::vector<double> cloud() const;
    void confirm(std::vector<Joint>& joints) const;
    [[nodiscard]] std::vector<JointPart> parts_of(const Joint& joint) const;

    const experiment::CompiledStudy* study_;
    const experiment::ParameterSpace* space_;
    Question question_;
    DesignedOptions options_;
    std::vector<Line> lines_;
    experiment::DesignedResults base_;
};

}  // namespace vfm::program
