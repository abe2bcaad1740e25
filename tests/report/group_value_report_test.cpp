// Cost and net benefit by access group, as they are laid out.
#include "decision/example_study.hpp"
#include "printed_comparison.hpp"

#include <algorithm>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace vfm::report {
namespace {

using decision::Comparison;
using decision::ExampleStudy;
using testing::HasSubstr;
using testing::Not;

Comparison costed(const decision::Choices& choices = {}) {
    ExampleStudy study;
    study.add_group_costs();
    return compare(study.tables(), choices);
}

TEST(GroupValuePages, shows_cost_and_net_benefit_by_access_group_with_the_assumption_behind_them) {
    const std::string text = main_page(costed({.thresholds = {5000}}));
    EXPECT_THAT(text, Not(HasSubstr("no costs by access group")));
    EXPECT_THAT(text, HasSubstr(R"(
Cost a family by access group, commissioner, GBP: in the group / in the rest of the families
                      language.other
no_support                       0/0
dual_paid                  1,050/983
dual_volunteer_close     1,260/1,180
copy_of_dual_paid          1,050/983

Of this traced to the families one by one
                      language.other
no_support                       0/0
dual_paid                    800/400
dual_volunteer_close         960/480
copy_of_dual_paid            800/400
Assumption: what no one family causes (people in posts, recruitment, overheads) is apportioned to a
group by its share of the support hours worked, by its share of the families where none were. What
families cause one by one is traced, not assumed.

Net benefit a family where a unit of composite is worth GBP 5,000: in the group / in the rest; this
arm minus dual_paid
                      language.other
no_support                   450/383
dual_paid                  reference
dual_volunteer_close         -60/-47
copy_of_dual_paid                0/0
)"));
}

TEST(GroupValuePages, has_gaps_and_intervals_of_cost_and_net_benefit_by_access_group_in_full) {
    const std::string text = full_page(costed({.thresholds = {5000}}));
    EXPECT_THAT(text, HasSubstr("\nlanguage.other. Cost a family by access group"));
    EXPECT_THAT(text, HasSubstr("  of this traced\n"));
    EXPECT_THAT(text, HasSubstr("Assumption: what no one family causes"));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(text_width(line), page_width) << line;
}

TEST(GroupValuePages, names_what_is_missing_for_net_benefit_by_access_group) {
    EXPECT_THAT(main_page(costed()), HasSubstr("name what a unit of effect is worth with --threshold"));
    ExampleStudy study;
    study.add_group_costs();
    std::erase(study.layout.group_measures, "composite");
    EXPECT_THAT(main_page(compare(study.tables(), {.thresholds = {5000}})),
                HasSubstr("does not have the effect 'composite' by access group"));
}

TEST(GroupValuePages, says_that_an_imported_sample_has_no_access_groups) {
    ExampleStudy study;
    study.layout.groups.clear();
    decision::StudyTables tables = study.tables();
    EXPECT_THAT(main_page(compare(tables, {})), Not(HasSubstr("access group")));
    tables.origin = decision::Origin::imported;
    EXPECT_THAT(main_page(compare(tables, {})), HasSubstr("imported sample has no access groups"));
}

TEST(GroupValueTables, say_what_is_assumed_beside_costs_by_access_group) {
    const decision::Choices choices{.thresholds = {5000},
                                    .grid = [](std::span<const decision::CostAndEffect>) {
                                        return std::vector<double>{0, 5000};
                                    }};
    const auto json = nlohmann::json::parse(printed(costed(choices), Form::json));
    EXPECT_THAT(json.at("tables").at("group_costs").at("description").get<std::string>(),
                HasSubstr("Assumption: "));
    EXPECT_THAT(json.at("notes").back().at("note").get<std::string>(), testing::StartsWith("Assumption: "));
    EXPECT_NEAR(json.at("group_net_benefit")[0].at("group_minus_reference").get<double>(), 450, 1e-9);
    ASSERT_EQ(json.at("group_costs").size(), 8U);
    EXPECT_EQ(json["group_costs"][1]["in_group"], 1050);
    EXPECT_EQ(json["group_costs"][1]["traced_in_rest"], 400);
    ASSERT_EQ(json.at("group_net_benefit").size(), 8U);
    ASSERT_EQ(json.at("group_net_benefit_curve").size(), 16U);
    for (const auto& [name, expected] : json["group_net_benefit_curve"][8].items()) {
        const auto& exact = json["group_net_benefit"][0].at(name);
        if (!expected.is_number()) continue;
        EXPECT_NEAR(exact.get<double>(), expected.get<double>(), 1e-9) << name;
    }
}

TEST(GroupValueMarkdown, has_cost_and_net_benefit_by_access_group) {
    const std::string text = printed(costed({.thresholds = {5000}}), Form::markdown);
    EXPECT_THAT(text, HasSubstr("| dual_paid | 1,050/983 |"));
    EXPECT_THAT(text, HasSubstr("| no_support | 450/383 |"));
    EXPECT_THAT(text, HasSubstr("\nAssumption: "));
}

}  // namespace
}  // namespace vfm::report
