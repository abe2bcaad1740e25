// The pathway's part of ArmCompiler: stages, tasks, transitions.
#include "arm_compiler.hpp"

#include "vfm/random/streams.hpp"

#include <algorithm>

namespace vfm::experiment {

namespace {

std::uint32_t number_of(const std::string& name, const std::vector<std::string>& names) {
    return static_cast<std::uint32_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

}  // namespace

void ArmCompiler::compile_pathway() {
    const scenario::Model& model = arm_->model;
    for (const scenario::Stage& stage : model.stages) inputs_.stages.push_back(compile_stage(stage));
    for (const scenario::Arrivals& stream : scenario_->arrivals) {
        const auto entry =
            std::find_if(model.stages.begin(), model.stages.end(),
                         [&](const scenario::Stage& stage) { return stage.name == stream.entry_stage_name; });
        inputs_.entry_stages.push_back(static_cast<std::uint32_t>(entry - model.stages.begin()));
    }
    inputs_.outcome_count = model.outcomes.size();
    inputs_.study_outcome_count = outcome_numbers_->size();
    for (const std::string& outcome : model.outcomes) {
        inputs_.outcome_numbers.push_back(number_of(outcome, *outcome_numbers_));
    }
}

model::StageInputs ArmCompiler::compile_stage(const scenario::Stage& stage) {
    model::StageInputs inputs;
    inputs.number = number_of(stage.name, *stage_numbers_);
    inputs.lead_days = read_->sampler(stage.lead_days.distribution, "lead_days");
    inputs.lead_effects = factor(stage.lead_days.effects);
    if (stage.authority_hours) {
        inputs.has_work = true;
        inputs.work_hours = read_->sampler(stage.authority_hours->distribution, "authority_hours");
        inputs.work_effects = factor(stage.authority_hours->effects);
    }
    if (stage.panel) {
        inputs.has_panel = true;
        inputs.panel_period = std::max<Ticks>(read_->span(stage.panel->every_days, "panel every_days"), 1);
        const double places = read_->positive(stage.panel->places, "panel places");
        inputs.panel_places = places < 1 ? 1U : static_cast<std::uint32_t>(std::min(places + 0.5, 1e6));
        inputs.panel_purpose = random::purpose_hash("panel/" + stage.name);
    }
    inputs.starts_clock = stage.starts_clock;
    inputs.offers_support = stage.offers_support;
    inputs.ends_support = stage.ends_support;
    inputs.counts_as = stage.counts_as;
    inputs.milestone = stage.milestone;
    if (stage.family_hours) {
        inputs.family_hours = read_->sampler(stage.family_hours->distribution, "family_hours").mean();
        inputs.family_hours_effects = factor(stage.family_hours->effects);
    }
    for (const scenario::Deadline& deadline : stage.deadlines) {
        inputs.deadlines.push_back({level_facts(deadline.when), read_->span(deadline.days, "deadline days")});
    }
    for (const scenario::Task& task : stage.tasks) inputs.tasks.push_back(compile_task(stage, task));
    for (const scenario::StageCost& cost : stage.costs) {
        inputs.costs.push_back(
            {cost.payer, cost.category,
             read_->not_negative(cost.amount, "cost amount") * read_->probability(cost.share, "cost share"),
             factor(cost.effects)});
    }
    for (const scenario::Transition& transition : stage.next) {
        inputs.next.push_back({transition.to_outcome, static_cast<std::uint32_t>(transition.target),
                               transition.otherwise ? 0 : probability(transition.probability)});
    }
    return inputs;
}

model::TaskInputs ArmCompiler::compile_task(const scenario::Stage& stage, const scenario::Task& task) {
    model::TaskInputs inputs;
    inputs.hours = read_->sampler(task.hours.distribution, "task hours");
    inputs.effects = factor(task.hours.effects);
    inputs.after = read_->span(task.after_days, "after_days");
    inputs.within = read_->span(task.within_days, "within_days");
    inputs.every = read_->span(task.every_days, "every_days");
    if (inputs.every > 0) inputs.every = std::max(inputs.every, ticks_per_day);
    inputs.appointment = task.appointment;
    inputs.proactive = task.proactive;
    inputs.counts = task.counts;
    for (const std::size_t kind : task.kinds) inputs.kinds |= model::kind_fact(kind);
    for (const scenario::Covariate& one : task.when) {
        inputs.when |=
            one.kind == scenario::Covariate::Kind::flag
                ? model::fact(static_cast<model::Flag>(one.index))
                : (one.kind == scenario::Covariate::Kind::supporter_kind ? model::kind_fact(one.index)
                                                                         : model::level_fact(one.index));
    }
    for (const scenario::Arrivals& stream : scenario_->arrivals) {
        inputs.purposes.push_back(
            random::purpose_hash(stream.name + "/stage/" + stage.name + "/task/" + task.name));
    }
    return inputs;
}

}  // namespace vfm::experiment
