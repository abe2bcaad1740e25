#include "vfm/results/results_file.hpp"

#include "built_aside.hpp"
#include "hdf5_sink.hpp"
#include "hdf5_writer.hpp"
#include "name_tables.hpp"
#include "row_tables.hpp"

#include "vfm/core/errors.hpp"

#include <fmt/format.h>

namespace vfm::results {

namespace {

void refuse_incomplete(const JournalReader& journal) {
    if (journal.batches_present() == journal.batch_count()) return;
    throw FileFormatError(fmt::format("'{}' holds {} of {} batches; the run is not complete",
                                      journal.path().string(), journal.batches_present(),
                                      journal.batch_count()));
}

void write_summary_group(const hdf5::Handle& file, const JournalReader& journal) {
    const Layout& layout = journal.header().layout;
    hdf5::Group group(file, "summary");
    add_arms(group, layout);
    group.add_counted_dimension("draw", layout.draws);
    group.add_counted_dimension("replication", layout.replications);
    add_measures(group, layout.measures);
    write_summary(journal, group);
}

/// Those of the study's measures that a table of its own has, by name.
std::vector<Measure> measures_named(const Layout& layout, const std::vector<std::string>& names) {
    std::vector<Measure> measures;
    for (const std::string& name : names) {
        for (const Measure& measure : layout.measures) {
            if (measure.name == name) measures.push_back(measure);
        }
    }
    return measures;
}

void write_groups_group(const hdf5::Handle& file, const JournalReader& journal) {
    const Layout& layout = journal.header().layout;
    if (layout.groups.empty() || layout.group_measures.empty()) return;
    hdf5::Group group(file, "groups");
    add_arms(group, layout);
    group.add_counted_dimension("draw", layout.draws);
    group.add_counted_dimension("replication", layout.replications);
    group.add_dimension("group", layout.groups);
    add_measures(group, measures_named(layout, layout.group_measures));
    write_groups(journal, group);
}

void write_area_types_group(const hdf5::Handle& file, const JournalReader& journal) {
    const Layout& layout = journal.header().layout;
    if (layout.area_types.empty() || layout.area_type_measures.empty()) return;
    hdf5::Group group(file, "area_types");
    add_arms(group, layout);
    group.add_counted_dimension("draw", layout.draws);
    group.add_counted_dimension("replication", layout.replications);
    add_area_types(group, layout);
    add_measures(group, measures_named(layout, layout.area_type_measures));
    write_area_types(journal, group);
}

void write_costs_group(const hdf5::Handle& file, const JournalReader& journal) {
    const Layout& layout = journal.header().layout;
    if (layout.payers.empty() || layout.categories.empty()) return;
    hdf5::Group group(file, "costs");
    add_arms(group, layout);
    group.add_counted_dimension("draw", layout.draws);
    group.add_dimension("payer", layout.payers);
    group.add_dimension("category", layout.categories);
    write_costs(journal, group);
    set_attribute(group["value"], "unit", std::string("GBP"));
    set_attribute(group["value"], "description", std::string("mean over replications"));
}

void write_hdf5(const JournalReader& journal, const Provenance& provenance, const hdf5::Sink& sink) {
    const RunHeader& header = journal.header();
    const Totals totals = totals_of(journal);
    hdf5::Handle file = sink.create_file();
    write_root(file, header);
    write_arms(file, header.layout);
    write_parameters(file, journal);
    write_assumptions(file, header.layout);
    write_ratios(file, header.layout);
    write_perspectives(file, header.layout);
    write_summary_group(file, journal);
    write_groups_group(file, journal);
    write_costs_group(file, journal);
    write_area_types_group(file, journal);
    write_timeline(file, header.layout, totals.timeline);
    write_distributions(file, header.layout, totals.histograms);
    write_provenance(file, journal, provenance);
    file.close("write");
}

}  // namespace

void build_results_file(const JournalReader& journal, const Provenance& provenance,
                        const std::filesystem::path& path, Overwrite overwrite) {
    refuse_incomplete(journal);
    FileAside(path, IfTaken::refuse).build(overwrite, [&](const hdf5::Sink& sink) {
        write_hdf5(journal, provenance, sink);
    });
}

}  // namespace vfm::results
