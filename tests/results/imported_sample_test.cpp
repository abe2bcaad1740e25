#include "vfm/results/imported_sample.hpp"

#include "results/sample_run.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/results/study_results.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::results {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ImportedSampleFile : public ::testing::Test {
  protected:
    ImportedSample read(const std::string& text, const std::string& parameters = {}) {
        sample::write_bytes(folder_ / "psa.csv", text);
        if (parameters.empty()) return read_imported_sample(folder_ / "psa.csv", {});
        sample::write_bytes(folder_ / "p.csv", parameters);
        return read_imported_sample(folder_ / "psa.csv", folder_ / "p.csv");
    }

    /// What is wrong, a line a fault, without the folder.
    std::string faults(const std::string& text, const std::string& parameters = {}) {
        try {
            (void)read(text, parameters);
        } catch (const UserError& error) {
            std::string all = error.what();
            const std::string folder = (folder_ / "").string();
            for (std::size_t at = all.find(folder); at != std::string::npos; at = all.find(folder)) {
                all.erase(at, folder.size());
            }
            return all;
        }
        return "accepted";
    }

    sample::Folder folder_;
};

constexpr const char* wide =
    "draw,uptake,cost_none,effect_none,cost_paid,effect_paid,wage\n"
    "0,0.5,0,1,100.5,2,15\n"
    "1,0.25,0,1.5,1e2,2.5,15\n";

TEST_F(ImportedSampleFile, OfTheWideFormHasAnArmAColumnPairAndTheRestAreParameters) {
    const ImportedSample sample = read(wide);
    EXPECT_THAT(sample.arms, ElementsAre("none", "paid"));
    EXPECT_THAT(sample.parameters, ElementsAre("uptake", "wage"));
    EXPECT_EQ(sample.draws, 2U);
    EXPECT_THAT(sample.cost, ElementsAre(0, 0, 100.5, 100));
    EXPECT_THAT(sample.effect, ElementsAre(1, 1.5, 2, 2.5));
    EXPECT_THAT(sample.parameter_values, ElementsAre(0.5, 15, 0.25, 15));
}

TEST_F(ImportedSampleFile, OfTheLongFormMayHaveItsLinesInAnyOrder) {
    const ImportedSample sample = read(
        "arm,draw,effect,cost\n"
        "paid,7,2,100\n"
        "none,3,1.5,0\n"
        "none,7,1,0\n"
        "paid,3,2.5,90\n",
        "wage,draw\n15,3\n16,7\n");
    EXPECT_THAT(sample.arms, ElementsAre("paid", "none"));
    EXPECT_EQ(sample.draws, 2U);
    EXPECT_THAT(sample.cost, ElementsAre(100, 90, 0, 0));
    EXPECT_THAT(sample.effect, ElementsAre(2, 2.5, 1, 1.5));
    EXPECT_THAT(sample.parameters, ElementsAre("wage"));
    EXPECT_THAT(sample.parameter_values, ElementsAre(16, 15)) << "by label, in the order of the first file";
}

TEST_F(ImportedSampleFile, IsReadAsSpreadsheetsWriteIt) {
    const ImportedSample sample = read(
        "\xEF\xBB\xBF\"draw\", \"cost_a, \"\"new\"\"\" ,\"effect_a, \"\"new\"\"\"\r\n"
        "\r\n"
        "0,\"1.5\" , -2e-3\r\n"
        "  \r\n"
        "1,2,3");
    EXPECT_THAT(sample.arms, ElementsAre("a, \"new\""));
    EXPECT_THAT(sample.cost, ElementsAre(1.5, 2));
    EXPECT_THAT(sample.effect, ElementsAre(-2e-3, 3));
    EXPECT_THAT(sample.parameters, IsEmpty());
}

TEST_F(ImportedSampleFile, WithoutDrawsOrNamesIsRefused) {
    EXPECT_EQ(faults(""),
              "psa.csv: error: there is nothing in it, the first line names the columns: draw, ...");
    EXPECT_EQ(faults("draw,cost_a,effect_a\n"),
              "psa.csv: error: there is no draw below the heading, give one a line");
    EXPECT_THAT(faults("a;draw;c\n1;2;3\n"), HasSubstr("no column `draw`, separate the columns by commas"));
    EXPECT_THAT(faults("draw,cost_a,,effect_a\n"), HasSubstr("psa.csv:1:13: error: a column without a name"));
    EXPECT_THAT(faults("draw,cost_a,effect_a,cost_a\n"),
                HasSubstr("psa.csv:1:22: error: a second column `cost_a`"));
    EXPECT_THAT(faults("draw,x,y\n0,1,2\n"), HasSubstr("there are no arms in it"));
    EXPECT_THAT(faults("draw,cost_a,effect_a,cost_\xff\n"), HasSubstr("no UTF-8 text"));
}

TEST_F(ImportedSampleFile, WithAnArmOfOneColumnNamesTheNearest) {
    EXPECT_EQ(faults("draw,cost_paid,effect_piad\n0,1,2\n"),
              "psa.csv:1:1: error: arm `paid` has no column `effect_paid`, is it `effect_piad`?\n"
              "psa.csv:1:1: error: arm `piad` has no column `cost_piad`, is it `cost_paid`?");
    EXPECT_THAT(faults("draw,cost_per_visit,cost_b,effect_b\n"),
                HasSubstr("no parameter can be called cost_"));
}

TEST_F(ImportedSampleFile, SaysWhereANumberIsNone) {
    EXPECT_EQ(
        faults("draw,cost_a,effect_a\n0,1,2\n1, abc,2\n2,1,nan\n3,,1\n4,1,inf\n5,\"1,000\",1\n6,1e200,1\n"),
        "psa.csv:3:4: error: 'abc' of `cost_a` is not a finite number, write it with a decimal point and "
        "without thousands separators or a unit\n"
        "psa.csv:4:5: error: 'nan' of `effect_a` is not a finite number, write it with a decimal point and "
        "without thousands separators or a unit\n"
        "psa.csv:5:3: error: '' of `cost_a` is not a finite number, write it with a decimal point and "
        "without thousands separators or a unit\n"
        "psa.csv:6:5: error: 'inf' of `effect_a` is not a finite number, write it with a decimal point and "
        "without thousands separators or a unit\n"
        "psa.csv:7:3: error: '1,000' of `cost_a` is not a finite number, write it with a decimal point and "
        "without thousands separators or a unit\n"
        "psa.csv:8:3: error: '1e200' of `cost_a` is too large, numbers go up to 1e100");
}

TEST_F(ImportedSampleFile, SaysWhichLineIsRaggedOrADrawTwice) {
    EXPECT_EQ(
        faults("draw,cost_a,effect_a\n0,1\n1,1,2,3\n2,1,2\n2,1,2\nx,1,2\n-1,1,2\n1.5,1,2\n"),
        "psa.csv:2:1: error: 2 fields, and the heading has 3, separate fields by commas and quote those that "
        "hold one\n"
        "psa.csv:3:1: error: 4 fields, and the heading has 3, separate fields by commas and quote those that "
        "hold one\n"
        "psa.csv:5:1: error: draw 2 is already in line 4, give each draw one line\n"
        "psa.csv:6:1: error: 'x' is no draw, number the draws 0, 1, 2, ...\n"
        "psa.csv:7:1: error: '-1' is no draw, number the draws 0, 1, 2, ...\n"
        "psa.csv:8:1: error: '1.5' is no draw, number the draws 0, 1, 2, ...");
    EXPECT_EQ(
        faults("draw,cost_a,effect_a\n0,1,\"2\n1,\"1\"2,2\n"),
        "psa.csv:2:5: error: a quote is not closed in its line, close it, or double a quote that is meant\n"
        "psa.csv:3:6: error: something stands behind a closed quote, quote the whole field or nothing of it");
}

TEST_F(ImportedSampleFile, SaysWhichArmIsMissingWhere) {
    const std::string head = "draw,arm,cost,effect\n";
    EXPECT_EQ(faults(head + "0,a,1,1\n0,b,1,1\n1,a,1,1\n1,b,1,1\n2,a,1,1\n"),
              "psa.csv:6:1: error: draw 2 has no arm `b`, give every arm in every draw");
    EXPECT_EQ(faults(head + "0,paid,1,1\n1,paid,1,1\n2,piad,1,1\n3,paid,1,1\n4,paid,1,1\n"),
              "psa.csv:4:1: error: draw 2 has no arm `paid`, give every arm in every draw\n"
              "psa.csv:4:1: error: arm `piad` is in 1 of 5 draws, did you mean `paid`?");
    EXPECT_EQ(faults(head + "0,a,1,1\n1,a,1,1\n0,a,2,2\n"),
              "psa.csv:4:1: error: draw 0 of arm `a` is already in line 2, give each once");
    EXPECT_THAT(faults(head + "0,,1,1\n"), HasSubstr("psa.csv:2:3: error: an arm without a name"));
    EXPECT_THAT(
        faults("draw,arm,cost,effect,wage\n0,a,1,1,2\n"),
        HasSubstr("psa.csv:1:22: error: column `wage`: the long form has draw, arm, cost and effect alone, "
                  "put parameters into a second file"));
}

TEST_F(ImportedSampleFile, HasTheSameDrawsInBothFiles) {
    const std::string rows = "draw,arm,cost,effect\n0,a,1,1\n1,a,1,1\n";
    EXPECT_EQ(faults(rows, "draw,wage\n0,1\n2,1\n"),
              "p.csv: error: draw 1 of the sample has no parameters here, give a line for every draw\n"
              "p.csv:3:1: error: draw 2 is not in the sample, give the parameters of the draws that it has");
    EXPECT_EQ(
        faults(rows, "draw,wage\n0,1\n0,1\n1,x\n"),
        "p.csv:3:1: error: draw 0 is already in line 2, give each draw one line\n"
        "p.csv:4:3: error: 'x' of `wage` is not a finite number, write it with a decimal point and without "
        "thousands separators or a unit");
    EXPECT_THAT(faults(wide, "draw,x\n0,1\n1,1\n"), HasSubstr("leave out --parameters"));
}

TEST_F(ImportedSampleFile, StopsAfterTwentyFaults) {
    std::string text = "draw,cost_a,effect_a\n";
    for (int i = 0; i < 1000; ++i) text += "x,y,z\n";
    try {
        (void)read(text);
        ADD_FAILURE() << "no error";
    } catch (const ScenarioError& error) {
        EXPECT_THAT(error.faults(), SizeIs(20));
    }
}

TEST_F(ImportedSampleFile, ThatCannotBeReadIsSaidSo) {
    EXPECT_THROW((void)read_imported_sample(folder_ / "absent.csv", {}), EnvironmentError);
    EXPECT_THROW((void)read_imported_sample(folder_ / "", {}), UserError);
}

class ImportedFile : public ImportedSampleFile {
  protected:
    StudyResults import(const std::string& reference = {}) {
        write_imported_sample(read(wide),
                              {.title = "Elsewhere",
                               .perspective = "nhs",
                               .effect = "qaly",
                               .reference_arm = reference,
                               .price_year = 2020,
                               .source = "psa.csv",
                               .sha256 = "abc"},
                              sample::provenance(), folder_ / "out.h5", Overwrite::no);
        return StudyResults::open(folder_ / "out.h5");
    }
};

TEST_F(ImportedFile, HoldsWhatTheSampleHeld) {
    const StudyResults results = import("paid");
    EXPECT_EQ(results.header().title, "Elsewhere");
    EXPECT_EQ(results.header().price_year, 2020);
    EXPECT_TRUE(is_imported(results.header()));
    EXPECT_FALSE(is_imported(sample::header()));
    const Layout& layout = results.layout();
    EXPECT_THAT(layout.arms, ElementsAre("none", "paid"));
    EXPECT_EQ(layout.reference_arm, "paid");
    EXPECT_EQ(layout.draws, 2U);
    EXPECT_EQ(layout.replications, 1U);
    EXPECT_THAT(layout.perspectives, ElementsAre("nhs"));
    EXPECT_THAT(results.measure("cost_nhs"), ElementsAre(0, 0, 100.5, 100));
    EXPECT_THAT(results.measure("qaly"), ElementsAre(1, 1.5, 2, 2.5));
    EXPECT_FALSE(std::filesystem::exists(journal_path(folder_ / "out.h5")));
}

TEST_F(ImportedFile, TakesAParameterThatNeverVariesForAFixedOne) {
    const StudyResults results = import();
    ASSERT_THAT(results.layout().parameters, SizeIs(2));
    EXPECT_TRUE(results.layout().parameters[0].uncertain);
    EXPECT_EQ(results.layout().parameters[0].mean, 0.375);
    EXPECT_FALSE(results.layout().parameters[1].uncertain);
    EXPECT_EQ(results.layout().parameters[1].mean, 15);
    EXPECT_THAT(results.parameter_draws(), ElementsAre(0.5, 0.25));
    EXPECT_EQ(results.layout().reference_arm, "none") << "the first";
}

TEST_F(ImportedFile, IsWholeWhenItTakesManyBatches) {
    ImportedSample sample{.arms = {"a", "b"},
                          .parameters = {},
                          .draws = 70000,
                          .cost = {},
                          .effect = {},
                          .parameter_values = {}};
    for (std::size_t i = 0; i < 2 * sample.draws; ++i) {
        sample.cost.push_back(static_cast<double>(i));
        sample.effect.push_back(-static_cast<double>(i) / 3);
    }
    write_imported_sample(sample,
                          {.title = "",
                           .perspective = "p",
                           .effect = "e",
                           .reference_arm = "",
                           .price_year = 0,
                           .source = "",
                           .sha256 = ""},
                          sample::provenance(), folder_ / "big.h5", Overwrite::no);
    const StudyResults results = StudyResults::open(folder_ / "big.h5");
    EXPECT_EQ(results.measure("cost_p"), sample.cost);
    EXPECT_EQ(results.measure("e"), sample.effect);
}

TEST_F(ImportedFile, RefusesNamesThatAreNone) {
    EXPECT_THROW(import("piad"), UserError);
    const ImportedSample sample = read(wide);
    for (const auto& [perspective, effect] : std::vector<std::pair<std::string, std::string>>{
             {"", "e"}, {"p", ""}, {"a b", "e"}, {"p", "cost_p"}}) {
        EXPECT_THROW(write_imported_sample(sample,
                                           {.title = "",
                                            .perspective = perspective,
                                            .effect = effect,
                                            .reference_arm = "",
                                            .price_year = 0,
                                            .source = "",
                                            .sha256 = ""},
                                           sample::provenance(), folder_ / "x.h5", Overwrite::no),
                     UserError);
    }
    EXPECT_FALSE(std::filesystem::exists(folder_ / "x.h5"));
}

}  // namespace
}  // namespace vfm::results
