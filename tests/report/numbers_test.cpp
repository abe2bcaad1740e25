#include "vfm/report/numbers.hpp"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::report {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

TEST(Numbers, have_thousands_separators) {
    EXPECT_EQ(number(1234567.4, 0), "1,234,567");
    EXPECT_EQ(number(-1234.56, 1), "-1,234.6");
    EXPECT_EQ(number(999, 0), "999");
    EXPECT_EQ(number(100000, 2), "100,000.00");
}

TEST(Numbers, are_never_minus_zero_and_missing_is_a_dash) {
    EXPECT_EQ(number(-0.0, 2), "0.00");
    EXPECT_EQ(number(-0.001, 2), "0.00");
    EXPECT_EQ(number(missing, 2), "-");
    EXPECT_EQ(exact_number(missing), "");
}

TEST(Numbers, show_about_four_digits_of_the_largest) {
    EXPECT_EQ(decimals_for(std::vector{12345.6, 1.0}), 0);
    EXPECT_EQ(decimals_for(std::vector{123.4, -99.0}), 1);
    EXPECT_EQ(decimals_for(std::vector{-12.34}), 2);
    EXPECT_EQ(decimals_for(std::vector{0.5}), 4);
    EXPECT_EQ(decimals_for(std::vector{0.012}), 5);
    EXPECT_EQ(decimals_for(std::vector{0.0, missing}), 0);
    EXPECT_EQ(decimals_for(std::vector{12.34}, 3), 1);
    EXPECT_EQ(decimals_for(std::vector{123.4}, 2), 0);
}

TEST(Numbers, exact_ones_read_back_the_same) {
    for (const double value : {0.1, 1.0 / 3, 1e300, -12345.6789, 5e-300}) {
        EXPECT_EQ(std::stod(exact_number(value)), value);
    }
}

TEST(Numbers, of_money_have_pence_only_when_there_are_some) {
    EXPECT_EQ(pounds(8181), "GBP 8,181");
    EXPECT_EQ(pounds(81.5), "GBP 81.50");
    EXPECT_EQ(pounds(1234.56), "GBP 1,235");
}

TEST(Numbers, of_things_have_the_plural_but_for_one) {
    EXPECT_EQ(counted(1, "arm"), "1 arm");
    EXPECT_EQ(counted(1024, "draw"), "1,024 draws");
}

TEST(Words, of_a_name_have_blanks) {
    EXPECT_EQ(in_words("public_sector"), "public sector");
}

TEST(Words, name_a_unit_unless_they_say_it_themselves) {
    EXPECT_EQ(with_unit("families supported", "share"), "families supported, %");
    EXPECT_EQ(with_unit("wait for support, days", "days"), "wait for support, days");
    EXPECT_EQ(with_unit("composite", ""), "composite");
}

}  // namespace
}  // namespace vfm::report
