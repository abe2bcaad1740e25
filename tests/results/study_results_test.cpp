#include "vfm/results/study_results.hpp"

#include "results/python_script.hpp"
#include "results/sample_run.hpp"

#include "vfm/core/errors.hpp"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::results {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::size_t seal_bytes = 20;

/// What our reader says about a file: the error's one line, or `accepted`.
std::string verdict(const std::filesystem::path& path) {
    try {
        const StudyResults results = StudyResults::open(path);
        for (const Measure& measure : results.layout().measures) (void)results.measure(measure.name);
        (void)results.costs();
        (void)results.timeline();
        (void)results.parameter_draws();
        (void)results.provenance();
    } catch (const FileFormatError& error) {
        return error.what();
    }
    return "accepted";
}

class OpenedResults : public ::testing::Test {
  protected:
    void SetUp() override { sample::write_results(path_, sample::header()); }

    std::string verdict_on(const std::string& bytes) {
        sample::write_bytes(path_, bytes);
        return verdict(path_);
    }

    sample::Folder folder_;
    std::filesystem::path path_ = folder_ / "run.h5";
};

TEST_F(OpenedResults, NameTheNearestWhenAskedForAnUnknownName) {
    const StudyResults results = StudyResults::open(path_);
    const auto message = [](const auto& ask) -> std::string {
        try {
            (void)ask();
        } catch (const UserError& error) {
            return error.what();
        }
        return "given";
    };
    EXPECT_THAT(message([&] { return results.measure("plan"); }),
                AllOf(HasSubstr("no measure `plan`"), HasSubstr("did you mean `plans`?")));
    EXPECT_THAT(message([&] { return results.group_measure("familys"); }), HasSubstr("`families`"));
    EXPECT_THAT(message([&] { return results.histogram("costs"); }), HasSubstr("`cost`"));
    EXPECT_THAT(message([&] { return results.measure("something else"); }), Not(HasSubstr("did you mean")));
}

TEST_F(OpenedResults, RefuseWhateverIsNotAResultsFile) {
    const std::string whole = sample::bytes_of(path_);
    for (const std::string& bytes :
         {std::string(), std::string("title: a scenario\n"), std::string(100000, '\0'), whole.substr(0, 8)}) {
        EXPECT_THAT(verdict_on(bytes),
                    AllOf(HasSubstr("run.h5' cannot be read"), HasSubstr("HDF5"), Not(HasSubstr("\n"))));
    }
    EXPECT_THROW((void)StudyResults::open(folder_ / "."), FileFormatError);
    EXPECT_THROW((void)StudyResults::open("/dev/zero"), FileFormatError);
    EXPECT_THROW((void)StudyResults::open(folder_ / "absent.h5"), EnvironmentError);
}

TEST_F(OpenedResults, RefuseAFileCutAnywhere) {
    const std::string whole = sample::bytes_of(path_);
    for (std::size_t cut = 0; cut + seal_bytes < whole.size(); cut += 397) {
        EXPECT_NE(verdict_on(whole.substr(0, cut)), "accepted") << "cut at " << cut;
    }
    EXPECT_NE(verdict_on(whole.substr(0, whole.size() - seal_bytes - 1)), "accepted");
}

TEST_F(OpenedResults, RefuseAFileWithAnyByteChangedMovedLostOrAdded) {
    const std::string whole = sample::bytes_of(path_);
    const std::size_t sealed = whole.size() - seal_bytes;
    std::mt19937 random(3);
    for (int trial = 0; trial < 3000; ++trial) {
        std::string bytes = whole;
        const std::size_t at = random() % sealed;
        switch (random() % 4) {
            case 0:
                bytes[at] = static_cast<char>(bytes[at] ^ (1 << (random() % 8)));
                break;
            case 1:
                bytes.insert(at, 1 + random() % 64, static_cast<char>(random()));
                break;
            case 2:
                bytes.erase(at, std::min<std::size_t>(1 + random() % 64, sealed - at));
                break;
            default:
                for (std::size_t i = at; i < std::min(at + 512, sealed); ++i)
                    bytes[i] = static_cast<char>(random());
        }
        EXPECT_THAT(verdict_on(bytes), HasSubstr("damaged")) << "trial " << trial << " at " << at;
    }
}

TEST_F(OpenedResults, DoNotNeedTheSealThatOtherToolsDoNotWrite) {
    const std::string whole = sample::bytes_of(path_);
    const std::string digest = simulated_tables_sha256(path_);
    EXPECT_EQ(verdict_on(whole.substr(0, whole.size() - seal_bytes)), "accepted");
    EXPECT_EQ(simulated_tables_sha256(path_), digest);
}

TEST_F(OpenedResults, FindEveryFaultOfStructureByThemselves) {
    std::filesystem::create_directory(folder_ / "spoilt");
    ASSERT_EQ(run_python_script("tests/results/spoil_results_file.py",
                                {path_.string(), (folder_ / "spoilt").string()}),
              0);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "spoilt")) {
        const std::string message = verdict(entry.path());
        EXPECT_THAT(message, AllOf(HasSubstr("cannot be read as a results file: "), Not(HasSubstr("\n"))))
            << entry.path().filename();
        ++files;
    }
    EXPECT_GT(files, 30U);
    EXPECT_THAT(verdict(folder_ / "spoilt/newer_major_version.h5"),
                HasSubstr("version 2.0, and this vfmsim reads versions up to 1.0; use a newer vfmsim"));
    EXPECT_THAT(verdict(folder_ / "spoilt/another_format.h5"), HasSubstr("not a vfm results file"));
    EXPECT_THAT(verdict(folder_ / "spoilt/no_summary_value.h5"), HasSubstr("no array `/summary/value`"));
}

TEST_F(OpenedResults, CanBeMovedAndKeepReading) {
    StudyResults results = StudyResults::open(path_);
    const StudyResults moved = std::move(results);
    EXPECT_EQ(moved.path(), path_);
    EXPECT_EQ(moved.measure("plans").size(), 3U * 5 * 2);
}

TEST(Digest, OfAFileThatIsNoneIsRefused) {
    const sample::Folder folder;
    sample::write_bytes(folder / "text", "text");
    EXPECT_THROW((void)simulated_tables_sha256(folder / "text"), FileFormatError);
    EXPECT_THROW((void)simulated_tables_sha256(folder / "absent"), EnvironmentError);
}

}  // namespace
}  // namespace vfm::results
