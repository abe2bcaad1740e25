#include "vfm/report/text_table.hpp"

#include <gtest/gtest.h>

namespace vfm::report {
namespace {

TEST(TextTables, align_the_first_column_left_and_numbers_right) {
    const TextTable table{.columns = {{.heading = "arm"}, {.heading = "cost"}},
                          .rows = {{"no_support", "7"}, {"paid", "1,234"}}};
    EXPECT_EQ(aligned_table(table),
              "arm          cost\n"
              "no_support      7\n"
              "paid        1,234\n");
}

TEST(TextTables, break_long_headings_after_underscores_and_at_blanks) {
    const TextTable table{
        .columns = {{.heading = ""}, {.heading = "dual_paid_close (reference)", .wrap = 11}},
        .rows = {{"cost", "1"}}};
    EXPECT_EQ(aligned_table(table),
              "       dual_paid_\n"
              "            close\n"
              "      (reference)\n"
              "cost            1\n");
}

TEST(TextTables, too_wide_ones_go_on_below_with_their_first_column) {
    TextTable table{.columns = {{.heading = "measure"}}, .rows = {{"cost"}}};
    for (int arm = 0; arm < 4; ++arm) {
        table.columns.push_back({.heading = "arm " + std::to_string(arm)});
        table.rows[0].push_back(std::to_string(arm));
    }
    EXPECT_EQ(aligned_table(table, 22),
              "measure  arm 0  arm 1\n"
              "cost         0      1\n"
              "\n"
              "measure  arm 2  arm 3\n"
              "cost         2      3\n");
}

TEST(TextTables, groups_of_columns_have_a_name_and_go_on_below_together) {
    const TextTable table{.columns = {{.heading = ""},
                                      {.heading = "a", .group = "first"},
                                      {.heading = "b", .group = "first"},
                                      {.heading = "c"},
                                      {.heading = "d", .group = "a long name"},
                                      {.heading = "e", .group = "a long name"}},
                          .rows = {{"row", "100", "200", "3", "4", "5"}}};
    EXPECT_EQ(aligned_table(table, 20),
              "      first\n"
              "       a    b  c\n"
              "row  100  200  3\n"
              "\n"
              "     a long name\n"
              "     d         e\n"
              "row  4         5\n");
    EXPECT_EQ(table_width(table), 29U);
}

TEST(TextTables, are_aligned_by_characters_not_bytes) {
    const TextTable table{.columns = {{.heading = ""}, {.heading = "value"}},
                          .rows = {{"arm", "1 ±1"}, {"armé", "12345"}}};
    EXPECT_EQ(aligned_table(table),
              "      value\n"
              "arm    1 ±1\n"
              "armé  12345\n");
    EXPECT_EQ(text_width("±é"), 2U);
}

TEST(TextTables, text_wraps_with_an_indent) {
    EXPECT_EQ(wrap_text("one two three four", 9, 2), "one two\n  three\n  four\n");
    EXPECT_EQ(wrap_text("a    b", 9), "a    b\n");
    EXPECT_EQ(wrap_text("unbreakable word", 4), "unbreakable\nword\n");
}

TEST(TextTables, in_pipes_keep_their_cells_and_name_the_group_of_each_column) {
    const TextTable table{.columns = {{.heading = "parameters"},
                                      {.heading = "low", .group = "95 %"},
                                      {.heading = "why", .align = Align::left}},
                          .rows = {{"a|b\\c", "1", "two\nlines"}}};
    EXPECT_EQ(pipe_table(table),
              "| parameters | 95 %: low | why |\n"
              "| --- | ---: | --- |\n"
              "| a\\|b\\\\c | 1 | two lines |\n");
}

}  // namespace
}  // namespace vfm::report
