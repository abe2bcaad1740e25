// Designed runs of what a question is about, with their progress shown to whoever watches.
#pragma once

#include "vfm/experiment/designed_runs.hpp"
#include "vfm/inquiry/designed_sensitivity.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace vfm::inquiry {

/// The measures of every run, in this order; the last one only where the study counts families.
enum RunMeasure : std::size_t { cost_measure, effect_measure, family_measure };

/// Runs the points with the question's measures.
[[nodiscard]] experiment::DesignedResults watched_runs(const experiment::CompiledStudy& study,
                                                       std::span<const experiment::DesignedPoint> points,
                                                       const Question& question, std::uint64_t replications,
                                                       const DesignedOptions& options);

/// A measure of all arms at one point, as a sample of one draw.
[[nodiscard]] decision::Sample sample_at(const experiment::DesignedResults& runs, std::size_t point,
                                         RunMeasure measure);

}  // namespace vfm::inquiry
