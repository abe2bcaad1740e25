#include "watched_runs.hpp"

namespace vfm::inquiry {

experiment::DesignedResults watched_runs(const experiment::CompiledStudy& study,
                                         std::span<const experiment::DesignedPoint> points,
                                         const Question& question, std::uint64_t replications,
                                         const DesignedOptions& options) {
    experiment::Progress progress;
    experiment::DesignSettings settings{.replications = replications,
                                        .measures = {question.basis.cost, question.basis.effect},
                                        .threads = options.threads,
                                        .progress = &progress};
    if (question.counts_families) settings.measures.emplace_back(families_measure);
    std::shared_ptr<void> watching;
    if (options.watch) watching = options.watch(progress, points.size() * replications);
    return experiment::run_points(study, points, settings);
}

decision::Sample sample_at(const experiment::DesignedResults& runs, std::size_t point, RunMeasure measure) {
    const std::size_t width = runs.arms * runs.replications;
    return {.arms = runs.arms,
            .draws = 1,
            .replications = runs.replications,
            .values = std::span(runs.values).subspan((point * runs.measures + measure) * width, width)};
}

}  // namespace vfm::inquiry
