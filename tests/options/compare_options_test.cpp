#include "vfmsim/options/compare_options.hpp"

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

std::string refusal(const std::vector<std::string>& arguments) {
    try {
        (void)parse_compare_options(arguments);
    } catch (const UserError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(CompareOptions, a_file_alone_leaves_every_choice_to_the_file) {
    const CompareOptions options = parse_compare_options({"study.h5"});
    EXPECT_EQ(options.file, "study.h5");
    EXPECT_EQ(options.choices.reference, "");
    EXPECT_EQ(options.choices.effect, "");
    EXPECT_THAT(options.choices.thresholds, IsEmpty());
    EXPECT_EQ(options.output.form, report::Form::text);
    EXPECT_EQ(options.detail, report::Detail::main);
}

TEST(CompareOptions, all_options_are_understood_in_any_order) {
    const CompareOptions options = parse_compare_options(
        {"--format=csv", "--reference", "none", "study.h5", "--effect", "engaged", "--threshold", "5000,1e4",
         "--threshold", "0.5", "--perspective", "societal", "--full"});
    EXPECT_EQ(options.file, "study.h5");
    EXPECT_EQ(options.choices.reference, "none");
    EXPECT_EQ(options.choices.effect, "engaged");
    EXPECT_EQ(options.choices.perspective, "societal");
    EXPECT_THAT(options.choices.thresholds, ElementsAre(5000, 10000, 0.5));
    EXPECT_EQ(options.output.form, report::Form::csv);
    EXPECT_EQ(options.detail, report::Detail::full);
}

TEST(CompareOptions, an_unknown_option_names_the_nearest) {
    EXPECT_EQ(refusal({"study.h5", "--thresold", "5"}),
              "compare has no option '--thresold', did you mean '--threshold'?");
    EXPECT_THAT(refusal({"study.h5", "--zzzzzzzzzzzzzz"}), HasSubstr("see vfmsim compare --help"));
}

TEST(CompareOptions, names_are_not_guessed_from_their_beginnings) {
    EXPECT_THAT(refusal({"study.h5", "--thresh", "5"}), HasSubstr("no option '--thresh'"));
}

TEST(CompareOptions, one_file_and_no_more) {
    EXPECT_THAT(refusal({}), HasSubstr("takes one results file"));
    EXPECT_THAT(refusal({"a.h5", "b.h5"}), HasSubstr("takes one results file"));
}

TEST(CompareOptions, an_option_without_its_value_or_given_twice_is_refused) {
    EXPECT_THAT(refusal({"study.h5", "--effect"}), HasSubstr("--effect"));
    EXPECT_EQ(refusal({"study.h5", "--effect", "a", "--effect", "b"}),
              "compare: --effect is given twice, give it once");
}

TEST(CompareOptions, thresholds_are_plain_numbers_of_pounds) {
    for (const char* wrong : {"", "5000,", "5k", "-1", "nan", "inf", "1e999", "20,000", "5000, 6000"}) {
        EXPECT_THAT(refusal({"study.h5", std::string("--threshold=") + wrong}), HasSubstr("--threshold"))
            << wrong;
    }
    EXPECT_THAT(parse_thresholds("0,0.25"), ElementsAre(0, 0.25));
}

TEST(CompareOptions, help_lists_every_option_within_100_columns) {
    const std::string help = parse_compare_options({"--help"}).help;
    for (const char* option : {"--reference ARM", "--effect MEASURE", "--threshold GBP,...",
                               "--perspective NAME", "--full", "--format NAME", "-h, --help"}) {
        EXPECT_THAT(help, HasSubstr(option));
    }
    for (std::size_t start = 0; start < help.size();) {
        const std::size_t end = help.find('\n', start);
        EXPECT_LE(end - start, 100U) << help.substr(start, end - start);
        start = end + 1;
    }
}

}  // namespace
}  // namespace vfm::program
