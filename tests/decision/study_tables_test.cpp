// The tables of a real results file, written by the results room and read back.
#include "example_study.hpp"

#include "vfm/results/digest.hpp"
#include "vfm/results/journal.hpp"
#include "vfm/results/results_file.hpp"
#include "vfm/results/study_results.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace vfm::decision {
namespace {

/// A folder with the example study in a results file, gone afterwards.
class StudyFile : public testing::Test {
  protected:
    void SetUp() override {
        const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
        folder_ =
            std::filesystem::temp_directory_path() / ("vfmsim-" + name + "-" + std::to_string(getpid()));
        std::filesystem::create_directories(folder_);
        results::RunHeader header;
        header.title = "An example";
        header.scenario_yaml = "title: An example\n";
        header.scenario_sha256 = results::sha256_hex(header.scenario_yaml);
        header.engine_version = "0.0.0";
        header.source_revision = "test";
        header.price_year = 2015;
        header.discount_rate = 0.035;
        header.batch_units = 4;
        header.layout = study_.layout;
        const std::filesystem::path journal = results::journal_path(path());
        results::JournalWriter writer = results::JournalWriter::create(journal, header);
        for (std::uint64_t batch = 0; batch < 2; ++batch) writer.append(filled_batch(batch));
        writer.finish();
        results::build_results_file(results::JournalReader::open(journal), results::provenance_here(), path(),
                                    results::Overwrite::no);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::filesystem::path path() const { return folder_ / "study.h5"; }
    [[nodiscard]] const ExampleStudy& study() const { return study_; }

  private:
    [[nodiscard]] results::Batch filled_batch(std::uint64_t index) const {
        const results::Layout& layout = study_.layout;
        results::Batch batch = results::empty_batch(layout, 4, index);
        batch.parameters.assign(batch.parameters.size(), 0.5);
        std::size_t summary = 0;
        std::size_t grouped = 0;
        for (std::uint64_t row = 0; row < batch.row_count; ++row) {
            for (std::size_t arm = 0; arm < layout.arms.size(); ++arm) {
                const std::size_t cell = arm * layout.study_units() + batch.first_unit + row;
                for (const results::Measure& measure : layout.measures) {
                    batch.summary[summary++] = study_.values.at(measure.name)[cell];
                }
                for (std::size_t group = 0; group < layout.groups.size(); ++group) {
                    for (const std::string& measure : layout.group_measures) {
                        batch.groups[grouped++] =
                            study_.group_values.at(measure)[cell * layout.groups.size() + group];
                    }
                }
            }
        }
        return batch;
    }

    ExampleStudy study_;
    std::filesystem::path folder_;
};

TEST_F(StudyFile, gives_the_same_numbers_as_the_arrays_it_was_written_from) {
    const results::StudyResults results = results::StudyResults::open(path());
    const StudyTables tables = tables_of(results);
    for (const results::Measure& measure : study().layout.measures) {
        EXPECT_EQ(tables.measure(measure.name), study().values.at(measure.name)) << measure.name;
    }
    for (const std::string& measure : study().layout.group_measures) {
        EXPECT_EQ(tables.group_measure(measure), study().group_values.at(measure)) << measure;
    }
}

}  // namespace
}  // namespace vfm::decision
