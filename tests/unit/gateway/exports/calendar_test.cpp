// Meetings as calendar programs read them, with libical for a second reader.
#include "gateway/exports/calendar.hpp"

#include <gtest/gtest.h>
#include <libical/ical.h>

#include "shared/base/uk_time.hpp"

namespace witan::exports::test {
namespace {

namespace wire = contract::meetings;

Timestamp local(const char* day, const char* clock) { return uk_time::from_local(day, clock).value(); }

wire::MeetingView meeting(Timestamp starts, Timestamp ends) {
  wire::MeetingView view;
  view.meeting = MeetingId::from_trusted("abcdefghijklmnopqrstuvwx23");
  view.body_name = "Council of LEP Chairs";
  view.title = "First meeting";
  view.starts_at = starts;
  view.ends_at = ends;
  view.revised_at = *uk_time::parse_rfc3339("2018-06-01T09:00:00Z");
  view.place = "10 Downing Street";
  view.state = wire::MeetingState::published;
  view.is_published = true;
  view.href = "/meetings/abcdefghijklmnopqrstuvwx23";
  return view;
}
wire::MeetingView in_june() { return meeting(local("2018-06-19", "14:00"), local("2018-06-19", "16:00")); }

std::string written(const wire::MeetingView& view) { return calendar(view, "https://witan.example"); }

/// What libical makes of it; none of it may be a fault to libical.
class Read {
 public:
  explicit Read(const std::string& text) : all_(icalparser_parse_string(text.c_str())) {
    EXPECT_NE(all_, nullptr);
    EXPECT_EQ(icalcomponent_count_errors(all_), 0);
    EXPECT_TRUE(icalrestriction_check(all_)) << icalcomponent_as_ical_string(all_);
    event_ = icalcomponent_get_first_component(all_, ICAL_VEVENT_COMPONENT);
    EXPECT_NE(event_, nullptr);
  }
  ~Read() { icalcomponent_free(all_); }
  Read(const Read&) = delete;
  Read& operator=(const Read&) = delete;

  std::string summary() const { return icalcomponent_get_summary(event_); }
  std::string place() const { return icalcomponent_get_location(event_); }
  std::string description() const { return icalcomponent_get_description(event_); }
  std::string uid() const { return icalcomponent_get_uid(event_); }
  int sequence() const { return icalcomponent_get_sequence(event_); }
  icalproperty_status status() const { return icalcomponent_get_status(event_); }
  std::string starts_in_uk() const { return in_uk(icalcomponent_get_dtstart(event_)); }
  std::string ends_in_uk() const { return in_uk(icalcomponent_get_dtend(event_)); }
  int events() const { return icalcomponent_count_components(all_, ICAL_VEVENT_COMPONENT); }

 private:
  /// By libical's own time zone, not ours.
  static std::string in_uk(icaltimetype time) {
    const auto there = icaltime_convert_to_zone(time, icaltimezone_get_builtin_timezone("Europe/London"));
    return icaltime_as_ical_string(there);
  }
  icalcomponent* all_;
  icalcomponent* event_ = nullptr;
};

TEST(Calendar, is_a_meeting_to_another_program) {
  const Read read(written(in_june()));
  EXPECT_EQ(read.events(), 1);
  EXPECT_EQ(read.summary(), "First meeting");
  EXPECT_EQ(read.place(), "10 Downing Street");
  EXPECT_EQ(read.uid(), "abcdefghijklmnopqrstuvwx23@witan");
  EXPECT_EQ(read.sequence(), 0);
  EXPECT_EQ(read.status(), ICAL_STATUS_CONFIRMED);
  EXPECT_EQ(read.description(), "Council of LEP Chairs\nAgenda: https://witan.example/meetings/abcdefghijklmnopqrstuvwx23");
}

TEST(Calendar, that_is_followed_has_all_its_meetings_and_a_name) {
  auto second = in_june();
  second.meeting = MeetingId::from_trusted("abcdefghijklmnopqrstuvwx24");
  const auto text = calendar("Meetings; of yours", {in_june(), second}, "https://witan.example");
  EXPECT_EQ(Read(text).events(), 2);
  EXPECT_NE(text.find("\r\nNAME:Meetings\\; of yours\r\n"), std::string::npos) << text;
  EXPECT_EQ(Read(calendar("Meetings", {in_june()}, "https://witan.example")).summary(), "First meeting");
}

TEST(Calendar, has_the_times_that_uk_clocks_show) {
  const auto shows = [](Timestamp starts, Timestamp ends) {
    const Read read(written(meeting(starts, ends)));
    return read.starts_in_uk() + " " + read.ends_in_uk();
  };
  EXPECT_EQ(shows(local("2018-06-19", "14:00"), local("2018-06-19", "16:00")), "20180619T140000 20180619T160000") << "in summer";
  EXPECT_EQ(shows(local("2018-01-19", "14:00"), local("2018-01-19", "16:00")), "20180119T140000 20180119T160000") << "in winter";
  EXPECT_EQ(shows(local("2018-03-25", "00:30"), local("2018-03-25", "02:30")), "20180325T003000 20180325T023000") << "clocks go forward meanwhile";
  EXPECT_EQ(shows(local("2018-10-28", "00:30"), local("2018-10-28", "02:30")), "20181028T003000 20181028T023000") << "clocks go back meanwhile";
  EXPECT_EQ(shows(local("2020-02-29", "09:00"), local("2020-02-29", "10:00")), "20200229T090000 20200229T100000") << "on a leap day";
  EXPECT_EQ(shows(local("2019-12-31", "22:00"), local("2020-01-01", "00:30")), "20191231T220000 20200101T003000") << "past midnight, into another year";
}

TEST(Calendar, tells_the_two_hours_apart_that_clocks_repeat) {
  const auto first = local("2018-10-28", "01:30"), second = first + std::chrono::hours(1);
  EXPECT_NE(written(meeting(first, first + std::chrono::minutes(30))), written(meeting(second, second + std::chrono::minutes(30))));
  EXPECT_NE(written(meeting(second, second + std::chrono::minutes(30))).find("DTSTART:20181028T013000Z"), std::string::npos);
}

TEST(Calendar, says_of_a_change_that_it_is_newer) {
  auto view = in_june();
  view.sequence = 2;
  view.change = wire::ScheduleChange{"10am on 1 June 2018", "The room is taken", {}, {}};
  const Read read(written(view));
  EXPECT_EQ(read.sequence(), 2);
  EXPECT_EQ(read.uid(), Read(written(in_june())).uid());
  EXPECT_NE(read.description().find("Changed: The room is taken"), std::string::npos);
}

TEST(Calendar, says_what_will_not_take_place_and_what_is_not_sure) {
  auto view = in_june();
  view.cancellation = wire::Cancellation{"10am on 1 June 2018", "Snow"};
  const Read cancelled(written(view));
  EXPECT_EQ(cancelled.status(), ICAL_STATUS_CANCELLED);
  EXPECT_EQ(cancelled.summary(), "Cancelled: First meeting");
  EXPECT_NE(cancelled.description().find("cancelled: Snow"), std::string::npos);
  auto draft = in_june();
  draft.is_draft = true;
  draft.is_published = false;
  EXPECT_EQ(Read(written(draft)).status(), ICAL_STATUS_TENTATIVE);
}

TEST(Calendar, brings_every_character_across) {
  auto view = in_june();
  view.title = "Skills; land, and \\ “more”: DTSTART:19700101T000000Z";
  view.place = "Line one\nBEGIN:VEVENT\r\nEND:VCALENDAR";
  const Read read(written(view));
  EXPECT_EQ(read.events(), 1);
  EXPECT_EQ(read.summary(), view.title);
  EXPECT_EQ(read.place(), "Line one\nBEGIN:VEVENT\nEND:VCALENDAR");
}

TEST(Calendar, has_no_line_longer_than_75_octets_and_tears_no_character) {
  auto view = in_june();
  for (std::size_t length = 60; length < 80; ++length) {
    view.title = std::string(length, 'a') + "–ü“😀”" + std::string(70, 'b') + "é";
    const auto text = written(view);
    for (std::size_t from = 0; from < text.size();) {
      const auto end = text.find("\r\n", from);
      ASSERT_NE(end, std::string::npos);
      EXPECT_LE(end - from, 75U);
      EXPECT_NE(static_cast<unsigned char>(text[from == 0 || text[from] != ' ' ? from : from + 1]) & 0xC0U, 0x80U) << text.substr(from, end - from);
      from = end + 2;
    }
    EXPECT_EQ(Read(text).summary(), view.title);
  }
}

}  // namespace
}  // namespace witan::exports::test
