// What arms are judged by when nobody says, and what is said of names that a file does not have.
#include "vfm/decision/basis.hpp"

#include "vfm/core/errors.hpp"
#include "vfm/decision/incremental.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

results::Layout file_with(const std::vector<std::string>& measures) {
    results::Layout layout;
    layout.arms = {"none", "paid"};
    layout.perspectives = {"payer", "society"};
    for (const std::string& name : measures)
        layout.measures.push_back({.name = name, .unit = "", .description = ""});
    return layout;
}

std::string refusal_of_effect(const results::Layout& layout, const std::string& effect) {
    try {
        (void)chosen_basis(layout, {.perspective = {}, .effect = effect});
    } catch (const UserError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(Basis, is_the_first_perspective_and_the_composite) {
    const Basis basis = chosen_basis(file_with({"users", "cost_payer", "composite"}), {});
    EXPECT_EQ(basis.perspective, "payer");
    EXPECT_EQ(basis.cost, "cost_payer");
    EXPECT_EQ(basis.effect, "composite");
}

TEST(Basis, has_no_cost_or_effect_where_the_file_has_none_to_choose) {
    EXPECT_EQ(chosen_basis(file_with({"cost_society", "users"}), {}).cost, "");
    EXPECT_EQ(chosen_basis(file_with({"cost_payer", "users", "hours"}), {}).effect, "");
    EXPECT_EQ(chosen_basis(file_with({"cost_payer", "qaly"}), {}).effect, "qaly");
}

TEST(Basis, takes_only_what_adds_up_for_an_effect) {
    results::Layout layout = file_with({"cost_payer", "median_days", "qaly"});
    layout.measures[1].additive = false;
    EXPECT_EQ(chosen_basis(layout, {}).effect, "qaly");
    EXPECT_EQ(refusal_of_effect(layout, "median_days"),
              "the file has no additive measure 'median_days', it has: cost_payer, qaly");
    EXPECT_EQ(refusal_of_effect(layout, "qualy"),
              "the file has no additive measure 'qualy', did you mean 'qaly'?");
}

TEST(Basis, differences_are_from_the_arm_asked_for_or_the_studys_or_the_first) {
    results::Layout layout = file_with({});
    EXPECT_EQ(reference_arm(layout, ""), 0U);
    layout.reference_arm = "paid";
    EXPECT_EQ(reference_arm(layout, ""), 1U);
    EXPECT_EQ(reference_arm(layout, "none"), 0U);
    EXPECT_THROW((void)reference_arm(layout, "both"), UserError);
}

TEST(Basis, the_means_of_arms_are_over_draws_and_replications) {
    const std::vector<double> cost = {1, 3, 5, 7, 10, 10, 10, 10};
    const std::vector<double> effect = {0, 0, 0, 4, 1, 2, 3, 4};
    const std::vector<CostAndEffect> arms =
        mean_arms({.arms = 2, .draws = 2, .replications = 2, .values = cost},
                  {.arms = 2, .draws = 2, .replications = 2, .values = effect});
    ASSERT_EQ(arms.size(), 2U);
    EXPECT_EQ(arms[0].cost, 4);
    EXPECT_EQ(arms[0].effect, 1);
    EXPECT_EQ(arms[1].cost, 10);
    EXPECT_EQ(arms[1].effect, 2.5);
}

}  // namespace
}  // namespace vfm::decision
