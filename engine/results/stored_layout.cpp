#include "stored_layout.hpp"

#include "header_check.hpp"

#include "vfm/core/errors.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include <fmt/format.h>

namespace vfm::results {

namespace {

using hdf5::Handle;
using hdf5::Shape;
using hdf5::Texts;
using hdf5::Type;

int small_integer(const Handle& file, const char* name) {
    const std::int64_t number = hdf5::integer_attribute(file, name);
    if (number < std::numeric_limits<int>::min() || number > std::numeric_limits<int>::max()) {
        throw FileFormatError(fmt::format("attribute `{}` is out of range", name));
    }
    return static_cast<int>(number);
}

/// A column of texts beside a dimension of `size` names.
Texts stored_texts(const Handle& group, const char* name, std::size_t size) {
    return array_of(group, name, Type::text, {size}).texts();
}

std::vector<std::int64_t> stored_flags(const Handle& group, const char* name, std::size_t size) {
    return array_of(group, name, Type::flag, {size}).integers();
}

/// The name of a dimension of a table, checked to be the same as elsewhere in the file.
void expect_same(const Handle& group, const char* dimension, const Texts& names) {
    if (hdf5::texts_in(group, dimension) != names) {
        throw FileFormatError(fmt::format("its tables do not agree on the names of `{}`", dimension));
    }
}

void read_arms(const Handle& file, Layout& layout) {
    const Handle group = hdf5::open_group(file, "arms");
    layout.arms = hdf5::texts_in(group, "arm");
    layout.arm_titles = stored_texts(group, "title", layout.arms.size());
    layout.reference_arm = hdf5::text_attribute(group, "reference");
}

void read_summary(const Handle& file, Layout& layout) {
    const Handle group = hdf5::open_group(file, "summary");
    expect_same(group, "arm", layout.arms);
    const Texts names = hdf5::texts_in(group, "measure");
    const Texts units = stored_texts(group, "unit", names.size());
    const Texts descriptions = stored_texts(group, "description", names.size());
    const std::vector<std::int64_t> additive = stored_flags(group, "additive", names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        layout.measures.push_back({names[i], units[i], descriptions[i], additive[i] != 0});
    }
    const hdf5::Array value(group, "value");
    value.expect(Type::real, 4);
    layout.draws = value.shape()[1];
    layout.replications = value.shape()[2];
    (void)array_of(group, "value", Type::real,
                   {layout.arms.size(), layout.draws, layout.replications, names.size()});
}

void read_groups(const Handle& file, Layout& layout) {
    if (!hdf5::has(file, "groups")) return;
    const Handle group = hdf5::open_group(file, "groups");
    expect_same(group, "arm", layout.arms);
    layout.groups = hdf5::texts_in(group, "group");
    layout.group_measures = hdf5::texts_in(group, "measure");
    (void)array_of(group, "value", Type::real,
                   {layout.arms.size(), layout.draws, layout.replications, layout.groups.size(),
                    layout.group_measures.size()});
}

void read_costs(const Handle& file, Layout& layout) {
    if (!hdf5::has(file, "costs")) return;
    const Handle group = hdf5::open_group(file, "costs");
    expect_same(group, "arm", layout.arms);
    layout.payers = hdf5::texts_in(group, "payer");
    layout.categories = hdf5::texts_in(group, "category");
    (void)array_of(group, "value", Type::real,
                   {layout.arms.size(), layout.draws, layout.payers.size(), layout.categories.size()});
}

void read_area_types(const Handle& file, Layout& layout) {
    if (!hdf5::has(file, "area_types")) return;
    const Handle group = hdf5::open_group(file, "area_types");
    expect_same(group, "arm", layout.arms);
    const Texts names = hdf5::texts_in(group, "area_type");
    const Texts titles = stored_texts(group, "title", names.size());
    const std::vector<std::int64_t> areas =
        array_of(group, "areas", Type::integer, {names.size()}).integers();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (areas[i] < 1) throw FileFormatError("area type `" + names[i] + "` has no areas");
        layout.area_types.push_back({names[i], titles[i], static_cast<std::uint64_t>(areas[i])});
    }
    layout.area_type_measures = hdf5::texts_in(group, "measure");
    (void)array_of(group, "value", Type::real,
                   {layout.arms.size(), layout.draws, layout.replications, layout.area_types.size(),
                    layout.area_type_measures.size()});
}

void read_ratios(const Handle& file, Layout& layout) {
    if (!hdf5::has(file, "ratios")) return;
    const Handle group = hdf5::open_group(file, "ratios");
    const Texts names = hdf5::texts_in(group, "ratio");
    const Texts numerators = stored_texts(group, "numerator", names.size());
    const Texts denominators = stored_texts(group, "denominator", names.size());
    const Texts units = stored_texts(group, "unit", names.size());
    const Texts descriptions = stored_texts(group, "description", names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        layout.ratios.push_back({names[i], numerators[i], denominators[i], units[i], descriptions[i]});
    }
}

void read_timeline(const Handle& file, Layout& layout) {
    if (!hdf5::has(file, "timeline")) return;
    const Handle group = hdf5::open_group(file, "timeline");
    expect_same(group, "arm", layout.arms);
    const std::vector<double> weeks = hdf5::reals_in(group, "week");
    layout.weeks = weeks.size();
    layout.first_week_days = weeks.empty() ? 0 : weeks.front();
    const Texts names = hdf5::texts_in(group, "measure");
    const Texts units = stored_texts(group, "unit", names.size());
    const Texts descriptions = stored_texts(group, "description", names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        layout.timeline_measures.push_back({names[i], units[i], descriptions[i]});
    }
    (void)array_of(group, "value", Type::integer, {layout.arms.size(), weeks.size(), names.size()});
}

void read_distributions(const Handle& file, Layout& layout) {
    if (!hdf5::has(file, "distributions")) return;
    const Handle all = hdf5::open_group(file, "distributions");
    layout.central_units = hdf5::natural_attribute(all, "central_units");
    for (const std::string& measure : hdf5::texts_attribute(all, "measures")) {
        const Handle group = hdf5::open_group(all, measure);
        expect_same(group, "arm", layout.arms);
        const hdf5::Array edges(group, "edges");
        edges.expect(Type::real, 1);
        if (edges.shape()[0] < 2) throw FileFormatError("histogram `" + measure + "` has no bins");
        layout.histograms.push_back({measure, hdf5::text_attribute(edges.handle(), "unit"), edges.reals()});
        (void)array_of(group, "count", Type::integer, {2, layout.arms.size(), edges.shape()[0] - 1});
    }
}

void read_parameter_rows(const Handle& file, Layout& layout) {
    Texts drawn;
    if (hdf5::has(file, "assumptions")) {
        const Handle group = hdf5::open_group(file, "assumptions");
        const Texts names = hdf5::texts_in(group, "parameter");
        const std::size_t size = names.size();
        const Texts units = stored_texts(group, "unit", size);
        const Texts sources = stored_texts(group, "source", size);
        const Texts qualities = stored_texts(group, "quality", size);
        const Texts distributions = stored_texts(group, "distribution", size);
        const std::vector<double> means = array_of(group, "mean", Type::real, {size}).reals();
        const std::vector<std::int64_t> uncertain = stored_flags(group, "uncertain", size);
        for (std::size_t i = 0; i < size; ++i) {
            layout.parameters.push_back({names[i], units[i], sources[i], qualities[i], distributions[i],
                                         means[i], uncertain[i] != 0});
            if (uncertain[i] != 0) drawn.push_back(names[i]);
        }
    }
    if (drawn.empty()) return;
    const Handle group = hdf5::open_group(file, "parameters");
    expect_same(group, "parameter", drawn);
    (void)array_of(group, "value", Type::real, {layout.draws, drawn.size()});
}

Layout read_layout(const Handle& file) {
    Layout layout;
    read_arms(file, layout);
    read_summary(file, layout);
    read_groups(file, layout);
    read_costs(file, layout);
    read_area_types(file, layout);
    read_ratios(file, layout);
    read_timeline(file, layout);
    read_distributions(file, layout);
    read_parameter_rows(file, layout);
    if (hdf5::has(file, "perspectives")) {
        layout.perspectives = hdf5::texts_in(hdf5::open_group(file, "perspectives"), "perspective");
    }
    return layout;
}

}  // namespace

hdf5::Array array_of(const Handle& group, const char* name, Type type, const Shape& shape) {
    hdf5::Array array(group, name);
    array.expect(type, shape.size());
    if (array.shape() != shape) {
        throw FileFormatError(
            fmt::format("the shape of `{}` does not fit the names of its dimensions", array.name()));
    }
    return array;
}

void expect_our_format(const Handle& file) {
    std::string format;
    try {
        format = hdf5::text_attribute(file, "format");
    } catch (const hdf5::Error&) {
        format.clear();
    }
    if (format != results_format) throw FileFormatError("it is not a vfm results file");
    const std::string version = hdf5::text_attribute(file, "format_version");
    const auto major_of = [](std::string_view text) {
        int major = 0;
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), major);
        return parsed.ec == std::errc() && major > 0 ? major : 0;
    };
    const int major = major_of(version);
    if (major == 0) throw FileFormatError("its format version is damaged");
    if (major > major_of(results_format_version)) {
        throw FileFormatError(
            fmt::format("its format is version {}, and this vfmsim reads versions up to {}; use a newer "
                        "vfmsim",
                        version, results_format_version));
    }
}

RunHeader read_header(const Handle& file) {
    RunHeader header;
    header.title = hdf5::text_attribute(file, "title");
    header.engine_version = hdf5::text_attribute(file, "engine_version");
    header.source_revision = hdf5::text_attribute(file, "source_revision");
    header.results_epoch = small_integer(file, "results_epoch");
    header.seed = hdf5::natural_attribute(file, "seed");
    header.price_year = small_integer(file, "price_year");
    header.discount_rate = hdf5::real_attribute(file, "discount_rate");
    header.scenario_sha256 = hdf5::text_attribute(file, "scenario_sha256");
    const hdf5::Array scenario(file, "scenario");
    header.scenario_yaml = scenario.expect(Type::text, 0).texts().front();
    header.batch_units = hdf5::natural_attribute(hdf5::open_group(file, "provenance"), "batch_units");
    header.layout = read_layout(file);
    const std::string problem = header_problem(header);
    if (!problem.empty()) throw FileFormatError("it has " + problem);
    return header;
}

Provenance read_provenance(const Handle& file) {
    const Handle group = hdf5::open_group(file, "provenance");
    Provenance provenance;
    provenance.created = hdf5::text_attribute(group, "created");
    provenance.command_line = hdf5::text_attribute(group, "command_line");
    provenance.host = hdf5::text_attribute(group, "host");
    provenance.cores = hdf5::integer_attribute(group, "cores");
    provenance.threads = hdf5::integer_attribute(group, "threads");
    provenance.compiler = hdf5::text_attribute(group, "compiler");
    provenance.build_type = hdf5::text_attribute(group, "build_type");
    provenance.wall_seconds = hdf5::real_attribute(group, "wall_seconds");
    const Texts attributes = hdf5::attribute_names(group);
    // Files written before it was measured lack it.
    if (std::find(attributes.begin(), attributes.end(), "journal_seconds") != attributes.end()) {
        provenance.journal_seconds = hdf5::real_attribute(group, "journal_seconds");
    }
    if (!hdf5::has(group, "library")) return provenance;
    const Texts names = hdf5::texts_in(group, "library");
    const Texts versions = stored_texts(group, "version", names.size());
    for (std::size_t i = 0; i < names.size(); ++i) provenance.libraries.push_back({names[i], versions[i]});
    return provenance;
}

}  // namespace vfm::results
