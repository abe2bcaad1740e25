#include "vfm/results/results_file.hpp"

#include "results/file_size_limit.hpp"
#include "results/python_script.hpp"
#include "results/sample_run.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/results/study_results.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <thread>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::results {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Every number of the file against the function of its place that the sample is made of.
void expect_sample(const StudyResults& results, const RunHeader& header) {
    const Layout& layout = header.layout;
    const std::size_t measures = layout.measures.size();
    const std::size_t groups = layout.groups.size();
    const std::size_t group_measures = layout.group_measures.size();
    const std::size_t cells = layout.payers.size() * layout.categories.size();
    std::vector<std::vector<double>> by_measure;
    for (const Measure& measure : layout.measures) by_measure.push_back(results.measure(measure.name));
    std::vector<std::vector<double>> by_group_measure;
    for (const std::string& measure : layout.group_measures)
        by_group_measure.push_back(results.group_measure(measure));
    const std::vector<double> costs = results.costs();
    std::size_t wrong = 0;
    for (std::size_t arm = 0; arm < layout.arms.size(); ++arm) {
        for (std::uint64_t draw = 0; draw < layout.draws; ++draw) {
            for (std::uint64_t replication = 0; replication < layout.replications; ++replication) {
                const std::uint64_t unit = draw * layout.replications + replication;
                const std::size_t at = (arm * layout.draws + draw) * layout.replications + replication;
                for (std::size_t m = 0; m < measures; ++m) {
                    wrong += by_measure[m][at] != sample::value_at(1, unit, arm * measures + m) ? 1U : 0U;
                }
                for (std::size_t g = 0; g < groups; ++g) {
                    for (std::size_t m = 0; m < group_measures; ++m) {
                        const double value =
                            sample::value_at(2, unit, (arm * groups + g) * group_measures + m);
                        wrong += by_group_measure[m][at * groups + g] != value ? 1U : 0U;
                    }
                }
            }
            for (std::size_t cell = 0; cell < cells; ++cell) {
                double sum = 0;
                for (std::uint64_t replication = 0; replication < layout.replications; ++replication) {
                    sum += sample::value_at(3, draw * layout.replications + replication, arm * cells + cell);
                }
                const double mean = sum / static_cast<double>(layout.replications);
                wrong += costs[(arm * layout.draws + draw) * cells + cell] != mean ? 1U : 0U;
            }
        }
    }
    EXPECT_EQ(wrong, 0U);
    EXPECT_EQ(results.parameter_draws(), sample::parameter_draws(header.layout));
}

class ResultsFile : public ::testing::Test {
  protected:
    std::string build(const RunHeader& header, const std::vector<std::uint64_t>& order) {
        std::filesystem::remove(path_);
        std::filesystem::remove(journal_path(path_));
        sample::write_journal(journal_path(path_), header, order);
        build_results_file(JournalReader::open(journal_path(path_)), sample::provenance(), path_,
                           Overwrite::no);
        return sample::bytes_of(path_);
    }

    sample::Folder folder_;
    std::filesystem::path path_ = folder_ / "run.h5";
    RunHeader header_ = sample::header();
};

TEST_F(ResultsFile, GivesBackEveryNameAndNumber) {
    sample::write_results(path_, header_);
    EXPECT_EQ(folder_.size(), 1U) << "neither .tmp nor journal are left";
    const StudyResults results = StudyResults::open(path_);
    const RunHeader& read = results.header();
    EXPECT_EQ(read.title, header_.title);
    EXPECT_EQ(read.scenario_yaml, header_.scenario_yaml);
    EXPECT_EQ(read.scenario_sha256, header_.scenario_sha256);
    EXPECT_EQ(read.engine_version, header_.engine_version);
    EXPECT_EQ(read.source_revision, header_.source_revision);
    EXPECT_EQ(read.results_epoch, header_.results_epoch);
    EXPECT_EQ(read.seed, header_.seed);
    EXPECT_EQ(read.price_year, header_.price_year);
    EXPECT_EQ(read.discount_rate, header_.discount_rate);
    EXPECT_EQ(read.batch_units, header_.batch_units);
    const Layout& layout = results.layout();
    EXPECT_EQ(layout.arms, header_.layout.arms);
    EXPECT_EQ(layout.arm_titles, header_.layout.arm_titles);
    EXPECT_EQ(layout.reference_arm, "none");
    EXPECT_EQ(layout.draws, 5U);
    EXPECT_EQ(layout.replications, 2U);
    EXPECT_EQ(layout.central_units, 3U);
    EXPECT_EQ(layout.measures[1].description, "Final plans.");
    EXPECT_TRUE(layout.measures[0].additive);
    EXPECT_FALSE(layout.measures[3].additive);
    EXPECT_EQ(layout.ratios[0].denominator, "plans");
    EXPECT_EQ(layout.groups, header_.layout.groups);
    EXPECT_EQ(layout.group_measures, header_.layout.group_measures);
    EXPECT_EQ(layout.payers, header_.layout.payers);
    EXPECT_EQ(layout.categories, header_.layout.categories);
    EXPECT_EQ(layout.perspectives, header_.layout.perspectives);
    EXPECT_EQ(layout.timeline_measures[1].unit, "pence");
    EXPECT_EQ(layout.weeks, 4U);
    EXPECT_EQ(layout.first_week_days, -14);
    EXPECT_EQ(layout.parameters[1].mean, 14.25);
    EXPECT_FALSE(layout.parameters[1].uncertain);
    ASSERT_EQ(results.uncertain_parameters().size(), 2U);
    EXPECT_EQ(results.uncertain_parameters()[1].name, "lead_days");
    expect_sample(results, header_);
}

TEST_F(ResultsFile, HasTotalsThatAreSumsOverAllBatches) {
    sample::write_results(path_, header_);
    const StudyResults results = StudyResults::open(path_);
    // Arm x week x measure; four batches of (index + 1) * 1000 + place, as the sample is made.
    std::vector<std::int64_t> timeline(24);
    for (std::size_t i = 0; i < timeline.size(); ++i) timeline[i] = 10000 + 4 * static_cast<std::int64_t>(i);
    EXPECT_EQ(results.timeline(), timeline);
    // Kind x arm x (4 + 2) bins, two histograms end to end.
    const HistogramCounts days = results.histogram("days_to_plan");
    const HistogramCounts cost = results.histogram("cost");
    EXPECT_EQ(days.histogram.edges, header_.layout.histograms[0].edges);
    EXPECT_EQ(days.histogram.unit, "days");
    const auto count = [](std::int64_t place) { return 1000000 + 4 * place; };
    EXPECT_THAT(days.predictive, ElementsAre(count(0), count(1), count(2), count(3), count(6), count(7),
                                             count(8), count(9), count(12), count(13), count(14), count(15)));
    EXPECT_THAT(cost.predictive, ElementsAre(count(4), count(5), count(10), count(11), count(16), count(17)));
    EXPECT_THAT(cost.central, ElementsAre(count(22), count(23), count(28), count(29), count(34), count(35)));
}

TEST_F(ResultsFile, KeepsItsProvenance) {
    sample::write_results(path_, header_);
    const Provenance read = StudyResults::open(path_).provenance();
    EXPECT_EQ(read.created, "2015-03-01T12:00:00Z");
    EXPECT_EQ(read.command_line, "vfmsim run sample.yaml");
    EXPECT_EQ(read.cores, 2);
    EXPECT_EQ(read.wall_seconds, 1.5);
    EXPECT_EQ(read.journal_seconds, 0.25);
    ASSERT_EQ(read.libraries.size(), 2U);
    EXPECT_EQ(read.libraries[1].name, "libdeflate");
    EXPECT_EQ(read.libraries[1].version, "1.14");
}

TEST_F(ResultsFile, IsReadAlikeByH5pyAndXarray) {
    sample::write_results(path_, header_);
    EXPECT_EQ(run_python_script("tests/program/results_readers_check.py", {path_.string()}), 0);
}

TEST_F(ResultsFile, OfARunWithoutOptionalTablesIsReadAlikeToo) {
    header_.layout.groups.clear();
    header_.layout.payers.clear();
    header_.layout.perspectives.clear();
    header_.layout.histograms.clear();
    header_.layout.weeks = 0;
    header_.layout.ratios.clear();
    header_.layout.parameters.clear();
    header_.layout.draws = 1;
    header_.layout.reference_arm.clear();
    header_.title.clear();
    header_.scenario_yaml.clear();
    sample::write_results(path_, header_);
    const StudyResults results = StudyResults::open(path_);
    EXPECT_THAT(results.parameter_draws(), IsEmpty());
    EXPECT_THAT(results.costs(), IsEmpty());
    EXPECT_THAT(results.timeline(), IsEmpty());
    EXPECT_EQ(results.header().title, "");
    EXPECT_EQ(results.measure("plans").size(), 3U * 2);
    EXPECT_EQ(run_python_script("tests/program/results_readers_check.py", {path_.string()}), 0);
}

TEST_F(ResultsFile, IsTheSameBytesWhateverTheOrderOfBatchesInTheJournal) {
    const std::string once = build(header_, {0, 1, 2, 3});
    // Neither the clock nor what lies in freed memory may get into the file: HDF5 writes times in whole
    // seconds.
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    std::vector<char> freed;
    for (std::size_t size = 8; size < 4096; size += 8) std::vector<char>(size, '\x5a').swap(freed);
    EXPECT_EQ(build(header_, {3, 1, 0, 2}), once);
    EXPECT_EQ(build(header_, {1, 1, 0, 3, 2}), once);
}

TEST_F(ResultsFile, HasTheSameTablesWhateverTheBatchSizeAndProvenance) {
    build(header_, {0, 1, 2, 3});
    const std::string digest = simulated_tables_sha256(path_);
    EXPECT_EQ(digest.size(), 64U);

    // Totals depend on the sample's batches, so they are left out of this comparison.
    Layout layout = sample::layout();
    layout.weeks = 0;
    layout.histograms.clear();
    std::vector<std::string> digests;
    for (const std::uint64_t batch_units : {1U, 2U, 3U, 4U, 100U}) {
        RunHeader header = sample::header(layout, batch_units);
        header.engine_version = "0.0." + std::to_string(batch_units);
        build(header, sample::all_batches(header));
        expect_sample(StudyResults::open(path_), header);
        digests.push_back(simulated_tables_sha256(path_));
    }
    EXPECT_EQ(std::count(digests.begin(), digests.end(), digests[0]), 5);
    EXPECT_NE(digests[0], digest);
}

TEST_F(ResultsFile, HasAnotherDigestWhenAnyTableDiffers) {
    std::vector<std::string> digests;
    const auto add = [&](void (*change)(RunHeader&, Batch&)) {
        RunHeader header = sample::header(sample::layout(), 100);
        Batch batch = sample::batch(header, 0);
        change(header, batch);
        std::filesystem::remove(path_);
        std::filesystem::remove(journal_path(path_));
        JournalWriter writer = JournalWriter::create(journal_path(path_), header);
        writer.append(batch);
        writer.finish();
        build_results_file(JournalReader::open(journal_path(path_)), sample::provenance(), path_,
                           Overwrite::no);
        digests.push_back(simulated_tables_sha256(path_));
    };
    add([](RunHeader&, Batch&) {});
    add([](RunHeader&, Batch& batch) { batch.summary.back() += 1e-9; });
    add([](RunHeader&, Batch& batch) { batch.groups[7] = 0; });
    add([](RunHeader&, Batch& batch) { batch.costs[0] = -1; });
    add([](RunHeader&, Batch& batch) { batch.timeline[0] += 1; });
    add([](RunHeader&, Batch& batch) { batch.histograms.back() += 1; });
    add([](RunHeader&, Batch& batch) { batch.parameters[3] += 1; });
    add([](RunHeader& header, Batch&) { header.layout.measures[0].unit = "people"; });
    add([](RunHeader& header, Batch&) { header.seed = 1; });
    add([](RunHeader& header, Batch&) { header.layout.reference_arm = "single"; });
    std::sort(digests.begin(), digests.end());
    EXPECT_EQ(std::unique(digests.begin(), digests.end()), digests.end());
}

TEST_F(ResultsFile, IsRightWhenTheTablesTakeManyBlocks) {
    // 3 arms and 4 measures: 4 MiB hold 43,690 units, so a draw of 50,000 replications takes two blocks.
    RunHeader header = sample::header(sample::layout(2, 50000), 700);
    header.layout.groups.clear();
    header.layout.group_measures.clear();
    header.layout.payers.clear();
    build(header, sample::all_batches(header));
    expect_sample(StudyResults::open(path_), header);
    // More than 2048 draws take several blocks too, the last one smaller.
    header = sample::header(sample::layout(4501, 3), 700);
    build(header, sample::all_batches(header));
    expect_sample(StudyResults::open(path_), header);
}

TEST_F(ResultsFile, IsNotBuiltFromAnIncompleteJournal) {
    sample::write_journal(journal_path(path_), header_, {0, 1, 3});
    try {
        build_results_file(JournalReader::open(journal_path(path_)), sample::provenance(), path_,
                           Overwrite::no);
        ADD_FAILURE() << "no error";
    } catch (const FileFormatError& error) {
        EXPECT_THAT(error.what(), HasSubstr("holds 3 of 4 batches"));
    }
    EXPECT_EQ(folder_.size(), 1U);
}

TEST_F(ResultsFile, IsNotBuiltFromTotalsBeyond64Bits) {
    RunHeader header = sample::header();
    {
        JournalWriter writer = JournalWriter::create(journal_path(path_), header);
        for (const std::uint64_t index : sample::all_batches(header)) {
            Batch batch = sample::batch(header, index);
            batch.timeline[0] = std::numeric_limits<std::int64_t>::max() / 2;
            writer.append(batch);
        }
    }
    EXPECT_THROW(build_results_file(JournalReader::open(journal_path(path_)), sample::provenance(), path_,
                                    Overwrite::no),
                 FileFormatError);
    EXPECT_EQ(folder_.size(), 1U);
}

TEST_F(ResultsFile, NeverReplacesAFileUnlessToldToAndThenAnHdf5FileOnly) {
    sample::write_journal(journal_path(path_), header_, {0, 1, 2, 3});
    sample::write_bytes(path_, "precious");
    const JournalReader journal = JournalReader::open(journal_path(path_));
    EXPECT_THROW(check_output(path_, Overwrite::no), UserError);
    EXPECT_THROW(build_results_file(journal, sample::provenance(), path_, Overwrite::no), UserError);
    EXPECT_EQ(sample::bytes_of(path_), "precious");
    EXPECT_THROW(check_output(path_, Overwrite::yes), UserError);
    EXPECT_THROW(build_results_file(journal, sample::provenance(), path_, Overwrite::yes), UserError);
    EXPECT_EQ(sample::bytes_of(path_), "precious");
    EXPECT_EQ(folder_.size(), 2U);
    sample::write_bytes(path_, "\x89HDF\r\n\x1a\nan older one");
    EXPECT_THROW(build_results_file(journal, sample::provenance(), path_, Overwrite::no), UserError);
    build_results_file(journal, sample::provenance(), path_, Overwrite::yes);
    expect_sample(StudyResults::open(path_), header_);
    EXPECT_EQ(folder_.size(), 2U);
}

TEST_F(ResultsFile, StartsAnewOverAnUnfinishedFileOfAKilledRun) {
    for (const std::string& left :
         {std::string(), std::string(1000, '\0'), std::string("\x89HDF\r\n\x1a\n...")}) {
        sample::write_bytes(path_.string() + ".tmp", left);
        EXPECT_NO_THROW(sample::write_results(path_, header_));
        EXPECT_EQ(folder_.size(), 1U);
        std::filesystem::remove(path_);
    }
}

TEST_F(ResultsFile, LeavesAFileInItsWayThatIsNotItsOwn) {
    const std::string unfinished = path_.string() + ".tmp";
    sample::write_bytes(unfinished, "precious");
    EXPECT_THROW(sample::write_results(path_, header_), UserError);
    EXPECT_EQ(sample::bytes_of(unfinished), "precious");
    const std::string journal = journal_path(path_).string();
    sample::write_bytes(journal, "precious");
    EXPECT_THROW((void)JournalWriter::create(journal, header_, Overwrite::yes), UserError);
    EXPECT_EQ(sample::bytes_of(journal), "precious");
}

TEST_F(ResultsFile, SaysWhyItCannotBeWritten) {
    sample::write_journal(folder_ / "j", header_, {0, 1, 2, 3});
    sample::write_bytes(folder_ / "file", "");
    const JournalReader journal = JournalReader::open(folder_ / "j");
    for (const std::filesystem::path& path :
         {folder_ / "file/run.h5", folder_ / "absent/run.h5", std::filesystem::path("/proc/run.h5")}) {
        try {
            build_results_file(journal, sample::provenance(), path, Overwrite::no);
            ADD_FAILURE() << "no error for " << path;
        } catch (const EnvironmentError& error) {
            EXPECT_THAT(error.what(), HasSubstr(path.parent_path().string()));
        }
    }
    EXPECT_THROW(check_output(folder_ / ".", Overwrite::yes), UserError);
}

TEST_F(ResultsFile, IsGoneWithoutTraceWhenTheDiskIsFullAtAnyPoint) {
    const std::size_t size = build(header_, {0, 1, 2, 3}).size();
    std::filesystem::remove(path_);
    const JournalReader journal = JournalReader::open(journal_path(path_));
    for (const std::size_t limit : {std::size_t{0}, std::size_t{100}, std::size_t{3000}, size / 4, size / 2,
                                    size - 1000, size - 25, size - 1}) {
        const FileSizeLimit small_disk(limit);
        try {
            build_results_file(journal, sample::provenance(), path_, Overwrite::no);
            ADD_FAILURE() << "no error at " << limit;
        } catch (const EnvironmentError& error) {
            EXPECT_THAT(error.what(), HasSubstr("run.h5.tmp': File too large")) << "at " << limit;
        }
        EXPECT_EQ(folder_.size(), 1U) << "at " << limit;
    }
    build_results_file(journal, sample::provenance(), path_, Overwrite::no);
    expect_sample(StudyResults::open(path_), header_);
}

TEST(Provenance, OfThisMachineAndProgramIsFilled) {
    const Provenance here = provenance_here();
    EXPECT_THAT(here.created, ::testing::MatchesRegex("20..-..-..T..:..:..Z"));
    EXPECT_FALSE(here.host.empty());
    EXPECT_GE(here.cores, 1);
    EXPECT_FALSE(here.compiler.empty());
    for (const NamedVersion& library : here.libraries) {
        EXPECT_THAT(library.version, ::testing::MatchesRegex("[0-9]+\\.[0-9]+.*")) << library.name;
    }
}

}  // namespace
}  // namespace vfm::results
