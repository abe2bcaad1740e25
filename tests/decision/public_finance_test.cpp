#include "vfm/decision/public_finance.hpp"

#include "decision/example_study.hpp"

#include "vfm/core/errors.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::decision {
namespace {

using testing::HasSubstr;

std::string refusal(const auto& call) {
    try {
        (void)call();
    } catch (const UserError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(Discounting, a_year_costs_three_and_a_half_per_cent_up_to_year_30) {
    const DiscountSchedule& schedule = green_book_schedule();
    EXPECT_EQ(discount_factor(schedule, 0), 1);
    EXPECT_NEAR(discount_factor(schedule, 1), 1 / 1.035, 1e-15);
    EXPECT_NEAR(discount_factor(schedule, 10), 0.70892, 5e-6);  // 1.035^-10
    EXPECT_NEAR(discount_factor(schedule, 30), 0.35628, 5e-6);
    EXPECT_NEAR(discount_factor(schedule, 0.5), 1 / std::sqrt(1.035), 1e-15);
}

TEST(Discounting, goes_on_at_three_and_two_and_a_half_per_cent) {
    const DiscountSchedule& schedule = green_book_schedule();
    const double at_30 = discount_factor(schedule, 30);
    const double at_75 = discount_factor(schedule, 75);
    EXPECT_NEAR(discount_factor(schedule, 31), at_30 / 1.03, 1e-15);
    EXPECT_NEAR(at_75, at_30 * std::pow(1.03, -45), 1e-15);
    EXPECT_NEAR(discount_factor(schedule, 76), at_75 / 1.025, 1e-15);
    EXPECT_NEAR(discount_factor(schedule, 125), at_75 * std::pow(1.025, -50), 1e-15);
}

TEST(Discounting, has_no_factor_before_now_or_beyond_its_years) {
    const DiscountSchedule& schedule = green_book_schedule();
    EXPECT_THAT(refusal([&] { return discount_factor(schedule, 126); }), HasSubstr("0 to 125"));
    EXPECT_THAT(refusal([&] { return discount_factor(schedule, -1); }), HasSubstr("-1 years"));
    EXPECT_THAT(refusal([&] { return discount_factor(schedule, std::nan("")); }), HasSubstr("0 to 125"));
}

TEST(NetPresentValue, is_the_sum_of_discounted_amounts) {
    // 100 now, then 60 in each of two years: -100 + 60 / 1.035 + 60 / 1.071225 = 13.98165...
    EXPECT_NEAR(net_present_value(green_book_schedule(), std::vector<double>{-100, 60, 60}), 13.9817, 5e-5);
    EXPECT_EQ(net_present_value(green_book_schedule(), {}), 0);
}

TEST(PriceBase, of_2015_is_multiplied_by_a_third_for_2024) {
    EXPECT_NEAR(price_factor(gdp_deflator(), 2015, 2024), 1.331, 5e-4);   // D026 of the evidence register
    EXPECT_NEAR(price_factor(gdp_deflator(), 2019, 2015), 0.9266, 5e-5);  // D027
    EXPECT_EQ(price_factor(gdp_deflator(), 2018, 2018), 1);
}

TEST(PriceBase, covers_no_year_without_a_figure) {
    EXPECT_THAT(refusal([] { return price_factor(gdp_deflator(), 2015, 2009); }),
                HasSubstr("no price index of 2009, it covers 2002, 2010, 2014, "));
    EXPECT_THAT(refusal([] { return price_factor(gdp_deflator(), 2030, 2015); }), HasSubstr("2030"));
}

TEST(PriceBase, of_a_study_converts_money_and_nothing_else) {
    ExampleStudy study;
    for (results::Measure& measure : study.layout.measures) {
        if (measure.name.starts_with("cost_")) measure.unit = "GBP";
    }
    const StudyTables own = study.tables();
    const StudyTables later = in_prices_of(own, 2015, 2024);
    const double factor = 100 / 75.1536;
    EXPECT_DOUBLE_EQ(later.measure("cost_societal")[0], factor * own.measure("cost_societal")[0]);
    EXPECT_EQ(later.measure("composite"), own.measure("composite"));
    EXPECT_EQ(later.group_measure("users"), own.group_measure("users"));
    EXPECT_THAT(refusal([&] { return in_prices_of(own, 0, 2024); }), HasSubstr("--price-year"));
    const Comparison before = compare(own, {});
    const Comparison after = compare(later, {});
    EXPECT_NEAR(after.perspectives[0].incremental.back().icer,
                factor * before.perspectives[0].incremental.back().icer, 1e-9);
}

TEST(MoneyValue, is_benefit_and_cost_more_than_the_references) {
    const MoneyValue value = money_value({.cost = 150, .effect = 3}, {.cost = 100, .effect = 1}, 40);
    EXPECT_EQ(value.benefit, 80);
    EXPECT_EQ(value.cost, 50);
    EXPECT_EQ(value.net_present_value, 30);
    EXPECT_EQ(value.benefit_cost_ratio, 1.6);
}

TEST(MoneyValue, has_no_ratio_where_it_does_not_cost_more) {
    EXPECT_TRUE(std::isnan(
        money_value({.cost = 90, .effect = 3}, {.cost = 100, .effect = 1}, 40).benefit_cost_ratio));
    EXPECT_TRUE(std::isnan(
        money_value({.cost = 100, .effect = 3}, {.cost = 100, .effect = 1}, 40).benefit_cost_ratio));
    EXPECT_EQ(money_value({.cost = 110, .effect = 0}, {.cost = 100, .effect = 1}, 40).benefit_cost_ratio, -4);
}

}  // namespace
}  // namespace vfm::decision
