#include "vfmsim/options/threshold_options.hpp"

#include "vfm/core/errors.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfm::program {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string refusal(const std::string& list) {
    try {
        (void)parse_thresholds(list);
    } catch (const UserError& error) {
        return error.what();
    }
    return "accepted";
}

CommandLine line_of(const std::vector<std::string>& arguments) {
    return CommandLine::parse(
        {.name = "x", .usage = "", .introduction = "", .options = threshold_options("")}, arguments);
}

TEST(ThresholdOptions, lists_and_grids_are_taken_in_the_order_given) {
    EXPECT_THAT(parse_thresholds("5000,0,1e4"), ElementsAre(5000, 0, 10000));
    EXPECT_THAT(parse_thresholds("0:10:5"), ElementsAre(0, 2.5, 5, 7.5, 10));
    EXPECT_THAT(parse_thresholds("7,0.1:0.3:3"), ElementsAre(7, 0.1, testing::DoubleEq(0.2), 0.3));
    EXPECT_EQ(parse_thresholds("0:20000:201").size(), 201U);
    EXPECT_EQ(parse_thresholds("0:20000:201")[1], 100);
    EXPECT_EQ(parse_thresholds("0.1:0.7:7").back(), 0.7);
}

TEST(ThresholdOptions, both_options_add_to_the_same_list) {
    const CommandLine line = line_of({"--threshold", "5,6", "--thresholds=0:1:2", "--threshold", "7"});
    EXPECT_THAT(given_thresholds(line), ElementsAre(5, 6, 7, 0, 1));
    EXPECT_THAT(given_thresholds(line_of({})), IsEmpty());
}

TEST(ThresholdOptions, what_is_no_grid_is_refused_with_an_example) {
    for (const char* wrong : {"1:2", "1:2:3:4", ":2:3", "1::3", "a:2:3", "1,000:2:3:4", "-1:2:3"}) {
        EXPECT_THAT(refusal(wrong), HasSubstr("0:20000:201")) << wrong;
    }
    EXPECT_THAT(refusal("0:10:1"), HasSubstr("whole number from 2 to 10001"));
    EXPECT_THAT(refusal("1:2:"), HasSubstr("whole number"));
    EXPECT_THAT(refusal("0:10:1e3"), HasSubstr("whole number"));
    EXPECT_THAT(refusal("0:10:99999999999999999999"), HasSubstr("whole number"));
    EXPECT_THAT(refusal("0:10:-3"), HasSubstr("whole number"));
    EXPECT_THAT(refusal("10:10:3"), HasSubstr("does not go up"));
    EXPECT_THAT(refusal("0:1:6000,0:1:6000"), HasSubstr("more than 10001"));
    EXPECT_THAT(refusal("nan"), HasSubstr("is not a number of GBP from 0 up"));
    EXPECT_THAT(refusal(""), HasSubstr("is not a number"));
}

}  // namespace
}  // namespace vfm::program
