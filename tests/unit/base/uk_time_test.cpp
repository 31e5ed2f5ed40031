#include <gtest/gtest.h>

#include "shared/base/uk_time.hpp"

namespace witan::uk_time {
namespace {

Timestamp at(const char* text) { return *parse_rfc3339(text); }

TEST(uk_time, shows_summer_time_in_summer_and_gmt_in_winter) {
  EXPECT_EQ(time_of_day(at("2018-06-19T13:00:00Z")), "2pm");
  EXPECT_EQ(time_of_day(at("2019-01-31T14:15:00Z")), "2:15pm");
}

TEST(uk_time, says_midday_and_midnight) {
  EXPECT_EQ(time_of_day(at("2018-06-19T11:00:00Z")), "midday");
  EXPECT_EQ(time_of_day(at("2018-06-19T23:00:00Z")), "midnight");
  EXPECT_EQ(time_of_day(at("2018-06-19T11:05:00Z")), "12:05pm");
  EXPECT_EQ(time_of_day(at("2018-06-19T23:05:00Z")), "12:05am");
}

TEST(uk_time, writes_a_span_with_one_date_or_two) {
  EXPECT_EQ(span(at("2018-06-19T13:00:00Z"), at("2018-06-19T15:00:00Z")), "2pm to 4pm, Tuesday 19 June 2018");
  EXPECT_EQ(span(at("2018-06-19T21:00:00Z"), at("2018-06-20T00:30:00Z")),
            "10pm, Tuesday 19 June 2018 to 1:30am, Wednesday 20 June 2018");
}

TEST(uk_time, reads_local_times_on_both_sides_of_a_clock_change) {
  EXPECT_EQ(rfc3339(*from_local("2018-03-24", "12:00")), "2018-03-24T12:00:00.000Z");
  EXPECT_EQ(rfc3339(*from_local("2018-03-25", "12:00")), "2018-03-25T11:00:00.000Z");
  EXPECT_FALSE(from_local("2018-03-25", "01:30"));                                       // skipped
  EXPECT_EQ(rfc3339(*from_local("2018-10-28", "01:30")), "2018-10-28T00:30:00.000Z");  // repeated: the earlier
}

TEST(uk_time, refuses_dates_and_times_that_do_not_exist) {
  EXPECT_FALSE(from_local("2018-02-29", "12:00"));
  EXPECT_TRUE(from_local("2020-02-29", "12:00"));
  EXPECT_FALSE(from_local("2018-06-19", "24:00"));
  EXPECT_FALSE(from_local("19/06/2018", "12:00"));
  for (const char* bad : {"", "2018-06-19", "2018-06-19T13:00:00", "2018-06-19T25:00:00Z", "2018-06-19T13:00:00.Z", "2018-06-19T13:00:00Zx"}) {
    EXPECT_FALSE(parse_rfc3339(bad)) << bad;
  }
}

TEST(uk_time, keeps_milliseconds_and_offsets_through_rfc3339) {
  EXPECT_EQ(rfc3339(at("2018-06-19T14:00:00.125+01:00")), "2018-06-19T13:00:00.125Z");
}

}  // namespace
}  // namespace witan::uk_time
