// What people see of a report, and what programs get: from the same tables.
#include "vfm/report/forms.hpp"

#include "golden.hpp"

#include "vfm/core/contract.hpp"

#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace vfm::report {
namespace {

using decision::Estimate;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using Texts = std::vector<std::string>;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Estimate estimate(double value, double monte_carlo_half, double parameter_half) {
    Estimate result{.value = value, .monte_carlo = {}, .parameter = {}};
    result.monte_carlo = {.standard_error = monte_carlo_half / 2,
                          .interval = {value - monte_carlo_half, value + monte_carlo_half}};
    result.parameter = {.spread = decision::ParameterSpread::separated,
                        .interval = decision::Interval{value - parameter_half, value + parameter_half},
                        .noise_share = 0.5,
                        .missing_draws = 0};
    return result;
}

/// Three arms measured by two measures of different units, and where they stand.
Report example() {
    Table measures("measures", "Every measure | in every arm.");
    measures.text("measure", "The measure.")
        .column({.name = "label", .kind = Kind::text, .description = "In words.", .unit_in = "unit"})
        .text("unit", "Of the measure.")
        .text("arm", "The arm.")
        .column({.name = "value", .kind = Kind::estimate, .description = "The level.", .unit_in = "unit"})
        .column(
            {.name = "difference", .kind = Kind::estimate, .description = "From none.", .unit_in = "unit"});
    measures.add({"cost", "cost", "GBP", "none", estimate(1703.2, 10, 50), Missing{"reference"}});
    measures.add({"cost", "cost", "GBP", "paid", estimate(1907.4, 11, 60), estimate(204.2, 1.5, 33.3)});
    measures.add({"cost", "cost", "GBP", "mixed", estimate(1916.1, 12, 70), estimate(212.9, 1.6, 44.4)});
    measures.add(
        {"reached", "families reached", "share", "none", estimate(0.1234, 0.01, 0.05), Missing{"reference"}});
    measures.add({"reached", "families reached", "share", "paid", estimate(0.5, 0.01, 0.05),
                  estimate(0.3766, 0.01, 0.05)});
    Table standing("standing", "Where arms stand.");
    standing.text("arm", "The arm.")
        .number("icer", "GBP", "What a unit costs.")
        .number("zero", "", "Nothing in any arm.")
        .list("against", "Whom.");
    standing.add({"none", Missing{"cheapest"}, 0.0, Texts{}});
    standing.add({"mixed", 9255.0, 0.0, Texts{"paid", "none"}});
    standing.add({"paid", Missing{"dominated"}, 0.0, Texts{"mixed"}});
    return {.command = "compare",
            .title = "An example",
            .opening = {"Where it comes from."},
            .settings = {{"effect", "composite, \"O\""}, {"draws", 16.0}},
            .tables = {measures, standing},
            .sections = {}};
}

Source of_measure(const std::string& measure, const std::string& column) {
    return {.column = column, .where = {{"measure", measure}}, .table = "measures"};
}

Report with_view(View view) {
    Report report = example();
    report.sections.push_back({.heading = "A heading", .view = std::move(view)});
    return report;
}

std::string text_of(View view) {
    const std::string text = text_form(with_view(std::move(view)));
    const std::string above = "An example\nWhere it comes from.\n\nA heading\n";
    return text.starts_with(above) ? text.substr(above.size()) : text;
}

View by_arm(std::vector<Shown> columns) {
    View view{.table = "standing", .rows = {0, 1, 2}, .key = "arm"};
    view.columns.push_back({.heading = "", .cells = {{.column = "arm"}}});
    for (Shown& column : columns) view.columns.push_back(std::move(column));
    return view;
}

TEST(Views, gather_a_row_for_each_key_from_several_tables) {
    EXPECT_EQ(text_of(by_arm({{.heading = "cost", .cells = {of_measure("cost", "value")}},
                              {.heading = "reached, %", .cells = {of_measure("reached", "value")}},
                              {.heading = "ICER", .cells = {{.column = "icer"}}}})),
              "        cost  reached, %       ICER\n"
              "none   1,703       12.34   cheapest\n"
              "mixed  1,916           -      9,255\n"
              "paid   1,907       50.00  dominated\n");
}

TEST(Views, show_the_part_of_an_estimate_that_is_asked_for) {
    const auto shows = [](const char* heading, Part part) {
        return Shown{.heading = heading,
                     .cells = {of_measure("cost", "difference")},
                     .part = part,
                     .precision = digits(2),
                     .scale = "difference"};
    };
    EXPECT_EQ(text_of(by_arm({shows("error", Part::with_error), shows("interval", Part::with_interval),
                              shows("draws", Part::with_parameters), shows("Monte Carlo", Part::interval),
                              shows("parameters", Part::parameters)})),
              "           error          interval             draws  Monte Carlo  parameters\n"
              "none   reference         reference         reference            -           -\n"
              "mixed     213 ±2  213 (211 to 214)  213 (168 to 257)   211 to 214  168 to 257\n"
              "paid      204 ±2  204 (203 to 206)  204 (171 to 238)   203 to 206  171 to 238\n");
}

TEST(Views, mark_intervals_over_draws_that_hold_the_noise_of_families) {
    Table table("levels", "");
    table.text("arm", "").estimate("cost", "", "");
    Estimate noisy = estimate(5, 1, 2);
    noisy.parameter.spread = decision::ParameterSpread::includes_noise;
    table.add({"none", noisy});
    Report report = example();
    report.tables = {table};
    View view{.table = "levels", .rows = {0}};
    view.columns = {{.heading = "arm", .cells = {{.column = "arm"}}},
                    {.heading = "draws", .cells = {{.column = "cost"}}, .part = Part::parameters}};
    report.sections = {{.heading = "Noise", .view = view}};
    EXPECT_THAT(text_form(report), HasSubstr("none  3.000 to 7.000*"));
}

TEST(Views, give_columns_of_one_scale_the_same_decimals_the_most_that_a_rule_asks_for) {
    const Shown level{
        .heading = "level", .cells = {of_measure("cost", "value")}, .precision = digits(3), .scale = "cost"};
    const Shown fine{.heading = "fine",
                     .cells = {of_measure("cost", "difference")},
                     .precision = decimals(2),
                     .scale = "cost"};
    EXPECT_THAT(text_of(by_arm({level, fine})), HasSubstr("paid   1,907.40     204.20\n"));
    EXPECT_THAT(text_of(by_arm({level})), HasSubstr("paid   1,907\n"));
}

TEST(Views, join_cells_pass_over_what_says_nothing_and_say_once_what_all_say) {
    Shown both{.heading = "both",
               .cells = {of_measure("cost", "difference"), of_measure("cost", "value")},
               .between = "/"};
    EXPECT_THAT(text_of(by_arm({both})), HasSubstr("mixed        213/1,916\n"));
    both.cells[1] = of_measure("cost", "difference");
    EXPECT_THAT(text_of(by_arm({both})), HasSubstr("none     reference\n"));
    const Shown against{.heading = "against", .cells = {{.column = "against"}, {.column = "icer"}}};
    EXPECT_THAT(text_of(by_arm({against})), HasSubstr("mixed  paid, none 9,255\n"));
}

TEST(Views, leave_out_columns_that_say_nothing_where_asked_and_tell_legends_of_the_others) {
    Shown zero{.heading = "zero", .cells = {{.column = "zero"}}, .legend = "zero: nothing."};
    EXPECT_THAT(text_of(by_arm({zero})), HasSubstr("zero: nothing."));
    zero.when = Shown::When::not_empty;
    const Shown icer{.heading = "ICER", .cells = {{.column = "icer"}}, .legend = "ICER: a ratio."};
    const std::string text = text_of(by_arm({zero, icer}));
    EXPECT_THAT(text, Not(HasSubstr("zero")));
    EXPECT_THAT(text, HasSubstr("ICER: a ratio.\n"));
}

TEST(Views, leave_out_columns_that_may_go_when_the_page_is_not_wide_enough) {
    std::vector<Shown> columns(9, {.heading = "cost of an arm", .cells = {of_measure("cost", "value")}});
    Shown last{.heading = "a last one", .cells = {{.column = "icer"}}};
    last.when = Shown::When::if_it_fits;
    columns.push_back(last);
    EXPECT_THAT(text_of(by_arm(columns)), Not(HasSubstr("a last one")));
    columns.erase(columns.begin(), columns.begin() + 6);
    EXPECT_THAT(text_of(by_arm(columns)), HasSubstr("a last one"));
}

TEST(Views, show_rows_of_different_units_each_with_its_own_unit_and_decimals) {
    View view{.table = "measures", .rows = {1, 4}};
    view.columns = {{.heading = "", .cells = {{.column = "label"}}},
                    {.heading = "mean", .cells = {{.column = "value"}}}};
    EXPECT_EQ(text_of(view),
              "                      mean\n"
              "cost, GBP            1,907\n"
              "families reached, %  50.00\n");
}

TEST(Views, show_signs_and_factors) {
    Shown more{.heading = "more", .cells = {of_measure("cost", "difference")}};
    more.sign = Shown::Sign::both;
    more.factor = 0.01;
    more.precision = decimals(1);
    EXPECT_THAT(text_of(by_arm({more})), HasSubstr("mixed       +2.1\n"));
}

TEST(Views, of_what_the_report_does_not_have_are_a_fault_of_ours) {
    EXPECT_THROW((void)text_of({.table = "nothing"}), ContractViolation);
    EXPECT_THROW((void)text_of(by_arm({{.heading = "", .cells = {{.column = "nothing"}}}})),
                 ContractViolation);
}

Report page() {
    Report report =
        with_view(by_arm({{.heading = "cost", .cells = {of_measure("cost", "value")}, .group = "GBP"}}));
    report.sections.front().notes = {"A note."};
    report.sections.push_back({.rank = Section::Rank::chapter, .heading = "A chapter"});
    report.sections.push_back({.heading = "A list", .items = {"one", "two"}});
    report.sections.push_back({.heading = "Nothing below it"});
    return report;
}

TEST(TextForm, has_sections_with_tables_lists_and_notes_and_leaves_out_those_without) {
    expect_golden("example.txt", text_form(page()));
}

TEST(MarkdownForm, says_the_same_as_headings_pipe_tables_lists_and_paragraphs) {
    expect_golden("example.md", markdown_form(page()));
}

TEST(CsvForm, is_tidy_a_cell_a_line_at_full_precision) {
    const std::string text = csv_form(example());
    EXPECT_THAT(text, StartsWith("table,row,column,value\n"
                                 "settings,0,effect,\"composite, \"\"O\"\"\"\n"
                                 "settings,0,draws,16\n"
                                 "measures,0,measure,cost\n"
                                 "measures,0,label,cost\n"
                                 "measures,0,unit,GBP\n"
                                 "measures,0,arm,none\n"
                                 "measures,0,value,1703.2\n"
                                 "measures,0,value_standard_error,5\n"
                                 "measures,0,value_monte_carlo_low,1693.2\n"));
    EXPECT_THAT(text, HasSubstr("measures,0,difference,\n"));
    EXPECT_THAT(text, HasSubstr("standing,1,against,paid none\n"));
}

TEST(JsonForm, is_one_object_with_a_list_of_rows_for_each_table) {
    const auto json = nlohmann::json::parse(json_form(example()));
    EXPECT_EQ(json.at("command"), "compare");
    EXPECT_EQ(json.at("settings").at("effect"), "composite, \"O\"");
    EXPECT_EQ(json.at("settings").at("draws"), 16);
    const auto expected = nlohmann::json::parse(
        R"([{"arm": "none", "icer": null, "zero": 0.0, "against": []},
            {"arm": "mixed", "icer": 9255.0, "zero": 0.0, "against": ["paid", "none"]},
            {"arm": "paid", "icer": null, "zero": 0.0, "against": ["mixed"]}])");
    EXPECT_EQ(json.at("standing"), expected);
    EXPECT_EQ(json.at("measures")[1].at("difference_parameter_low"), 204.2 - 33.3);
    EXPECT_EQ(json.at("tables").at("standing").at("description"), "Where arms stand.");
    EXPECT_EQ(
        json.at("tables").at("standing").at("columns")[1],
        nlohmann::json::parse(R"({"name": "icer", "unit": "GBP", "description": "What a unit costs."})"));
    EXPECT_EQ(json.size(), 7U);
}

TEST(JsonForm, keeps_the_order_of_columns_takes_infinity_for_missing_and_replaces_what_is_not_utf8) {
    Report report = example();
    Table table("odd", "");
    table.number("zeta", "", "").number("alpha", "", "");
    table.add({std::numeric_limits<double>::infinity(), missing});
    report.tables.push_back(table);
    report.settings[0].second = "caf\xE9";
    const std::string text = json_form(report);
    EXPECT_LT(text.find("\"zeta\""), text.find("\"alpha\""));
    EXPECT_TRUE(nlohmann::json::parse(text)["odd"][0]["zeta"].is_null());
    EXPECT_TRUE(nlohmann::json::parse(text)["odd"][0]["alpha"].is_null());
}

TEST(StoredForm, has_the_settings_as_texts_and_every_table) {
    const results::Analysis analysis = stored_form(example());
    EXPECT_EQ(analysis.command, "compare");
    EXPECT_EQ(analysis.settings[1], (std::pair<std::string, std::string>("draws", "16")));
    ASSERT_EQ(analysis.tables.size(), 2U);
    EXPECT_EQ(analysis.tables[1].name, "standing");
}

TEST(Forms, are_the_one_that_is_asked_for) {
    const Report report = page();
    EXPECT_EQ(written(report, Form::text), text_form(report));
    EXPECT_EQ(written(report, Form::csv), csv_form(report));
    EXPECT_EQ(written(report, Form::json), json_form(report));
    EXPECT_EQ(written(report, Form::markdown), markdown_form(report));
}

TEST(TextForm, keeps_within_100_columns) {
    Table table("many", "");
    View view{.table = "many", .rows = {0}};
    for (int i = 0; i < 30; ++i) {
        const std::string name = "column_" + std::to_string(i);
        table.number(name, "GBP", "");
        view.columns.push_back({.heading = name, .cells = {{.column = name}}});
    }
    table.add(std::vector<Cell>(30, Cell(1234567.0)));
    Report report = example();
    report.tables = {table};
    report.sections = {{.heading = "Many columns", .view = view}};
    std::istringstream lines(text_form(report));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(text_width(line), page_width) << line;
}

}  // namespace
}  // namespace vfm::report
