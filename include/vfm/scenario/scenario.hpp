// A study as its author declared it: validated, names resolved to indices, immutable once loaded.
#pragma once

#include "vfm/core/calendar_date.hpp"
#include "vfm/model/vocabulary.hpp"
#include "vfm/random/design_points.hpp"
#include "vfm/random/quantiles.hpp"
#include "vfm/scenario/areas.hpp"
#include "vfm/scenario/quantity.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vfm::scenario {

/// One uncertain or fixed number with its evidence.
struct Parameter {
    std::string name;
    random::Distribution distribution;
    std::string unit;
    std::string source;
    std::string quality;  ///< one of `quality_names`
    int price_year = 0;   ///< 0: not money, or already in the study's price year
    int dirichlet = -1;   ///< index into Scenario::dirichlets, for a share of a whole
    int share = -1;       ///< which share of it
    bool operator==(const Parameter&) const = default;
};

/// Shares of one whole: Parameters `first` to `first + concentrations.size() - 1` are its shares.
struct Dirichlet {
    std::string name;
    std::size_t first = 0;
    std::vector<double> concentrations;
    bool operator==(const Dirichlet&) const = default;
};

struct Correlation {
    std::size_t first = 0;  ///< index of a parameter (or an area effect)
    std::size_t second = 0;
    double spearman = 0;
    bool operator==(const Correlation&) const = default;
};

/// Parameters whose joint value of information is asked for.
struct ParameterGroup {
    std::string name;
    std::vector<std::size_t> members;  ///< indices of parameters, ascending
    bool operator==(const ParameterGroup&) const = default;
};

/// How a time (days, or hours of work) is distributed inside the simulation.
struct TimeDistribution {
    enum class Family : std::uint8_t { fixed, lognormal, gamma, exponential, uniform, triangular };
    Family family = Family::fixed;
    Quantity mean;  ///< fixed: the value; lognormal, gamma, exponential: the mean
    Quantity cv;    ///< lognormal, gamma: standard deviation / mean
    Quantity low;   ///< uniform, triangular
    Quantity high;  ///< uniform, triangular
    Quantity mode;  ///< triangular
    bool operator==(const TimeDistribution&) const = default;
};

/// One thing an effect depends on.
struct Covariate {
    enum class Kind : std::uint8_t { level, area_effect, policy, flag, supporter_kind, area_type };
    Kind kind = Kind::flag;
    std::size_t index = 0;  ///< level: global level number; flag: of model::Flag; others: declaration order
    bool operator==(const Covariate&) const = default;
};

/// A coefficient on a covariate or on the product of several; optionally per unit of a number that is known.
struct Effect {
    Quantity size;
    bool is_ratio =
        false;  ///< `size` is an odds ratio (probability) or a ratio (mean): its logarithm is added
    std::vector<Covariate> when;
    std::optional<model::NumericCovariate> per;
    Quantity centre;  ///< the number less `centre`, over `scale`, at most `cap`
    Quantity scale{1, -1};
    Quantity cap{1e9, -1};
    bool operator==(const Effect&) const = default;
};

/// logit(p) or log(mean) as a base and a sum of effects.
struct Predictor {
    Quantity base;
    bool marginal = true;  ///< `base` is the rate over attributes and area effects, not at the reference
    std::vector<Effect> effects;
    bool operator==(const Predictor&) const = default;
};

/// A distribution whose mean is scaled by exp(sum of effects).
struct TimeDistributionWithEffects {
    TimeDistribution distribution;
    std::vector<Effect> effects;
    bool operator==(const TimeDistributionWithEffects&) const = default;
};

struct Level {
    std::string name;
    Quantity share;
    bool operator==(const Level&) const = default;
};

/// A categorical attribute of families. Levels are numbered across attributes in order of declaration.
struct Attribute {
    std::string name;
    std::vector<std::string> levels;
    std::size_t first_level = 0;   ///< global number of its first level
    int given = -1;                ///< index of the attribute its shares depend on; always an earlier one
    std::vector<Quantity> shares;  ///< row-major: level of `given` (one row if none) x level
    std::vector<int> rest;         ///< for each row the level that has what is left of 1, or -1: none is
    bool operator==(const Attribute&) const = default;
};

/// A Poisson stream of families.
struct Arrivals {
    std::string name;
    std::size_t entry_stage = 0;  ///< in the base model's pathway; by name in every arm's
    std::string entry_stage_name;
    Quantity annual_volume;  ///< families a year in an average area at launch
    std::optional<CalendarDate> from;
    std::optional<CalendarDate> until;
    std::vector<Quantity> monthly_profile;  ///< empty or 12 relative weights, January first
    Quantity growth_per_year;               ///< relative, continuous
    std::uint64_t stop_after = 0;           ///< 0: no limit
    std::vector<std::size_t> sets;          ///< global level numbers that every family of the stream has
    int area_effect = -1;                   ///< index of the area effect that scales the volume (mean one)
    bool operator==(const Arrivals&) const = default;
};

struct Deadline {
    Quantity days;                ///< from the start of the family's clock
    std::vector<Covariate> when;  ///< levels only; the first deadline whose levels hold counts
    bool operator==(const Deadline&) const = default;
};

struct Task {
    std::string name;
    TimeDistributionWithEffects hours;
    Quantity after_days;       ///< from the start of the stage visit
    Quantity within_days;      ///< needed within so many days after that
    Quantity every_days;       ///< 0: once; otherwise again and again while the visit lasts
    bool appointment = false;  ///< lapses unworked when not served by its date
    bool proactive = false;
    bool counts = true;              ///< whether it decides `supported`
    std::vector<std::size_t> kinds;  ///< supporter kinds that may do it; empty: any
    std::vector<Covariate> when;     ///< only families for whom all hold
    bool operator==(const Task&) const = default;
};

struct StageCost {
    model::Payer payer = model::Payer::authority;
    model::Category category = model::Category::casework;
    Quantity amount;              ///< GBP a visit, in expectation
    Quantity share{1, -1};        ///< share of visits that bear it
    std::vector<Effect> effects;  ///< on log(amount)
    bool operator==(const StageCost&) const = default;
};

struct Panel {
    Quantity every_days;
    Quantity places;  ///< cases a meeting, rounded to a whole number
    bool operator==(const Panel&) const = default;
};

struct Transition {
    bool to_outcome = false;  ///< leave the pathway
    std::size_t target = 0;   ///< stage, or outcome
    bool otherwise = false;   ///< takes what is left; exactly the last one
    Predictor probability;    ///< given that no earlier transition was taken
    bool operator==(const Transition&) const = default;
};

struct Stage {
    std::string name;
    std::string title;
    model::Phase phase = model::Phase::assessment;
    TimeDistributionWithEffects lead_days;
    std::optional<TimeDistributionWithEffects> authority_hours;
    std::optional<Panel> panel;
    std::vector<Deadline> deadlines;
    bool starts_clock = false;    ///< the statutory clock starts (again) on entry
    bool offers_support = false;  ///< the programme is offered on entry
    bool ends_support = false;    ///< support ends on entry
    std::optional<model::Count> counts_as;
    model::Milestone milestone = model::Milestone::none;  ///< reached at the end of the stage
    std::vector<Task> tasks;
    std::vector<StageCost> costs;
    std::optional<TimeDistributionWithEffects> family_hours;  ///< only its mean matters
    std::vector<Transition> next;
    bool operator==(const Stage&) const = default;
};

struct Authority {
    bool unlimited = false;  ///< work takes no time and never waits
    Quantity caseworkers;    ///< whole number
    Quantity weekly_hours;   ///< productive hours of one caseworker
    Quantity cost_per_hour;
    bool operator==(const Authority&) const = default;
};

struct SupporterKind {
    std::string name;
    bool paid = true;
    Quantity weekly_hours;
    Quantity other_work_share;    ///< of weekly hours, not for families
    Quantity caseload_cap;        ///< open families at once
    Quantity bank_weeks;          ///< unused hours kept, in weeks of accrual
    TimeDistribution start_days;  ///< recruitment and training: launch to first post filled
    TimeDistribution replacement_days;
    Quantity leaving_rate_per_year;
    Quantity notice_hazard_ratio;  ///< on the leaving rate from `notice` on
    Quantity trained_share;
    Quantity experienced_after_days;
    std::vector<Covariate> not_for;  ///< levels: families of these levels need another kind
    Quantity cost_per_hour;          ///< GBP per contracted hour, on-costs and overhead in it
    Quantity expenses_per_hour;      ///< GBP per hour used
    Quantity supervision_per_week;   ///< GBP while in post
    Quantity recruitment_cost;       ///< GBP per person who starts, training included
    Quantity time_value_per_hour;    ///< GBP per hour given, paid by nobody (payer volunteer)
    bool operator==(const SupporterKind&) const = default;
};

struct Posts {
    std::size_t kind = 0;
    Quantity posts;     ///< as they are without a budget; else a weight that the budget scales
    Quantity at_least;  ///< posts there always are
    bool operator==(const Posts&) const = default;
};

struct Provider {
    std::string name;
    std::string title;
    Quantity share;                 ///< of families that choose, and of the budget; normalised
    std::vector<Covariate> serves;  ///< families of any of these levels are routed here first
    Quantity fixed_cost_per_year;
    std::vector<Posts> staffing;
    bool operator==(const Provider&) const = default;
};

/// A probability that an arm's coordination interpolates (linearly) between two ends.
struct Coordinated {
    Quantity at_0;
    Quantity at_1;
    bool operator==(const Coordinated&) const = default;
};

struct Referral {
    Coordinated lost;  ///< never reaches a provider although the family wanted to
    Coordinated misrouted;
    Coordinated duplicated;
    Coordinated conflicted;
    TimeDistribution misrouted_delay_days;
    Quantity misrouted_extra_hours;  ///< on the first task
    Quantity duplicated_hours_factor;
    bool operator==(const Referral&) const = default;
};

struct BaselineSupport {
    Quantity share;  ///< of measured families
    Quantity hours;  ///< mean
    Quantity cost_per_hour;
    Quantity displaced_share;  ///< of its hours, for users of the programme
    bool operator==(const BaselineSupport&) const = default;
};

struct Support {
    bool enabled = true;  ///< false: the arm without the programme
    BaselineSupport baseline;
    Predictor uptake;
    Quantity awareness_at_launch;  ///< share of steady uptake, 0 to 1
    Quantity awareness_ramp_days;  ///< linear to 1
    Referral referral;
    Quantity coordination;  ///< 0 to 1
    bool waits_for_supporter = false;
    Quantity handover_hours;
    std::vector<SupporterKind> kinds;
    std::vector<Provider> providers;
    bool operator==(const Support&) const = default;
};

/// How the outcomes O1 to O4 and O7 depend on what happened; evaluated when a family leaves the pathway.
struct Outcomes {
    Predictor feels_supported;                ///< O1
    Predictor engaged;                        ///< O2
    Predictor plan_quality;                   ///< O3, a score from 0 to 1 through the logit
    Predictor navigation;                     ///< O4
    Quantity waiting_loss_per_month;          ///< O7, points a month of waiting without contact
    Quantity contact_removes_share;           ///< O7, of that loss
    Quantity support_gain_points;             ///< O7, while supported
    Quantity gain_years;                      ///< O7, how long it lasts
    Quantity wellby_value;                    ///< GBP a point-year; a memo, never added to O1 to O4
    std::vector<Quantity> composite_weights;  ///< of O1 to O4; sums to one
    Quantity family_time_value;               ///< GBP an hour
    bool operator==(const Outcomes&) const = default;
};

/// Everything an arm may change.
struct Model {
    std::vector<Stage> stages;
    std::vector<std::string> outcomes;  ///< terminal states, by name
    Authority authority;
    Support support;
    Outcomes outcome_effects;
    std::vector<Quantity> policies;  ///< in the order of Scenario::policies
    Quantity budget;  ///< programme spending from launch to funding end, GBP; 0: staffing as declared
    Quantity budget_factor{1, -1};
    bool operator==(const Model&) const = default;
};

struct Arm {
    std::string name;
    std::string title;
    Model model;
    bool operator==(const Arm&) const = default;
};

/// On-time share as official statistics count it: plans signed off between two dates by families of these
/// levels.
struct OfficialTimeliness {
    CalendarDate from;
    CalendarDate until;
    double days = 140;
    std::vector<Covariate> when;
    bool operator==(const OfficialTimeliness&) const = default;
};

struct Perspective {
    std::string name;
    std::vector<model::Payer> payers;
    bool operator==(const Perspective&) const = default;
};

struct Design {
    std::uint64_t draws = 1;
    std::uint64_t replications = 1;
    std::uint64_t central_units = 0;
    std::uint64_t seed = 0;
    random::DesignKind sampling = random::DesignKind::sobol;
    bool operator==(const Design&) const = default;
};

struct Scenario {
    std::string title;
    std::string description;
    std::string file;
    std::string resolved_yaml;  ///< with defaults and inheritance, enough to run it again
    Design design;
    CalendarDate launch;
    CalendarDate last_referral;
    CalendarDate notice;
    CalendarDate funding_end;
    CalendarDate warm_up_from;
    CalendarDate horizon;
    int price_year = 0;
    double discount_rate = 0;  ///< a year, continuous from launch
    std::vector<Perspective> perspectives;
    std::string default_perspective;
    std::vector<Parameter> parameters;
    std::vector<Dirichlet> dirichlets;
    std::vector<Correlation> correlations;
    std::vector<ParameterGroup> parameter_groups;  ///< by name
    std::uint64_t areas = 1;                       ///< sampled areas a replication
    std::vector<AreaType> area_types;              ///< empty: areas are all of one kind
    std::vector<AreaEffect> area_effects;
    std::vector<Correlation> area_correlations;
    std::vector<Arrivals> arrivals;
    std::vector<Attribute> attributes;
    std::vector<std::size_t> access_groups;  ///< global level numbers
    std::optional<OfficialTimeliness> official_timeliness;
    std::vector<std::string> policies;  ///< names
    std::vector<Arm> arms;
    std::size_t reference_arm = 0;

    [[nodiscard]] std::string level_name(std::size_t level) const;  ///< `attribute.level`
    bool operator==(const Scenario&) const = default;
};

inline constexpr const char* quality_names[] = {
    "official statistic", "measured", "survey", "expert", "derived", "recalled, unverified", "assumption"};

}  // namespace vfm::scenario
