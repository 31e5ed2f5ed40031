// Which file is at which address.
#include "gateway/exports/table.hpp"

#include <gtest/gtest.h>

#include "shared/contract/meetings/agenda.hpp"

namespace witan::exports::test {
namespace {

std::string at(std::string_view path) {
  const auto found = find(path);
  return found ? std::string(found->what->path) : "nothing";
}

TEST(Table, finds_the_file_at_an_address) {
  EXPECT_EQ(at("/meetings/abc23.ics"), "/meetings/{meeting}.ics");
  EXPECT_EQ(find("/meetings/abc23.ics")->params.at("meeting"), "abc23");
  EXPECT_EQ(at("/meetings/abc23/minutes.json"), "/meetings/{meeting}/minutes.json");
  EXPECT_EQ(at("/bodies/abc23/decisions.csv"), "/bodies/{body}/decisions.csv");
  EXPECT_EQ(at("/bodies/abc23/actions.csv"), "/bodies/{body}/actions.csv");
  EXPECT_EQ(find("/calendar/abc23.ics")->params.at("calendar"), "abc23");
  EXPECT_EQ(at("/bodies/abc23/dates/def45.ics"), "/bodies/{body}/dates/{meeting}.ics");
  EXPECT_EQ(find("/bodies/abc23/dates/def45.ics")->params.at("meeting"), "def45");
}

TEST(Table, has_nothing_for_what_only_looks_like_one) {
  for (const auto* path : {"/meetings/.ics", "/meetings/abc23", "/meetings/abc23.icsx", "/meetings/a/b.ics", "/meetings/ABC.ics", "/meetings/..%2f.ics", "/bodies/abc23/dates/.ics", "/bodies/abc23/dates/a/b.ics", "/meetings/abc23/agenda.csv/", "", "/"}) {
    EXPECT_EQ(at(path), "nothing") << path;
  }
}

TEST(Table, has_a_draft_for_calendars_as_the_body_has_it_under_the_name_that_the_meeting_keeps) {
  const auto id = std::string(25, 'a') + "m";
  contract::meetings::MeetingView meeting;
  meeting.meeting = MeetingId::from_trusted(id);
  meeting.body = BodyId::from_trusted(std::string(26, 'b'));
  meeting.title = "Council, June";
  meeting.starts_at = *uk_time::parse_rfc3339("2018-06-19T13:00:00Z");
  meeting.ends_at = *uk_time::parse_rfc3339("2018-06-19T15:00:00Z");
  meeting.is_draft = true;
  meeting.href = "/meetings/" + id;
  const auto written_at = [&](const std::string& path, const std::string& key) {
    const auto found = find(path);
    return found->what->write({"https://witan.example", path, "", found->params, {{{key, codec::encode(meeting)}}}});
  };
  const auto own = written_at("/meetings/" + id + ".ics", "meeting");
  const auto of_date = written_at("/bodies/" + std::string(26, 'b') + "/dates/" + id + ".ics", "meeting/" + id);
  EXPECT_EQ(of_date.text, own.text);
  EXPECT_EQ(of_date.file_name, "meeting-2018-06-19.ics");
  EXPECT_NE(of_date.text.find("UID:" + id + "@witan"), std::string::npos) << of_date.text;
  EXPECT_NE(of_date.text.find("STATUS:TENTATIVE"), std::string::npos) << of_date.text;
  EXPECT_TRUE(written_at("/bodies/" + std::string(26, 'b') + "/dates/" + id + ".ics", "meeting/" + std::string(26, 'c')).text.empty()) << "there is no such meeting of the body";
}

}  // namespace
}  // namespace witan::exports::test
