#include "vfm/decision/incremental.hpp"

#include <cmath>
#include <random>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Arms = std::vector<CostAndEffect>;

std::vector<std::size_t> order(const std::vector<IncrementalRow>& table) {
    std::vector<std::size_t> arms;
    arms.reserve(table.size());
    for (const IncrementalRow& row : table) arms.push_back(row.arm);
    return arms;
}

std::vector<std::size_t> frontier(const std::vector<IncrementalRow>& table) {
    std::vector<std::size_t> arms;
    for (const IncrementalRow& row : table) {
        if (row.standing == Standing::on_frontier) arms.push_back(row.arm);
    }
    return arms;
}

const IncrementalRow& row_of(const std::vector<IncrementalRow>& table, std::size_t arm) {
    for (const IncrementalRow& row : table) {
        if (row.arm == arm) return row;
    }
    throw std::out_of_range("arm");
}

TEST(IncrementalTable, a_textbook_case_is_in_order_of_cost_with_ratios_between_neighbours) {
    const auto table = incremental_table(Arms{{300, 10}, {100, 2}, {180, 6}});
    EXPECT_THAT(order(table), ElementsAre(1, 2, 0));
    EXPECT_TRUE(std::isnan(table[0].icer));
    EXPECT_THAT(table[0].against, IsEmpty());
    EXPECT_DOUBLE_EQ(table[1].icer, 20);
    EXPECT_DOUBLE_EQ(table[2].icer, 30);
    EXPECT_DOUBLE_EQ(table[2].incremental_cost, 120);
    EXPECT_DOUBLE_EQ(table[2].incremental_effect, 4);
    EXPECT_THAT(table[2].against, ElementsAre(2));
}

TEST(IncrementalTable, one_arm_stands_alone) {
    const auto table = incremental_table(Arms{{5, 5}});
    ASSERT_EQ(table.size(), 1U);
    EXPECT_EQ(table[0].standing, Standing::on_frontier);
    EXPECT_TRUE(std::isnan(table[0].icer));
}

TEST(IncrementalTable, no_arm_gives_no_row) {
    EXPECT_THAT(incremental_table(Arms{}), IsEmpty());
}

TEST(IncrementalTable, the_cheapest_arm_can_dominate_all) {
    const auto table = incremental_table(Arms{{20, 3}, {10, 5}, {30, 4}});
    EXPECT_THAT(frontier(table), ElementsAre(1));
    EXPECT_EQ(row_of(table, 0).standing, Standing::dominated);
    EXPECT_THAT(row_of(table, 0).against, ElementsAre(1));
    EXPECT_THAT(row_of(table, 2).against, ElementsAre(1));
    EXPECT_TRUE(std::isnan(row_of(table, 2).icer));
}

TEST(IncrementalTable, several_arms_can_be_extendedly_dominated_by_the_same_two) {
    // The line from (0, 0) to (100, 10) costs 10 a unit; all three arms between lie above it.
    const auto table = incremental_table(Arms{{0, 0}, {40, 2}, {60, 4}, {75, 7}, {100, 10}});
    EXPECT_THAT(frontier(table), ElementsAre(0, 4));
    for (const std::size_t arm : {1U, 2U, 3U}) {
        EXPECT_EQ(row_of(table, arm).standing, Standing::extendedly_dominated);
        EXPECT_THAT(row_of(table, arm).against, ElementsAre(0, 4));
    }
    EXPECT_DOUBLE_EQ(row_of(table, 4).icer, 10);
}

TEST(IncrementalTable, extended_dominance_can_reach_back_past_an_arm_that_looked_good) {
    // Arm 1 costs 20 a unit and arm 2 then 30, which looks in order until arm 3 comes at 5 more a unit.
    const auto table = incremental_table(Arms{{0, 0}, {20, 1}, {50, 2}, {60, 10}});
    EXPECT_THAT(frontier(table), ElementsAre(0, 3));
    EXPECT_DOUBLE_EQ(row_of(table, 3).icer, 6);
}

TEST(IncrementalTable, of_equal_costs_the_larger_effect_dominates) {
    const auto table = incremental_table(Arms{{10, 1}, {10, 3}, {10, 2}});
    EXPECT_THAT(order(table), ElementsAre(1, 2, 0));
    EXPECT_THAT(frontier(table), ElementsAre(1));
    EXPECT_EQ(row_of(table, 2).standing, Standing::dominated);
}

TEST(IncrementalTable, of_equal_effects_the_lower_cost_dominates) {
    const auto table = incremental_table(Arms{{12, 4}, {10, 4}, {11, 4}});
    EXPECT_THAT(frontier(table), ElementsAre(1));
    EXPECT_EQ(row_of(table, 0).standing, Standing::dominated);
    EXPECT_EQ(row_of(table, 2).standing, Standing::dominated);
}

TEST(IncrementalTable, of_exact_ties_the_lowest_index_stands_for_all) {
    const auto table = incremental_table(Arms{{10, 4}, {0, 0}, {10, 4}, {10, 4}});
    EXPECT_THAT(frontier(table), ElementsAre(1, 0));
    EXPECT_EQ(row_of(table, 2).standing, Standing::tied);
    EXPECT_THAT(row_of(table, 2).against, ElementsAre(0));
    EXPECT_EQ(row_of(table, 3).standing, Standing::tied);
    EXPECT_DOUBLE_EQ(row_of(table, 0).icer, 2.5);
}

TEST(IncrementalTable, arms_that_are_all_the_same_leave_the_first) {
    const auto table = incremental_table(Arms{{1, 1}, {1, 1}});
    EXPECT_THAT(frontier(table), ElementsAre(0));
    EXPECT_EQ(table[1].standing, Standing::tied);
}

TEST(IncrementalTable, a_copy_of_a_dominated_arm_is_dominated_too) {
    const auto table = incremental_table(Arms{{1, 5}, {2, 3}, {2, 3}});
    EXPECT_EQ(row_of(table, 1).standing, Standing::dominated);
    EXPECT_EQ(row_of(table, 2).standing, Standing::dominated);
}

TEST(IncrementalTable, negative_effects_and_costs_are_numbers_like_others) {
    const auto table = incremental_table(Arms{{-10, -8}, {-30, -9}, {5, -2}, {-20, -10}});
    EXPECT_THAT(order(table), ElementsAre(1, 3, 0, 2));
    EXPECT_THAT(frontier(table), ElementsAre(1, 2));
    EXPECT_EQ(row_of(table, 3).standing, Standing::dominated);
    EXPECT_EQ(row_of(table, 0).standing, Standing::extendedly_dominated);
    EXPECT_DOUBLE_EQ(row_of(table, 2).icer, 5);
}

TEST(IncrementalTable, three_arms_on_one_line_all_stay) {
    const auto table = incremental_table(Arms{{0, 0}, {10, 1}, {20, 2}});
    EXPECT_THAT(frontier(table), ElementsAre(0, 1, 2));
    EXPECT_DOUBLE_EQ(table[1].icer, 10);
    EXPECT_DOUBLE_EQ(table[2].icer, 10);
}

TEST(IncrementalTable, the_dominating_arm_named_is_on_the_frontier_where_one_is) {
    // Arm 1 is extendedly dominated; arm 2 is dominated by it and by arm 3, which is on the frontier.
    const auto table = incremental_table(Arms{{0, 0}, {9, 1}, {11, 1}, {10, 10}});
    EXPECT_EQ(row_of(table, 1).standing, Standing::extendedly_dominated);
    EXPECT_THAT(row_of(table, 2).against, ElementsAre(3));
}

TEST(IncrementalTable, an_arm_as_cheap_as_the_cheapest_but_better_takes_its_place) {
    const auto table = incremental_table(Arms{{10, 1}, {10, 3}, {30, 5}});
    EXPECT_THAT(order(table), ElementsAre(1, 0, 2));
    EXPECT_EQ(row_of(table, 0).standing, Standing::dominated);
    EXPECT_THAT(row_of(table, 0).against, ElementsAre(1));
    EXPECT_DOUBLE_EQ(row_of(table, 2).icer, 10);
}

TEST(IncrementalTable, the_dearest_arm_of_the_largest_effect_is_dominated_by_a_cheaper_one_as_good) {
    const auto table = incremental_table(Arms{{0, 0}, {20, 4}, {25, 4}});
    EXPECT_THAT(frontier(table), ElementsAre(0, 1));
    EXPECT_EQ(row_of(table, 2).standing, Standing::dominated);
    EXPECT_THAT(row_of(table, 2).against, ElementsAre(1));
}

TEST(IncrementalTable, two_runs_of_extended_dominance_lie_between_three_arms_of_the_frontier) {
    // Ratios against the frontier: 1 from 0 to 2, 3 from 2 to 4; arms 1 and 3 lie above these lines.
    const auto table = incremental_table(Arms{{0, 0}, {7, 5}, {10, 10}, {28, 15}, {40, 20}});
    EXPECT_THAT(frontier(table), ElementsAre(0, 2, 4));
    EXPECT_THAT(row_of(table, 1).against, ElementsAre(0, 2));
    EXPECT_THAT(row_of(table, 3).against, ElementsAre(2, 4));
    EXPECT_DOUBLE_EQ(row_of(table, 2).icer, 1);
    EXPECT_DOUBLE_EQ(row_of(table, 4).icer, 3);
}

TEST(IncrementalTable, a_copy_on_a_line_is_tied_and_the_line_stays) {
    const auto table = incremental_table(Arms{{0, 0}, {10, 1}, {10, 1}, {20, 2}, {30, 3}});
    EXPECT_THAT(frontier(table), ElementsAre(0, 1, 3, 4));
    EXPECT_EQ(row_of(table, 2).standing, Standing::tied);
    EXPECT_THAT(row_of(table, 2).against, ElementsAre(1));
    EXPECT_THAT(row_of(table, 3).against, ElementsAre(1)) << "not the copy";
}

TEST(IncrementalTable, an_arm_just_below_a_line_stays_and_just_above_goes) {
    EXPECT_THAT(frontier(incremental_table(Arms{{0, 0}, {std::nextafter(10, 0), 1}, {20, 2}})),
                ElementsAre(0, 1, 2));
    EXPECT_THAT(frontier(incremental_table(Arms{{0, 0}, {std::nextafter(10, 11), 1}, {20, 2}})),
                ElementsAre(0, 2));
}

TEST(IncrementalTable, a_dearer_and_worse_arm_is_dominated_by_every_other) {
    const auto table = incremental_table(Arms{{50, -1}, {0, 0}, {10, 2}});
    EXPECT_EQ(row_of(table, 0).standing, Standing::dominated);
    EXPECT_TRUE(std::isnan(row_of(table, 0).icer)) << "no negative ratio is ever shown";
}

TEST(IncrementalTable, ratios_rise_and_the_frontier_is_who_wins_at_some_threshold) {
    // An independent slow version in whole numbers: an arm is on the frontier when at some threshold nobody
    // beats it. Thresholds to try are all ratios of two arms, a bit below and above each, and the ends.
    std::mt19937_64 engine(5);
    std::uniform_int_distribution<int> small(-6, 6);
    for (int example = 0; example < 400; ++example) {
        Arms arms;
        for (int arm = 0; arm < 2 + example % 7; ++arm) {
            arms.push_back({static_cast<double>(small(engine)), static_cast<double>(small(engine))});
        }
        std::vector<double> thresholds = {1e-6, 1e6};
        for (const auto& a : arms) {
            for (const auto& b : arms) {
                if (a.effect == b.effect) continue;
                const double ratio = (a.cost - b.cost) / (a.effect - b.effect);
                for (const double nudge : {-1e-6, 1e-6}) {
                    if (ratio + nudge > 0) thresholds.push_back(ratio + nudge);
                }
                if (ratio > 0) thresholds.push_back(ratio);
            }
        }
        const auto table = incremental_table(arms);
        double last_ratio = -1;
        for (const IncrementalRow& row : table) {
            bool wins = false;
            for (const double threshold : thresholds) {
                bool beaten = false;
                for (const CostAndEffect& other : arms) {
                    const double lead = threshold * (other.effect - row.effect) - (other.cost - row.cost);
                    beaten = beaten || lead > 1e-9;
                }
                wins = wins || !beaten;
            }
            const bool stays = row.standing == Standing::on_frontier || row.standing == Standing::tied;
            const bool copy_of_winner = row.standing != Standing::tied ||
                                        row_of(table, row.against[0]).standing == Standing::on_frontier;
            if (copy_of_winner) {
                EXPECT_EQ(stays, wins) << "example " << example << ", arm " << row.arm;
            }
            if (!std::isnan(row.icer)) {
                EXPECT_GE(row.icer, last_ratio - 1e-12);
                last_ratio = row.icer;
            }
        }
    }
}

TEST(BreakEven, dearer_and_better_is_worth_it_above_the_ratio) {
    const BreakEven point = break_even({150, 12}, {100, 10});
    EXPECT_EQ(point.worth_it, WorthIt::above);
    EXPECT_DOUBLE_EQ(point.threshold, 25);
}

TEST(BreakEven, cheaper_and_worse_is_worth_it_below_the_ratio) {
    const BreakEven point = break_even({60, 8}, {100, 10});
    EXPECT_EQ(point.worth_it, WorthIt::below);
    EXPECT_DOUBLE_EQ(point.threshold, 20);
}

TEST(BreakEven, dominance_has_no_threshold) {
    EXPECT_EQ(break_even({90, 11}, {100, 10}).worth_it, WorthIt::always);
    EXPECT_EQ(break_even({100, 11}, {100, 10}).worth_it, WorthIt::always);
    EXPECT_EQ(break_even({90, 10}, {100, 10}).worth_it, WorthIt::always);
    EXPECT_EQ(break_even({110, 9}, {100, 10}).worth_it, WorthIt::never);
    EXPECT_EQ(break_even({110, 10}, {100, 10}).worth_it, WorthIt::never);
    EXPECT_EQ(break_even({100, 9}, {100, 10}).worth_it, WorthIt::never);
    EXPECT_TRUE(std::isnan(break_even({100, 9}, {100, 10}).threshold));
}

TEST(BreakEven, the_same_cost_and_effect_is_neither) {
    EXPECT_EQ(break_even({100, 10}, {100, 10}).worth_it, WorthIt::equal);
}

}  // namespace
}  // namespace vfm::decision
