// All that one area needs to be simulated once: plain numbers in flat tables, no names, no uncertainty.
#pragma once

#include "vfm/core/ticks.hpp"
#include "vfm/model/predictor.hpp"
#include "vfm/model/vocabulary.hpp"
#include "vfm/random/sampler.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vfm::model {

/// Moments of a study in ticks since the simulation starts (the warm-up's first day).
struct Clock {
    Ticks launch = 0;
    Ticks last_referral = 0;
    Ticks notice = 0;
    Ticks funding_end = 0;
    Ticks horizon = 0;
};

/// A stretch of constant arrival rate.
struct IntensityPiece {
    Ticks from = 0;
    Ticks until = 0;
    double per_day = 0;
};

/// One Poisson stream of families. Purposes are hashes of names, so that reordering a study changes no
/// variate.
struct StreamInputs {
    std::vector<IntensityPiece> intensity;  ///< in order of time, without gaps
    std::uint64_t stop_after = 0;           ///< 0: no limit
    Facts sets = 0;                         ///< attribute levels every family of the stream has
    int area_effect = -1;                   ///< scales the intensity by exp(effect - sd^2 / 2)
    std::uint32_t arrival_purpose = 0;      ///< interarrival; uptake of support
    std::uint32_t referral_purpose = 0;     ///< lost or misrouted; choice of provider
    std::uint32_t duplication_purpose = 0;  ///< duplicated; conflicted
    std::uint32_t delay_purpose = 0;        ///< misrouting's delay; baseline help
    std::vector<std::uint32_t> attribute_purposes;
    std::vector<std::uint32_t> work_purposes;  ///< by stage number: lead time; authority hours
    std::vector<std::uint32_t> next_purposes;  ///< by stage number: transition
};

/// One categorical attribute.
struct AttributeInputs {
    std::size_t first_level = 0;
    std::size_t level_count = 0;
    int given = -1;                         ///< attribute that the shares depend on
    std::vector<double> cumulative_shares;  ///< level of `given` x level
};

/// Which standard variates of a stage's first visits are drawn for all families at once; others are drawn on
/// demand. A matter of speed: it changes no result.
struct BatchedLanes {
    bool lead = false;   ///< normals of lead times
    bool hours = false;  ///< normals of authority hours
    bool next = false;   ///< uniforms of transitions
};

struct AreaEffectInputs {
    double sd = 0;
    std::uint32_t purpose = 0;
};

/// A type of areas. Types stand one after the other: the first has the areas from 0 on.
struct AreaTypeInputs {
    std::uint32_t areas = 1;  ///< how many of a replication's areas are of this type
    double demand = 1;        ///< scales the intensity of arrivals: one on average over areas
};

/// What all arms of a draw share.
struct PopulationInputs {
    Clock clock;
    std::vector<AreaTypeInputs> area_types;  ///< empty: areas are all of one kind
    std::vector<StreamInputs> streams;
    std::vector<AttributeInputs> attributes;
    std::vector<AreaEffectInputs> area_effects;
    std::vector<double>
        area_correlation;  ///< Cholesky factor of area effects, row-major; empty if independent
    std::vector<BatchedLanes> batched_stages;  ///< by stage number
    /// Purposes by stream of tasks whose hours are drawn for all families at once, for the first visit.
    std::vector<std::vector<std::uint32_t>> batched_tasks;
    std::vector<Facts> access_groups;

    /// The type of an area, or `EffectRow::none` in a study without types.
    [[nodiscard]] std::int16_t type_of_area(std::uint32_t area) const {
        std::uint32_t end = 0;
        for (std::size_t type = 0; type < area_types.size(); ++type) {
            end += area_types[type].areas;
            if (area < end) return static_cast<std::int16_t>(type);
        }
        return EffectRow::none;
    }
};

struct DeadlineInputs {
    Facts when = 0;
    Ticks within = 0;
    bool operator==(const DeadlineInputs&) const = default;
};

struct TaskInputs {
    random::Sampler hours;
    std::uint32_t effects = 0;  ///< predictor of the factor on hours
    Ticks after = 0;
    Ticks within = 0;
    Ticks every = 0;
    bool appointment = false;
    bool proactive = false;
    bool counts = true;
    Facts kinds = 0;  ///< kinds that may do it; 0: any
    Facts when = 0;
    std::vector<std::uint32_t> purposes;  ///< by stream
    std::int32_t batch = -1;              ///< of the population's batched tasks
};

struct StageCostInputs {
    Payer payer = Payer::authority;
    Category category = Category::casework;
    double amount = 0;  ///< GBP a visit, share included
    std::uint32_t effects = 0;
};

struct TransitionInputs {
    bool to_outcome = false;
    std::uint32_t target = 0;
    std::uint32_t probability = 0;  ///< predictor; unused for the last
};

struct StageInputs {
    std::uint32_t number = 0;  ///< the same for stages of the same name in all arms
    random::Sampler lead_days;
    std::uint32_t lead_effects = 0;
    bool has_work = false;
    random::Sampler work_hours;
    std::uint32_t work_effects = 0;
    bool has_panel = false;
    Ticks panel_period = 0;
    std::uint32_t panel_places = 0;
    std::uint32_t panel_purpose = 0;
    bool starts_clock = false;
    bool offers_support = false;
    bool ends_support = false;
    std::optional<Count> counts_as;
    Milestone milestone = Milestone::none;
    double family_hours = 0;
    std::uint32_t family_hours_effects = 0;
    std::vector<DeadlineInputs> deadlines;
    std::vector<TaskInputs> tasks;
    std::vector<StageCostInputs> costs;
    std::vector<TransitionInputs> next;
};

struct AuthorityInputs {
    bool unlimited = false;
    std::uint32_t caseworkers = 1;
    double days_per_hour = 0;  ///< elapsed days one caseworker needs for an hour of work
    double cost_per_hour = 0;
};

struct KindInputs {
    bool paid = true;
    double weekly_hours = 0;  ///< contracted, for a whole post
    double other_work_share = 0;
    double caseload_cap = 1;
    double bank_weeks = 0;
    random::Sampler start_days;
    random::Sampler replacement_days;
    double leaving_per_day = 0;
    double notice_hazard_ratio = 1;
    double trained_share = 1;
    double experienced_after_days = 0;
    Facts not_for = 0;
    double cost_per_hour = 0;
    double expenses_per_hour = 0;
    double supervision_per_day = 0;
    double recruitment_cost = 0;
    double time_value_per_hour = 0;
};

/// One post, filled by one supporter after another.
struct PostInputs {
    std::uint32_t provider = 0;
    std::uint32_t kind = 0;
    std::uint32_t index = 0;          ///< among the provider's posts of this kind
    double fraction = 1;              ///< of a whole post
    std::uint32_t life_purpose = 0;   ///< leaving; trained
    std::uint32_t start_purpose = 0;  ///< time to start
};

struct ProviderInputs {
    double cumulative_share = 1;
    Facts serves = 0;  ///< families with any of these levels come here first
    double fixed_cost_per_day = 0;
};

struct SupportInputs {
    bool enabled = false;
    bool waits_for_supporter = false;
    std::uint32_t uptake = 0;  ///< predictor
    double awareness_at_launch = 1;
    double awareness_ramp_days = 0;
    double lost = 0;
    double misrouted = 0;
    double duplicated = 0;
    double conflicted = 0;
    random::Sampler misrouted_delay_days;
    double misrouted_extra_hours = 0;
    double duplicated_hours_factor = 1;
    double handover_hours = 0;
    double baseline_share = 0;
    double baseline_hours = 0;
    double baseline_cost_per_hour = 0;
    double baseline_displaced_share = 0;
    std::vector<KindInputs> kinds;
    std::vector<PostInputs> posts;  ///< by provider, kind, index
    std::vector<ProviderInputs> providers;
};

struct OutcomeInputs {
    std::uint32_t feels_supported = 0;  ///< predictors
    std::uint32_t engaged = 0;
    std::uint32_t plan_quality = 0;
    std::uint32_t navigation = 0;
    double composite_weights[4] = {0.25, 0.25, 0.25, 0.25};
    double waiting_loss_per_month = 0;
    double contact_removes_share = 0;
    double support_gain_points = 0;
    double gain_years = 0;
    double wellby_value = 0;
    double family_time_value = 0;
};

struct OfficialTimelinessInputs {
    Ticks from = 0;
    Ticks until = 0;
    Ticks within = 0;
    Facts when = 0;
    bool operator==(const OfficialTimelinessInputs&) const = default;
};

/// One arm of a draw.
struct ArmInputs {
    std::vector<PredictorInputs> predictors;  ///< number 0 has no effect
    std::vector<EffectRow> rows;
    std::vector<StageInputs> stages;
    std::vector<std::uint32_t> entry_stages;  ///< by stream
    std::size_t outcome_count = 0;
    std::vector<std::uint32_t> outcome_numbers;  ///< outcome of this arm -> outcome of the study
    AuthorityInputs authority;
    SupportInputs support;
    OutcomeInputs outcomes;
    std::optional<OfficialTimelinessInputs> official;
    double discount_per_year = 0;
    double budget_planned = 0;
    std::size_t study_outcome_count = 0;
    /// Arms of a draw with the same number, other than 0, are alike until launch (`alike_before_launch`). A
    /// matter of speed: it changes no result.
    std::uint32_t warm_up_number = 0;
};

}  // namespace vfm::model
