#include "name_tables.hpp"

#include "batch_shape.hpp"
#include "row_tables.hpp"

#include "vfm/core/errors.hpp"

#include <algorithm>
#include <iterator>

namespace vfm::results {

namespace {

using hdf5::Group;
using hdf5::Texts;

template <class Thing, class Value>
std::vector<Value> members(const std::vector<Thing>& things, Value Thing::*member) {
    std::vector<Value> values;
    values.reserve(things.size());
    for (const Thing& thing : things) values.push_back(thing.*member);
    return values;
}

template <class Thing>
std::vector<std::int8_t> member_flags(const std::vector<Thing>& things, bool Thing::*member) {
    std::vector<std::int8_t> values;
    values.reserve(things.size());
    for (const Thing& thing : things) values.push_back(thing.*member ? 1 : 0);
    return values;
}

void describe(const hdf5::Handle& object, const char* unit, const char* description) {
    // Not `units`: xarray would make times of numbers of days.
    if (*unit != '\0') set_attribute(object, "unit", std::string(unit));
    set_attribute(object, "description", std::string(description));
}

void add_parameter_columns(Group& group, const std::vector<ParameterRow>& parameters) {
    const Texts on{"parameter"};
    group.add("unit", on, members(parameters, &ParameterRow::unit));
    group.add("source", on, members(parameters, &ParameterRow::source));
    group.add("quality", on, members(parameters, &ParameterRow::quality));
    group.add("distribution", on, members(parameters, &ParameterRow::distribution));
    group.add("mean", on, std::span<const double>(members(parameters, &ParameterRow::mean)));
}

void add_all(std::vector<std::int64_t>& sums, const std::vector<std::int64_t>& more,
             const JournalReader& journal) {
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (__builtin_add_overflow(sums[i], more[i], &sums[i])) {
            throw FileFormatError("'" + journal.path().string() + "' holds totals beyond 64 bits");
        }
    }
}

}  // namespace

Totals totals_of(const JournalReader& journal) {
    Totals totals;
    const BatchShape sizes(journal.header().layout);
    totals.timeline.resize(sizes.timeline);
    totals.histograms.resize(sizes.histograms);
    std::vector<std::int64_t> timeline(totals.timeline.size());
    std::vector<std::int64_t> histograms(totals.histograms.size());
    for (std::uint64_t batch = 0; batch < journal.batch_count(); ++batch) {
        journal.read_timeline(batch, 0, timeline);
        journal.read_histograms(batch, 0, histograms);
        add_all(totals.timeline, timeline, journal);
        add_all(totals.histograms, histograms, journal);
    }
    return totals;
}

void write_root(const hdf5::Handle& file, const RunHeader& header) {
    set_attribute(file, "format", std::string(results_format));
    set_attribute(file, "format_version", std::string(results_format_version));
    set_attribute(file, "title", header.title);
    set_attribute(file, "engine_version", header.engine_version);
    set_attribute(file, "source_revision", header.source_revision);
    set_attribute(file, "results_epoch", std::int64_t{header.results_epoch});
    set_attribute(file, "seed", header.seed);
    set_attribute(file, "price_year", std::int64_t{header.price_year});
    set_attribute(file, "discount_rate", header.discount_rate);
    set_attribute(file, "scenario_sha256", header.scenario_sha256);
    hdf5::write_text(file, "scenario", header.scenario_yaml);
}

void add_arms(Group& group, const Layout& layout) {
    group.add_dimension("arm", layout.arms);
}

void add_measures(Group& group, const std::vector<Measure>& measures) {
    group.add_dimension("measure", members(measures, &Measure::name));
    group.add("unit", {"measure"}, members(measures, &Measure::unit));
    group.add("description", {"measure"}, members(measures, &Measure::description));
    const hdf5::Handle& additive = group.add(
        "additive", {"measure"}, std::span<const std::int8_t>(member_flags(measures, &Measure::additive)));
    describe(additive, "", "1: sums over units mean something; 0: a statistic of one replication");
}

void add_area_types(Group& group, const Layout& layout) {
    group.add_dimension("area_type", members(layout.area_types, &AreaType::name));
    group.add("title", {"area_type"}, members(layout.area_types, &AreaType::title));
    std::vector<std::int64_t> areas;
    for (const AreaType& type : layout.area_types) areas.push_back(static_cast<std::int64_t>(type.areas));
    describe(group.add("areas", {"area_type"}, std::span<const std::int64_t>(areas)), "areas",
             "areas of the type in a replication");
}

void write_arms(const hdf5::Handle& file, const Layout& layout) {
    Group group(file, "arms");
    add_arms(group, layout);
    group.add("title", {"arm"}, layout.arm_titles);
    set_attribute(group.handle(), "reference", layout.reference_arm);
}

void write_parameters(const hdf5::Handle& file, const JournalReader& journal) {
    const Layout& layout = journal.header().layout;
    std::vector<ParameterRow> uncertain;
    std::copy_if(layout.parameters.begin(), layout.parameters.end(), std::back_inserter(uncertain),
                 [](const ParameterRow& parameter) { return parameter.uncertain; });
    if (uncertain.empty()) return;
    Group group(file, "parameters");
    group.add_counted_dimension("draw", layout.draws);
    group.add_dimension("parameter", members(uncertain, &ParameterRow::name));
    const hdf5::Handle& value = group.add_rows("value", {"draw", "parameter"});
    write_draws(journal, value);
    describe(value, "", "every draw of every uncertain parameter");
    add_parameter_columns(group, uncertain);
}

void write_assumptions(const hdf5::Handle& file, const Layout& layout) {
    if (layout.parameters.empty()) return;
    Group group(file, "assumptions");
    group.add_dimension("parameter", members(layout.parameters, &ParameterRow::name));
    add_parameter_columns(group, layout.parameters);
    const auto uncertain = member_flags(layout.parameters, &ParameterRow::uncertain);
    describe(group.add("uncertain", {"parameter"}, std::span<const std::int8_t>(uncertain)), "",
             "1: drawn, in /parameters; 0: fixed at its mean");
}

void write_ratios(const hdf5::Handle& file, const Layout& layout) {
    if (layout.ratios.empty()) return;
    Group group(file, "ratios");
    group.add_dimension("ratio", members(layout.ratios, &Ratio::name));
    group.add("numerator", {"ratio"}, members(layout.ratios, &Ratio::numerator));
    group.add("denominator", {"ratio"}, members(layout.ratios, &Ratio::denominator));
    group.add("unit", {"ratio"}, members(layout.ratios, &Ratio::unit));
    group.add("description", {"ratio"}, members(layout.ratios, &Ratio::description));
}

void write_perspectives(const hdf5::Handle& file, const Layout& layout) {
    if (layout.perspectives.empty()) return;
    Group group(file, "perspectives");
    group.add_dimension("perspective", layout.perspectives);
}

void write_timeline(const hdf5::Handle& file, const Layout& layout, const std::vector<std::int64_t>& totals) {
    if (totals.empty()) return;
    Group group(file, "timeline");
    add_arms(group, layout);
    std::vector<double> week_starts(layout.weeks);
    for (std::size_t week = 0; week < week_starts.size(); ++week) {
        week_starts[week] = layout.first_week_days + 7.0 * static_cast<double>(week);
    }
    group.add_dimension("week", std::span<const double>(week_starts));
    describe(group["week"], "days since launch", "start of the week");
    group.add_dimension("measure", members(layout.timeline_measures, &TimelineMeasure::name));
    group.add("unit", {"measure"}, members(layout.timeline_measures, &TimelineMeasure::unit));
    group.add("description", {"measure"}, members(layout.timeline_measures, &TimelineMeasure::description));
    const hdf5::Handle& value = group.add("value", {"arm", "week", "measure"}, std::span(totals));
    describe(value, "", "sums over the study's units: divide by study_units for the mean of one");
    set_attribute(value, "study_units", layout.study_units());
}

void write_distributions(const hdf5::Handle& file, const Layout& layout,
                         const std::vector<std::int64_t>& totals) {
    if (layout.histograms.empty()) return;
    const Group all(file, "distributions");
    set_attribute(all.handle(), "measures", members(layout.histograms, &Histogram::measure));
    set_attribute(all.handle(), "study_units", layout.study_units());
    set_attribute(all.handle(), "central_units", layout.central_units);

    const std::size_t arms = layout.arms.size();
    const std::size_t row = totals.size() / (2 * arms);  // the bins of all histograms, end to end
    std::size_t first_bin = 0;
    for (const Histogram& histogram : layout.histograms) {
        const std::size_t bins = histogram.edges.size() - 1;
        std::vector<std::int64_t> counts;
        counts.reserve(2 * arms * bins);
        for (std::size_t line = 0; line < 2 * arms; ++line) {
            const auto from = totals.begin() + static_cast<std::ptrdiff_t>(line * row + first_bin);
            counts.insert(counts.end(), from, from + static_cast<std::ptrdiff_t>(bins));
        }
        first_bin += bins;

        Group group(all.handle(), histogram.measure);
        group.add_dimension("kind", Texts{"predictive", "central"});
        add_arms(group, layout);
        group.add_pure_dimension("bin", bins);
        group.add_pure_dimension("edge", histogram.edges.size());
        describe(group.add("count", {"kind", "arm", "bin"}, std::span<const std::int64_t>(counts)),
                 "families", "families in each bin; marginal, so never difference them");
        describe(group.add("edges", {"edge"}, std::span(histogram.edges)), histogram.unit.c_str(),
                 "edges of the bins; the first and last bin also hold what lies outside");
    }
}

void write_provenance(const hdf5::Handle& file, const JournalReader& journal, const Provenance& provenance) {
    Group group(file, "provenance");
    set_attribute(group.handle(), "created", provenance.created);
    set_attribute(group.handle(), "command_line", provenance.command_line);
    set_attribute(group.handle(), "host", provenance.host);
    set_attribute(group.handle(), "cores", provenance.cores);
    set_attribute(group.handle(), "threads", provenance.threads);
    set_attribute(group.handle(), "compiler", provenance.compiler);
    set_attribute(group.handle(), "build_type", provenance.build_type);
    set_attribute(group.handle(), "wall_seconds", provenance.wall_seconds);
    set_attribute(group.handle(), "journal_seconds", provenance.journal_seconds);
    set_attribute(group.handle(), "batches", journal.batch_count());
    set_attribute(group.handle(), "batch_units", journal.header().batch_units);
    if (provenance.libraries.empty()) return;
    group.add_dimension("library", members(provenance.libraries, &NamedVersion::name));
    group.add("version", {"library"}, members(provenance.libraries, &NamedVersion::version));
}

}  // namespace vfm::results
