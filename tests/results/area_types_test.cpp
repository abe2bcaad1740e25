// The table by area type on its way through journal and results file; without types, no trace of it.
#include "python_script.hpp"
#include "sample_run.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/results/study_results.hpp"

#include <gtest/gtest.h>

namespace vfm::results {
namespace {

void expect_by_type(const StudyResults& results, const Layout& layout) {
    const std::size_t types = layout.area_types.size();
    const std::size_t measures = layout.area_type_measures.size();
    for (std::size_t m = 0; m < measures; ++m) {
        const std::vector<double> values = results.area_type_measure(layout.area_type_measures[m]);
        ASSERT_EQ(values.size(), layout.arms.size() * layout.study_units() * types);
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::size_t type = i % types;
            const std::uint64_t unit = i / types % layout.study_units();
            const std::size_t arm = i / types / layout.study_units();
            const double expected = sample::value_at(4, unit, (arm * types + type) * measures + m);
            wrong += values[i] != expected ? 1U : 0U;
        }
        EXPECT_EQ(wrong, 0U) << layout.area_type_measures[m];
    }
}

class AreaTypes : public ::testing::Test {
  protected:
    sample::Folder folder_;
    std::filesystem::path path_ = folder_ / "run.h5";
};

TEST_F(AreaTypes, GoThroughJournalAndFile) {
    const RunHeader header = sample::header(sample::layout_with_types());
    sample::write_journal(journal_path(path_), header, {3, 0, 2, 1});
    const JournalReader journal = JournalReader::open(journal_path(path_));
    EXPECT_EQ(journal.header().layout.area_types, header.layout.area_types);
    EXPECT_EQ(journal.header().layout.area_type_measures, header.layout.area_type_measures);
    for (std::uint64_t index = 0; index < 4; ++index) {
        const Batch expected = sample::batch(header, index);
        EXPECT_EQ(expected.area_types.size(), expected.row_count * 3 * 2 * 3);
        const Batch read = journal.read(index);
        EXPECT_EQ(read.area_types, expected.area_types);
        EXPECT_EQ(read.costs, expected.costs);
        EXPECT_EQ(read.timeline, expected.timeline);
        EXPECT_EQ(read.histograms, expected.histograms);
    }
    build_results_file(journal, sample::provenance(), path_, Overwrite::no);
    const StudyResults results = StudyResults::open(path_);
    EXPECT_EQ(results.layout().area_types, header.layout.area_types);
    EXPECT_EQ(results.layout().area_type_measures, header.layout.area_type_measures);
    expect_by_type(results, header.layout);
    EXPECT_EQ(run_python_script("tests/program/results_readers_check.py", {path_.string()}), 0);
}

TEST_F(AreaTypes, AreRightWhenTheTableTakesManyBlocks) {
    const RunHeader header = sample::header(sample::layout_with_types(3000, 3), 100);
    sample::write_results(path_, header);
    expect_by_type(StudyResults::open(path_), header.layout);
}

TEST_F(AreaTypes, NameTheNearestMeasure) {
    sample::write_results(path_, sample::header(sample::layout_with_types()));
    const StudyResults results = StudyResults::open(path_);
    try {
        (void)results.area_type_measure("plan");
        FAIL() << "accepted";
    } catch (const UserError& error) {
        EXPECT_NE(std::string(error.what()).find("did you mean `plans`?"), std::string::npos) << error.what();
    }
}

TEST_F(AreaTypes, DamagedByOthersAreRefusedInOneLine) {
    sample::write_results(path_, sample::header(sample::layout_with_types()));
    std::filesystem::create_directory(folder_ / "spoilt");
    ASSERT_EQ(run_python_script("tests/results/spoil_results_file.py",
                                {path_.string(), (folder_ / "spoilt").string()}),
              0);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "spoilt")) {
        if (entry.path().filename().string().find("area_type") == std::string::npos) continue;
        ++files;
        try {
            (void)StudyResults::open(entry.path());
            ADD_FAILURE() << "accepted: " << entry.path().filename();
        } catch (const FileFormatError& error) {
            const std::string message = error.what();
            EXPECT_NE(message.find("cannot be read as a results file: "), std::string::npos) << message;
            EXPECT_EQ(message.find('\n'), std::string::npos) << message;
        }
    }
    EXPECT_EQ(files, 9U);
}

TEST_F(AreaTypes, ThatAreNotThereLeaveJournalsAsTheyWere) {
    sample::write_journal(journal_path(path_), sample::header(), {0, 1, 2, 3});
    EXPECT_EQ(sample::bytes_of(journal_path(path_)).find("area_type"), std::string::npos);
    const JournalReader journal = JournalReader::open(journal_path(path_));
    EXPECT_TRUE(journal.header().layout.area_types.empty());
    EXPECT_TRUE(journal.read(0).area_types.empty());
}

TEST_F(AreaTypes, OfAnImpossibleHeaderAreRefused) {
    const auto refused = [&](const std::string& what, const auto& spoil) {
        RunHeader header = sample::header(sample::layout_with_types());
        spoil(header.layout);
        try {
            (void)JournalWriter::create(folder_ / "bad", header);
            ADD_FAILURE() << "accepted: " << what;
        } catch (const UserError& error) {
            EXPECT_NE(std::string(error.what()).find(what), std::string::npos) << error.what();
        }
    };
    refused("two area types named `town`", [](Layout& layout) { layout.area_types[1].name = "town"; });
    refused("which is no additive measure",
            [](Layout& layout) { layout.area_type_measures[0] = "days_p90"; });
    refused("which is no additive measure", [](Layout& layout) { layout.area_type_measures[0] = "pans"; });
    refused("not UTF-8", [](Layout& layout) { layout.area_types[0].title = "\xff"; });
}

}  // namespace
}  // namespace vfm::results
