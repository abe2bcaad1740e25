#include "stage_samples.hpp"

namespace vfm::model {

void StageSamples::forget() {
    for (Batch& batch : lead_batches_) batch.drawn = false;
    for (Batch& batch : hours_batches_) batch.drawn = false;
}

void StageSamples::prepare(const Families& families, const std::vector<StageInputs>& stages) {
    families_ = &families;
    stages_ = &stages;
    lanes_.assign(stages.size(), Lanes{});
    for (std::size_t s = 0; s < stages.size(); ++s) {
        const StageInputs& stage = stages[s];
        Lanes& lanes = lanes_[s];
        if (stage.number >= lead_batches_.size()) {
            lead_batches_.resize(stage.number + 1);
            hours_batches_.resize(stage.number + 1);
        }
        lanes.lead_days =
            sampled(lead_batches_[stage.number], stage.lead_days, families.lead_normals(stage.number));
        if (stage.lead_days.is_fixed()) lanes.fixed_lead_days = stage.lead_days.mean();
        lanes.complete = lanes.lead_days != nullptr || stage.lead_days.is_fixed();
        if (!stage.has_work) continue;
        lanes.hours =
            sampled(hours_batches_[stage.number], stage.work_hours, families.hours_normals(stage.number));
        if (stage.work_hours.is_fixed()) lanes.fixed_hours = stage.work_hours.mean();
        lanes.complete = lanes.complete && (lanes.hours != nullptr || stage.work_hours.is_fixed());
    }
}

/// One sample for each normal; null when there are none or all would be the same.
const double* StageSamples::sampled(Batch& batch, const random::Sampler& sampler,
                                    std::span<const double> normals) {
    if (normals.empty() || sampler.is_fixed()) return nullptr;
    if (!batch.drawn || batch.sampler != sampler) {
        batch.drawn = true;
        batch.sampler = sampler;
        resize_with_room(batch.samples, normals.size());
        sampler.fill(normals, batch.samples);
    }
    return batch.samples.data();
}

VisitSamples StageSamples::on_demand(std::uint32_t family, std::uint32_t stage_index,
                                     std::uint32_t visit) const {
    const StageInputs& stage = (*stages_)[stage_index];
    if (!stage.has_work || stage.work_hours.is_fixed()) {
        return {lead_days(family, stage_index, visit), stage.has_work ? stage.work_hours.mean() : 0};
    }
    const random::Pair normals = families_->work(family, stage.number, visit);
    return {stage.lead_days.sample(normals.first), stage.work_hours.sample(normals.second)};
}

double StageSamples::lead_days(std::uint32_t family, std::uint32_t stage_index, std::uint32_t visit) const {
    const Lanes& lanes = lanes_[stage_index];
    if (visit == 0 && lanes.lead_days != nullptr) return lanes.lead_days[family];
    const StageInputs& stage = (*stages_)[stage_index];
    if (stage.lead_days.is_fixed()) return stage.lead_days.mean();
    return stage.lead_days.sample(families_->lead(family, stage.number, visit));
}

double StageSamples::hours(std::uint32_t family, std::uint32_t stage_index, std::uint32_t visit) const {
    const Lanes& lanes = lanes_[stage_index];
    if (visit == 0 && lanes.hours != nullptr) return lanes.hours[family];
    const StageInputs& stage = (*stages_)[stage_index];
    if (stage.work_hours.is_fixed()) return stage.work_hours.mean();
    return stage.work_hours.sample(families_->work(family, stage.number, visit).second);
}

}  // namespace vfm::model
