// A meeting on another day, at another place, or not at all.
#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

wire::RescheduleMeeting reschedule(const char* date = "2018-06-20", const char* starts = "10:00", const char* ends = "12:00", const char* place = "Cumbria House") {
  return {k_meeting, {date}, {starts}, {ends}, {place}, {}, {{"The room is taken"}}};
}
wire::CancelMeeting cancel() { return {k_meeting, {"Robin Example is ill"}}; }

wire::MeetingView row(Scene& scene, std::string_view audience) {
  return scene.row_as<wire::MeetingView>("meetings/" + k_meeting.str(), audience, "meeting").value();
}

TEST(RescheduleMeeting, puts_a_published_meeting_elsewhere_and_says_why_and_where_it_was) {
  auto scene = published_with(1);
  scene.when(reschedule());
  const auto view = row(scene, "public");
  EXPECT_EQ(view.when, "10am to midday, Wednesday 20 June 2018");
  EXPECT_EQ(view.place, "Cumbria House");
  ASSERT_TRUE(view.change);
  EXPECT_EQ(view.change->was_when, "2pm to 4pm, Tuesday 19 June 2018");
  EXPECT_EQ(view.change->was_place, "10 Downing Street");
  EXPECT_EQ(view.change->reason, "The room is taken");
  EXPECT_EQ(view.change->at, "10am on 1 June 2018");
  EXPECT_EQ(view.sequence, 1);
  EXPECT_EQ(view.state_label, "Agenda published");
  EXPECT_EQ(scene.world().all_events().find("taken"), std::string::npos) << "reasons may name somebody";
}

TEST(RescheduleMeeting, counts_each_change_as_calendars_do) {
  auto scene = published_with(1);
  EXPECT_EQ(row(scene, "public").sequence, std::nullopt);
  const auto before = row(scene, "public").revised_at;
  scene.at("2018-06-02T09:00:00Z").when(reschedule());
  scene.at("2018-06-03T09:00:00Z").when(reschedule("2018-06-21"));
  EXPECT_EQ(row(scene, "public").sequence, 2);
  EXPECT_EQ(row(scene, "public").change->was_when, "10am to midday, Wednesday 20 June 2018");
  EXPECT_EQ(row(scene, "public").change->was_place, std::nullopt) << "the place is as it was";
  EXPECT_NE(row(scene, "public").revised_at, before);
  const auto last = row(scene, "public").revised_at;
  scene.when(wire::AddAgendaItem{k_meeting, {"Land"}, ItemKind::decision, {}, {10}, {}, {}});
  EXPECT_EQ(row(scene, "public").revised_at, last) << "an agenda is not in calendars";
}

TEST(CancelMeeting, is_refused_to_who_does_not_know_how_the_meeting_stands) {
  auto scene = published_with(1);
  scene.when(reschedule());
  wire::CancelMeeting cancel{k_meeting, {"Snow"}};
  cancel.seen_sequence = Whole<0, 1'000'000>{0};
  scene.when(cancel).rejected(ErrorCode::stale_version);
  EXPECT_FALSE(scene.state().is_cancelled());
  cancel.seen_sequence = Whole<0, 1'000'000>{1};
  scene.when(cancel);
  EXPECT_TRUE(scene.state().is_cancelled());
}

TEST(RescheduleMeeting, does_not_move_back_what_somebody_else_moved_meanwhile) {
  auto scene = published_with(1);
  auto change = reschedule();
  change.seen_sequence = Whole<0, 1'000'000>{0};
  scene.when(change);
  auto stale = reschedule("2018-06-19", "14:00", "16:00", "Leeds");
  stale.seen_sequence = Whole<0, 1'000'000>{0};
  scene.when(stale).rejected(ErrorCode::stale_version);
  EXPECT_EQ(row(scene, "public").place, "Cumbria House");
  stale.seen_sequence = Whole<0, 1'000'000>{1};
  scene.when(stale);
  EXPECT_EQ(row(scene, "public").place, "Leeds");
}

TEST(RescheduleMeeting, needs_no_reason_while_nobody_knows_and_keeps_none) {
  auto scene = meeting_with(1);
  auto change = reschedule();
  change.reason = {};
  change.title = {"Second meeting"};
  scene.when(change);
  EXPECT_EQ(row(scene, "staff").title, "Second meeting");
  EXPECT_EQ(row(scene, "staff").change.has_value(), false);
  EXPECT_EQ(row(scene, "staff").sequence, 1) << "members have drafts in their calendars";
  EXPECT_EQ(row(scene, "staff").publish_by, "Tuesday 12 June 2018") << "counted from the new day";
  published_with(1).when(change).rejected(ErrorCode::invalid_arguments, "/reason");
}

TEST(RescheduleMeeting, goes_by_uk_clocks_and_past_midnight) {
  auto scene = published_with(1);
  scene.when(reschedule("2018-03-25", "01:30", "03:00")).rejected(ErrorCode::invalid_arguments, "/starts");
  scene.when(reschedule("2018-06-20", "10:00", "10:00")).rejected(ErrorCode::invalid_arguments, "/ends");
  scene.when(reschedule("2020-02-29", "22:00", "00:30"));
  EXPECT_EQ(row(scene, "public").when, "10pm, Saturday 29 February 2020 to 12:30am, Sunday 1 March 2020");
  EXPECT_EQ(row(scene, "staff").form->date, "2020-02-29");
  EXPECT_EQ(row(scene, "staff").form->starts, "22:00");
  EXPECT_EQ(row(scene, "staff").form->ends, "00:30");
  EXPECT_EQ(row(scene, "public").form.has_value(), false);
}

TEST(RescheduleMeeting, does_nothing_when_all_is_as_it_was) {
  published_with(1).when(reschedule("2018-06-19", "14:00", "16:00", "10 Downing Street")).then_nothing();
}

TEST(RescheduleMeeting, is_refused_once_the_meeting_has_begun_or_is_cancelled) {
  started_with(1).when(reschedule()).rejected(ErrorCode::not_now);
  started_with(1).happened(MeetingClosed{}).when(reschedule()).rejected(ErrorCode::not_now);
  auto scene = published_with(1);
  scene.when(cancel());
  scene.when(reschedule()).rejected(ErrorCode::not_now);
}

TEST(CancelMeeting, leaves_the_agenda_to_be_read_and_starts_no_more) {
  auto scene = published_with(2);
  scene.when(cancel());
  const auto view = row(scene, "public");
  ASSERT_TRUE(view.cancellation);
  EXPECT_EQ(view.state_label, "Cancelled");
  EXPECT_FALSE(view.is_published);
  EXPECT_EQ(view.cancellation->reason, "Robin Example is ill");
  EXPECT_EQ(view.cancellation->at, "10am on 1 June 2018");
  EXPECT_EQ(view.sequence, 1);
  EXPECT_TRUE(scene.row_as<wire::AgendaItemView>("meetings/" + k_meeting.str(), "public", "agenda/" + item(0).str()));
  scene.when(wire::StartMeeting{k_meeting}).rejected(ErrorCode::not_now);
  scene.when(wire::AddAgendaItem{k_meeting, {"Land"}, ItemKind::decision, {}, {10}, {}, {}}).rejected(ErrorCode::not_now);
  scene.when(wire::SetQuorum{k_meeting, {{3}}}).rejected(ErrorCode::not_now);
  scene.when(cancel()).rejected(ErrorCode::already_done);
}

TEST(CancelMeeting, shows_a_draft_to_nobody_who_did_not_know_of_it) {
  auto scene = meeting_with(1);
  scene.when(cancel());
  EXPECT_EQ(row(scene, "staff").cancellation.has_value(), true);
  EXPECT_FALSE(scene.row_as<wire::MeetingView>("meetings/" + k_meeting.str(), "public", "meeting"));
  EXPECT_FALSE(scene.row_as<wire::MeetingView>("meetings/" + k_meeting.str(), "member", "meeting"));
  EXPECT_FALSE(scene.row_as<wire::MeetingView>("meetings", "public", "meeting/" + k_meeting.str()));
  scene.when(wire::PublishAgenda{k_meeting}).rejected(ErrorCode::not_now);
}

TEST(CancelMeeting, is_refused_once_the_meeting_has_begun) {
  started_with(1).when(cancel()).rejected(ErrorCode::not_now);
  started_with(1).happened(MeetingClosed{}).when(cancel()).rejected(ErrorCode::not_now);
}

TEST(CancelMeeting, forgets_whom_its_reason_named) {
  auto scene = published_with(1);
  scene.when(cancel());
  EXPECT_EQ(scene.world().all_events().find("Robin"), std::string::npos);
  scene.all_texts_erased();
  EXPECT_EQ(row(scene, "public").cancellation->reason, "Name removed");
}

}  // namespace
}  // namespace witan::meetings::test
