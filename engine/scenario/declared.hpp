// Sections as they are written where that differs from what the scenario keeps.
#pragma once

#include "field.hpp"

#include "vfm/scenario/scenario.hpp"

#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vfm::scenario {

// The study

/// A date that cannot be read is not there.
struct Clock {
    std::optional<CalendarDate> launch, last_referral, notice, funding_end, warm_up_from, horizon;
};

struct Money {
    int price_year = 0;
    double discount_rate = 0;
    std::vector<Perspective> perspectives;
    std::string default_perspective;
};

struct Areas {
    std::uint64_t count = 1;
    std::vector<AreaType> types;
    std::vector<AreaEffect> effects;
    std::vector<Correlation> correlations;
};

struct Population {
    std::vector<Attribute> attributes;
    std::vector<std::size_t> access_groups;
    std::vector<Arrivals> arrivals;
};

struct DeclaredTimeliness {
    std::optional<CalendarDate> from, until;
    double days = 0;
    std::vector<Covariate> when;
};

/// Everything in a scenario that is the same for every arm, but for parameters.
struct DeclaredStudy {
    std::string format;
    std::string title;
    std::string description;
    Clock clock;
    Money money;
    Design design;
    Areas areas;
    Population population;
    std::optional<DeclaredTimeliness> official_timeliness;
    std::string reference_arm;
};

// Parameters

struct DeclaredCorrelation {
    std::vector<std::string> between;
    double spearman = 0;
};

struct DeclaredDistribution {
    std::optional<random::Distribution> made;
    std::vector<std::pair<std::string, double>> concentrations;  ///< of a Dirichlet
};

struct DeclaredParameter {
    std::optional<double> value;
    std::optional<DeclaredDistribution> distribution;
    std::string unit;
    std::string source;
    std::string quality;
    std::optional<int> price_year;
};

// The model

struct Pathway {
    std::vector<std::string> outcomes;
    std::vector<Stage> stages;
};

struct Uptake {
    Predictor probability;
    Quantity awareness_at_launch;
    Quantity awareness_ramp_days;
};

struct Budget {
    Quantity amount;
    Quantity factor;
};

struct Wellbeing {
    Quantity waiting_loss_per_month, contact_removes_share, support_gain_points, gain_years,
        value_per_point_year;
};

struct CompositeWeights {
    Quantity feels_supported, engaged, plan_quality, navigation;
};

struct DeclaredEffect {
    std::vector<Covariate> when;
    std::optional<Quantity> coefficient;
    std::optional<Quantity> ratio;
    std::optional<model::NumericCovariate> per;
    std::optional<Quantity> centre, scale, cap;

    [[nodiscard]] Effect kept() const;
};
struct ProbabilityEffect : DeclaredEffect {};
struct MeanEffect : DeclaredEffect {};

/// A list of effects, as they are kept.
template <class Declared>
void read_effects(FieldReader& reader, const Node& node, const FieldAbout& about, std::vector<Effect>& into) {
    for (const Declared& declared : read_list<Declared>(reader, node, about)) into.push_back(declared.kept());
}

struct DeclaredTransition {
    std::string to;
    std::string end;
    std::optional<Predictor> probability;
};

struct MeanAndVariation {
    Quantity mean, cv;
};
struct GammaMeanAndVariation : MeanAndVariation {};
struct JustMean {
    Quantity mean;
};
struct LowAndHigh {
    Quantity low, high;
};
struct LowModeAndHigh {
    Quantity low, mode, high;
};

// Declared here because they are used before, or elsewhere than, where they are defined.
template <>
const Section<DeclaredStudy>& section<DeclaredStudy>();
template <>
std::vector<std::string_view> words_of<model::Payer>();

/// What stands for the index of a name that is unknown, so that later checks do not build on it.
inline constexpr std::size_t unresolved = std::numeric_limits<std::size_t>::max();

/// The index of a name; `unresolved`, with a fault, when it is not known.
[[nodiscard]] inline std::size_t known_or_unresolved(FieldReader& reader, const Node& node,
                                                     const Names& known, const char* what) {
    const std::size_t index = reader.name(node, known, what);
    return node.is_scalar() && known.find(node.text) ? index : unresolved;
}

/// The model keys of a scenario's root.
const Section<Model>& model_section();
/// All keys of a scenario's root.
const SectionAbout& root_section();
/// A setting of an arm: title, use, set.
const SectionAbout& arm_section();

}  // namespace vfm::scenario
