#include "vfmsim/tables.hpp"

#include "vfm/core/errors.hpp"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::program {
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

TEST(Tables, align_the_first_column_left_and_numbers_right) {
    const TextTable table{.columns = {{.heading = "arm"}, {.heading = "cost"}},
                          .rows = {{"no_support", "7"}, {"paid", "1,234"}}};
    EXPECT_EQ(render(table),
              "arm          cost\n"
              "no_support      7\n"
              "paid        1,234\n");
}

TEST(Tables, break_long_headings_after_underscores_and_at_blanks) {
    const TextTable table{
        .columns = {{.heading = ""}, {.heading = "dual_paid_close (reference)", .wrap = 11}},
        .rows = {{"cost", "1"}}};
    EXPECT_EQ(render(table),
              "       dual_paid_\n"
              "            close\n"
              "      (reference)\n"
              "cost            1\n");
}

TEST(Tables, too_wide_ones_go_on_below_with_their_first_column) {
    TextTable table{.columns = {{.heading = "measure"}}, .rows = {{"cost"}}};
    for (int arm = 0; arm < 4; ++arm) {
        table.columns.push_back({.heading = "arm " + std::to_string(arm)});
        table.rows[0].push_back(std::to_string(arm));
    }
    EXPECT_EQ(render(table, 22),
              "measure  arm 0  arm 1\n"
              "cost         0      1\n"
              "\n"
              "measure  arm 2  arm 3\n"
              "cost         2      3\n");
}

TEST(Tables, groups_of_columns_have_a_name_and_go_on_below_together) {
    const TextTable table{.columns = {{.heading = ""},
                                      {.heading = "a", .group = "first"},
                                      {.heading = "b", .group = "first"},
                                      {.heading = "c"},
                                      {.heading = "d", .group = "a long name"},
                                      {.heading = "e", .group = "a long name"}},
                          .rows = {{"row", "100", "200", "3", "4", "5"}}};
    EXPECT_EQ(render(table, 20),
              "      first\n"
              "       a    b  c\n"
              "row  100  200  3\n"
              "\n"
              "     a long name\n"
              "     d         e\n"
              "row  4         5\n");
    EXPECT_EQ(table_width(table), 29U);
}

TEST(Tables, are_aligned_by_characters_not_bytes) {
    const TextTable table{.columns = {{.heading = ""}, {.heading = "value"}},
                          .rows = {{"arm", "1 ±1"}, {"armé", "12345"}}};
    EXPECT_EQ(render(table),
              "      value\n"
              "arm    1 ±1\n"
              "armé  12345\n");
    EXPECT_EQ(text_width("±é"), 2U);
}

TEST(Tables, text_wraps_with_an_indent) {
    EXPECT_EQ(wrap_text("one two three four", 9, 2), "one two\n  three\n  four\n");
    EXPECT_EQ(wrap_text("a    b", 9), "a    b\n");
    EXPECT_EQ(wrap_text("unbreakable word", 4), "unbreakable\nword\n");
}

TEST(Csv, fields_are_quoted_when_they_must_be) {
    EXPECT_EQ(csv_field("plain text"), "plain text");
    EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_field("say \"no\""), "\"say \"\"no\"\"\"");
}

TEST(Formats, are_three_and_a_wrong_word_names_the_nearest) {
    EXPECT_EQ(parse_format("json"), Format::json);
    try {
        (void)parse_format("jsn");
        FAIL() << "accepted";
    } catch (const UserError& error) {
        EXPECT_STREQ(error.what(), "--format jsn: there is no such format, did you mean 'json'?");
    }
}

}  // namespace
}  // namespace vfm::program
