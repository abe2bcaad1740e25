// The fields of effects, and of the probabilities they are on.
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
void check_effect(FieldReader& reader, const Node& node, Declared& effect) {
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
        reader.faults().add(node.place, "'centre', 'scale' and 'cap' are about a numeric covariate",
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
                    "per", "for each unit of a numeric covariate: min((covariate - centre) / scale, cap)"),
                field<&DeclaredEffect::centre, Declared>("centre", "taken from the covariate; 0 when absent")
                    .range(-far, far),
                field<&DeclaredEffect::scale, Declared>("scale", "divides the covariate; 1 when absent")
                    .above(0, far),
                field<&DeclaredEffect::cap, Declared>("cap", "the most it counts; none when absent")
                    .range(-far, far)})
        .exclusive({"coefficient", ratio})
        .checked(check_effect<Declared>);
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
                 [](FieldReader& reader, const Node& node, const FieldAbout& about, Predictor& predictor) {
                     read_effects<ProbabilityEffect>(reader, node, about, predictor.effects);
                 })
                 .entries(0, 64)})
            .bare("`base`, without effects",
                  [](FieldReader& reader, const Node& node, const FieldAbout& about, Predictor& predictor) {
                      FieldAbout base = about;
                      base.low = 0;
                      base.high = 1;
                      predictor.base = reader.quantity(node, base);
                  });
    return table;
}

}  // namespace vfm::scenario
