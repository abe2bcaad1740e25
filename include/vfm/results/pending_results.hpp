// Results on their way into a file: the journal of a run and, at its end, the results file.
#pragma once

#include "vfm/results/journal.hpp"
#include "vfm/results/results_file.hpp"

#include <filesystem>

namespace vfm::results {

/// The only owner of one output from the first look at its name until the file has it: another process that
/// wants to write the same output in the meantime is refused. The journal goes at the end of its life,
/// whatever has become of the results: nothing is left half-written.
class PendingResults {
  public:
    /// Begins the journal. Throws UserError when `path` exists and must not be replaced (see `check_output`),
    /// when another process is writing it, when an interrupted run has left its journal and `overwrite` is
    /// no, or when the header is not one; EnvironmentError when the machine cannot.
    PendingResults(std::filesystem::path path, const RunHeader& header, Overwrite overwrite);

    /// Where batches go.
    [[nodiscard]] JournalWriter& journal() { return journal_; }

    /// Builds the results file; every batch must be in the journal. Throws as `build_results_file` does.
    void complete(const Provenance& provenance);

  private:
    /// Removes the journal while its writer, which owns it, is still there.
    class JournalRemoval {
      public:
        explicit JournalRemoval(std::filesystem::path journal);
        JournalRemoval(const JournalRemoval&) = delete;
        JournalRemoval& operator=(const JournalRemoval&) = delete;
        JournalRemoval(JournalRemoval&&) = delete;
        JournalRemoval& operator=(JournalRemoval&&) = delete;
        ~JournalRemoval();

      private:
        std::filesystem::path journal_;
    };

    std::filesystem::path path_;
    Overwrite overwrite_;
    JournalWriter journal_;
    JournalRemoval removal_;
};

}  // namespace vfm::results
