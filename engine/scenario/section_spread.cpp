// The fields of everything random: spreads, effects, predictors.
#include "declared.hpp"

#include <algorithm>

namespace vfm::scenario {

template <>
std::vector<std::string_view> words_of<model::NumericCovariate>() {
    return {model::numeric_covariate_names.begin(), model::numeric_covariate_names.end()};
}

Effect DeclaredEffect::kept() const {
    Effect effect;
    effect.is_ratio = ratio.has_value();
    effect.size = ratio ? *ratio : coefficient.value_or(Quantity{});
    effect.when = when;
    effect.per = per;
    if (centre) effect.centre = *centre;
    if (scale) effect.scale = *scale;
    if (cap) effect.cap = *cap;
    return effect;
}

namespace {

constexpr double far = 1e9;

template <class Declared>
void check_effect(Reader& reader, const Node& node, Declared& effect) {
    if (!effect.coefficient && !effect.ratio) {
        reader.faults().add(node.place, "an effect needs its size",
                            std::is_same_v<Declared, MeanEffect> ? "write `ratio` or `coefficient`"
                                                                 : "write `odds_ratio` or `coefficient`");
    }
    if (effect.when.empty() && !effect.per) {
        reader.faults().add(node.place, "an effect needs something it depends on",
                            "write `when`, `per` or both");
    }
    const auto types = std::count_if(effect.when.begin(), effect.when.end(), [](const Covariate& one) {
        return one.kind == Covariate::Kind::area_type;
    });
    if (types > 1) {
        reader.faults().add(node.find("when")->place, "no area is of two types, so the effect never holds",
                            "write an effect for each area type");
    }
    if (!effect.per && (effect.centre || effect.scale || effect.cap)) {
        reader.faults().add(node.place, "'centre', 'scale' and 'cap' are about a reading",
                            "write `per` as well");
    }
}

template <class Declared>
Section<Declared> effect_section(std::string_view name, std::string_view ratio, std::string_view doc) {
    return Section<Declared>(
               name, doc,
               {field<&DeclaredEffect::when, Declared>("when", "holds when all of these hold; see Covariates")
                    .entries(1, 8),
                field<&DeclaredEffect::coefficient, Declared>("coefficient", "what is added")
                    .range(-1e6, 1e6),
                field<&DeclaredEffect::ratio, Declared>(ratio, "its logarithm is added").above(0, 1e6),
                field<&DeclaredEffect::per, Declared>(
                    "per", "for each unit of a reading: min((reading - centre) / scale, cap)"),
                field<&DeclaredEffect::centre, Declared>("centre", "taken from the reading; 0 when absent")
                    .range(-far, far),
                field<&DeclaredEffect::scale, Declared>("scale", "divides the reading; 1 when absent")
                    .above(0, far),
                field<&DeclaredEffect::cap, Declared>("cap", "the most it counts; none when absent")
                    .range(-far, far)})
        .exclusive({"coefficient", ratio})
        .checked(check_effect<Declared>);
}

template <class Declared>
void read_effects(Reader& reader, const Node& node, const FieldAbout& about, std::vector<Effect>& into) {
    for (const Declared& declared : read_list<Declared>(reader, node, about)) into.push_back(declared.kept());
}

}  // namespace

template <>
const Section<ProbabilityEffect>& section<ProbabilityEffect>() {
    static const Section<ProbabilityEffect> table =
        effect_section<ProbabilityEffect>("effect on a probability", "odds_ratio", "Added to the logit.");
    return table;
}

template <>
const Section<MeanEffect>& section<MeanEffect>() {
    static const Section<MeanEffect> table =
        effect_section<MeanEffect>("effect on a mean", "ratio", "Added to the logarithm of the mean.");
    return table;
}

template <>
const Section<Predictor>& section<Predictor>() {
    static const Section<Predictor> table =
        Section<Predictor>(
            "probability", "logit(p) = logit(base) + sum of effects.",
            {field<&Predictor::base>("base", "the probability, before effects").required().range(0, 1),
             field<&Predictor::marginal>(
                 "marginal",
                 "`base` is the rate over attributes, area effects and area types, not at the reference")
                 .otherwise("true"),
             custom<Predictor>(
                 "effects", list_shape(section_shape<ProbabilityEffect>()), "what it depends on",
                 [](Reader& reader, const Node& node, const FieldAbout& about, Predictor& predictor) {
                     read_effects<ProbabilityEffect>(reader, node, about, predictor.effects);
                 })
                 .entries(0, 64)})
            .bare("`base`, without effects",
                  [](Reader& reader, const Node& node, const FieldAbout& about, Predictor& predictor) {
                      FieldAbout base = about;
                      base.low = 0;
                      base.high = 1;
                      predictor.base = reader.quantity(node, base);
                  });
    return table;
}

template <>
const Section<MeanAndVariation>& section<MeanAndVariation>() {
    static const Section<MeanAndVariation> table(
        "lognormal spread", "By mean and variation.",
        {field<&MeanAndVariation::mean>("mean", "mean").required().above(0, 1e6),
         field<&MeanAndVariation::cv>("cv", "standard deviation / mean").required().range(0, 10)});
    return table;
}

template <>
const Section<GammaMeanAndVariation>& section<GammaMeanAndVariation>() {
    static const Section<GammaMeanAndVariation> table(
        "gamma spread", "By mean and variation.",
        {field<&MeanAndVariation::mean, GammaMeanAndVariation>("mean", "mean").required().above(0, 1e6),
         field<&MeanAndVariation::cv, GammaMeanAndVariation>("cv", "standard deviation / mean")
             .required()
             .range(0.001, 3.16)});
    return table;
}

template <>
const Section<JustMean>& section<JustMean>() {
    static const Section<JustMean> table("exponential spread", "By mean.",
                                         {field<&JustMean::mean>("mean", "mean").required().above(0, 1e6)});
    return table;
}

template <>
const Section<LowAndHigh>& section<LowAndHigh>() {
    static const Section<LowAndHigh> table =
        Section<LowAndHigh>("uniform spread", "Between two ends.",
                            {field<&LowAndHigh::low>("low", "least value").required().range(0, 1e6),
                             field<&LowAndHigh::high>("high", "greatest value").required().range(0, 1e6)})
            .checked([](Reader& reader, const Node& node, LowAndHigh& ends) {
                if (reader.mean(ends.low) > reader.mean(ends.high)) {
                    reader.faults().add(node.place, "'low' is above 'high'");
                }
            });
    return table;
}

template <>
const Section<LowModeAndHigh>& section<LowModeAndHigh>() {
    static const Section<LowModeAndHigh> table =
        Section<LowModeAndHigh>(
            "triangular spread", "Between two ends, with a peak.",
            {field<&LowModeAndHigh::low>("low", "least value").required().range(0, 1e6),
             field<&LowModeAndHigh::mode>("mode", "the peak").required().range(0, 1e6),
             field<&LowModeAndHigh::high>("high", "greatest value").required().range(0, 1e6)})
            .checked([](Reader& reader, const Node& node, LowModeAndHigh& ends) {
                const double mode = reader.mean(ends.mode);
                if (reader.mean(ends.low) > mode || mode > reader.mean(ends.high)) {
                    reader.faults().add(node.place, "'low', 'mode' and 'high' are not in this order");
                }
            });
    return table;
}

namespace {

using Family = Spread::Family;

Spread& spread_in(Spread& spread) {
    return spread;
}
Spread& spread_in(SpreadWithEffects& spread) {
    return spread.spread;
}

template <Family family, class Numbers, class Filled>
void read_family(Reader& reader, const Node& node, const FieldAbout& about, Filled& filled) {
    Numbers numbers;
    read_section(reader, node, about, numbers);
    Spread& spread = spread_in(filled);
    spread.family = family;
    if constexpr (requires { numbers.cv; }) spread.cv = numbers.cv;
    if constexpr (requires { numbers.mean; }) spread.mean = numbers.mean;
    if constexpr (requires { numbers.low; }) spread.low = numbers.low;
    if constexpr (requires { numbers.mode; }) spread.mode = numbers.mode;
    if constexpr (requires { numbers.high; }) spread.high = numbers.high;
}

template <class Filled>
void read_fixed(Reader& reader, const Node& node, const FieldAbout& about, Filled& filled) {
    FieldAbout value = about;
    value.low = 0;
    value.high = 1e6;
    spread_in(filled).family = Family::fixed;
    spread_in(filled).mean = reader.quantity(node, value);
}

template <class Filled>
void check_has_family(Reader& reader, const Node& node, Filled&) {
    for (const Entry& entry : node.entries) {
        if (entry.key != "effects" && section<Spread>().about.field(entry.key) != nullptr) return;
    }
    reader.faults().add(node.place, "a spread needs its family",
                        "write " + either_of(section<Spread>().about.keys()));
}

template <class Filled>
std::vector<Field<Filled>> family_fields() {
    return {
        custom<Filled>("fixed", plain_shape(Shape::Kind::quantity), "always this value", read_fixed<Filled>)
            .range(0, 1e6),
        custom<Filled>("lognormal", section_shape<MeanAndVariation>(), "skewed to the right",
                       read_family<Family::lognormal, MeanAndVariation, Filled>),
        custom<Filled>("gamma", section_shape<GammaMeanAndVariation>(), "skewed to the right, lighter tail",
                       read_family<Family::gamma, GammaMeanAndVariation, Filled>),
        custom<Filled>("exponential", section_shape<JustMean>(), "without memory",
                       read_family<Family::exponential, JustMean, Filled>),
        custom<Filled>("uniform", section_shape<LowAndHigh>(), "anything between two ends alike",
                       read_family<Family::uniform, LowAndHigh, Filled>),
        custom<Filled>("triangular", section_shape<LowModeAndHigh>(), "between two ends, with a peak",
                       read_family<Family::triangular, LowModeAndHigh, Filled>)};
}

const std::vector<std::string_view> families = {"fixed",       "lognormal", "gamma",
                                                "exponential", "uniform",   "triangular"};

}  // namespace

template <>
const Section<Spread>& section<Spread>() {
    static const Section<Spread> table =
        Section<Spread>("spread", "How something varies, one of these families.", family_fields<Spread>())
            .exclusive(families)
            .bare("`fixed`", read_fixed<Spread>)
            .checked(check_has_family<Spread>);
    return table;
}

template <>
const Section<SpreadWithEffects>& section<SpreadWithEffects>() {
    static const Section<SpreadWithEffects> table = [] {
        auto fields = family_fields<SpreadWithEffects>();
        fields.push_back(
            custom<SpreadWithEffects>(
                "effects", list_shape(section_shape<MeanEffect>()), "what the mean depends on",
                [](Reader& reader, const Node& node, const FieldAbout& about, SpreadWithEffects& filled) {
                    read_effects<MeanEffect>(reader, node, about, filled.effects);
                })
                .entries(0, 64));
        return Section<SpreadWithEffects>("spread with effects",
                                          "One of the families, and what its mean depends on.",
                                          std::move(fields))
            .exclusive(families)
            .bare("`fixed`, without effects", read_fixed<SpreadWithEffects>)
            .checked(check_has_family<SpreadWithEffects>);
    }();
    return table;
}

}  // namespace vfm::scenario
