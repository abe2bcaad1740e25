// The fields of parameters and their distributions.
#include "declared.hpp"
#include "numbers.hpp"

#include <limits>
#include <stdexcept>

namespace vfm::scenario {

namespace {

using random::Distribution;
using Kind = Distribution::Kind;

constexpr double largest = 1e15;

/// The numbers that any family may be given by.
struct Numbers {
    std::optional<double> low, mode, high, mean, sd, mu, sigma, median, shape, scale, alpha, beta;
    std::vector<double> interval, values, weights;
};
template <Kind kind>
struct NumbersOf : Numbers {};

[[noreturn]] void needs(const char* what) {
    throw std::invalid_argument(std::string("it needs ") + what);
}

Distribution made_normal(const Numbers& given) {
    if (given.mean && given.sd && given.interval.empty()) return Distribution::normal(*given.mean, *given.sd);
    if (given.mean && !given.sd && !given.interval.empty()) {
        return Distribution::normal_mean_interval(*given.mean, given.interval[0], given.interval[1]);
    }
    needs("mean and sd, or mean and interval");
}

Distribution made_lognormal(const Numbers& given) {
    const bool has_interval = !given.interval.empty();
    const int ways = (given.mu ? 1 : 0) + (given.mean ? 1 : 0) + (given.median ? 1 : 0);
    const int widths = (given.sigma ? 1 : 0) + (given.sd ? 1 : 0) + (has_interval ? 1 : 0);
    if (ways == 1 && widths == 1) {
        if (given.mu && given.sigma) return Distribution::lognormal(*given.mu, *given.sigma);
        if (given.mean && given.sd) return Distribution::lognormal_mean_sd(*given.mean, *given.sd);
        if (given.mean && has_interval) {
            return Distribution::lognormal_mean_interval(*given.mean, given.interval[0], given.interval[1]);
        }
        if (given.median && has_interval) {
            return Distribution::lognormal_median_interval(*given.median, given.interval[0],
                                                           given.interval[1]);
        }
    }
    needs("mu and sigma, mean and sd, mean and interval, or median and interval");
}

template <Kind kind>
Distribution made(const Numbers& given) {
    if constexpr (kind == Kind::uniform) return Distribution::uniform(*given.low, *given.high);
    if constexpr (kind == Kind::triangular)
        return Distribution::triangular(*given.low, *given.mode, *given.high);
    if constexpr (kind == Kind::normal) return made_normal(given);
    if constexpr (kind == Kind::lognormal) return made_lognormal(given);
    if constexpr (kind == Kind::exponential) return Distribution::exponential(*given.mean);
    if constexpr (kind == Kind::empirical) return Distribution::empirical(given.values, given.weights);
    const bool moments = given.mean && given.sd;
    const bool any_moment = given.mean || given.sd;
    if constexpr (kind == Kind::gamma) {
        if (given.shape && given.scale && !any_moment) return Distribution::gamma(*given.shape, *given.scale);
        if (moments && !given.shape && !given.scale)
            return Distribution::gamma_mean_sd(*given.mean, *given.sd);
        needs("shape and scale, or mean and sd");
    }
    if constexpr (kind == Kind::beta) {
        if (given.alpha && given.beta && !any_moment) return Distribution::beta(*given.alpha, *given.beta);
        if (moments && !given.alpha && !given.beta) return Distribution::beta_mean_sd(*given.mean, *given.sd);
        needs("alpha and beta, or mean and sd");
    }
    needs("a family");
}

template <auto member, Kind kind>
Field<NumbersOf<kind>> one(std::string_view name, std::string_view doc) {
    return field<member, NumbersOf<kind>>(name, doc).range(-largest, largest);
}
template <Kind kind>
Field<NumbersOf<kind>> interval() {
    return one<&Numbers::interval, kind>("interval", "[low, high], the central 95 %").entries(2, 2);
}
template <Kind kind>
Field<NumbersOf<kind>> mean() {
    return one<&Numbers::mean, kind>("mean", "mean");
}
template <Kind kind>
Field<NumbersOf<kind>> sd() {
    return one<&Numbers::sd, kind>("sd", "standard deviation");
}

void add_truncation(FieldReader& reader, const Node& node, const FieldAbout& about,
                    DeclaredDistribution& declared) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (!reader.expect_list(node, about) || node.items.size() != 2) return;
    const auto end = [&](std::size_t i, double open) {
        return node.items[i]->kind == Node::Kind::null ? open : reader.number(*node.items[i], about);
    };
    const double low = end(0, -infinity);
    const double high = end(1, infinity);
    if (!declared.made) return;
    try {
        declared.made = declared.made->truncated(low, high);
    } catch (const std::invalid_argument& error) {
        reader.faults().add(node.place, std::string("this truncation is not possible: ") + error.what());
    }
}

template <Kind kind>
Field<DeclaredDistribution> family(std::string_view name, std::string_view doc) {
    return custom<DeclaredDistribution>(
        name, section_shape<NumbersOf<kind>>(), doc,
        [](FieldReader& reader, const Node& node, const FieldAbout& about, DeclaredDistribution& declared) {
            NumbersOf<kind> numbers;
            Faults found;
            FieldReader inner(found);
            read_section(inner, node, about, numbers);
            reader.faults().take(found);
            if (found.any()) return;
            try {
                declared.made = made<kind>(numbers);
            } catch (const std::invalid_argument& error) {
                reader.faults().add(node.place, "this " + std::string(about.name) +
                                                    " distribution is not possible: " + error.what());
            }
        });
}

void read_dirichlet(FieldReader& reader, const Node& node, const FieldAbout& about,
                    DeclaredDistribution& declared) {
    if (!reader.expect_map(node, about.name)) return;
    FieldAbout concentration = about;
    concentration.low = 0;
    concentration.low_is_open = true;
    concentration.high = 1e12;
    for (const Entry* entry : ordered_entries(reader, node, about)) {
        declared.concentrations.emplace_back(entry->key, reader.number(*entry->value, concentration));
    }
}

}  // namespace

template <>
const Section<NumbersOf<Kind::uniform>>& section<NumbersOf<Kind::uniform>>() {
    static const Section<NumbersOf<Kind::uniform>> table(
        "uniform", "By its ends.",
        {one<&Numbers::low, Kind::uniform>("low", "least").required(),
         one<&Numbers::high, Kind::uniform>("high", "greatest").required()});
    return table;
}
template <>
const Section<NumbersOf<Kind::triangular>>& section<NumbersOf<Kind::triangular>>() {
    static const Section<NumbersOf<Kind::triangular>> table(
        "triangular", "By its ends and its peak.",
        {one<&Numbers::low, Kind::triangular>("low", "least").required(),
         one<&Numbers::mode, Kind::triangular>("mode", "peak").required(),
         one<&Numbers::high, Kind::triangular>("high", "greatest").required()});
    return table;
}
template <>
const Section<NumbersOf<Kind::normal>>& section<NumbersOf<Kind::normal>>() {
    static const Section<NumbersOf<Kind::normal>> table(
        "normal", "By mean and sd, or mean and interval.",
        {mean<Kind::normal>().required(), sd<Kind::normal>(), interval<Kind::normal>()});
    return table;
}
template <>
const Section<NumbersOf<Kind::lognormal>>& section<NumbersOf<Kind::lognormal>>() {
    static const Section<NumbersOf<Kind::lognormal>> table(
        "lognormal", "By mu and sigma, mean and sd, mean and interval, or median and interval.",
        {one<&Numbers::mu, Kind::lognormal>("mu", "mean of the logarithm"),
         one<&Numbers::sigma, Kind::lognormal>("sigma", "standard deviation of the logarithm"),
         mean<Kind::lognormal>(), sd<Kind::lognormal>(),
         one<&Numbers::median, Kind::lognormal>("median", "median"), interval<Kind::lognormal>()});
    return table;
}
template <>
const Section<NumbersOf<Kind::gamma>>& section<NumbersOf<Kind::gamma>>() {
    static const Section<NumbersOf<Kind::gamma>> table(
        "gamma", "By shape and scale, or mean and sd.",
        {one<&Numbers::shape, Kind::gamma>("shape", "shape"),
         one<&Numbers::scale, Kind::gamma>("scale", "scale"), mean<Kind::gamma>(), sd<Kind::gamma>()});
    return table;
}
template <>
const Section<NumbersOf<Kind::beta>>& section<NumbersOf<Kind::beta>>() {
    static const Section<NumbersOf<Kind::beta>> table(
        "beta", "By alpha and beta, or mean and sd.",
        {one<&Numbers::alpha, Kind::beta>("alpha", "first shape"),
         one<&Numbers::beta, Kind::beta>("beta", "second shape"), mean<Kind::beta>(), sd<Kind::beta>()});
    return table;
}
template <>
const Section<NumbersOf<Kind::exponential>>& section<NumbersOf<Kind::exponential>>() {
    static const Section<NumbersOf<Kind::exponential>> table("exponential", "By its mean.",
                                                             {mean<Kind::exponential>().required()});
    return table;
}
template <>
const Section<NumbersOf<Kind::empirical>>& section<NumbersOf<Kind::empirical>>() {
    static const Section<NumbersOf<Kind::empirical>> table(
        "empirical", "One of these values.",
        {one<&Numbers::values, Kind::empirical>("values", "the values").required().entries(1, 4000),
         one<&Numbers::weights, Kind::empirical>("weights", "as many; equal when absent").entries(1, 4000)});
    return table;
}

template <>
const Section<DeclaredDistribution>& section<DeclaredDistribution>() {
    static const Section<DeclaredDistribution> table =
        Section<DeclaredDistribution>(
            "distribution", "One of these families. Intervals are the central 95 %.",
            {family<Kind::uniform>("uniform", "between two ends"),
             family<Kind::triangular>("triangular", "with a peak"),
             family<Kind::normal>("normal", "symmetric"),
             family<Kind::lognormal>("lognormal", "positive, skewed"),
             family<Kind::gamma>("gamma", "positive, skewed"), family<Kind::beta>("beta", "between 0 and 1"),
             family<Kind::exponential>("exponential", "positive"),
             family<Kind::empirical>("empirical", "observed values"),
             custom<DeclaredDistribution>(
                 "dirichlet", list_shape(plain_shape(Shape::Kind::number), Shape::Kind::named),
                 "shares of one whole, by name, with their concentrations (counts); used as PARAMETER.SHARE",
                 read_dirichlet)
                 .entries(2, 40),
             custom<DeclaredDistribution>("truncate", list_shape(plain_shape(Shape::Kind::number)),
                                          "[low, high], null for an open end: the distribution within",
                                          add_truncation)
                 .range(-largest, largest)
                 .entries(2, 2)})
            .exclusive({"uniform", "triangular", "normal", "lognormal", "gamma", "beta", "exponential",
                        "empirical", "dirichlet"})
            .checked([](FieldReader& reader, const Node& node, DeclaredDistribution& declared) {
                if (declared.concentrations.empty() && !declared.made && node.entries.empty()) {
                    reader.faults().add(node.place, "a distribution needs its family");
                }
                if (!declared.concentrations.empty() && node.find("truncate") != nullptr) {
                    reader.faults().add(node.find("truncate")->place,
                                        "shares of a whole cannot be truncated");
                }
            });
    return table;
}

template <>
const Section<DeclaredParameter>& section<DeclaredParameter>() {
    static const Section<DeclaredParameter> table =
        Section<DeclaredParameter>(
            "parameter", "A number with its evidence.",
            {field<&DeclaredParameter::value>("value", "when it is not uncertain").range(-largest, largest),
             field<&DeclaredParameter::distribution>("distribution", "when it is; exactly one of these two"),
             field<&DeclaredParameter::unit>("unit", "what it is measured in; money has GBP in it")
                 .required(),
             field<&DeclaredParameter::source>("source", "where it is from, for others to find").required(),
             custom<DeclaredParameter>("quality",
                                       choice_shape({std::begin(quality_names), std::end(quality_names)}),
                                       "how good the evidence is; an assumption says so",
                                       [](FieldReader& reader, const Node& node, const FieldAbout& about,
                                          DeclaredParameter& declared) {
                                           declared.quality = quality_names[reader.choice(node, about)];
                                       })
                 .required(),
             field<&DeclaredParameter::price_year>("price_year",
                                                   "of money, brought to the study's by `money.deflators`")
                 .range(1950, 2100)})
            .exclusive({"value", "distribution"})
            .checked([](FieldReader& reader, const Node& node, DeclaredParameter& declared) {
                if (node.entry("value") == nullptr && node.entry("distribution") == nullptr) {
                    reader.faults().add(node.place, "a parameter needs its number",
                                        "write `value` or `distribution`");
                }
                for (const char* text : {"unit", "source"}) {
                    const Node* written = node.find(text);
                    if (written != nullptr && written->is_scalar() && written->text.empty()) {
                        reader.faults().add(written->place, "'" + std::string(text) + "' is empty");
                    }
                }
                const bool is_money = declared.unit.find("GBP") != std::string::npos;
                if (is_money && !declared.price_year) {
                    reader.missing(node, "a parameter in money", "price_year", "in whose prices?");
                }
            });
    return table;
}

template <>
const Section<DeclaredCorrelation>& section<DeclaredCorrelation>() {
    static const Section<DeclaredCorrelation> table(
        "correlation", "Two things that are drawn together (Gaussian copula).",
        {field<&DeclaredCorrelation::between>("between", "their two names").required().entries(2, 2),
         field<&DeclaredCorrelation::spearman>("spearman", "rank correlation").required().range(-1, 1)});
    return table;
}

}  // namespace vfm::scenario
