#include "vfm/report/study_words.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace vfm::report {
namespace {

TEST(StudyWords, put_thresholds_in_words) {
    std::vector<double> many(201);
    for (std::size_t i = 0; i < many.size(); ++i) many[i] = 50.0 * static_cast<double>(i);
    EXPECT_EQ(thresholds_text(many), "GBP 0 to 10,000, 201 of them");
    EXPECT_EQ(thresholds_text(std::vector<double>{5000, 10000.5}), "GBP 5,000, 10,000.50");
    EXPECT_EQ(thresholds_text({}), "");
}

TEST(StudyWords, say_what_money_is) {
    EXPECT_EQ(costs_sentence({.perspective = "public_sector",
                              .price_year = 2024,
                              .own_price_year = 2015,
                              .discount_rate = 0.035}),
              "Costs: public sector perspective, GBP of 2024 (from 2015 by the GDP deflator), discounted at "
              "3.5 % a year.");
    EXPECT_EQ(costs_sentence({.perspective = "nhs", .origin = decision::Origin::imported}),
              "Costs: nhs perspective, GBP of a year not given, discounted as imported.");
}

}  // namespace
}  // namespace vfm::report
