#include "vfm/decision/group_value.hpp"

#include "example_study.hpp"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

using Numbers = std::vector<double>;

/// One arm, two draws, one replication, two groups. The second draw has no support.
struct Worked {
    Numbers cost = {1000, 600};
    Numbers traced = {400, 300};
    Numbers traced_by_group = {100, 40, 30, 60};
    Numbers hours = {50, 0};
    Numbers hours_by_group = {5, 20, 0, 0};
    Numbers families = {10, 20};
    Numbers families_by_group = {4, 2, 5, 10};

    [[nodiscard]] static GroupedSample grouped(const Numbers& total, const Numbers& by_group) {
        return {{1, 2, 1, total}, by_group, 2};
    }
    [[nodiscard]] Numbers apportioned() const {
        return apportioned_cost({.cost = {1, 2, 1, cost},
                                 .traced = grouped(traced, traced_by_group),
                                 .hours = grouped(hours, hours_by_group),
                                 .families = grouped(families, families_by_group)});
    }
};

TEST(GroupValue, a_group_bears_its_traced_cost_and_the_rest_by_its_share_of_hours_or_else_of_families) {
    // 600 is shared by 5 and 20 of 50 hours; then 300 by 5 and 10 of 20 families.
    EXPECT_EQ(Worked().apportioned(), (Numbers{100 + 60, 40 + 240, 30 + 75, 60 + 150}));
}

TEST(GroupValue, without_families_nothing_is_apportioned) {
    Worked empty;
    empty.hours = empty.families = {0, 0};
    empty.hours_by_group = empty.families_by_group = {0, 0, 0, 0};
    EXPECT_EQ(empty.apportioned(), empty.traced_by_group);
}

TEST(GroupValue, a_cost_below_what_is_traced_is_shared_as_well) {
    Worked worked;
    worked.cost = {300, 600};  // income of an arm: a shared part of -100
    EXPECT_DOUBLE_EQ(worked.apportioned()[1], 40 - 40);
}

TEST(GroupValue, net_benefit_a_family_is_the_threshold_times_the_effect_less_the_cost) {
    const Worked worked;
    const Numbers cost_by_group = worked.apportioned();
    const Numbers effect = {6, 9};
    const Numbers effect_by_group = {3, 1, 2, 4};
    const GroupedSample families = Worked::grouped(worked.families, worked.families_by_group);
    const AccessGap costs = access_gaps(Worked::grouped(worked.cost, cost_by_group), families, 0).front();
    const AccessGap effects = access_gaps(Worked::grouped(effect, effect_by_group), families, 0).front();
    const AccessGap worth = net_benefit_gap(effects, costs, 200);
    EXPECT_DOUBLE_EQ(worth.group.value, (200 * 5 - 265) / 9.0);
    EXPECT_DOUBLE_EQ(worth.rest.value, (200 * 10 - 1335) / 21.0);
    EXPECT_DOUBLE_EQ(worth.gap.value, worth.group.value - worth.rest.value);
    const Numbers by_draw = worth.group.draw_values();
    EXPECT_DOUBLE_EQ(by_draw[0], (200 * 3 - 160) / 4.0);
    EXPECT_DOUBLE_EQ(by_draw[1], (200 * 2 - 105) / 5.0);
    // The same from cells of net benefit, which is how an arm's is formed.
    Numbers cells;
    Numbers cells_by_group;
    for (std::size_t i = 0; i < 2; ++i) cells.push_back(200 * effect[i] - worked.cost[i]);
    for (std::size_t i = 0; i < 4; ++i) cells_by_group.push_back(200 * effect_by_group[i] - cost_by_group[i]);
    const AccessGap direct = access_gaps(Worked::grouped(cells, cells_by_group), families, 0).front();
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_NEAR(worth.gap.influence[i], direct.gap.influence[i], 1e-9);
        EXPECT_NEAR(worth.gap.within_draws[i], direct.gap.within_draws[i], 1e-9);
    }
}

ExampleStudy costed_study() {
    ExampleStudy study;
    study.add_group_costs();
    return study;
}

TEST(GroupValue, levels_times_families_add_up_to_the_arms_net_benefit) {
    const ExampleStudy study = costed_study();
    const Comparison found = compare(study.tables(), {.thresholds = {2500}});
    ASSERT_TRUE(found.group_value);
    ASSERT_EQ(found.group_value->net_benefit.size(), 1U);
    for (std::size_t arm = 0; arm < found.arms.size(); ++arm) {
        const ComparedGap& worth = found.group_value->net_benefit[0].groups[0][arm];
        const NetBenefit& all = found.analysis->net_benefit[0];
        EXPECT_NEAR(25 * worth.group.value + 75 * worth.rest.value, all.arms[arm].value.value, 1e-6);
        EXPECT_NEAR(25 * worth.group_change.value + 75 * worth.rest_change.value,
                    all.arms[arm].difference.value, 1e-6);
        const ComparedGap& cost = found.group_value->cost[0][arm];
        EXPECT_NEAR(25 * cost.group.value + 75 * cost.rest.value, found.analysis->cost[arm].value, 1e-6);
    }
}

TEST(GroupValue, is_compared_with_the_reference_arm_in_the_group_and_in_the_rest) {
    const Comparison found = compare(costed_study().tables(), {.thresholds = {2500}});
    const std::vector<ComparedGap>& cost = found.group_value->cost[0];
    // 100,000: half is traced, 40 % of it to the group; an eighth of the hours' half is the group's.
    EXPECT_NEAR(cost[1].group.value, (0.4 * 50000 + 0.125 * 50000) / 25, 1e-9);
    EXPECT_NEAR(found.group_value->traced[0][1].group.value, 0.4 * 50000 / 25, 1e-9);
    EXPECT_NEAR(cost[2].group_change.value, cost[2].group.value - cost[1].group.value, 1e-9);
    EXPECT_EQ(cost[1].group_change.value, 0);
    EXPECT_EQ(cost[3].group_change.value, 0) << "a copy of the reference";
    EXPECT_EQ(cost[3].gap_change.value, 0);
    EXPECT_TRUE(found.group_value->cost[1][1].group.missing()) << "nobody is in the second group";
    EXPECT_TRUE(found.group_value->net_benefit[0].groups[1][1].gap.missing());
}

TEST(GroupValue, is_left_out_when_the_file_holds_no_costs_by_group) {
    EXPECT_FALSE(compare(ExampleStudy().tables(), {}).group_value);
    EXPECT_FALSE(compare(costed_study().tables(), {.perspective = "societal"}).group_value);
    ExampleStudy study = costed_study();
    std::erase(study.layout.group_measures, "support_hours");
    EXPECT_FALSE(compare(study.tables(), {}).group_value);
}

TEST(GroupValue, has_costs_alone_when_the_effect_is_not_in_the_file_by_group) {
    ExampleStudy study = costed_study();
    std::erase(study.layout.group_measures, "composite");
    const Comparison found = compare(study.tables(), {.thresholds = {2500}});
    ASSERT_TRUE(found.group_value);
    EXPECT_TRUE(found.group_value->effect.empty());
    EXPECT_TRUE(found.group_value->net_benefit.empty());
    EXPECT_EQ(found.group_value->cost.size(), 2U);
}

}  // namespace
}  // namespace vfm::decision
