// What is asked of a study, and the thresholds that stand for those that nobody gave.
#include "vfm/inquiry/question.hpp"

#include "vfm/core/errors.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::inquiry {
namespace {

using decision::CostAndEffect;
using decision::Origin;
using testing::ElementsAre;
using testing::HasSubstr;

results::Layout layout_of(const std::vector<std::string>& measures) {
    results::Layout layout;
    layout.arms = {"usual", "new", "newer"};
    layout.reference_arm = "new";
    layout.perspectives = {"payer", "society"};
    for (const std::string& name : measures)
        layout.measures.push_back({.name = name, .unit = "", .description = ""});
    return layout;
}

const std::vector<std::string> all_measures = {"cost_payer", "cost_society", "families", "users",
                                               "composite"};

std::string refusal_of(const results::Layout& layout, const QuestionChoices& choices) {
    try {
        (void)question_of(layout, Origin::simulated, choices);
    } catch (const UserError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(Question, is_the_studys_own_unless_something_else_is_asked) {
    const Question own = question_of(layout_of(all_measures), Origin::simulated, {});
    EXPECT_EQ(own.reference, 1U);
    EXPECT_FALSE(own.arm);
    EXPECT_EQ(own.basis.perspective, "payer");
    EXPECT_EQ(own.basis.cost, "cost_payer");
    EXPECT_EQ(own.basis.effect, "composite");
    EXPECT_TRUE(own.counts_families);
    const Question other = question_of(layout_of(all_measures), Origin::simulated,
                                       {.arm = "newer",
                                        .reference = "usual",
                                        .perspective = "society",
                                        .effect = "users",
                                        .thresholds = {1, 2}});
    EXPECT_EQ(other.reference, 0U);
    EXPECT_EQ(other.arm, 2U);
    EXPECT_EQ(other.basis.cost, "cost_society");
    EXPECT_EQ(other.basis.effect, "users");
    EXPECT_THAT(other.thresholds.values, ElementsAre(1, 2));
}

TEST(Question, takes_the_only_measure_beside_costs_for_the_effect_of_an_imported_sample) {
    const Question question =
        question_of(layout_of({"cost_payer", "cost_society", "qaly"}), Origin::imported, {});
    EXPECT_EQ(question.basis.effect, "qaly");
    EXPECT_FALSE(question.counts_families);
}

TEST(Question, names_what_the_study_does_not_have_and_what_is_nearest) {
    const results::Layout layout = layout_of(all_measures);
    EXPECT_THAT(refusal_of(layout, {.arm = "newerr"}), HasSubstr("did you mean 'newer'?"));
    EXPECT_THAT(refusal_of(layout, {.arm = "new"}), HasSubstr("is the reference itself"));
    EXPECT_THAT(refusal_of(layout, {.reference = "usal"}), HasSubstr("did you mean 'usual'?"));
    EXPECT_THAT(refusal_of(layout, {.perspective = "societ"}), HasSubstr("did you mean 'society'?"));
    EXPECT_THAT(refusal_of(layout, {.effect = "user"}), HasSubstr("did you mean 'users'?"));
    EXPECT_THAT(refusal_of(layout_of({"cost_payer", "families", "users"}), {}),
                HasSubstr("--effect: it has"));
    EXPECT_THAT(refusal_of(layout_of({"composite"}), {}), HasSubstr("no additive measure of costs"));
    results::Layout one = layout;
    one.arms.resize(1);
    EXPECT_THAT(refusal_of(one, {}), HasSubstr("has only one"));
}

TEST(Question, thresholds_that_nobody_gave_lie_between_the_changes_of_the_best_arm) {
    // ICERs 10 and 1,000.
    const std::vector<CostAndEffect> arms = {{0, 0}, {10, 1}, {1010, 2}};
    const Question question =
        with_default_thresholds(question_of(layout_of(all_measures), Origin::simulated, {}), arms);
    EXPECT_EQ(question.thresholds.origin, ThresholdOrigin::between_changes);
    EXPECT_THAT(question.thresholds.changes, ElementsAre(10, 1000));
    EXPECT_THAT(question.thresholds.values, ElementsAre(5, 100, 2000));
    Question given = question;
    given.thresholds = {.values = {7}};
    EXPECT_THAT(with_default_thresholds(given, arms).thresholds.values, ElementsAre(7));
}

TEST(Question, where_one_arm_is_always_the_best_thresholds_have_to_be_given) {
    const std::vector<CostAndEffect> arms = {{0, 5}, {10, 1}};
    for (const auto& [origin, words] :
         {std::pair(Origin::simulated, "No official willingness to pay for a unit of composite"),
          std::pair(Origin::imported, "vfmsim assumes no willingness to pay")}) {
        try {
            (void)with_default_thresholds(question_of(layout_of(all_measures), origin, {}), arms);
            FAIL() << "accepted";
        } catch (const UserError& error) {
            EXPECT_THAT(error.what(), HasSubstr(words));
        }
    }
}

}  // namespace
}  // namespace vfm::inquiry
