#include "vfm/report/comparison_report.hpp"

#include "decision/example_study.hpp"
#include "golden.hpp"
#include "printed_comparison.hpp"

#include <span>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace vfm::report {
namespace {

using decision::Comparison;
using decision::ExampleStudy;
using testing::HasSubstr;
using testing::Not;

Comparison example(const decision::Choices& choices = {}) {
    return compare(ExampleStudy().tables(), choices);
}
/// With a value of a unit, and with curves over nine thresholds.
Comparison with_everything() {
    ExampleStudy study;
    study.add_group_costs();
    return compare(study.tables(),
                   {.thresholds = {5000}, .grid = [](std::span<const decision::CostAndEffect>) {
                        return std::vector<double>{0, 2500, 5000, 7500, 10000, 12500, 15000, 17500, 20000};
                    }});
}

TEST(ComparisonPages, opens_with_what_is_compared) {
    EXPECT_THAT(main_page(example()), testing::StartsWith(R"(An example
study.h5: 4 arms, 4 draws x 2 replications. Reference arm: dual_paid.
Costs: commissioner perspective, GBP of 2015, discounted at 3.5 % a year.
)"));
}

TEST(ComparisonPages, says_how_far_computing_and_how_far_evidence_would_help) {
    const auto sentence = [](const std::string& end) {
        return "In 0 of 2 arms the parameter interval of the effect includes zero. "
               "Monte Carlo error (95 %) is at\nmost ±0.0 in effect and ±GBP " +
               end;
    };
    // Student's t with 99 degrees of freedom x GBP 10 x the standard deviation of 0 ... 99 / 10.
    EXPECT_THAT(
        main_page(compare(ExampleStudy(100, 2).tables(), {})),
        HasSubstr(sentence("57.6 in cost: only evidence, not computing, would narrow the brackets.\n")));
    EXPECT_THAT(main_page(example()),
                HasSubstr(sentence("20.5 in cost: not small beside the brackets, so run more")));
    EXPECT_THAT(main_page(compare(ExampleStudy(50, 1).tables(), {})), HasSubstr(sentence("41.4 in cost.\n")));
}

TEST(ComparisonPages, gives_up_a_column_of_the_answer_rather_than_going_on_below) {
    ExampleStudy study;
    study.layout.arms[2] = "an_arm_with_a_name_that_leaves_little_room";
    const std::string text = main_page(compare(study.tables(), {}));
    EXPECT_THAT(text, Not(HasSubstr("paid each")));
    EXPECT_THAT(text, HasSubstr("efficiency"));
}

TEST(ComparisonPages, invents_no_threshold) {
    EXPECT_THAT(main_page(example()), HasSubstr("--threshold 5000,10000"));
    EXPECT_THAT(main_page(example()), Not(HasSubstr("Probability of being the best")));
}

Comparison drawn(const ExampleStudy& study) {
    return compare(study.tables(), {.grid = [](std::span<const decision::CostAndEffect>) {
                       return std::vector<double>{0, 5000, 10000};
                   }});
}

TEST(ComparisonPages, shows_who_is_best_over_thresholds_and_how_sure_that_is) {
    const std::string text = main_page(drawn(ExampleStudy()));
    EXPECT_THAT(text, HasSubstr(R"(
            best on               best of   expected                  best of
GBP a unit  average                all, %  loss, GBP  next likeliest   all, %
0           no_support              100.0          0  dual_paid           0.0
5,000       no_support              100.0          0  dual_paid           0.0
10,000      dual_volunteer_close    100.0          0  no_support          0.0
)"));
    EXPECT_THAT(text, HasSubstr("with the noise of\nsimulated families taken out"));
}

TEST(ComparisonPages, says_when_the_noise_of_families_is_in_the_shares_of_draws) {
    EXPECT_THAT(main_page(drawn(ExampleStudy(50, 1))), HasSubstr("towards equal ones"));
    EXPECT_THAT(main_page(drawn(ExampleStudy(1, 5))), Not(HasSubstr("noise of simulated")));
}

TEST(ComparisonPages, says_that_there_are_no_costs_by_access_group) {
    EXPECT_THAT(main_page(example()), HasSubstr("no costs by access group"));
}

TEST(ComparisonPages, names_groups_that_go_with_the_rest_without_a_column) {
    ExampleStudy study;
    std::vector<double>& users = study.group_values["users"];
    for (std::size_t unit = 0; 2 * unit < users.size(); ++unit) {
        users[2 * unit] = study.values["users"][unit] / 4;
    }
    EXPECT_THAT(main_page(compare(study.tables(), {})),
                HasSubstr("Less than 1 percentage point from the rest in every arm: language.other\n"));
}

TEST(ComparisonPages, marks_intervals_that_hold_family_noise_too) {
    const Comparison found = compare(ExampleStudy(50, 1).tables(), {});
    EXPECT_THAT(main_page(found), HasSubstr("-1,000 ±41  -1,233 to -767*"));
    EXPECT_THAT(full_page(found), HasSubstr("-100,000  -104,143 to -95,857  -123,275 to -76,725*"));
}

TEST(ComparisonPages, a_single_unit_shows_values_without_intervals) {
    const Comparison found = compare(ExampleStudy(1, 1).tables(), {});
    EXPECT_THAT(main_page(found), HasSubstr("no_support                 -1,000            -12"));
    EXPECT_THAT(main_page(found), Not(HasSubstr("±0")));
    EXPECT_THAT(full_page(found),
                HasSubstr("no_support              -100,000                 -                -"));
}

TEST(ComparisonPages, a_study_of_one_arm_has_its_measures_as_rows) {
    ExampleStudy study;
    study.layout.arms = {"queue"};
    study.layout.reference_arm = "queue";
    study.layout.groups.clear();
    for (auto& [name, values] : study.values) values.resize(8);
    const std::string text = main_page(compare(study.tables(), {}));
    EXPECT_THAT(text, HasSubstr(R"(
All measures
                                   mean    Monte Carlo 95 %     parameters 95 %
cost, societal, GBP              50,000    45,891 to 54,109    47,204 to 52,796
)"));
    EXPECT_THAT(text, Not(HasSubstr("commissioner, a family")));
    EXPECT_THAT(text, Not(HasSubstr("In brief")));
}

TEST(ComparisonPages, without_costs_or_effects_shows_what_is_left) {
    ExampleStudy study;
    study.remove("cost_commissioner");
    const std::string without_costs = main_page(compare(study.tables(), {}));
    EXPECT_THAT(without_costs, HasSubstr("In brief"));
    EXPECT_THAT(without_costs, Not(HasSubstr("Incremental analysis")));
    study.remove("composite");
    EXPECT_THAT(main_page(compare(study.tables(), {})), HasSubstr("families supported"));
}

TEST(ComparisonPages, keeps_within_100_columns) {
    for (const Detail detail : {Detail::main, Detail::full}) {
        std::istringstream lines(printed(example({.thresholds = {1e6, 2.5}}), Form::text, detail));
        for (std::string line; std::getline(lines, line);) EXPECT_LE(text_width(line), page_width) << line;
    }
}

TEST(ComparisonPages, are_those_that_are_stored) {
    const Comparison comparison = with_everything();
    expect_golden("comparison.txt", main_page(comparison));
    expect_golden("comparison_full.txt", full_page(comparison));
    expect_golden("comparison.md", printed(comparison, Form::markdown));
}

TEST(ComparisonPages, in_full_have_every_indicator) {
    // `mystery`, which this version has no words for
    EXPECT_THAT(full_page(example()), HasSubstr("0.09000"));
}

nlohmann::json json_of(const Comparison& comparison) {
    return nlohmann::json::parse(printed(comparison, Form::json));
}

/// The first row of a table that has these cells.
nlohmann::json row_of(const nlohmann::json& table, const nlohmann::json& cells) {
    for (const auto& row : table) {
        nlohmann::json changed = row;
        changed.update(cells);
        if (changed == row) return row;
    }
    ADD_FAILURE() << "there is no row with " << cells;
    return {};
}

TEST(ComparisonTables, have_every_indicator_in_every_arm_and_its_difference) {
    const nlohmann::json json = json_of(example());
    EXPECT_EQ(json.at("settings").at("reference_arm"), "dual_paid");
    ASSERT_EQ(json.at("arms").size(), 4U);
    EXPECT_EQ(json["arms"][1]["title"], "Dual, paid");
    const auto row = row_of(json.at("measures"), {{"measure", "cost_commissioner"}, {"arm", "dual_paid"}});
    EXPECT_EQ(row.at("value"), 100000);
    EXPECT_EQ(row.at("value_standard_error"), 645.4972243679028);
    EXPECT_TRUE(row.at("difference").is_null());
    const auto missing = row_of(json["measures"], {{"measure", "cost_of_support"}, {"arm", "no_support"}});
    EXPECT_TRUE(missing.at("value").is_null());
    EXPECT_TRUE(missing.at("difference").is_null());
    EXPECT_EQ(missing.at("numerator"), "cost_commissioner");
    const auto copy = row_of(json["measures"], {{"measure", "composite_mean"}, {"arm", "copy_of_dual_paid"}});
    EXPECT_EQ(copy.at("difference_monte_carlo_low"), 0);
    EXPECT_TRUE(copy.at("difference_noise_share").is_number());
    EXPECT_FALSE(json.at("notes").empty());
}

TEST(ComparisonTables, have_the_incremental_analysis_of_every_perspective) {
    const nlohmann::json json = json_of(example());
    const auto of = [&](const char* arm, const char* perspective) {
        return row_of(json.at("icer_table"), {{"arm", arm}, {"perspective", perspective}});
    };
    EXPECT_EQ(of("dual_volunteer_close", "commissioner").at("icer"), 8000);
    EXPECT_TRUE(of("no_support", "commissioner").at("icer").is_null());
    EXPECT_EQ(of("dual_paid", "commissioner").at("standing"), "extendedly_dominated");
    EXPECT_EQ(of("dual_paid", "commissioner").at("against"),
              nlohmann::json::parse(R"(["no_support", "dual_volunteer_close"])"));
    EXPECT_TRUE(of("dual_paid", "commissioner").at("cost_parameter_low").is_number());
    EXPECT_TRUE(of("dual_paid", "societal").at("cost_parameter_low").is_null());
    ASSERT_EQ(json.at("break_even").size(), 6U);
    EXPECT_EQ(json["break_even"][0]["perspective"], "commissioner");
    EXPECT_EQ(json["break_even"][3]["perspective"], "societal");
}

TEST(ComparisonTables, have_net_benefit_at_the_thresholds_that_are_given) {
    const nlohmann::json json = json_of(example({.thresholds = {5000, 6000}}));
    ASSERT_EQ(json.at("net_benefit").size(), 8U);
    const auto none = row_of(json["net_benefit"], {{"arm", "no_support"}, {"threshold", 5000.0}});
    EXPECT_EQ(none.at("probability_best"), 1);
    EXPECT_EQ(none.at("best"), "no_support");
    EXPECT_EQ(json_of(example()).at("net_benefit"), nlohmann::json::array());
}

TEST(ComparisonTables, have_levels_and_gaps_by_access_group) {
    const nlohmann::json json = json_of(example());
    const auto row = row_of(json.at("access_groups"),
                            {{"measure", "uptake_share"}, {"group", "language.other"}, {"arm", "dual_paid"}});
    EXPECT_EQ(row.at("in_group"), 0.2);
    EXPECT_TRUE(row.at("gap_minus_reference").is_null());
    const auto empty = row_of(json["access_groups"],
                              {{"measure", "uptake_share"}, {"group", "income.low"}, {"arm", "dual_paid"}});
    EXPECT_TRUE(empty.at("gap").is_null());
}

TEST(ComparisonTables, are_all_there_when_there_is_nothing_in_them) {
    ExampleStudy study;
    study.remove("composite");
    study.layout.groups.clear();
    const nlohmann::json json = json_of(compare(study.tables(), {}));
    for (const char* name :
         {"icer_table", "break_even", "plane", "ceac", "ceaf", "expected_loss", "expected_net_benefit",
          "net_benefit", "net_present_value", "access_groups", "group_costs", "group_net_benefit",
          "group_net_benefit_curve", "inequality", "area_types", "area_type_break_even",
          "area_type_net_benefit", "area_type_ceaf"}) {
        EXPECT_EQ(json.at(name), nlohmann::json::array()) << name;
        EXPECT_FALSE(json.at("tables").at(name).at("columns").empty()) << name;
    }
    EXPECT_EQ(json.at("settings").at("effect"), "");
}

TEST(ComparisonTables, are_the_same_whatever_people_see) {
    const Comparison comparison = with_everything();
    EXPECT_EQ(printed(comparison, Form::json, Detail::main), printed(comparison, Form::json, Detail::full));
    EXPECT_EQ(printed(comparison, Form::csv, Detail::main), printed(comparison, Form::csv, Detail::full));
}

}  // namespace
}  // namespace vfm::report
