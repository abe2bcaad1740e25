// The fields of times that are random inside the simulation.
#include "declared.hpp"

namespace vfm::scenario {

template <>
const Section<MeanAndVariation>& section<MeanAndVariation>() {
    static const Section<MeanAndVariation> table(
        "lognormal time", "By mean and variation.",
        {field<&MeanAndVariation::mean>("mean", "mean").required().above(0, 1e6),
         field<&MeanAndVariation::cv>("cv", "standard deviation / mean").required().range(0, 10)});
    return table;
}

template <>
const Section<GammaMeanAndVariation>& section<GammaMeanAndVariation>() {
    static const Section<GammaMeanAndVariation> table(
        "gamma time", "By mean and variation.",
        {field<&MeanAndVariation::mean, GammaMeanAndVariation>("mean", "mean").required().above(0, 1e6),
         field<&MeanAndVariation::cv, GammaMeanAndVariation>("cv", "standard deviation / mean")
             .required()
             .range(0.001, 3.16)});
    return table;
}

template <>
const Section<JustMean>& section<JustMean>() {
    static const Section<JustMean> table("exponential time", "By mean.",
                                         {field<&JustMean::mean>("mean", "mean").required().above(0, 1e6)});
    return table;
}

template <>
const Section<LowAndHigh>& section<LowAndHigh>() {
    static const Section<LowAndHigh> table =
        Section<LowAndHigh>("uniform time", "Between two ends.",
                            {field<&LowAndHigh::low>("low", "least value").required().range(0, 1e6),
                             field<&LowAndHigh::high>("high", "greatest value").required().range(0, 1e6)})
            .checked([](FieldReader& reader, const Node& node, LowAndHigh& ends) {
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
            "triangular time", "Between two ends, with a peak.",
            {field<&LowModeAndHigh::low>("low", "least value").required().range(0, 1e6),
             field<&LowModeAndHigh::mode>("mode", "the peak").required().range(0, 1e6),
             field<&LowModeAndHigh::high>("high", "greatest value").required().range(0, 1e6)})
            .checked([](FieldReader& reader, const Node& node, LowModeAndHigh& ends) {
                const double mode = reader.mean(ends.mode);
                if (reader.mean(ends.low) > mode || mode > reader.mean(ends.high)) {
                    reader.faults().add(node.place, "'low', 'mode' and 'high' are not in this order");
                }
            });
    return table;
}

namespace {

using Family = TimeDistribution::Family;

TimeDistribution& distribution_in(TimeDistribution& filled) {
    return filled;
}
TimeDistribution& distribution_in(TimeDistributionWithEffects& filled) {
    return filled.distribution;
}

template <Family family, class Numbers, class Filled>
void read_family(FieldReader& reader, const Node& node, const FieldAbout& about, Filled& filled) {
    Numbers numbers;
    read_section(reader, node, about, numbers);
    TimeDistribution& distribution = distribution_in(filled);
    distribution.family = family;
    if constexpr (requires { numbers.cv; }) distribution.cv = numbers.cv;
    if constexpr (requires { numbers.mean; }) distribution.mean = numbers.mean;
    if constexpr (requires { numbers.low; }) distribution.low = numbers.low;
    if constexpr (requires { numbers.mode; }) distribution.mode = numbers.mode;
    if constexpr (requires { numbers.high; }) distribution.high = numbers.high;
}

template <class Filled>
void read_fixed(FieldReader& reader, const Node& node, const FieldAbout& about, Filled& filled) {
    FieldAbout value = about;
    value.low = 0;
    value.high = 1e6;
    distribution_in(filled).family = Family::fixed;
    distribution_in(filled).mean = reader.quantity(node, value);
}

template <class Filled>
void check_has_family(FieldReader& reader, const Node& node, Filled&) {
    for (const Entry& entry : node.entries) {
        if (entry.key != "effects" && section<TimeDistribution>().about.field(entry.key) != nullptr) return;
    }
    reader.faults().add(node.place, "a distribution needs its family",
                        "write " + either_of(section<TimeDistribution>().about.keys()));
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
const Section<TimeDistribution>& section<TimeDistribution>() {
    static const Section<TimeDistribution> table =
        Section<TimeDistribution>("time distribution",
                                  "How days, or hours of work, are distributed: one of these families.",
                                  family_fields<TimeDistribution>())
            .exclusive(families)
            .bare("`fixed`", read_fixed<TimeDistribution>)
            .checked(check_has_family<TimeDistribution>);
    return table;
}

template <>
const Section<TimeDistributionWithEffects>& section<TimeDistributionWithEffects>() {
    static const Section<TimeDistributionWithEffects> table = [] {
        auto fields = family_fields<TimeDistributionWithEffects>();
        fields.push_back(custom<TimeDistributionWithEffects>(
                             "effects", list_shape(section_shape<MeanEffect>()), "what the mean depends on",
                             [](FieldReader& reader, const Node& node, const FieldAbout& about,
                                TimeDistributionWithEffects& filled) {
                                 read_effects<MeanEffect>(reader, node, about, filled.effects);
                             })
                             .entries(0, 64));
        return Section<TimeDistributionWithEffects>("time distribution with effects",
                                                    "One of the families, and what its mean depends on.",
                                                    std::move(fields))
            .exclusive(families)
            .bare("`fixed`, without effects", read_fixed<TimeDistributionWithEffects>)
            .checked(check_has_family<TimeDistributionWithEffects>);
    }();
    return table;
}

}  // namespace vfm::scenario
