// Small studies written by hand: the plain inputs of the model, piece by piece.
#pragma once

#include "vfm/model/area_simulation.hpp"
#include "vfm/random/mathematics.hpp"
#include "vfm/random/streams.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace vfm::model::testing {

inline constexpr Ticks day = ticks_per_day;
inline constexpr Ticks week = 7 * ticks_per_day;

struct AreaStudy {
    std::shared_ptr<random::GammaTables> tables = std::make_shared<random::GammaTables>();
    PopulationInputs population;
    ArmInputs arm;
    std::size_t weeks = 0;

    [[nodiscard]] random::Sampler gamma(double mean, double shape) const {
        return random::Sampler::gamma_mean_shape(mean, shape, *tables);
    }
};

/// A study without stages whose programme runs from day 0 to the horizon, with authority nobody waits for.
inline AreaStudy empty_study(double horizon_days) {
    AreaStudy study;
    const Ticks horizon = ticks_from_days(horizon_days);
    study.population.clock = {0, horizon, horizon, horizon, horizon};
    study.arm.predictors.push_back({});  // number 0 has no effect
    study.arm.outcome_count = 2;
    study.arm.outcome_numbers = {0, 1};
    study.arm.study_outcome_count = 2;
    study.arm.authority.unlimited = true;
    study.weeks = static_cast<std::size_t>((horizon + week - 1) / week);
    return study;
}

inline std::uint32_t purpose(std::size_t stream, const std::string& what) {
    return random::purpose_hash("stream" + std::to_string(stream) + "/" + what);
}

inline void name_stage_purposes(AreaStudy& study) {
    for (std::size_t s = 0; s < study.population.streams.size(); ++s) {
        StreamInputs& stream = study.population.streams[s];
        stream.work_purposes.clear();
        stream.next_purposes.clear();
        for (std::size_t stage = 0; stage < study.arm.stages.size(); ++stage) {
            stream.work_purposes.push_back(purpose(s, "work" + std::to_string(stage)));
            stream.next_purposes.push_back(purpose(s, "next" + std::to_string(stage)));
        }
    }
}

/// Families who arrive at a steady rate between two days and begin with stage 0.
inline void add_stream(AreaStudy& study, double per_day, double from_day, double until_day) {
    const std::size_t s = study.population.streams.size();
    StreamInputs stream;
    stream.intensity = {{ticks_from_days(from_day), ticks_from_days(until_day), per_day}};
    stream.arrival_purpose = purpose(s, "arrival");
    stream.referral_purpose = purpose(s, "referral");
    stream.duplication_purpose = purpose(s, "care");
    stream.delay_purpose = purpose(s, "delay");
    for (std::size_t a = 0; a < study.population.attributes.size(); ++a) {
        stream.attribute_purposes.push_back(purpose(s, "attribute" + std::to_string(a)));
    }
    study.population.streams.push_back(stream);
    study.arm.entry_stages.push_back(0);
    name_stage_purposes(study);
}

/// So many families, all at the first tick of `from_day` or a few ticks after it.
inline void add_crowd(AreaStudy& study, std::uint64_t families, double from_day = 0) {
    add_stream(study, 1e8, from_day, from_day + 1);
    study.population.streams.back().stop_after = families;
}

/// An attribute with levels of equal share; gives the number of its first level.
inline std::size_t add_attribute(AreaStudy& study, std::size_t levels) {
    AttributeInputs attribute;
    for (const AttributeInputs& before : study.population.attributes)
        attribute.first_level += before.level_count;
    attribute.level_count = levels;
    for (std::size_t level = 0; level < levels; ++level) {
        attribute.cumulative_shares.push_back(static_cast<double>(level + 1) / static_cast<double>(levels));
    }
    study.population.attributes.push_back(attribute);
    for (std::size_t s = 0; s < study.population.streams.size(); ++s) {
        study.population.streams[s].attribute_purposes.push_back(
            purpose(s, "attribute" + std::to_string(study.population.attributes.size() - 1)));
    }
    return attribute.first_level;
}

inline std::uint32_t add_predictor(ArmInputs& arm, double intercept,
                                   const std::vector<EffectRow>& rows = {}) {
    arm.predictors.push_back(
        {intercept, static_cast<std::uint32_t>(arm.rows.size()), static_cast<std::uint32_t>(rows.size())});
    arm.rows.insert(arm.rows.end(), rows.begin(), rows.end());
    return static_cast<std::uint32_t>(arm.predictors.size() - 1);
}

inline std::uint32_t add_probability(ArmInputs& arm, double p, const std::vector<EffectRow>& rows = {}) {
    return add_predictor(arm, random::logit(p), rows);
}

/// An effect of so much when all facts hold.
inline EffectRow when(Facts facts, double coefficient) {
    EffectRow row;
    row.mask = facts;
    row.coefficient = coefficient;
    return row;
}

/// An effect of so much for each unit of a numeric covariate.
inline EffectRow per(NumericCovariate covariate, double coefficient) {
    EffectRow row;
    row.coefficient = coefficient;
    row.covariate = static_cast<std::int16_t>(covariate);
    row.cap = 1e9;
    return row;
}

inline TransitionInputs to_stage(std::uint32_t stage, std::uint32_t probability = 0) {
    return {false, stage, probability};
}
inline TransitionInputs to_outcome(std::uint32_t outcome, std::uint32_t probability = 0) {
    return {true, outcome, probability};
}

/// A stage that only takes time, then leads where `next` says.
inline std::uint32_t add_stage(AreaStudy& study, const random::Sampler& lead_days,
                               const std::vector<TransitionInputs>& next) {
    StageInputs stage;
    stage.number = static_cast<std::uint32_t>(study.arm.stages.size());
    stage.lead_days = lead_days;
    stage.next = next;
    stage.panel_purpose = purpose(99, "panel" + std::to_string(stage.number));
    study.arm.stages.push_back(stage);
    study.population.batched_stages.push_back({true, true, true});
    name_stage_purposes(study);
    return stage.number;
}

/// One task of the stage; call after the streams are there.
inline TaskInputs& add_task(AreaStudy& study, std::uint32_t stage, const random::Sampler& hours,
                            double within_days) {
    TaskInputs task;
    task.hours = hours;
    task.within = ticks_from_days(within_days);
    const std::string name =
        "task" + std::to_string(stage) + "." + std::to_string(study.arm.stages[stage].tasks.size());
    for (std::size_t s = 0; s < study.population.streams.size(); ++s)
        task.purposes.push_back(purpose(s, name));
    study.arm.stages[stage].tasks.push_back(task);
    return study.arm.stages[stage].tasks.back();
}

/// A kind with so many hours a week all for families, in post at once and for good.
inline KindInputs& add_kind(AreaStudy& study, double weekly_hours, double cap) {
    KindInputs kind;
    kind.weekly_hours = weekly_hours;
    kind.caseload_cap = cap;
    study.arm.support.kinds.push_back(kind);
    return study.arm.support.kinds.back();
}

/// A provider that gets the rest of the families who choose.
inline ProviderInputs& add_provider(AreaStudy& study) {
    SupportInputs& support = study.arm.support;
    support.enabled = true;
    support.providers.push_back({});
    return support.providers.back();
}

inline void add_posts(AreaStudy& study, std::uint32_t provider, std::uint32_t kind, std::uint32_t count) {
    const std::string name = "supporter" + std::to_string(provider) + "." + std::to_string(kind);
    for (std::uint32_t index = 0; index < count; ++index) {
        study.arm.support.posts.push_back({provider, kind, index, 1.0, random::purpose_hash(name + "life"),
                                           random::purpose_hash(name + "start")});
    }
}

/// Support at stage 0 that everybody takes up, by one provider whose posts are of one new kind.
inline void add_simple_support(AreaStudy& study, std::uint32_t posts, double weekly_hours, double cap) {
    add_kind(study, weekly_hours, cap);
    add_provider(study);
    add_posts(study, 0, static_cast<std::uint32_t>(study.arm.support.kinds.size() - 1), posts);
    study.arm.support.uptake = add_predictor(study.arm, random::logit(1.0));
    study.arm.stages[0].offers_support = true;
}

/// One area of one replication and all that happened in it.
struct Simulated {
    Families families;
    Tallies tallies;
    std::vector<TraceEvent> trace;

    [[nodiscard]] std::int64_t count(Measure measure) const {
        return tallies.sums[static_cast<std::size_t>(measure)];
    }
    [[nodiscard]] double value(Measure measure) const { return tallies.value(measure); }
    [[nodiscard]] double paid(Payer payer, Category category) const {
        return from_fixed(
            tallies.ledger.paid[static_cast<std::size_t>(payer)][static_cast<std::size_t>(category)]);
    }
    [[nodiscard]] double discounted(Payer payer, Category category) const {
        return from_fixed(
            tallies.ledger.discounted[static_cast<std::size_t>(payer)][static_cast<std::size_t>(category)]);
    }
    [[nodiscard]] std::vector<TraceEvent> of(TraceEvent::Kind kind) const {
        std::vector<TraceEvent> chosen;
        for (const TraceEvent& one : trace) {
            if (one.kind == kind) chosen.push_back(one);
        }
        return chosen;
    }
    /// When the family left the pathway; -1: never.
    [[nodiscard]] Ticks exit(std::uint32_t family) const {
        for (const TraceEvent& one : trace) {
            if (one.kind == TraceEvent::Kind::leaves_pathway && one.family == family) return one.time;
        }
        return -1;
    }
};

inline Simulated simulate(const AreaStudy& study, std::uint64_t replication = 0) {
    Simulated simulated;
    simulated.families.draw(study.population, {7, replication, 0});
    simulated.tallies.reset(study.arm.study_outcome_count, study.population.access_groups.size(),
                            study.weeks);
    AreaSimulation area;
    area.enter(study.population, simulated.families);
    simulated.trace = area.replay(study.arm, simulated.tallies);
    return simulated;
}

inline bool equal(const Tallies& a, const Tallies& b) {
    return a.sums == b.sums && a.ended == b.ended && a.groups == b.groups && a.group_costs == b.group_costs &&
           a.ledger.paid == b.ledger.paid && a.ledger.discounted == b.ledger.discounted &&
           a.ledger.shared == b.ledger.shared && a.timeline == b.timeline && a.histograms == b.histograms &&
           a.sign_off_days == b.sign_off_days;
}

/// Names of the measures in which two tallies differ, for messages.
inline std::string differences(const Tallies& a, const Tallies& b) {
    std::string names;
    for (std::size_t m = 0; m < measure_count; ++m) {
        if (a.sums[m] == b.sums[m]) continue;
        names += std::string(measure_facts[m].name) + " " + std::to_string(a.sums[m]) + " against " +
                 std::to_string(b.sums[m]) + "; ";
    }
    return names.empty() ? "tables, not sums" : names;
}

}  // namespace vfm::model::testing
