#include "vfm/results/pending_results.hpp"

#include <system_error>
#include <utility>

namespace vfm::results {

namespace {

/// Looks before anything is touched; what is seen then may be another's a moment later.
std::filesystem::path checked(std::filesystem::path path, Overwrite overwrite) {
    check_output(path, overwrite);
    return path;
}

}  // namespace

PendingResults::JournalRemoval::JournalRemoval(std::filesystem::path journal)
    : journal_(std::move(journal)) {}

PendingResults::JournalRemoval::~JournalRemoval() {
    std::error_code ignored;
    std::filesystem::remove(journal_, ignored);
}

PendingResults::PendingResults(std::filesystem::path path, const RunHeader& header, Overwrite overwrite)
    : path_(checked(std::move(path), overwrite)),
      overwrite_(overwrite),
      journal_(JournalWriter::create(journal_path(path_), header, overwrite)),
      removal_(journal_path(path_)) {
    // Again, now that the name is ours: a run that was at its end has perhaps just taken it.
    check_output(path_, overwrite_);
}

void PendingResults::complete(const Provenance& provenance) {
    journal_.finish();
    build_results_file(JournalReader::open(journal_.path()), provenance, path_, overwrite_);
}

}  // namespace vfm::results
