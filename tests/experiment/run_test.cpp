// A whole run: any number of threads, stopped or not.
#include "vfm/experiment/run.hpp"

#include "small_study.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/results/digest.hpp"
#include "vfm/results/journal.hpp"

#include <filesystem>

#include <gtest/gtest.h>

namespace vfm::experiment {
namespace {

using testing::small_scenario;

class Run : public ::testing::Test {
  protected:
    Run() {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
    }
    ~Run() override { std::filesystem::remove_all(folder); }

    std::filesystem::path folder =
        std::filesystem::path(::testing::TempDir()) /
        (std::string("vfm_run_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    scenario::Scenario scenario = small_scenario({{"design.draws", "60"}});
    CompiledStudy study{scenario};
};

TEST_F(Run, results_are_the_same_bytes_for_any_number_of_threads) {
    std::string expected;
    for (const unsigned threads : {1U, 2U, 3U, 8U}) {
        RunSettings settings;
        settings.output = folder / ("run" + std::to_string(threads) + ".h5");
        settings.threads = threads;
        Progress progress;
        ASSERT_EQ(run_study(study, settings, {}, progress), RunEnd::complete);
        EXPECT_EQ(progress.units, study.layout().units());
        EXPECT_GT(progress.families, 0U);
        const std::string digest = results::simulated_tables_sha256(settings.output);
        if (expected.empty()) expected = digest;
        EXPECT_EQ(digest, expected) << threads << " threads";
        EXPECT_FALSE(std::filesystem::exists(results::journal_path(settings.output)));
    }
}

TEST_F(Run, stopped_at_once_it_leaves_nothing) {
    const std::atomic<bool> stop{true};
    RunSettings settings;
    settings.output = folder / "stopped.h5";
    settings.threads = 2;
    settings.stop = &stop;
    Progress progress;
    EXPECT_EQ(run_study(study, settings, {}, progress), RunEnd::stopped);
    EXPECT_LE(progress.units, 2U) << "each thread ends at its next unit";
    EXPECT_TRUE(std::filesystem::is_empty(folder));
}

TEST_F(Run, an_output_that_exists_is_not_overwritten_and_nothing_is_simulated) {
    RunSettings settings;
    settings.output = folder / "there.h5";
    Progress progress;
    ASSERT_EQ(run_study(study, settings, {}, progress), RunEnd::complete);
    Progress again;
    EXPECT_THROW(static_cast<void>(run_study(study, settings, {}, again)), UserError);
    EXPECT_EQ(again.units, 0U);
}

TEST_F(Run, a_failing_unit_fails_the_run_with_the_lowest_units_words_and_leaves_nothing) {
    const scenario::Scenario failing = testing::failing_scenario("200");
    const CompiledStudy other(failing);
    std::string expected;
    for (const unsigned threads : {1U, 4U}) {
        RunSettings settings;
        settings.output = folder / "failing.h5";
        settings.threads = threads;
        Progress progress;
        try {
            static_cast<void>(run_study(other, settings, {}, progress));
            ADD_FAILURE() << "shares above one went through";
        } catch (const UserError& error) {
            if (expected.empty()) expected = error.what();
            EXPECT_EQ(error.what(), expected);
        }
        EXPECT_TRUE(std::filesystem::is_empty(folder));
    }
}

}  // namespace
}  // namespace vfm::experiment
