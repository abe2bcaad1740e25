#include "replication_runner.hpp"

namespace vfm::experiment {

ReplicationRunner::ReplicationRunner(const CompiledStudy& study)
    : study_(&study), resolver_(study.scenario(), study.staffing()), tallies_(study.layout().arms.size()) {}

void ReplicationRunner::resolve(const std::vector<double>& values) {
    try {
        resolved_ = resolver_.resolve(values);
    } catch (...) {
        arm_ = resolver_.failed_arm();
        throw;
    }
}

void ReplicationRunner::reset_tallies() {
    const results::Layout& layout = study_->layout();
    const std::size_t outcomes = resolved_.arms.front().study_outcome_count;
    for (model::Tallies& tallies : tallies_) tallies.reset(outcomes, layout.groups.size(), layout.weeks);
}

void ReplicationRunner::enter(std::uint64_t key, std::uint32_t area) {
    area_ = area;
    families_.draw(resolved_.population, {study_->scenario().design.seed, key, area});
    simulation_.enter(resolved_.population, families_);
}

std::vector<model::TraceEvent> ReplicationRunner::replay(std::size_t arm, std::uint64_t key,
                                                         std::uint32_t area) {
    reset_tallies();
    enter(key, area);
    arm_ = arm;
    return simulation_.replay(resolved_.arms[arm], tallies_[arm]);
}

std::string ReplicationRunner::place(const std::string& point) const {
    std::string words = arm_ ? "in arm " + study_->layout().arms[*arm_] + ", " : "";
    words += point;
    if (area_) words += ", area " + std::to_string(*area_);
    return words + ": ";
}

}  // namespace vfm::experiment
