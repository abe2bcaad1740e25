// One process at a time writes a file: here, several descriptors of one process stand for several processes.
#include "vfm/results/pending_results.hpp"

#include "results/sample_run.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/results/study_results.hpp"

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace vfm::results {
namespace {

using ::testing::HasSubstr;

class PendingRun : public ::testing::Test {
  protected:
    /// What another run of the same output is told, or nothing when it may begin.
    std::string another(Overwrite overwrite) {
        try {
            const PendingResults other(path_, header_, overwrite);
        } catch (const UserError& error) {
            return error.what();
        }
        return {};
    }
    void append_all(PendingResults& results) {
        for (const std::uint64_t index : sample::all_batches(header_))
            results.journal().append(sample::batch(header_, index));
    }

    sample::Folder folder_;
    std::filesystem::path path_ = folder_ / "run.h5";
    RunHeader header_ = sample::header();
};

TEST_F(PendingRun, GivesTheFileAndLeavesNothingElse) {
    {
        PendingResults results(path_, header_, Overwrite::no);
        append_all(results);
        results.complete(sample::provenance());
    }
    EXPECT_EQ(folder_.size(), 1U);
    EXPECT_EQ(StudyResults::open(path_).header().title, header_.title);
}

TEST_F(PendingRun, WithoutItsEndLeavesNothing) {
    {
        PendingResults results(path_, header_, Overwrite::no);
        results.journal().append(sample::batch(header_, 0));
    }
    EXPECT_EQ(folder_.size(), 0U);
}

TEST_F(PendingRun, HasTheOutputForItselfUntilTheFileHasItsName) {
    PendingResults results(path_, header_, Overwrite::no);
    for (const Overwrite overwrite : {Overwrite::no, Overwrite::yes}) {
        EXPECT_THAT(another(overwrite), HasSubstr("another vfmsim is writing")) << "before the first batch";
    }
    append_all(results);
    results.journal().finish();
    EXPECT_THAT(another(Overwrite::yes), HasSubstr("another vfmsim is writing")) << "while the file is built";
    EXPECT_TRUE(std::filesystem::exists(journal_path(path_))) << "it is the first run's";
    results.complete(sample::provenance());
    EXPECT_THAT(another(Overwrite::yes), HasSubstr("another vfmsim is writing"))
        << "before the journal is gone";
    EXPECT_EQ(StudyResults::open(path_).header().title, header_.title);
}

TEST_F(PendingRun, ReplacesWhatAnInterruptedOneLeftWhenToldTo) {
    sample::write_journal(journal_path(path_), header_, {0, 1});
    EXPECT_THAT(another(Overwrite::no), HasSubstr("an interrupted run's; with --force it is replaced"));
    EXPECT_EQ(folder_.size(), 1U) << "which stays where it is";
    EXPECT_EQ(another(Overwrite::yes), "");
    EXPECT_EQ(folder_.size(), 0U);
}

TEST_F(PendingRun, TakesAJournalThatIsEmptyStill) {
    sample::write_bytes(journal_path(path_), "");
    EXPECT_EQ(another(Overwrite::no), "");
}

TEST_F(PendingRun, LeavesAPipeAlone) {
    ASSERT_EQ(::mkfifo(journal_path(path_).c_str(), 0666), 0);
    EXPECT_THAT(another(Overwrite::no), HasSubstr("in the way and no journal"));
    EXPECT_TRUE(std::filesystem::is_fifo(journal_path(path_)));
}

TEST_F(PendingRun, LeavesLinksToOtherFilesAlone) {
    const std::filesystem::path precious = folder_ / "precious";
    sample::write_bytes(precious, "VFMJRNL2");
    std::filesystem::create_symlink(precious, journal_path(path_));
    EXPECT_THAT(another(Overwrite::yes), HasSubstr("in the way and no journal"));
    EXPECT_EQ(sample::bytes_of(precious), "VFMJRNL2");
    EXPECT_EQ(folder_.size(), 2U);
}

}  // namespace
}  // namespace vfm::results
