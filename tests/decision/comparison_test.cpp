#include "vfm/decision/comparison.hpp"

#include "decision/example_study.hpp"

#include "vfm/core/errors.hpp"

#include <limits>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const ComparedIndicator& indicator(const Comparison& comparison, const std::string& name) {
    for (const ComparedIndicator& compared : comparison.indicators) {
        if (compared.indicator.name == name) return compared;
    }
    throw std::out_of_range(name);
}

std::string refusal(const ExampleStudy& study, const Choices& choices) {
    try {
        (void)compare(study.tables(), choices);
    } catch (const UserError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(Comparison, without_choices_the_file_decides) {
    const Comparison found = compare(ExampleStudy().tables(), {});
    EXPECT_EQ(found.reference, 1U);
    EXPECT_EQ(found.basis.perspective, "commissioner");
    EXPECT_EQ(found.basis.cost, "cost_commissioner");
    EXPECT_EQ(found.basis.effect, "composite");
    EXPECT_THAT(found.analysis->net_benefit, IsEmpty());  // no threshold is invented
}

TEST(Comparison, levels_are_means_and_ratios_of_sums) {
    const Comparison found = compare(ExampleStudy().tables(), {});
    EXPECT_DOUBLE_EQ(indicator(found, "cost_commissioner").arms[1].value, 100000);
    EXPECT_DOUBLE_EQ(indicator(found, "cost_commissioner_per_family").arms[1].value, 1000);
    EXPECT_DOUBLE_EQ(indicator(found, "cost_of_support").arms[1].value, 2500);
    EXPECT_DOUBLE_EQ(indicator(found, "composite_mean").arms[2].value, 0.55);
}

TEST(Comparison, differences_are_this_arm_minus_the_reference) {
    const Comparison found = compare(ExampleStudy().tables(), {});
    EXPECT_NEAR(indicator(found, "composite_mean").differences[2].value, 0.03, 1e-12);
    EXPECT_NEAR(indicator(found, "composite_mean").differences[0].value, -0.12, 1e-12);
    const Comparison other = compare(ExampleStudy().tables(), {.reference = "no_support"});
    EXPECT_NEAR(indicator(other, "composite_mean").differences[1].value, 0.12, 1e-12);
}

TEST(Comparison, an_arm_equal_to_the_reference_differs_by_exactly_zero_in_everything) {
    const Comparison found = compare(ExampleStudy(7, 3).tables(), {.thresholds = {1234.5}});
    for (const ComparedIndicator& compared : found.indicators) {
        for (const std::size_t arm : {1U, 3U}) {
            const Estimate& zero = compared.differences[arm];
            EXPECT_EQ(zero.value, 0) << compared.indicator.name;
            EXPECT_EQ(zero.monte_carlo->standard_error, 0) << compared.indicator.name;
            EXPECT_EQ(zero.parameter.interval->low, 0) << compared.indicator.name;
            EXPECT_EQ(zero.parameter.interval->high, 0) << compared.indicator.name;
        }
    }
    EXPECT_EQ(found.analysis->net_benefit[0].arms[3].difference.value, 0);
    EXPECT_EQ(found.analysis->break_even[3].worth_it, WorthIt::equal);
    EXPECT_EQ(found.analysis->plane[3].on_an_axis, 1);
    EXPECT_EQ(found.gaps[0].arms[3].gap_change.value, 0);
}

TEST(Comparison, a_ratio_without_a_denominator_is_missing_in_that_arm_and_in_its_difference) {
    const Comparison found = compare(ExampleStudy().tables(), {});
    EXPECT_TRUE(indicator(found, "cost_of_support").arms[0].missing());
    EXPECT_TRUE(indicator(found, "cost_of_support").differences[0].missing());
    EXPECT_FALSE(indicator(found, "cost_of_support").differences[2].missing());
}

TEST(Comparison, access_gaps_have_both_levels) {
    const Comparison found = compare(ExampleStudy().tables(), {});
    ASSERT_EQ(found.gaps.size(), 4U);  // two indicators in two groups
    const GroupComparison& uptake = found.gaps[2];
    EXPECT_EQ(uptake.indicator.name, "uptake_share");
    EXPECT_EQ(uptake.group, "language.other");
    EXPECT_DOUBLE_EQ(uptake.arms[1].group.value, 0.2);       // 5 of 25
    EXPECT_DOUBLE_EQ(uptake.arms[1].rest.value, 35.0 / 75);  // 35 of 75
    EXPECT_TRUE(found.gaps[3].arms[1].group.missing());      // nobody is in this group
}

TEST(Comparison, the_incremental_table_is_of_the_chosen_perspective) {
    const Comparison found =
        compare(ExampleStudy().tables(), {.perspective = "societal", .thresholds = {1, 1e6}});
    EXPECT_EQ(found.analysis->incremental.back().cost, 170000);
    EXPECT_EQ(found.analysis->net_benefit[0].best, 0U);
    EXPECT_EQ(found.analysis->net_benefit[1].best, 2U);
}

TEST(Comparison, a_name_the_file_does_not_hold_is_refused_with_the_nearest) {
    const ExampleStudy study;
    EXPECT_EQ(refusal(study, {.reference = "dual_payed"}),
              "the file has no arm 'dual_payed', did you mean 'dual_paid'?");
    EXPECT_THAT(refusal(study, {.perspective = "societl"}), HasSubstr("did you mean 'societal'?"));
    EXPECT_THAT(refusal(study, {.effect = "compost"}), HasSubstr("did you mean 'composite'?"));
}

TEST(Comparison, an_effect_must_add_up_over_units) {
    EXPECT_THAT(refusal(ExampleStudy(), {.effect = "median_days_to_sign_off"}),
                HasSubstr("no additive measure"));
}

TEST(Comparison, a_file_without_support_or_the_composite_is_compared_by_what_it_has) {
    ExampleStudy study;
    for (const char* gone : {"users", "composite", "cost_commissioner", "cost_societal"}) study.remove(gone);
    study.layout.perspectives.clear();
    study.layout.groups.clear();
    study.layout.ratios.clear();
    const Comparison found = compare(study.tables(), {});
    EXPECT_FALSE(found.analysis);
    EXPECT_DOUBLE_EQ(indicator(found, "plan_signed_off_share").arms[0].value, 0.6);
    EXPECT_THAT(found.notes, Contains(HasSubstr("no cost by perspective")));
}

TEST(Comparison, a_file_without_the_default_effect_says_how_to_name_another) {
    ExampleStudy study;
    study.remove("composite");
    study.layout.group_measures = {"families", "users"};
    const Comparison found = compare(study.tables(), {});
    EXPECT_FALSE(found.analysis);
    EXPECT_THAT(found.notes, Contains(HasSubstr("--effect")));
    EXPECT_TRUE(compare(study.tables(), {.effect = "users"}).analysis);
}

TEST(Comparison, a_sum_that_is_not_finite_is_a_fault_of_the_file) {
    ExampleStudy study;
    study.values["users"][3] = std::numeric_limits<double>::infinity();
    EXPECT_THROW((void)compare(study.tables(), {}), FileFormatError);
}

TEST(Comparison, a_median_may_be_missing_in_some_replications) {
    ExampleStudy study;
    study.values["median_days_to_sign_off"][0] = std::numeric_limits<double>::quiet_NaN();
    EXPECT_FALSE(indicator(compare(study.tables(), {}), "median_days_to_sign_off").arms[0].missing());
}

TEST(ComparisonNotes, count_the_assumptions_among_uncertain_parameters) {
    ExampleStudy study;
    EXPECT_THAT(compare(study.tables(), {}).notes, Contains(HasSubstr("1 of 2 uncertain parameters")));
    study.layout.parameters.clear();
    EXPECT_THAT(compare(study.tables(), {}).notes, Not(Contains(HasSubstr("assumption"))));
}

TEST(ComparisonNotes, count_the_assumptions_named_after_what_tells_the_arms_apart) {
    ExampleStudy study;
    study.layout.parameters = {{"dual_lost", "", "", "assumption", "", 0, true},
                               {"lost_when_dual", "", "", "survey", "", 0, true},
                               {"volunteer_hours", "", "", "assumption", "", 0, true},
                               {"paid_hours", "", "", "assumption", "", 0, false},
                               {"dualism", "", "", "assumption", "", 0, true}};
    EXPECT_THAT(compare(study.tables(), {}).notes,
                Contains(HasSubstr("3 of 4 uncertain parameters are assumptions, not measurements; of those "
                                   "named after what tells the arms apart, dual 1 of 2, volunteer 1 of 1:")));
}

TEST(ComparisonNotes, say_what_few_draws_or_replications_leave_open) {
    EXPECT_THAT(compare(ExampleStudy(50, 1).tables(), {}).notes, Contains(HasSubstr("not separable")));
    EXPECT_THAT(compare(ExampleStudy(1, 5).tables(), {}).notes, Contains(HasSubstr("One draw")));
    EXPECT_THAT(compare(ExampleStudy(10, 2).tables(), {}).notes, Contains(HasSubstr("10 draws are too few")));
    EXPECT_THAT(compare(ExampleStudy(50, 2).tables(), {}).notes, Not(Contains(HasSubstr("too few"))));
}

TEST(ComparisonNotes, warn_when_more_than_one_in_a_hundred_families_is_still_open) {
    EXPECT_THAT(compare(ExampleStudy().tables(), {}).notes,
                Contains(HasSubstr("2.0 % of families are still open at the horizon in arm dual_paid")));
}

}  // namespace
}  // namespace vfm::decision
