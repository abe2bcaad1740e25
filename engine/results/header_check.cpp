#include "header_check.hpp"

#include "batch_shape.hpp"

#include "vfm/core/utf8.hpp"
#include "vfm/results/batch.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <set>
#include <vector>

#include <fmt/format.h>

namespace vfm::results {

namespace {

constexpr std::uint64_t most_names = 1U << 16U;
constexpr std::uint64_t most_units = std::uint64_t{1} << 32U;
constexpr std::uint64_t most_batches = 1U << 22U;
constexpr std::uint64_t most_totals = 1U << 22U;         ///< entries of a timeline, or of all histograms
constexpr std::uint64_t most_batch_entries = 1U << 28U;  ///< 2 GiB
constexpr std::size_t longest_name = 1000;

/// The product, or `limit + 1` when it is more than `limit`.
std::uint64_t bounded_product(std::initializer_list<std::uint64_t> factors, std::uint64_t limit) {
    if (std::find(factors.begin(), factors.end(), 0U) != factors.end()) return 0;
    std::uint64_t product = 1;
    for (const std::uint64_t factor : factors) {
        if (factor > limit / product) return limit + 1;
        product *= factor;
    }
    return product;
}

template <class Thing, class Name>
std::vector<std::string> names_of(const std::vector<Thing>& things, Name name) {
    std::vector<std::string> names;
    names.reserve(things.size());
    for (const Thing& thing : things) names.push_back(thing.*name);
    return names;
}

/// What a terminal may take for a command.
bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

std::string names_problem(const char* what, const std::vector<std::string>& names) {
    if (names.size() > most_names) return fmt::format("more than {} {} names", most_names, what);
    std::set<std::string_view> seen;
    for (const std::string& name : names) {
        if (name.empty()) return fmt::format("a {} without a name", what);
        if (name.size() > longest_name) return fmt::format("a {} name of {} bytes", what, name.size());
        if (!is_plain_utf8(name)) return fmt::format("a {} name that is not UTF-8", what);
        if (std::any_of(name.begin(), name.end(), [](char c) { return is_control(c); }))
            return fmt::format("a {} name with a control character", what);
        if (!seen.insert(name).second) return fmt::format("two {}s named `{}`", what, name);
    }
    return {};
}

std::string texts_problem(const char* what, std::initializer_list<std::string_view> texts) {
    for (const std::string_view text : texts) {
        if (!is_plain_utf8(text)) return fmt::format("a text of a {} that is not UTF-8", what);
    }
    return {};
}

bool is_among_names(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The first text that is not empty.
std::string first_problem(std::initializer_list<std::string> problems) {
    for (const std::string& problem : problems) {
        if (!problem.empty()) return problem;
    }
    return {};
}

std::string all_names_problem(const Layout& layout) {
    return first_problem({
        names_problem("arm", layout.arms),
        names_problem("measure", names_of(layout.measures, &Measure::name)),
        names_problem("ratio", names_of(layout.ratios, &Ratio::name)),
        names_problem("group", layout.groups),
        names_problem("group measure", layout.group_measures),
        names_problem("area type", names_of(layout.area_types, &AreaType::name)),
        names_problem("area type measure", layout.area_type_measures),
        names_problem("payer", layout.payers),
        names_problem("cost category", layout.categories),
        names_problem("perspective", layout.perspectives),
        names_problem("histogram", names_of(layout.histograms, &Histogram::measure)),
        names_problem("timeline measure", names_of(layout.timeline_measures, &TimelineMeasure::name)),
        names_problem("parameter", names_of(layout.parameters, &ParameterRow::name)),
    });
}

std::string all_texts_problem(const Layout& layout) {
    std::string problem;
    const auto look = [&problem](const char* what, std::initializer_list<std::string_view> texts) {
        if (problem.empty()) problem = texts_problem(what, texts);
    };
    for (const std::string& title : layout.arm_titles) look("arm", {title});
    for (const AreaType& t : layout.area_types) look("area type", {t.title});
    for (const Measure& m : layout.measures) look("measure", {m.unit, m.description});
    for (const Ratio& r : layout.ratios) look("ratio", {r.unit, r.description});
    for (const Histogram& h : layout.histograms) look("histogram", {h.unit});
    for (const TimelineMeasure& m : layout.timeline_measures)
        look("timeline measure", {m.unit, m.description});
    for (const ParameterRow& p : layout.parameters) {
        look("parameter", {p.unit, p.source, p.quality, p.distribution});
    }
    return problem;
}

std::string references_problem(const Layout& layout) {
    const std::vector<std::string> measures = names_of(layout.measures, &Measure::name);
    for (const Ratio& ratio : layout.ratios) {
        for (const std::string& part : {ratio.numerator, ratio.denominator}) {
            if (!is_among_names(measures, part)) {
                return fmt::format("ratio `{}` of `{}`, which is no measure", ratio.name, part);
            }
        }
    }
    for (const std::string& measure : layout.group_measures) {
        if (!is_among_names(measures, measure))
            return fmt::format("group measure `{}`, which is no measure", measure);
    }
    for (const std::string& name : layout.area_type_measures) {
        const bool additive =
            std::any_of(layout.measures.begin(), layout.measures.end(),
                        [&name](const Measure& measure) { return measure.name == name && measure.additive; });
        if (!additive) return fmt::format("area type measure `{}`, which is no additive measure", name);
    }
    if (!layout.reference_arm.empty() && !is_among_names(layout.arms, layout.reference_arm)) {
        return fmt::format("reference arm `{}`, which is no arm", layout.reference_arm);
    }
    return {};
}

std::string histograms_problem(const Layout& layout) {
    for (const Histogram& histogram : layout.histograms) {
        const std::string& name = histogram.measure;
        // The name becomes the name of an HDF5 group.
        if (name.find('/') != std::string::npos || name == "." || name == "..") {
            return fmt::format("a histogram named `{}`", name);
        }
        const auto& edges = histogram.edges;
        const bool finite =
            std::all_of(edges.begin(), edges.end(), [](double e) { return std::isfinite(e); });
        const auto not_rising = [](double a, double b) { return a >= b; };
        if (edges.size() < 2 || !finite ||
            std::adjacent_find(edges.begin(), edges.end(), not_rising) != edges.end()) {
            return fmt::format("histogram `{}` without at least two rising edges", name);
        }
    }
    return {};
}

std::string sizes_problem(const Layout& layout) {
    if (layout.arms.empty()) return "no arms";
    if (layout.measures.empty()) return "no measures";
    if (layout.arm_titles.size() != layout.arms.size()) return "not one title for each arm";
    if (layout.draws == 0 || layout.replications == 0) return "no draws or no replications";
    if (bounded_product({layout.draws, layout.replications}, most_units) > most_units ||
        layout.central_units > most_units) {
        return fmt::format("more than {} units", most_units);
    }
    const std::uint64_t arms = layout.arms.size();
    if (bounded_product({arms, layout.weeks, layout.timeline_measures.size()}, most_totals) > most_totals ||
        layout.weeks > most_totals) {
        return fmt::format("more than {} entries in the timeline", most_totals);
    }
    std::uint64_t bins = 0;
    for (const Histogram& histogram : layout.histograms) bins += histogram.edges.size();
    if (bounded_product({2, arms, bins}, most_totals) > most_totals) {
        return fmt::format("more than {} entries in the histograms", most_totals);
    }
    const std::uint64_t row =
        layout.parameters.size() + bounded_product({arms, layout.measures.size()}, most_batch_entries) +
        bounded_product({arms, layout.groups.size(), layout.group_measures.size()}, most_batch_entries) +
        bounded_product({arms, layout.payers.size(), layout.categories.size()}, most_batch_entries) +
        bounded_product({arms, layout.area_types.size(), layout.area_type_measures.size()},
                        most_batch_entries);
    if (row > most_batch_entries / 2) return "rows of more than a gibibyte";
    return {};
}

std::string batches_problem(const RunHeader& header) {
    const Layout& layout = header.layout;
    if (header.batch_units == 0 || header.batch_units > 2 * most_units)
        return "a batch of no units, or of too many";
    if (batch_count(layout, header.batch_units) > most_batches) {
        return fmt::format("more than {} batches", most_batches);
    }
    const std::uint64_t rows = std::min(header.batch_units, layout.study_units());
    const BatchShape shape(layout);
    if (bounded_product({rows, shape.draw + shape.row()}, most_batch_entries / 2) > most_batch_entries / 2) {
        return "batches of more than a gibibyte";
    }
    return {};
}

std::string layout_problem(const Layout& layout) {
    const std::string problem = first_problem({all_names_problem(layout), all_texts_problem(layout),
                                               references_problem(layout), histograms_problem(layout)});
    return problem.empty() ? sizes_problem(layout) : problem;
}

}  // namespace

bool is_plain_utf8(std::string_view text) {
    return text.find('\0') == std::string_view::npos && is_utf8(text);
}

std::string header_problem(const RunHeader& header) {
    std::string problem = layout_problem(header.layout);
    if (problem.empty()) problem = batches_problem(header);
    if (!problem.empty()) return problem;
    const auto not_finite = [](double value) { return !std::isfinite(value); };
    if (not_finite(header.discount_rate) || not_finite(header.layout.first_week_days) ||
        std::any_of(header.layout.parameters.begin(), header.layout.parameters.end(),
                    [&](const ParameterRow& parameter) { return not_finite(parameter.mean); })) {
        return "a number that is not finite";
    }
    return texts_problem("run", {header.title, header.scenario_yaml, header.scenario_sha256,
                                 header.engine_version, header.source_revision});
}

}  // namespace vfm::results
