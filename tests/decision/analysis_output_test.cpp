#include "vfmsim/analysis_output.hpp"

#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace vfm::program {
namespace {

using testing::HasSubstr;
using testing::Not;
using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;
using Lists = std::vector<Texts>;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

results::Analysis example(std::size_t rows = 3) {
    return {
        .command = "voi",
        .settings = {{"reference_arm", "none"}, {"effect", "composite, \"O\""}},
        .tables = {{.name = "evppi",
                    .description = "What knowing a parameter is worth | or a group.",
                    .columns = {{"parameters", "", "", Lists(rows, {"a", "b|c"})},
                                {"threshold", "GBP", "", Numbers(rows, 5000)},
                                {"standard_error", "GBP", "", Numbers(rows, 0.125)},
                                {"null", "GBP", "", Numbers(rows, missing)},
                                {"verdict", "", "", Texts(rows, "yes")}}},
                   {.name = "evpi", .description = "", .columns = {{"threshold", "GBP", "", Numbers{}}}}}};
}

TEST(AnalysisJson, is_one_object_with_a_list_of_rows_for_each_table) {
    const auto json = nlohmann::json::parse(analysis_json(example()));
    EXPECT_EQ(json.at("command"), "voi");
    EXPECT_EQ(json.at("settings").at("reference_arm"), "none");
    ASSERT_EQ(json.at("evppi").size(), 3U);
    const auto expected = nlohmann::json::parse(
        R"({"parameters": ["a", "b|c"], "threshold": 5000, "standard_error": 0.125, "null": null, "verdict": "yes"})");
    EXPECT_EQ(json["evppi"][2], expected);
    EXPECT_EQ(json.at("evpi"), nlohmann::json::array());
    EXPECT_EQ(json.size(), 4U);
}

TEST(AnalysisJson, keeps_the_order_of_columns_and_takes_infinity_for_missing) {
    results::Analysis analysis = example();
    analysis.tables[0].columns[1].values = Numbers{1, infinite, 3};
    const std::string text = analysis_json(analysis);
    EXPECT_LT(text.find("\"threshold\""), text.find("\"standard_error\""));
    EXPECT_TRUE(nlohmann::json::parse(text)["evppi"][1]["threshold"].is_null());
    analysis.settings[0].second = "caf\xE9";
    EXPECT_TRUE(nlohmann::json::parse(analysis_json(analysis)).is_object());
}

TEST(AnalysisCsv, is_tidy_a_cell_a_line) {
    const std::string text = analysis_csv(example());
    EXPECT_THAT(text, testing::StartsWith("table,row,column,value\n"
                                          "settings,0,reference_arm,none\n"
                                          "settings,0,effect,\"composite, \"\"O\"\"\"\n"
                                          "evppi,0,parameters,a b|c\n"
                                          "evppi,0,threshold,5000\n"
                                          "evppi,0,standard_error,0.125\n"
                                          "evppi,0,null,\n"
                                          "evppi,0,verdict,yes\n"
                                          "evppi,1,"));
}

TEST(AnalysisText, shows_settings_and_tables_with_a_dash_for_what_is_missing) {
    EXPECT_EQ(analysis_text(example(1)), R"(reference arm: none
effect: composite, "O"

What knowing a parameter is worth | or a group.
                              standard
parameters  threshold, GBP  error, GBP  null, GBP  verdict
a, b|c               5,000      0.1250          -  yes

evpi
  (nothing)
)");
}

TEST(AnalysisText, keeps_within_100_columns_and_says_what_it_leaves_out) {
    const std::string text = analysis_text(example(1241));
    EXPECT_THAT(text, HasSubstr("1,201 more rows: --format csv or json"));
    std::istringstream lines(text);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count)
        EXPECT_LE(text_width(line), page_width) << line;
    EXPECT_LT(count, 60U);
    EXPECT_THAT(analysis_text(example(40)), Not(HasSubstr("more rows")));
}

TEST(AnalysisMarkdown, has_pipe_tables_whose_cells_stay_cells) {
    EXPECT_EQ(analysis_markdown(example(1)), R"(# vfmsim voi

| setting | value |
| --- | --- |
| reference arm | none |
| effect | composite, "O" |

## evppi

What knowing a parameter is worth \| or a group.

| parameters | threshold, GBP | standard error, GBP | null, GBP | verdict |
| --- | ---: | ---: | ---: | --- |
| a, b\|c | 5,000 | 0.1250 | - | yes |

## evpi

| threshold, GBP |
| ---: |
)");
}

TEST(AnalysisOutput, is_in_the_format_chosen) {
    EXPECT_EQ(formatted(example(), Format::table), analysis_text(example()));
    EXPECT_EQ(formatted(example(), Format::csv), analysis_csv(example()));
    EXPECT_EQ(formatted(example(), Format::json), analysis_json(example()));
    EXPECT_EQ(formatted(example(), Format::markdown), analysis_markdown(example()));
}

}  // namespace
}  // namespace vfm::program
