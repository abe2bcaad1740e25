// The fields of what is the same for every arm: dates, money, design, areas, population.
#include "declared.hpp"
#include "shares.hpp"

#include "vfm/core/calendar_date.hpp"

namespace vfm::scenario {

namespace {

constexpr std::uint64_t most_areas = 1000;

void check_span(FieldReader& reader, const Node& node, const std::optional<CalendarDate>& from,
                const std::optional<CalendarDate>& until) {
    if (from && until && *until < *from) {
        reader.faults().add(node.find("until")->place, "'until' comes before 'from'");
    }
}

}  // namespace

template <>
std::vector<std::string_view> words_of<model::Payer>() {
    return {model::payer_names.begin(), model::payer_names.end()};
}
template <>
std::vector<std::string_view> words_of<random::DesignKind>() {
    return {"monte_carlo", "latin_hypercube", "sobol"};
}

template <>
const Section<Clock>& section<Clock>() {
    static const Section<Clock> table(
        "clock",
        "The dates of the study: `warm_up_from` <= `launch` <= `last_referral` <= `funding_end` <= "
        "`horizon`.",
        {field<&Clock::launch>("launch", "the programme begins, and requests are measured from here")
             .required(),
         field<&Clock::last_referral>("last_referral", "the last day on which families are taken on")
             .otherwise_as("funding_end"),
         field<&Clock::notice>("notice", "the day from which supporters know that funding may end")
             .otherwise_as("funding_end"),
         field<&Clock::funding_end>("funding_end", "the programme ends, and requests are measured until here")
             .required(),
         field<&Clock::warm_up_from>("warm_up_from",
                                     "families arrive unmeasured from here, to load the authority")
             .otherwise_as("launch"),
         field<&Clock::horizon>("horizon", "the simulation ends").otherwise_as("funding_end")});
    return table;
}

/// Written as NAME: [payers].
template <>
struct Value<Perspective> {
    static Shape shape() { return list_shape(Value<model::Payer>::shape()); }
    static void read(FieldReader& reader, const Node& node, const FieldAbout& about, Perspective& into) {
        static const FieldAbout payers = [] {
            FieldAbout made;
            made.name = "payers";
            made.shape = Value<model::Payer>::shape();
            made.shape.least = 1;
            made.shape.most = model::payer_names.size();
            return made;
        }();
        static_cast<void>(about);
        Value<std::vector<model::Payer>>::read(reader, node, payers, into.payers);
        std::vector<model::Payer> sorted = into.payers;
        std::sort(sorted.begin(), sorted.end());
        if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
            reader.faults().add(node.place, "perspective '" + into.name + "' has a payer twice");
        }
    }
};

template <>
const Section<Money>& section<Money>() {
    static const Section<Money> table =
        Section<Money>(
            "money", "Prices, discounting, and whose costs count.",
            {field<&Money::price_year>("price_year", "the year in whose prices everything is")
                 .required()
                 .range(1950, 2100),
             field<&Money::discount_rate>("discount_rate", "continuous from launch at the date of the event")
                 .in("per year")
                 .range(0, 1)
                 .otherwise("0.035"),
             field<&Money::perspectives>("perspectives", "sets of payers, by name").required().entries(1, 16),
             field<&Money::default_perspective>(
                 "default_perspective",
                 "the perspective of tables that name none; needed when there are several"),
             custom<Money>("deflators", list_shape(plain_shape(Shape::Kind::number), Shape::Kind::named),
                           "price index by year, to bring parameters of other price years to this one",
                           [](FieldReader&, const Node&, const FieldAbout&, Money&) {})})
            .checked([](FieldReader& reader, const Node& node, Money& money) {
                const auto& all = money.perspectives;
                const auto names = names_of(node.find("perspectives"), false);
                if (money.default_perspective.empty()) {
                    if (all.size() == 1) money.default_perspective = all.front().name;
                    if (all.size() > 1)
                        reader.missing(node, "money", "default_perspective",
                                       "there are several perspectives");
                } else if (const Node* written = node.find("default_perspective"); written != nullptr) {
                    static_cast<void>(reader.name(*written, names, "perspective"));
                }
            });
    return table;
}

template <>
const Section<Design>& section<Design>() {
    static const Section<Design> table(
        "design", "How much is simulated.",
        {field<&Design::draws>("draws", "joint samples of the uncertain parameters")
             .range(1, 4294967296.0)
             .otherwise("1"),
         field<&Design::replications>("replications", "simulations of all areas for each draw")
             .range(1, 1048576)
             .otherwise("1"),
         field<&Design::central_units>("central_units", "replications with every parameter at its mean")
             .range(0, 1048576)
             .otherwise("0"),
         field<&Design::seed>("seed", "of all randomness").otherwise("0"),
         field<&Design::sampling>("sampling", "how parameters are drawn").otherwise("sobol")});
    return table;
}

template <>
const Section<AreaEffect>& section<AreaEffect>() {
    static const Section<AreaEffect> table(
        "area effect",
        "A normal random effect with mean zero, redrawn for each replication, the same for every arm.",
        {field<&AreaEffect::sd>("sd", "standard deviation between areas").required().range(0, 10)});
    return table;
}

template <>
const Section<AreaType>& section<AreaType>() {
    static const Section<AreaType> table(
        "area type",
        "Areas that have something in common, such as rural counties: reports show them apart. Types stand "
        "in "
        "the order of the file, each with its areas; every arm and replication has the same.",
        {field<&AreaType::title>("title", "for people; the name when absent"),
         field<&AreaType::count>("count", "areas of this type in each replication")
             .required()
             .range(1, most_areas),
         field<&AreaType::demand>("demand",
                                  "families of an area, relative to areas of other types; their mean over "
                                  "areas is what `annual_volume` says")
             .above(0, 1000)
             .otherwise("1")});
    return table;
}

namespace {

/// With types, their counts add up to the number of areas.
void count_areas(FieldReader& reader, const Node& node, Areas& areas) {
    if (areas.types.empty()) return;
    std::uint64_t sum = 0;
    for (const AreaType& type : areas.types) sum += type.count;
    const Node* written = node.find("count");
    if (sum > most_areas) {
        reader.faults().add(node.find("types")->place,
                            "the area types have " + std::to_string(sum) + " areas together",
                            "at most " + std::to_string(most_areas) + " are simulated in a replication");
    } else if (written != nullptr && areas.count != sum) {
        reader.faults().add(
            written->place,
            "'count' is " + written->text + ", but the area types have " + std::to_string(sum) +
                " areas together",
            "leave it out (null takes an inherited one out), or write " + std::to_string(sum));
    }
    areas.count = sum;
}

}  // namespace

template <>
const Section<Areas>& section<Areas>() {
    static const Section<Areas> table =
        Section<Areas>(
            "areas", "The areas of one replication.",
            {field<&Areas::count>("count", "sampled areas in each replication; with `types`, their sum")
                 .range(1, most_areas)
                 .otherwise("1"),
             field<&Areas::types>("types", "types of areas, by name; covariates `area_type.NAME`")
                 .entries(0, 16)
                 .in_order(),
             field<&Areas::effects>("effects", "random effects of areas, by name; covariates `area.NAME`")
                 .entries(0, 16),
             custom<Areas>("correlations", list_shape(section_shape<DeclaredCorrelation>()),
                           "rank correlations between area effects",
                           [](FieldReader& reader, const Node& node, const FieldAbout&, Areas& areas) {
                               areas.correlations =
                                   read_correlations(&node, reader.vocabulary().study().area_effects,
                                                     "area effect", reader.faults());
                           })})
            .checked(count_areas);
    return table;
}

template <>
const Section<Arrivals>& section<Arrivals>() {
    static const Section<Arrivals> table =
        Section<Arrivals>(
            "arrivals", "A Poisson stream of families.",
            {custom<Arrivals>(
                 "entry", plain_shape(Shape::Kind::name, "stage"), "the stage where they begin",
                 [](FieldReader& reader, const Node& node, const FieldAbout&, Arrivals& arrivals) {
                     arrivals.entry_stage =
                         known_or_unresolved(reader, node, reader.vocabulary().stages(), "stage");
                     arrivals.entry_stage_name = node.text;
                 })
                 .required(),
             field<&Arrivals::annual_volume>("annual_volume", "families a year in an average area at launch")
                 .required()
                 .in("families/year")
                 .range(0, 10'000'000),
             field<&Arrivals::from>("from", "the first day; without it, the whole simulation"),
             field<&Arrivals::until>("until", "the last day"),
             field<&Arrivals::monthly_profile>("monthly_profile",
                                               "relative weights of the months, January first")
                 .range(0, 1000)
                 .entries(12, 12),
             field<&Arrivals::growth_per_year>("growth_per_year", "relative, continuous")
                 .in("per year")
                 .range(-2, 2)
                 .otherwise("0"),
             field<&Arrivals::stop_after>("stop_after", "only the first so many of the stream; 0: all")
                 .range(0, 1e9)
                 .otherwise("0"),
             custom<Arrivals>(
                 "sets", plain_shape(Shape::Kind::conditions, "level"),
                 "levels that every family of the stream has",
                 [](FieldReader& reader, const Node& node, const FieldAbout& about, Arrivals& arrivals) {
                     for (const Covariate& one : reader.level_conditions(node, about)) {
                         arrivals.sets.push_back(one.index);
                     }
                 })
                 .entries(0, 40),
             custom<Arrivals>(
                 "area_effect", plain_shape(Shape::Kind::name, "area effect"),
                 "scales the volume of an area, with mean one",
                 [](FieldReader& reader, const Node& node, const FieldAbout&, Arrivals& arrivals) {
                     arrivals.area_effect = static_cast<int>(
                         reader.name(node, reader.vocabulary().study().area_effects, "area effect"));
                 })})
            .checked([](FieldReader& reader, const Node& node, Arrivals& arrivals) {
                check_span(reader, node, arrivals.from, arrivals.until);
                check_sets(reader, node, arrivals.sets);
            });
    return table;
}

template <>
const Section<Attribute>& section<Attribute>() {
    static const Section<Attribute> table(
        "attribute", "Something that families differ in, as levels with shares.",
        {custom<Attribute>(
             "given", plain_shape(Shape::Kind::name, "attribute"),
             "the attribute on which the shares depend; `levels` then has a row for each of its levels",
             nullptr),
         custom<Attribute>("levels", plain_shape(Shape::Kind::shares),
                           "shares by level; `rest` is what is left of 1, once in a row", nullptr)
             .required()});
    return table;
}

template <>
const Section<Population>& section<Population>() {
    static const Section<Population> table(
        "population", "Who the families are and when they come.",
        {custom<Population>(
             "attributes", list_shape(section_shape<Attribute>(), Shape::Kind::named),
             "at most 40 levels in all; covariates `ATTRIBUTE.LEVEL`",
             [](FieldReader& reader, const Node& node, const FieldAbout& about, Population& population) {
                 population.attributes = read_attributes(reader, node, about);
             })
             .entries(0, 40),
         custom<Population>(
             "access_groups", plain_shape(Shape::Kind::conditions, "level"),
             "levels that reports compare with everybody else",
             [](FieldReader& reader, const Node& node, const FieldAbout& about, Population& population) {
                 for (const Covariate& one : reader.level_conditions(node, about)) {
                     population.access_groups.push_back(one.index);
                 }
             })
             .entries(0, 16),
         field<&Population::arrivals>("arrivals", "streams of families, by name").required().entries(1, 64)});
    return table;
}

template <>
const Section<DeclaredTimeliness>& section<DeclaredTimeliness>() {
    static const Section<DeclaredTimeliness> table =
        Section<DeclaredTimeliness>(
            "official_timeliness", "The on-time share as official statistics count it, for calibration.",
            {field<&DeclaredTimeliness::from>("from", "first day of sign-offs that count").required(),
             field<&DeclaredTimeliness::until>("until", "last day of sign-offs that count").required(),
             field<&DeclaredTimeliness::days>("days", "on time is within so many")
                 .in("days")
                 .above(0, 36525)
                 .otherwise("140"),
             custom<DeclaredTimeliness>(
                 "when", plain_shape(Shape::Kind::conditions, "level"), "only families for whom all hold",
                 [](FieldReader& reader, const Node& node, const FieldAbout& about,
                    DeclaredTimeliness& filled) { filled.when = reader.level_conditions(node, about); })
                 .entries(0, 8)})
            .checked([](FieldReader& reader, const Node& node, DeclaredTimeliness& declared) {
                check_span(reader, node, declared.from, declared.until);
            });
    return table;
}

}  // namespace vfm::scenario
