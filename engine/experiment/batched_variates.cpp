#include "batched_variates.hpp"

#include <algorithm>
#include <numeric>

namespace vfm::experiment {
namespace {

/// From so many uses on, over all arms, drawing for everybody costs less (measured on the default study).
constexpr double common_uses = 0.4;

/// How many visits a family makes to each stage of the arm on average if every probability is its base, per
/// family of all streams.
std::vector<double> expected_visits(const scenario::Scenario& scenario, const Quantities& read,
                                    const std::vector<scenario::Stage>& stages) {
    std::vector<double> visits(stages.size(), 0);
    std::vector<double> arriving(stages.size(), 0);
    double volume = 0;
    for (const scenario::Arrivals& stream : scenario.arrivals) volume += read(stream.annual_volume);
    for (const scenario::Arrivals& stream : scenario.arrivals) {
        for (std::size_t s = 0; s < stages.size(); ++s) {
            if (stages[s].name == stream.entry_stage_name && volume > 0)
                arriving[s] += read(stream.annual_volume) / volume;
        }
    }
    constexpr double few = 0.001;  // families still on their way, of which too few are left to matter
    for (std::size_t step = 0; step < 3 * stages.size(); ++step) {
        if (std::accumulate(arriving.begin(), arriving.end(), 0.0) < few) break;
        std::vector<double> next(stages.size(), 0);
        for (std::size_t s = 0; s < stages.size(); ++s) {
            visits[s] += arriving[s];
            double left = arriving[s];
            for (const scenario::Transition& way : stages[s].next) {
                const double p = way.otherwise ? 1 : read(way.probability.base);
                if (!way.to_outcome) next[way.target] += left * p;
                left *= 1 - p;
            }
        }
        arriving = next;
    }
    return visits;
}

bool varies(const random::Sampler& sampler) {
    return sampler.kind() != random::Sampler::Kind::fixed;
}

/// The lanes of stages that some arm reads; `uses` is by stage number, over all arms.
std::vector<model::BatchedLanes> stage_lanes(const std::vector<model::ArmInputs>& arms,
                                             const std::vector<double>& uses) {
    std::vector<model::BatchedLanes> lanes(uses.size());
    for (const model::ArmInputs& arm : arms) {
        for (const model::StageInputs& stage : arm.stages) {
            if (uses[stage.number] < common_uses) continue;
            lanes[stage.number].lead |= varies(stage.lead_days);
            lanes[stage.number].hours |= stage.has_work && varies(stage.work_hours);
            lanes[stage.number].next |= stage.next.size() > 1;
        }
    }
    return lanes;
}

/// The number of the batch of a task with these purposes; a new one if there is none.
std::int32_t batch_of(const std::vector<std::uint32_t>& purposes,
                      std::vector<std::vector<std::uint32_t>>& batches) {
    const auto found = std::find(batches.begin(), batches.end(), purposes);
    const auto number = static_cast<std::int32_t>(found - batches.begin());
    if (found == batches.end()) batches.push_back(purposes);
    return number;
}

}  // namespace

void choose_batches(const scenario::Scenario& scenario, const Quantities& read, ResolvedDraw& draw) {
    std::size_t stage_numbers = 0;
    for (const model::ArmInputs& arm : draw.arms) {
        for (const model::StageInputs& stage : arm.stages)
            stage_numbers = std::max<std::size_t>(stage_numbers, stage.number + 1);
    }
    std::vector<double> uses(stage_numbers, 0);
    std::vector<double> uses_by_users(stage_numbers, 0);
    for (std::size_t a = 0; a < draw.arms.size(); ++a) {
        const model::ArmInputs& arm = draw.arms[a];
        const std::vector<double> visits = expected_visits(scenario, read, scenario.arms[a].model.stages);
        const double users = arm.support.enabled ? read(scenario.arms[a].model.support.uptake.base) : 0;
        for (std::size_t s = 0; s < visits.size(); ++s) {
            uses[arm.stages[s].number] += visits[s];
            uses_by_users[arm.stages[s].number] += visits[s] * users;
        }
    }
    draw.population.batched_stages = stage_lanes(draw.arms, uses);
    for (model::ArmInputs& arm : draw.arms) {
        for (model::StageInputs& stage : arm.stages) {
            if (uses_by_users[stage.number] < common_uses) continue;
            for (model::TaskInputs& task : stage.tasks) {
                if (varies(task.hours)) task.batch = batch_of(task.purposes, draw.population.batched_tasks);
            }
        }
    }
}

}  // namespace vfm::experiment
