#include "vfmsim/options/report_options.hpp"

#include "vfm/core/errors.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace vfm::program {
namespace {

ReportOptions options_of(const std::vector<std::string>& arguments) {
    return parse_report_options(CommandLine::parse(
        {.name = "x", .usage = "", .introduction = "", .options = report_options()}, arguments));
}

TEST(ReportOptions, are_a_page_for_people_that_is_stored_unless_something_else_is_asked_for) {
    EXPECT_EQ(options_of({}).form, report::Form::text);
    EXPECT_EQ(options_of({}).storing, Storing::yes);
    EXPECT_EQ(options_of({"--format", "json"}).form, report::Form::json);
    EXPECT_EQ(options_of({"--format=markdown", "--no-store"}).form, report::Form::markdown);
    EXPECT_EQ(options_of({"--no-store"}).storing, Storing::no);
}

TEST(ReportOptions, have_four_formats_and_a_wrong_word_names_the_nearest) {
    try {
        (void)options_of({"--format", "jsn"});
        FAIL() << "accepted";
    } catch (const UserError& error) {
        EXPECT_STREQ(error.what(), "--format jsn: there is no such format, did you mean 'json'?");
    }
}

}  // namespace
}  // namespace vfm::program
