#include "vfm/results/results_file.hpp"

#include "hdf5_sink.hpp"
#include "hdf5_writer.hpp"
#include "name_tables.hpp"
#include "posix_file.hpp"
#include "row_tables.hpp"
#include "seal.hpp"

#include "vfm/core/errors.hpp"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vfm::results {

namespace {

std::string exists_already(const std::filesystem::path& path) {
    return "'" + path.string() + "' exists already; use --force to replace it";
}

bool is_there(const std::filesystem::path& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0;
}

/// The unfinished file: removed at the end of its life unless it has been given its name.
class Unfinished {
  public:
    explicit Unfinished(const std::filesystem::path& target) : path_(target) { path_ += ".tmp"; }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    Unfinished(Unfinished&&) = delete;
    Unfinished& operator=(Unfinished&&) = delete;
    ~Unfinished() { ::unlink(path_.c_str()); }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    void rename_to(const std::filesystem::path& target, Overwrite overwrite) const {
        if (overwrite == Overwrite::yes) {
            if (::rename(path_.c_str(), target.c_str()) != 0) cannot("create", target, errno);
            return;
        }
        if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) return;
        if (errno == EEXIST) throw UserError(exists_already(target));
        // File systems that do not know the flag (NFS, some FUSE): a hard link does not replace either.
        if (errno != EINVAL && errno != ENOSYS) cannot("create", target, errno);
        if (::link(path_.c_str(), target.c_str()) == 0) return;
        if (errno == EEXIST) throw UserError(exists_already(target));
        cannot("create", target, errno);
    }

  private:
    std::filesystem::path path_;
};

void refuse_incomplete(const JournalReader& journal) {
    if (journal.batches_present() == journal.batch_count()) return;
    throw FileFormatError(fmt::format("'{}' holds {} of {} batches; the run is not complete",
                                      journal.path().string(), journal.batches_present(),
                                      journal.batch_count()));
}

Descriptor create_empty(const std::filesystem::path& path) {
    Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (!file.is_open()) cannot("create", path, errno);
    return file;
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

void write_groups_group(const hdf5::Handle& file, const JournalReader& journal) {
    const Layout& layout = journal.header().layout;
    if (layout.groups.empty() || layout.group_measures.empty()) return;
    std::vector<Measure> measures;
    for (const std::string& name : layout.group_measures) {
        for (const Measure& measure : layout.measures) {
            if (measure.name == name) measures.push_back(measure);
        }
    }
    hdf5::Group group(file, "groups");
    add_arms(group, layout);
    group.add_counted_dimension("draw", layout.draws);
    group.add_counted_dimension("replication", layout.replications);
    group.add_dimension("group", layout.groups);
    add_measures(group, measures);
    write_groups(journal, group);
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
    write_timeline(file, header.layout, totals.timeline);
    write_distributions(file, header.layout, totals.histograms);
    write_provenance(file, journal, provenance);
    file.close("write");
}

}  // namespace

void check_output(const std::filesystem::path& path, Overwrite overwrite) {
    if (is_there(path)) {
        if (overwrite == Overwrite::no) throw UserError(exists_already(path));
        if (std::filesystem::is_directory(path)) throw UserError("'" + path.string() + "' is a folder");
    }
    const std::filesystem::path parent = path.parent_path();
    const std::filesystem::path folder = parent.empty() ? "." : parent;
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) cannot("write to the folder", folder, errno);
    if (!S_ISDIR(status.st_mode)) cannot("write to the folder", folder, ENOTDIR);
    if (::access(folder.c_str(), W_OK | X_OK) != 0) cannot("write to the folder", folder, errno);
}

void build_results_file(const JournalReader& journal, const Provenance& provenance,
                        const std::filesystem::path& path, Overwrite overwrite) {
    refuse_incomplete(journal);
    check_output(path, overwrite);
    const Unfinished unfinished(path);
    const Descriptor file = create_empty(unfinished.path());
    const hdf5::Sink sink(file.number());
    try {
        write_hdf5(journal, provenance, sink);
    } catch (const hdf5::Error& error) {
        // A consequence of the first failed write, when there was one.
        if (sink.error() != 0) cannot("write to", unfinished.path(), sink.error());
        throw EnvironmentError("cannot write to '" + unfinished.path().string() + "': " + error.what());
    }
    if (sink.error() != 0) cannot("write to", unfinished.path(), sink.error());
    add_seal(file, unfinished.path());
    sync_file(file, unfinished.path());
    unfinished.rename_to(path, overwrite);
    sync_folder_of(path);
}

}  // namespace vfm::results
