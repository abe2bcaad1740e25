#include "vfm/results/analysis_file.hpp"

#include "results/file_size_limit.hpp"
#include "results/python_script.hpp"
#include "results/sample_run.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/core/errors.hpp"
#include "vfm/results/study_results.hpp"

#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <thread>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace vfm::results {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;
using Lists = std::vector<Texts>;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Analysis sample_analysis() {
    return {
        .command = "compare",
        .settings = {{"reference", "none"}, {"effect", "composite – é"}},
        .tables = {{.name = "icer_table",
                    .description = "Arms in order of cost.",
                    .columns = {{"arm", "", "The arm.", Texts{"none", "dual, \"paid\"", "single – é"}},
                                {"cost", "GBP", "Mean cost.", Numbers{0, 1.5, 1e300}},
                                {"icer", "GBP", "", Numbers{missing, -0.1, 7}},
                                {"against", "", "", Lists{{}, {"none"}, {"a [\"b\"]", "line\nbreak", ""}}}}},
                   {.name = "nothing",
                    .description = "",
                    .columns = {{"threshold", "GBP", "", Numbers{}}, {"arms", "", "", Lists{}}}}}};
}

void expect_same(const Analysis& found, const Analysis& expected) {
    EXPECT_EQ(found.command, expected.command);
    EXPECT_EQ(found.settings, expected.settings);
    ASSERT_EQ(found.tables.size(), expected.tables.size());
    for (std::size_t i = 0; i < found.tables.size(); ++i) {
        EXPECT_EQ(found.tables[i].name, expected.tables[i].name);
        EXPECT_EQ(found.tables[i].description, expected.tables[i].description);
        ASSERT_EQ(found.tables[i].columns.size(), expected.tables[i].columns.size());
        for (std::size_t c = 0; c < found.tables[i].columns.size(); ++c) {
            const AnalysisColumn& column = found.tables[i].columns[c];
            const AnalysisColumn& wanted = expected.tables[i].columns[c];
            EXPECT_EQ(column.name, wanted.name);
            EXPECT_EQ(column.unit, wanted.unit);
            EXPECT_EQ(column.description, wanted.description);
            ASSERT_EQ(column.values.index(), wanted.values.index()) << column.name;
            const auto* numbers = std::get_if<Numbers>(&column.values);
            if (numbers == nullptr) {
                EXPECT_EQ(column.values, wanted.values) << column.name;
                continue;
            }
            EXPECT_THAT(*numbers, testing::Pointwise(testing::NanSensitiveDoubleEq(),
                                                     std::get<Numbers>(wanted.values)));
        }
    }
}

class AnalysisFile : public ::testing::Test {
  protected:
    AnalysisFile() { sample::write_results(results_, sample::header()); }

    sample::Folder folder_;
    std::filesystem::path results_ = folder_ / "run.h5";
    std::filesystem::path analyses_ = folder_ / "run.analysis.h5";
};

TEST_F(AnalysisFile, LiesBesideTheResultsFile) {
    EXPECT_EQ(analysis_path("out/run.h5"), "out/run.analysis.h5");
    EXPECT_EQ(analysis_path("run.v2.hdf"), "run.v2.hdf.analysis.h5");
    store_analysis(results_, sample_analysis());
    EXPECT_TRUE(std::filesystem::exists(analyses_));
    EXPECT_EQ(folder_.size(), 2U) << "no .tmp is left";
}

TEST_F(AnalysisFile, GivesBackWhatWasStored) {
    EXPECT_THAT(read_analyses(results_), IsEmpty());
    store_analysis(results_, sample_analysis());
    const std::vector<Analysis> found = read_analyses(results_);
    ASSERT_EQ(found.size(), 1U);
    expect_same(found[0], sample_analysis());
}

TEST_F(AnalysisFile, WaitsForAnotherProcessThatIsStoringOne) {
    const std::filesystem::path unfinished = analyses_.string() + ".tmp";
    const int other = ::open(unfinished.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    struct flock whole {};
    whole.l_type = F_WRLCK;
    ASSERT_EQ(::fcntl(other, F_OFD_SETLK, &whole), 0);
    std::atomic<bool> stored{false};
    std::jthread storing([&] {
        store_analysis(results_, sample_analysis());
        stored = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    EXPECT_FALSE(stored);
    ASSERT_EQ(::write(other, "half", 4), 4);
    EXPECT_EQ(sample::bytes_of(unfinished), "half") << "it is the other's";
    std::filesystem::remove(unfinished);
    ::close(other);
    storing.join();
    EXPECT_EQ(read_analyses(results_).size(), 1U);
    EXPECT_EQ(folder_.size(), 2U);
}

TEST_F(AnalysisFile, IsStoredWhileTheResultsFileIsOpen) {
    const StudyResults open = StudyResults::open(results_);
    store_analysis(results_, sample_analysis());
    EXPECT_EQ(read_analyses(results_).size(), 1U);
    EXPECT_EQ(open.measure("families").size(), 30U);
}

TEST_F(AnalysisFile, KeepsOtherCommandsAndReplacesTheSame) {
    Analysis voi = sample_analysis();
    voi.command = "voi";
    voi.settings.clear();
    Analysis empty{.command = "an_empty_one", .settings = {}, .tables = {}};
    store_analysis(results_, voi);
    store_analysis(results_, empty);
    store_analysis(results_, sample_analysis());
    Analysis changed = sample_analysis();
    changed.settings[0].second = "single";
    store_analysis(results_, changed);
    const std::vector<Analysis> found = read_analyses(results_);
    ASSERT_EQ(found.size(), 3U);
    expect_same(found[0], empty);
    expect_same(found[1], changed);
    expect_same(found[2], voi);
}

TEST_F(AnalysisFile, IsTheSameBytesForTheSameAnalyses) {
    store_analysis(results_, sample_analysis());
    const std::string once = sample::bytes_of(analyses_);
    store_analysis(results_, sample_analysis());
    EXPECT_EQ(sample::bytes_of(analyses_), once);
}

TEST_F(AnalysisFile, IsReadAlikeByH5pyAndXarray) {
    store_analysis(results_, sample_analysis());
    EXPECT_EQ(run_python_script("tests/program/analysis_readers_check.py", {analyses_.string()}), 0);
}

TEST_F(AnalysisFile, ForgetsWhatWasStoredForAnotherResultsFileOfTheName) {
    Analysis voi = sample_analysis();
    voi.command = "voi";
    store_analysis(results_, voi);
    std::filesystem::remove(results_);
    sample::write_results(results_, sample::header(sample::layout(6)));
    EXPECT_THAT(read_analyses(results_), IsEmpty());
    store_analysis(results_, sample_analysis());
    EXPECT_EQ(read_analyses(results_).size(), 1U);
}

TEST_F(AnalysisFile, TakesTextsThatAreNotUtf8WithQuestionMarks) {
    Analysis analysis = sample_analysis();
    analysis.settings[0].second = "caf\xE9.h5";
    analysis.tables[0].columns[0].values = Texts{"a", std::string("b\0c", 3), "d"};
    store_analysis(results_, analysis);
    const std::vector<Analysis> found = read_analyses(results_);
    EXPECT_EQ(found[0].settings[0].second, "caf?.h5");
    EXPECT_THAT(std::get<Texts>(found[0].tables[0].columns[0].values), ElementsAre("a", "b?c", "d"));
}

TEST_F(AnalysisFile, IsNotMadeOfTablesThatNoReaderWouldTake) {
    const auto refused = [&](void (*spoil)(Analysis&)) {
        Analysis analysis = sample_analysis();
        spoil(analysis);
        EXPECT_THROW(store_analysis(results_, analysis), ContractViolation);
    };
    refused([](Analysis& a) { a.command = "Compare"; });
    refused([](Analysis& a) { a.command = ""; });
    refused([](Analysis& a) { a.settings[1].first = "reference"; });
    refused([](Analysis& a) { a.tables[1].name = "icer_table"; });
    refused([](Analysis& a) { a.tables[0].name = "a/b"; });
    refused([](Analysis& a) { a.tables[0].name = "tables"; });
    refused([](Analysis& a) { a.tables[0].name = "setting"; });
    refused([](Analysis& a) { a.tables[0].columns[1].name = "arm"; });
    refused([](Analysis& a) { a.tables[0].columns[1].name = "row"; });
    refused([](Analysis& a) { a.tables[0].columns[1].values = Numbers{1}; });
    refused([](Analysis& a) { a.tables[1].columns.clear(); });
    EXPECT_FALSE(std::filesystem::exists(analyses_));
    Analysis analysis = sample_analysis();
    analysis.tables[1].columns = {{"threshold", "", "", Numbers(most_analysis_rows + 1)}};
    EXPECT_THROW(store_analysis(results_, analysis), UserError);
}

TEST_F(AnalysisFile, IsNeverWrittenOverAForeignFile) {
    for (const std::string& bytes : {std::string("precious"), sample::bytes_of(results_)}) {
        sample::write_bytes(analyses_, bytes);
        try {
            store_analysis(results_, sample_analysis());
            ADD_FAILURE() << "no error";
        } catch (const FileFormatError& error) {
            EXPECT_THAT(error.what(), HasSubstr("run.analysis.h5' cannot be read as an analysis file: "));
        }
        EXPECT_EQ(sample::bytes_of(analyses_), bytes);
    }
}

TEST_F(AnalysisFile, IsRefusedWhenDamagedAtAnyPlace) {
    store_analysis(results_, sample_analysis());
    const std::string good = sample::bytes_of(analyses_);
    constexpr std::size_t seal_bytes = 20;  // without a seal the file is another program's, and passes
    for (std::size_t place = 0; place + seal_bytes < good.size(); place += 97) {
        std::string bytes = good;
        bytes[place] = static_cast<char>(bytes[place] ^ 0x10);
        sample::write_bytes(analyses_, bytes);
        EXPECT_THROW((void)read_analyses(results_), FileFormatError) << place;
    }
    for (const std::size_t length : {std::size_t{0}, std::size_t{7}, good.size() / 2, good.size() - 100}) {
        sample::write_bytes(analyses_, good.substr(0, length));
        EXPECT_THROW((void)read_analyses(results_), FileFormatError) << length;
    }
}

TEST_F(AnalysisFile, IsRefusedWhenAnotherProgramHasMadeItWrong) {
    store_analysis(results_, sample_analysis());
    std::filesystem::create_directory(folder_ / "spoilt");
    ASSERT_EQ(run_python_script("tests/results/spoil_analysis_file.py",
                                {analyses_.string(), (folder_ / "spoilt").string()}),
              0);
    std::size_t spoilt = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "spoilt")) {
        sample::write_bytes(analyses_, sample::bytes_of(entry.path()));
        EXPECT_THROW((void)read_analyses(results_), FileFormatError) << entry.path();
        ++spoilt;
    }
    EXPECT_GT(spoilt, 25U);
}

TEST_F(AnalysisFile, StaysAsItWasWhenTheDiskIsFull) {
    store_analysis(results_, sample_analysis());
    const std::string before = sample::bytes_of(analyses_);
    Analysis voi = sample_analysis();
    voi.command = "voi";
    {
        const FileSizeLimit small_disk(before.size());
        EXPECT_THROW(store_analysis(results_, voi), EnvironmentError);
    }
    EXPECT_EQ(sample::bytes_of(analyses_), before);
    EXPECT_EQ(folder_.size(), 2U);
    EXPECT_THROW(store_analysis(folder_ / "absent.h5", voi), EnvironmentError);
}

}  // namespace
}  // namespace vfm::results
