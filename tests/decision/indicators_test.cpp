#include "vfm/decision/indicators.hpp"

#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

results::Layout layout_of(const std::vector<std::string>& measures) {
    results::Layout layout;
    for (const std::string& name : measures) layout.measures.push_back({name, "", "", true});
    return layout;
}

std::vector<std::string> names(const std::vector<Indicator>& indicators) {
    std::vector<std::string> result;
    result.reserve(indicators.size());
    for (const Indicator& indicator : indicators) result.push_back(indicator.name);
    return result;
}

TEST(Indicators, a_file_without_measures_has_none) {
    EXPECT_THAT(indicators({}, {}), IsEmpty());
}

TEST(Indicators, only_what_the_file_can_form_is_there) {
    const auto found = names(indicators(layout_of({"families", "users", "on_time_numerator"}), {}));
    EXPECT_THAT(found, Contains("uptake_share"));
    EXPECT_THAT(found, Not(Contains("on_time_share")));  // its denominator is not in the file
}

TEST(Indicators, costs_come_a_programme_and_a_family_for_each_perspective) {
    results::Layout layout = layout_of({"families", "cost_public_sector", "cost_societal"});
    layout.perspectives = {"public_sector", "societal", "unheard_of"};
    EXPECT_THAT(names(indicators(layout, {})),
                ElementsAre("cost_public_sector", "cost_public_sector_per_family", "cost_societal",
                            "cost_societal_per_family", "families"));
}

TEST(Indicators, efficiency_is_of_the_chosen_perspective_and_effect) {
    const results::Layout layout =
        layout_of({"families", "users", "plans_signed_off", "support_hours", "engaged", "cost_a", "cost_b"});
    for (const Indicator& indicator : indicators(layout, {"b", "cost_b", "engaged"})) {
        if (indicator.heading == Heading::efficiency) {
            EXPECT_EQ(indicator.numerator, "cost_b");
        }
    }
    EXPECT_THAT(names(indicators(layout, {"b", "cost_b", "engaged"})),
                testing::IsSupersetOf({"cost_per_support_hour", "cost_per_family_supported",
                                       "cost_per_plan_signed_off", "cost_per_engaged"}));
}

TEST(Indicators, a_ratio_the_file_declares_goes_by_its_name_and_only_once) {
    results::Layout layout = layout_of({"families", "users", "a", "b"});
    layout.ratios = {{"reach", "users", "families", "share", ""}, {"a_for_b", "a", "b", "GBP", ""}};
    const auto found = names(indicators(layout, {}));
    EXPECT_THAT(found, ElementsAre("reach", "families", "a_for_b"));
}

TEST(Indicators, measures_without_words_are_shown_by_their_names) {
    results::Layout layout = layout_of({"families", "kites_flown"});
    layout.measures.push_back({"median_of_kites", "kites", "", false});
    EXPECT_THAT(names(indicators(layout, {})),
                ElementsAre("families", "kites_flown_per_family", "median_of_kites"));
}

TEST(Indicators, every_way_of_ending_is_a_share_of_families) {
    const auto found = indicators(layout_of({"families", "ended_exit", "ended_plan_held"}), {});
    EXPECT_THAT(names(found), ElementsAre("families", "ended_exit_share", "ended_plan_held_share"));
    EXPECT_EQ(found.back().label, "ended: plan held");
}

TEST(Indicators, names_are_unique) {
    const results::Layout layout =
        layout_of({"families", "users", "feels_supported", "engaged", "plan_quality", "navigation",
                   "composite", "wellbeing_years", "support_hours", "skilled_hours", "contracted_hours",
                   "plans_signed_off", "days_to_sign_off", "cost_a", "ended_exit", "stranded"});
    const auto found = names(indicators(layout, {"a", "cost_a", "composite"}));
    EXPECT_EQ(std::set<std::string>(found.begin(), found.end()).size(), found.size());
}

TEST(Indicators, by_group_are_those_of_which_both_sums_are_kept_by_group) {
    results::Layout layout = layout_of({"families", "users", "composite", "engaged"});
    layout.group_measures = {"families", "users", "engaged"};
    EXPECT_THAT(names(group_indicators(layout, indicators(layout, {}))),
                ElementsAre("engaged_share", "uptake_share"));
}

}  // namespace
}  // namespace vfm::decision
