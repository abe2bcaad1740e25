#include "vfmsim/compare_output.hpp"

#include "decision/example_study.hpp"
#include "decision/printed_comparison.hpp"
#include "vfmsim/tables.hpp"

#include <span>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace vfm::program {
namespace {

using decision::Comparison;
using decision::ExampleStudy;
using testing::HasSubstr;
using testing::Not;

Comparison example(const decision::Choices& choices = {}) {
    return compare(ExampleStudy().tables(), choices);
}
std::string full_table(const Comparison& comparison) {
    return comparison_table(comparison, source, Detail::full);
}

TEST(ComparisonTable, opens_with_what_is_compared) {
    EXPECT_THAT(main_table(example()), testing::StartsWith(R"(An example
study.h5: 4 arms, 4 draws x 2 replications. Reference arm: dual_paid.
Costs: commissioner perspective, GBP of 2015, discounted at 3.5 % a year.
)"));
}

TEST(ComparisonTable, has_the_answer_first_in_one_table_with_an_arm_a_row) {
    EXPECT_THAT(main_table(example()), HasSubstr(R"(
In brief: this arm minus dual_paid (cost, GBP a family: 1,000; composite per 100 families: 52.0).
Brackets: parameters 95 %
                                                                     with   paid
                                  cost, GBP a     composite per  support,  each,
                                       family      100 families         %    GBP       ICER
no_support            -1,000 (-1,014 to -986)  -12 (-12 to -12)       0.0      -   cheapest
dual_paid                           reference         reference      40.0  2,500  ext. dom.
dual_volunteer_close         200 (200 to 200)        3 (3 to 3)      50.0  2,400      8,000
copy_of_dual_paid                  0 (0 to 0)        0 (0 to 0)      40.0  2,500       tied
paid each: cost over families supported. ICER: GBP a unit of composite more, against the arm before
it among those that remain in order of cost. ext. dom.: extendedly dominated, a mixture of two arms
costs no more and achieves more. tied: exactly the cost and effect of an arm above.

By mean net benefit, the best arm is no_support where a unit of composite is worth less than GBP
8,000, and dual_volunteer_close above.
)"));
}

TEST(ComparisonTable, says_how_far_computing_and_how_far_evidence_would_help) {
    const auto sentence = [](const std::string& end) {
        return "In 0 of 2 arms the parameter interval of the effect includes zero. "
               "Monte Carlo error (95 %) is at\nmost ±0.0 in effect and ±GBP " +
               end;
    };
    // Student's t with 99 degrees of freedom x GBP 10 x the standard deviation of 0 ... 99 / 10.
    EXPECT_THAT(
        main_table(compare(ExampleStudy(100, 2).tables(), {})),
        HasSubstr(sentence("57.6 in cost: only evidence, not computing, would narrow the brackets.\n")));
    EXPECT_THAT(main_table(example()),
                HasSubstr(sentence("20.5 in cost: not small beside the brackets, so run more")));
    EXPECT_THAT(main_table(compare(ExampleStudy(50, 1).tables(), {})),
                HasSubstr(sentence("41.4 in cost.\n")));
}

TEST(ComparisonTable, gives_up_a_column_of_the_answer_rather_than_going_on_below) {
    ExampleStudy study;
    study.layout.arms[2] = "an_arm_with_a_name_that_leaves_little_room";
    const std::string text = main_table(compare(study.tables(), {}));
    EXPECT_THAT(text, Not(HasSubstr("paid each")));
    EXPECT_THAT(text, HasSubstr("efficiency"));
}

TEST(ComparisonTable, has_outcomes_with_level_difference_and_both_intervals) {
    EXPECT_THAT(main_table(example()), HasSubstr(R"(
                      ------ cost a family, GBP -------  ----- composite of O1 to O4 -----
                      level  difference      parameters  level  difference      parameters
no_support                0  -1,000 ±21  -1,014 to -986   40.0  -12.0 ±0.0  -12.0 to -12.0
dual_paid             1,000   reference               -   52.0   reference               -
dual_volunteer_close  1,200      200 ±0      200 to 200   55.0    3.0 ±0.0      3.0 to 3.0
copy_of_dual_paid     1,000        0 ±0          0 to 0   52.0    0.0 ±0.0      0.0 to 0.0
)"));
}

TEST(ComparisonTable, has_efficiency_with_missing_ratios_as_dashes) {
    EXPECT_THAT(main_table(example()), HasSubstr(R"(
Economy, efficiency, effectiveness: costs (commissioner) over what they bought. Averages of an arm,
not increments: for a choice see the incremental analysis
                      ----- efficiency -----  effectiveness
                          cost a                     cost a
                          family      cost a        unit of
                      supported,  signed-off     composite,
                             GBP   plan, GBP            GBP
no_support                     -           0              0
dual_paid                  2,500       1,667          1,923
)"));
}

TEST(ComparisonTable, has_costs_by_perspective_a_family_and_a_programme) {
    EXPECT_THAT(main_table(example()), HasSubstr(R"(
                      ---- GBP a family ----  GBP 1,000 a programme
                      commissioner  societal  commissioner  societal
no_support                       0       500           0.0      50.0
dual_paid                    1,000     1,300         100.0     130.0
)"));
}

TEST(ComparisonTable, has_the_incremental_analysis_in_order_of_cost_with_break_even_thresholds) {
    EXPECT_THAT(main_table(example()), HasSubstr(R"(
no_support                  0   40.00   cheapest  below 8,333      0.0     100.0
dual_paid             100,000   52.00  ext. dom.    reference        -         -
copy_of_dual_paid     100,000   52.00       tied        equal      0.0       0.0
dual_volunteer_close  120,000   55.00      8,000  above 6,667    100.0       0.0
)"));
}

TEST(ComparisonTable, invents_no_threshold) {
    EXPECT_THAT(main_table(example()), HasSubstr("--threshold 5000,10000"));
    EXPECT_THAT(main_table(example()), Not(HasSubstr("Probability of being the best")));
}

TEST(ComparisonTable, shows_net_benefit_and_the_probability_of_being_best_at_the_thresholds_given) {
    const std::string text = main_table(example({.thresholds = {5000}}));
    EXPECT_THAT(text, HasSubstr(R"(
Probability of being the best of all arms, %, where a unit of composite is worth
                      GBP 5,000
no_support                100.0
)"));
    EXPECT_THAT(text, HasSubstr(R"(
Net benefit where a unit of composite is worth GBP 5,000: that x effect - cost, GBP a programme;
difference from dual_paid, ± Monte Carlo 95 %. Highest mean: no_support
                                                                best of
                         mean     difference   parameters 95 %   all, %
no_support            200,000  40,000 ±2,054  38,602 to 41,398    100.0
dual_paid             160,000      reference                 -      0.0
)"));
}

Comparison drawn(const ExampleStudy& study) {
    return compare(study.tables(), {.grid = [](std::span<const decision::CostAndEffect>) {
                       return std::vector<double>{0, 5000, 10000};
                   }});
}

TEST(ComparisonTable, shows_who_is_best_over_thresholds_and_how_sure_that_is) {
    const std::string text = main_table(drawn(ExampleStudy()));
    EXPECT_THAT(text, HasSubstr(R"(
            best on               best of   expected                  best of
GBP a unit  average                all, %  loss, GBP  next likeliest   all, %
0           no_support              100.0          0  dual_paid           0.0
5,000       no_support              100.0          0  dual_paid           0.0
10,000      dual_volunteer_close    100.0          0  no_support          0.0
)"));
    EXPECT_THAT(text, HasSubstr("with the noise of\nsimulated families taken out"));
}

TEST(ComparisonTable, says_when_the_noise_of_families_is_in_the_shares_of_draws) {
    EXPECT_THAT(main_table(drawn(ExampleStudy(50, 1))), HasSubstr("towards equal ones"));
    EXPECT_THAT(main_table(drawn(ExampleStudy(1, 5))), Not(HasSubstr("noise of simulated")));
}

TEST(ComparisonTable, says_that_there_are_no_costs_by_access_group) {
    EXPECT_THAT(main_table(example()), HasSubstr("no costs by access group"));
}

TEST(ComparisonTable, shows_access_gaps_with_both_levels_and_leaves_out_groups_without_families) {
    EXPECT_THAT(main_table(example()), HasSubstr(R"(
                      language.other
no_support                   0.0/0.0
dual_paid                  20.0/46.7
dual_volunteer_close       25.0/58.3
copy_of_dual_paid          20.0/46.7
)"));
}

TEST(ComparisonTable, names_groups_that_go_with_the_rest_without_a_column) {
    ExampleStudy study;
    std::vector<double>& users = study.group_values["users"];
    for (std::size_t unit = 0; 2 * unit < users.size(); ++unit) {
        users[2 * unit] = study.values["users"][unit] / 4;
    }
    EXPECT_THAT(main_table(compare(study.tables(), {})),
                HasSubstr("Less than 1 percentage point from the rest in every arm: language.other\n"));
}

TEST(ComparisonTable, marks_intervals_that_hold_family_noise_too) {
    const Comparison found = compare(ExampleStudy(50, 1).tables(), {});
    EXPECT_THAT(main_table(found), HasSubstr("-1,000 ±41  -1,233 to -767*"));
    EXPECT_THAT(full_table(found), HasSubstr("-100,000  -104,143 to -95,857  -123,275 to -76,725*"));
}

TEST(ComparisonTable, a_single_unit_shows_values_without_intervals) {
    const Comparison found = compare(ExampleStudy(1, 1).tables(), {});
    EXPECT_THAT(main_table(found), HasSubstr("no_support                 -1,000            -12"));
    EXPECT_THAT(main_table(found), Not(HasSubstr("±0")));
    EXPECT_THAT(full_table(found),
                HasSubstr("no_support              -100,000                 -                -"));
}

TEST(ComparisonTable, a_study_of_one_arm_has_its_measures_as_rows) {
    ExampleStudy study;
    study.layout.arms = {"queue"};
    study.layout.reference_arm = "queue";
    study.layout.groups.clear();
    for (auto& [name, values] : study.values) values.resize(8);
    const std::string text = main_table(compare(study.tables(), {}));
    EXPECT_THAT(text, HasSubstr(R"(
All measures
                                   mean    Monte Carlo 95 %     parameters 95 %
cost, societal, GBP              50,000    45,891 to 54,109    47,204 to 52,796
)"));
    EXPECT_THAT(text, Not(HasSubstr("commissioner, a family")));
    EXPECT_THAT(text, Not(HasSubstr("In brief")));
}

TEST(ComparisonTable, without_costs_or_effects_shows_what_is_left) {
    ExampleStudy study;
    study.remove("cost_commissioner");
    const std::string without_costs = main_table(compare(study.tables(), {}));
    EXPECT_THAT(without_costs, HasSubstr("In brief"));
    EXPECT_THAT(without_costs, Not(HasSubstr("Incremental analysis")));
    study.remove("composite");
    EXPECT_THAT(main_table(compare(study.tables(), {})), HasSubstr("families supported"));
}

TEST(ComparisonTableInFull, has_every_interval_and_who_dominates_whom) {
    const std::string text = full_table(example({.thresholds = {5000}}));
    EXPECT_THAT(text, HasSubstr(R"(
                      more cost  more effect       ICER
no_support                    -            -   cheapest
dual_paid                     -            -  ext. dom.
copy_of_dual_paid             -            -       tied
dual_volunteer_close    120,000        15.00      8,000
  no_support: cheapest
  dual_paid: extendedly dominated by no_support and dual_volunteer_close
  copy_of_dual_paid: exactly as dual_paid
  dual_volunteer_close: against no_support
)"));
    EXPECT_THAT(text, HasSubstr(R"(
Difference in cost, commissioner, GBP: this arm minus dual_paid, paired on the same families
                      difference     Monte Carlo 95 %      parameters 95 %
no_support              -100,000  -102,054 to -97,946  -101,398 to -98,602
)"));
    EXPECT_THAT(text, HasSubstr("no_support                200,000  189,729 to 210,271  193,010 to 206,990"));
    EXPECT_THAT(text,
                HasSubstr("copy_of_dual_paid           equal      0.0       0.0       0.0      0.0  100.0"));
}

TEST(ComparisonTableInFull, has_every_indicator) {
    const Comparison found = example();
    const std::string text = full_table(found);
    EXPECT_THAT(text, HasSubstr("0.09000"));  // `mystery`, which this version has no words for
    EXPECT_THAT(text, HasSubstr("- language.other -  -- income.low --"));
    EXPECT_GT(text.size(), main_table(found).size());
}

TEST(ComparisonTable, keeps_within_100_columns) {
    for (const Detail detail : {Detail::main, Detail::full}) {
        std::istringstream lines(comparison_table(example({.thresholds = {1e6, 2.5}}), source, detail));
        for (std::string line; std::getline(lines, line);) EXPECT_LE(text_width(line), page_width) << line;
    }
}

TEST(ComparisonCsv, is_tidy_with_full_precision) {
    const std::string text = comparison_csv(example({.thresholds = {5000}}));
    EXPECT_THAT(text, testing::StartsWith("section,arm,measure,statistic,value\n"
                                          "arms,no_support,cost_commissioner,value,0\n"));
    EXPECT_THAT(text,
                HasSubstr("arms,dual_paid,cost_commissioner,monte_carlo_standard_error,645.4972243679028\n"));
    EXPECT_THAT(text, HasSubstr("\ndifferences,no_support,cost_of_support,value,\n"));
    EXPECT_THAT(text,
                HasSubstr("\nincremental_table,dual_paid,composite,standing,extendedly_dominated\n"
                          "incremental_table,dual_paid,composite,against,no_support dual_volunteer_close\n"));
    EXPECT_THAT(text, HasSubstr("\nincremental_table,dual_volunteer_close,composite,icer,8000\n"));
    EXPECT_THAT(text, HasSubstr("\nnet_benefit,no_support,net_benefit@5000,probability_best,1\n"));
    EXPECT_THAT(text, HasSubstr("\nequity,dual_paid,uptake_share@language.other,group_value,0.2\n"));
    EXPECT_THAT(text,
                HasSubstr("\nequity,no_support,uptake_share@language.other,rest_minus_reference_value,-0."));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        EXPECT_EQ(std::count(line.begin(), line.end(), ','), 4) << line;
    }
}

TEST(ComparisonJson, has_the_documented_names) {
    const auto json = nlohmann::json::parse(comparison_json(example({.thresholds = {5000, 6000}}), source));
    EXPECT_EQ(json.at("format"), "vfm-comparison");
    EXPECT_EQ(json.at("reference_arm"), "dual_paid");
    ASSERT_EQ(json.at("arms").size(), 4U);
    EXPECT_EQ(json["arms"][1]["arm"], "dual_paid");
    EXPECT_EQ(json["arms"][1]["measures"]["cost_commissioner"]["value"], 100000);
    EXPECT_TRUE(json["arms"][0]["measures"]["cost_of_support"]["value"].is_null());
    ASSERT_EQ(json.at("differences").size(), 3U);
    EXPECT_EQ(json["differences"][2]["minus"], "dual_paid");
    EXPECT_EQ(json["differences"][2]["measures"]["composite_mean"]["monte_carlo"]["low"], 0);
    EXPECT_EQ(json["differences"][2]["measures"]["composite_mean"]["parameter"]["separated"], true);
    EXPECT_EQ(json.at("incremental_table")[3]["icer"], 8000);
    EXPECT_TRUE(json["incremental_table"][0]["icer"].is_null());
    ASSERT_EQ(json.at("net_benefit").size(), 2U);
    EXPECT_EQ(json["net_benefit"][0]["arms"][0]["probability_best"], 1);
    EXPECT_EQ(json.at("equity").size(), 4U);
    EXPECT_TRUE(json["equity"][3]["arms"][0]["gap"]["value"].is_null());
    EXPECT_TRUE(json.at("group_value").is_null());
    ASSERT_EQ(json.at("break_even").size(), 6U);
    EXPECT_EQ(json["break_even"][0]["perspective"], "commissioner");
    EXPECT_EQ(json["break_even"][3]["perspective"], "societal");
    EXPECT_FALSE(json.at("notes").empty());
}

TEST(ComparisonJson, keeps_its_names_when_there_is_no_analysis) {
    ExampleStudy study;
    study.remove("composite");
    study.layout.groups.clear();
    const auto json = nlohmann::json::parse(comparison_json(compare(study.tables(), {}), source));
    for (const char* name : {"incremental_table", "net_benefit", "equity", "break_even", "plane"}) {
        EXPECT_TRUE(json.at(name).empty() && json.at(name).is_array()) << name;
    }
    EXPECT_TRUE(json.at("effect").is_null());
}

}  // namespace
}  // namespace vfm::program
