#include "vfm/core/calendar_date.hpp"

#include <gtest/gtest.h>

namespace vfm {
namespace {

TEST(CalendarDate, ReadsAndWritesTheSameText) {
    for (const char* text : {"2014-09-01", "2016-02-29", "1900-01-01", "2199-12-31"}) {
        const auto date = parse_date(text);
        ASSERT_TRUE(date.has_value()) << text;
        EXPECT_EQ(format_date(*date), text);
    }
}

TEST(CalendarDate, RefusesWhatIsNoDate) {
    for (const char* text : {"2015-02-29", "2014-13-01", "2014-00-10", "2014-9-1", "20140901", "2014/09/01",
                             "", "2014-09-01 ", "+014-09-01", "1899-12-31", "2200-01-01", "2014-09-3x"}) {
        EXPECT_FALSE(parse_date(text).has_value()) << text;
    }
}

TEST(CalendarDate, CountsDaysAcrossLeapYears) {
    EXPECT_EQ(days_between(*parse_date("2014-09-01"), *parse_date("2016-03-31")), 577);
    EXPECT_EQ(days_between(*parse_date("2016-03-31"), *parse_date("2014-09-01")), -577);
}

}  // namespace
}  // namespace vfm
