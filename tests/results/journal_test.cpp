#include "vfm/results/journal.hpp"

#include "results/file_size_limit.hpp"
#include "results/sample_run.hpp"

#include "vfm/core/contract.hpp"
#include "vfm/core/errors.hpp"

#include <functional>
#include <limits>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::results {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

void expect_same(const Batch& a, const Batch& b) {
    EXPECT_EQ(a.index, b.index);
    EXPECT_EQ(a.first_unit, b.first_unit);
    EXPECT_EQ(a.unit_count, b.unit_count);
    EXPECT_EQ(a.row_count, b.row_count);
    EXPECT_EQ(a.first_draw, b.first_draw);
    EXPECT_EQ(a.draw_count, b.draw_count);
    EXPECT_EQ(a.parameters, b.parameters);
    EXPECT_EQ(a.summary, b.summary);
    EXPECT_EQ(a.groups, b.groups);
    EXPECT_EQ(a.costs, b.costs);
    EXPECT_EQ(a.area_types, b.area_types);
    EXPECT_EQ(a.timeline, b.timeline);
    EXPECT_EQ(a.histograms, b.histograms);
}

/// A journal of batches 0 to 3 in this order, as bytes, with the places where its records begin and the last
/// ends.
class JournalBytes : public ::testing::Test {
  protected:
    void SetUp() override {
        sample::write_journal(path_, header_, {0, 1, 2, 3});
        whole_ = sample::bytes_of(path_);
        for (std::size_t at = whole_.find("VFMBATCH"); at != std::string::npos;
             at = whole_.find("VFMBATCH", at + 1)) {
            begins_.push_back(at);
        }
        ASSERT_EQ(begins_.size(), 4U);
    }

    std::vector<std::uint64_t> missing_in(const std::string& bytes) {
        sample::write_bytes(path_, bytes);
        const JournalReader journal = JournalReader::open(path_);
        for (std::uint64_t index = 0; index < 4; ++index) {
            if (journal.has(index)) expect_same(journal.read(index), sample::batch(header_, index));
        }
        return journal.missing_batches();
    }

    sample::Folder folder_;
    std::filesystem::path path_ = folder_ / "run.h5.journal";
    RunHeader header_ = sample::header(sample::layout_with_types());
    std::string whole_;
    std::vector<std::size_t> begins_;
};

TEST(Batches, HaveTheUnitsOfTheRunInOrderAndRowsForStudyUnitsOnly) {
    // 10 study and 3 central units in batches of 4: 4 + 4 + (2 study, 2 central) + 1 central.
    const Layout layout = sample::layout();
    ASSERT_EQ(batch_count(layout, 4), 4U);
    std::vector<std::uint64_t> units;
    std::vector<std::uint64_t> rows;
    for (std::uint64_t index = 0; index < 4; ++index) {
        const Batch batch = empty_batch(layout, 4, index);
        EXPECT_EQ(batch.first_unit, 4 * index);
        EXPECT_EQ(batch.summary.size(), batch.row_count * 3 * 4);
        EXPECT_EQ(batch.groups.size(), batch.row_count * 3 * 2 * 2);
        EXPECT_EQ(batch.costs.size(), batch.row_count * 3 * 2 * 3);
        EXPECT_EQ(batch.timeline.size(), 3U * 4 * 2);
        EXPECT_EQ(batch.histograms.size(), 2U * 3 * (4 + 2));
        units.push_back(batch.unit_count);
        rows.push_back(batch.row_count);
    }
    EXPECT_THAT(units, ElementsAre(4, 4, 4, 1));
    EXPECT_THAT(rows, ElementsAre(4, 4, 2, 0));
}

TEST(Batches, HaveTheParametersOfTheDrawsThatBeginInThem) {
    // Draws of 3 units in batches of 4: they begin at units 0, 3 | 6 | 9 | 12; batch 4 is the last central
    // unit.
    const Layout layout = sample::layout(5, 3);
    std::vector<std::uint64_t> firsts;
    std::vector<std::uint64_t> counts;
    for (std::uint64_t index = 0; index < 5; ++index) {
        const Batch batch = empty_batch(layout, 4, index);
        EXPECT_EQ(batch.parameters.size(), batch.draw_count * 2);
        firsts.push_back(batch.first_draw);
        counts.push_back(batch.draw_count);
    }
    EXPECT_THAT(counts, ElementsAre(2, 1, 1, 1, 0));
    EXPECT_THAT(std::vector<std::uint64_t>(firsts.begin(), firsts.begin() + 4), ElementsAre(0, 2, 3, 4));
}

TEST_F(JournalBytes, ComeBackAsTheyWereWritten) {
    const JournalReader journal = JournalReader::open(path_);
    const RunHeader& read = journal.header();
    EXPECT_EQ(read.title, header_.title);
    EXPECT_EQ(read.scenario_yaml, header_.scenario_yaml);
    EXPECT_EQ(read.scenario_sha256, header_.scenario_sha256);
    EXPECT_EQ(read.engine_version, header_.engine_version);
    EXPECT_EQ(read.results_epoch, header_.results_epoch);
    EXPECT_EQ(read.seed, header_.seed);
    EXPECT_EQ(read.price_year, header_.price_year);
    EXPECT_EQ(read.discount_rate, header_.discount_rate);
    EXPECT_EQ(read.batch_units, header_.batch_units);
    EXPECT_EQ(read.layout.arm_titles, header_.layout.arm_titles);
    EXPECT_EQ(read.layout.measures[3].additive, false);
    EXPECT_EQ(read.layout.histograms[1].edges, header_.layout.histograms[1].edges);
    EXPECT_EQ(read.layout.parameters[2].distribution, header_.layout.parameters[2].distribution);
    EXPECT_THAT(journal.missing_batches(), IsEmpty());
    EXPECT_EQ(journal.damaged_bytes(), 0U);
    for (std::uint64_t index = 0; index < 4; ++index) {
        expect_same(journal.read(index), sample::batch(header_, index));
    }
}

TEST_F(JournalBytes, CutAnywhereInARecordLoseThatRecordAndWhatFollows) {
    for (std::size_t record = 0; record < 4; ++record) {
        const std::size_t end = record == 3 ? whole_.size() : begins_[record + 1];
        for (const std::size_t cut :
             {begins_[record], begins_[record] + 1, begins_[record] + 8, begins_[record] + 23,
              begins_[record] + 24, begins_[record] + 200, end - 5, end - 4, end - 1}) {
            EXPECT_EQ(missing_in(whole_.substr(0, cut)).size(), 4 - record) << "cut at " << cut;
        }
    }
}

TEST_F(JournalBytes, WithAFlippedBitInOneRecordLoseOnlyThatRecord) {
    std::mt19937 random(1);
    for (int trial = 0; trial < 300; ++trial) {
        const std::size_t at = begins_[0] + random() % (whole_.size() - begins_[0]);
        std::string bytes = whole_;
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << (random() % 8)));
        std::uint64_t hit = 3;
        while (at < begins_[hit]) --hit;
        EXPECT_THAT(missing_in(bytes), ElementsAre(hit)) << "flipped at " << at;
    }
}

TEST_F(JournalBytes, WithGarbageBetweenRecordsLoseNothing) {
    for (const std::string& garbage :
         {std::string("x"), std::string(1, '\0'), std::string("VFMBATCH"), std::string("VFMBAT"),
          whole_.substr(begins_[1], 100), std::string(300000, 'V'), whole_.substr(0, begins_[0])}) {
        std::string bytes = whole_;
        bytes.insert(begins_[2], garbage);
        EXPECT_THAT(missing_in(bytes), IsEmpty());
        EXPECT_EQ(JournalReader::open(path_).damaged_bytes(), garbage.size());
    }
}

TEST_F(JournalBytes, WithARecordTwiceCountItOnce) {
    EXPECT_THAT(missing_in(whole_ + whole_.substr(begins_[1], begins_[2] - begins_[1])), IsEmpty());
    EXPECT_EQ(JournalReader::open(path_).batches_present(), 4U);
}

TEST_F(JournalBytes, WithoutAWholeHeaderAreRefusedInOneLine) {
    const auto message = [&](const std::string& bytes) -> std::string {
        sample::write_bytes(path_, bytes);
        try {
            (void)JournalReader::open(path_);
        } catch (const FileFormatError& error) {
            return error.what();
        }
        return "accepted";
    };
    for (const std::size_t cut : {std::size_t{0}, std::size_t{7}, std::size_t{23}, begins_[0] - 1}) {
        EXPECT_THAT(message(whole_.substr(0, cut)), HasSubstr("run.h5.journal' is not a journal"));
    }
    std::string bytes = whole_;
    bytes[7] = '1';
    EXPECT_THAT(message(bytes), HasSubstr("another version"));
    bytes = whole_;
    bytes[100] = static_cast<char>(bytes[100] ^ 1);
    EXPECT_THAT(message(bytes), HasSubstr("header is damaged"));
    bytes = whole_;
    bytes[14] = '\x7f';  // a text of petabytes
    EXPECT_THAT(message(bytes), HasSubstr("header is damaged"));
    EXPECT_THAT(message("title: a scenario, not a journal, by mistake\n"),
                HasSubstr("does not begin like one"));
}

TEST_F(JournalBytes, WithThousandsOfRandomMutationsNeverCrashAndNeverGiveWrongNumbers) {
    std::mt19937 random(2);
    const auto below = [&](std::size_t limit) { return random() % limit; };
    for (int trial = 0; trial < 3000; ++trial) {
        std::string bytes = whole_;
        for (std::size_t i = 0, count = 1 + below(4); i < count; ++i) {
            switch (below(4)) {
                case 0:
                    bytes[below(bytes.size())] = static_cast<char>(random());
                    break;
                case 1:
                    bytes.resize(1 + below(bytes.size()));
                    break;
                case 2:
                    bytes.insert(below(bytes.size()), std::string(below(50), static_cast<char>(random())));
                    break;
                default:
                    bytes.erase(below(bytes.size()), below(50));
            }
            if (bytes.empty()) bytes = "x";
        }
        try {
            missing_in(bytes);  // compares every batch that counts as valid
        } catch (const FileFormatError&) {
        }
    }
}

TEST_F(JournalBytes, GiveRowsAndTotalsInParts) {
    const JournalReader journal = JournalReader::open(path_);
    const Batch batch = sample::batch(header_, 1);
    // Two rows of 3 arms x 6 cells, from the second row on.
    std::vector<double> rows(36);
    journal.read_rows(1, RowTable::costs, 1, rows);
    EXPECT_EQ(rows, std::vector<double>(batch.costs.begin() + 18, batch.costs.begin() + 54));
    std::vector<std::int64_t> part(5);
    journal.read_timeline(1, 7, part);
    EXPECT_EQ(part, std::vector<std::int64_t>(batch.timeline.begin() + 7, batch.timeline.begin() + 12));
    journal.read_histograms(1, 3, part);
    EXPECT_EQ(part, std::vector<std::int64_t>(batch.histograms.begin() + 3, batch.histograms.begin() + 8));
}

TEST_F(JournalBytes, ResumedAfterATornRecordEndUpWhole) {
    for (const std::size_t cut : {begins_[0], begins_[2] + 30, whole_.size() - 1}) {
        sample::write_bytes(path_, whole_.substr(0, cut));
        std::vector<std::uint64_t> missing;
        {
            JournalWriter writer = JournalWriter::resume(path_);
            missing = JournalReader::open(path_).missing_batches();
            EXPECT_THAT(missing, ::testing::Not(IsEmpty()));
            for (const std::uint64_t index : missing) writer.append(sample::batch(header_, index));
            writer.finish();
        }
        EXPECT_EQ(sample::bytes_of(path_), whole_);
    }
}

TEST_F(JournalBytes, HaveOneWriterAtATime) {
    const JournalWriter writer = JournalWriter::resume(path_);
    EXPECT_THROW((void)JournalWriter::resume(path_), UserError);
    EXPECT_THROW((void)JournalWriter::create(path_, header_, Overwrite::yes), UserError);
}

TEST_F(JournalBytes, AreNeverCreatedOverAnotherJournal) {
    EXPECT_THROW((void)JournalWriter::create(path_, header_), UserError);
    EXPECT_EQ(sample::bytes_of(path_), whole_);
}

TEST_F(JournalBytes, StayTheWritersAfterTheLastBatchUntilItGoes) {
    {
        JournalWriter writer = JournalWriter::resume(path_);
        writer.finish();
        EXPECT_THROW((void)JournalWriter::resume(path_), UserError);
    }
    EXPECT_NO_THROW((void)JournalWriter::resume(path_));
}

TEST(Journal, RefusesABatchOfOtherSizes) {
    const sample::Folder folder;
    const RunHeader header = sample::header();
    JournalWriter writer = JournalWriter::create(folder / "j", header);
    Batch batch = sample::batch(header, 0);
    batch.costs.pop_back();
    EXPECT_THROW(writer.append(batch), ContractViolation);
    batch = sample::batch(header, 0);
    batch.index = 4;
    EXPECT_THROW(writer.append(batch), ContractViolation);
}

TEST(Journal, RefusesAHeaderThatNoReaderWouldTake) {
    const sample::Folder folder;
    const auto problem = [&](const std::function<void(RunHeader&)>& spoil) -> std::string {
        RunHeader header = sample::header();
        spoil(header);
        try {
            (void)JournalWriter::create(folder / "j", header);
        } catch (const UserError& error) {
            return error.what();
        }
        return "accepted";
    };
    EXPECT_THAT(problem([](RunHeader& h) { h.layout.arms[1] = "none"; }), HasSubstr("two arms named `none`"));
    EXPECT_THAT(problem([](RunHeader& h) { h.layout.arms[1] = ""; }), HasSubstr("without a name"));
    EXPECT_THAT(problem([](RunHeader& h) { h.layout.arm_titles.pop_back(); }), HasSubstr("one title"));
    EXPECT_THAT(problem([](RunHeader& h) { h.layout.measures[0].unit = "\xff"; }), HasSubstr("UTF-8"));
    EXPECT_THAT(problem([](RunHeader& h) { h.title = std::string("a\0b", 3); }), HasSubstr("UTF-8"));
    EXPECT_THAT(problem([](RunHeader& h) { h.layout.ratios[0].numerator = "plan"; }), HasSubstr("`plan`"));
    EXPECT_THAT(problem([](RunHeader& h) { h.layout.group_measures[0] = "x"; }), HasSubstr("`x`"));
    EXPECT_THAT(problem([](RunHeader& h) {
                    h.layout.histograms[0].edges = {1, 1};
                }),
                HasSubstr("rising edges"));
    EXPECT_THAT(problem([](RunHeader& h) { h.layout.histograms[0].measure = "a/b"; }), HasSubstr("`a/b`"));
    EXPECT_THAT(problem([](RunHeader& h) { h.layout.draws = std::uint64_t{1} << 40U; }), HasSubstr("units"));
    EXPECT_THAT(problem([](RunHeader& h) { h.layout.weeks = std::uint64_t{1} << 60U; }),
                HasSubstr("timeline"));
    EXPECT_THAT(problem([](RunHeader& h) { h.layout.draws = 0; }), HasSubstr("no draws"));
    EXPECT_THAT(problem([](RunHeader& h) { h.batch_units = 0; }), HasSubstr("no units"));
    EXPECT_THAT(problem([](RunHeader& h) { h.discount_rate = std::numeric_limits<double>::quiet_NaN(); }),
                HasSubstr("not finite"));
    EXPECT_EQ(folder.size(), 0U);
}

TEST(Journal, NamesFileAndReasonWhenTheDiskIsFullAndKeepsWhatWasWhole) {
    const sample::Folder folder;
    const RunHeader header = sample::header();
    JournalWriter writer = JournalWriter::create(folder / "j", header);
    writer.append(sample::batch(header, 0));
    writer.append(sample::batch(header, 1));
    const std::size_t size = sample::bytes_of(folder / "j").size();
    {
        const FileSizeLimit limit(size + 100);
        try {
            writer.append(sample::batch(header, 2));
            ADD_FAILURE() << "no error";
        } catch (const EnvironmentError& error) {
            EXPECT_THAT(error.what(), HasSubstr("cannot write to '" + (folder / "j").string() + "': "));
        }
    }
    EXPECT_THROW(writer.append(sample::batch(header, 2)), EnvironmentError);
    EXPECT_THAT(JournalReader::open(folder / "j").missing_batches(), ElementsAre(2, 3));
}

TEST(Journal, SaysWhyItCannotBeCreatedOrRead) {
    const sample::Folder folder;
    sample::write_bytes(folder / "file", "");
    EXPECT_THROW((void)JournalWriter::create(folder / "file/j", sample::header()), EnvironmentError);
    EXPECT_THROW((void)JournalWriter::create("/proc/j", sample::header()), EnvironmentError);
    EXPECT_THROW((void)JournalReader::open(folder / "absent"), EnvironmentError);
    EXPECT_THROW((void)JournalReader::open(folder / "."), FileFormatError);
    EXPECT_THROW((void)JournalReader::open("/dev/zero"), FileFormatError);
}

TEST(Journal, OfARunWithoutOptionalTablesIsReadAsWell) {
    const sample::Folder folder;
    Layout layout;
    layout.arms = {"only"};
    layout.arm_titles = {""};
    layout.measures = {{"n", "", "", true}};
    layout.draws = 1;
    layout.replications = 7;
    RunHeader header = sample::header(sample::layout(), 3);
    header.layout = layout;
    sample::write_journal(folder / "j", header, {2, 0});
    const JournalReader journal = JournalReader::open(folder / "j");
    EXPECT_THAT(journal.missing_batches(), ElementsAre(1));
    expect_same(journal.read(2), sample::batch(header, 2));
}

}  // namespace
}  // namespace vfm::results
