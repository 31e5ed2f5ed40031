#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

wire::ScheduleMeeting schedule() {
  return {k_council, {"First meeting"}, {"2018-06-19"}, {"14:00"}, {"16:00"}, {"10 Downing Street"}, {}, {}};
}

Scene new_meeting() {
  Scene scene(k_meeting.str());
  scene.and_also<KnownBodyAggregate>(k_council.str(), council_named()).by(k_secretary);
  return scene;
}

TEST(ScheduleMeeting, turns_uk_clock_times_into_moments) {
  auto scene = new_meeting();
  scene.when(schedule()).then(scheduled());
  EXPECT_EQ(scene.result(), (json::object{{"meeting", k_meeting.str()}}));
}

TEST(ScheduleMeeting, keeps_who_chairs_as_text_that_can_be_erased) {
  auto scene = new_meeting();
  auto command = schedule();
  command.chair = {"The Prime Minister"};
  command.co_chair = {""};
  scene.when(command);
  EXPECT_EQ(scene.row_as<wire::MeetingView>("meetings/" + k_meeting.str(), "staff", "meeting")->chair,
            "The Prime Minister");
  EXPECT_EQ(scene.world().all_events().find("Prime"), std::string::npos);
  EXPECT_FALSE(scene.state().co_chair);
  scene.all_texts_erased();
  EXPECT_EQ(scene.row_as<wire::MeetingView>("meetings/" + k_meeting.str(), "staff", "meeting")->chair,
            "Name removed");
}

TEST(ScheduleMeeting, ends_on_the_next_day_when_the_end_is_before_the_start) {
  auto command = schedule();
  command.starts = {"22:00"};
  command.ends = {"01:00"};
  auto expected = scheduled();
  expected.starts_at = moment("2018-06-19T21:00:00Z");
  expected.ends_at = moment("2018-06-20T00:00:00Z");
  new_meeting().when(command).then(expected);
}

TEST(ScheduleMeeting, goes_over_the_end_of_a_year) {
  auto command = schedule();
  command.date = {"2018-12-31"};
  command.starts = {"23:00"};
  command.ends = {"00:30"};
  auto expected = scheduled();
  expected.starts_at = moment("2018-12-31T23:00:00Z");
  expected.ends_at = moment("2019-01-01T00:30:00Z");
  new_meeting().when(command).then(expected);
}

TEST(ScheduleMeeting, refuses_an_end_that_is_the_start) {
  auto command = schedule();
  command.ends = command.starts;
  new_meeting().when(command).rejected(ErrorCode::invalid_arguments, "/ends");
}

TEST(ScheduleMeeting, refuses_times_that_the_clocks_skip) {
  auto command = schedule();
  command.date = {"2018-03-25"};
  command.starts = {"01:30"};
  new_meeting().when(command).rejected(ErrorCode::invalid_arguments, "/starts");
  command.starts = {"00:30"};
  command.ends = {"01:30"};
  new_meeting().when(command).rejected(ErrorCode::invalid_arguments, "/ends");
}

TEST(ScheduleMeeting, refuses_an_end_after_the_last_day_there_is) {
  auto command = schedule();
  command.date = {"9999-12-31"};
  command.ends = {"13:00"};
  new_meeting().when(command).rejected(ErrorCode::invalid_arguments, "/ends");
}

TEST(ScheduleMeeting, refuses_a_body_that_directory_has_not_named) {
  Scene(k_meeting.str()).by(k_secretary).when(schedule()).rejected(ErrorCode::not_found, "/body");
}

TEST(PublishAgenda, opens_the_meeting_to_everyone) {
  meeting_with(1).when(wire::PublishAgenda{k_meeting}).then(AgendaPublished{k_now});
}

TEST(PublishAgenda, refuses_an_empty_agenda) {
  meeting_with(0).when(wire::PublishAgenda{k_meeting}).rejected(ErrorCode::not_now);
}

TEST(PublishAgenda, refuses_a_second_time_at_every_later_stage) {
  const wire::PublishAgenda publish{k_meeting};
  published_with(1).when(publish).rejected(ErrorCode::already_done);
  started_with(1).when(publish).rejected(ErrorCode::already_done);
  started_with(1).happened(MeetingClosed{}).when(publish).rejected(ErrorCode::already_done);
}

TEST(StartMeeting, begins_at_the_first_item) {
  published_with(2)
      .happened(AgendaItemMoved{item(1), 1})
      .when(wire::StartMeeting{k_meeting})
      .then(MeetingStarted{item(1), k_now});
}

TEST(StartMeeting, refuses_before_publication) {
  meeting_with(1).when(wire::StartMeeting{k_meeting}).rejected(ErrorCode::not_now);
}

TEST(StartMeeting, refuses_an_agenda_that_was_emptied) {
  published_with(1)
      .happened(AgendaItemRemoved{item(0)})
      .when(wire::StartMeeting{k_meeting})
      .rejected(ErrorCode::not_now);
}

TEST(StartMeeting, refuses_a_second_time_and_after_the_end) {
  started_with(1).when(wire::StartMeeting{k_meeting}).rejected(ErrorCode::already_done);
  started_with(1).happened(MeetingClosed{}).when(wire::StartMeeting{k_meeting}).rejected(ErrorCode::not_now);
}

TEST(StartMeeting, passes_over_what_is_deferred_and_refuses_where_nothing_is_left) {
  auto scene = published_with(2);
  scene.happened(off(0, wire::ItemStatus::deferred)).when(wire::StartMeeting{k_meeting}).then(MeetingStarted{item(1), k_now});
  auto none = published_with(1);
  none.happened(off(0, wire::ItemStatus::withdrawn)).when(wire::StartMeeting{k_meeting}).rejected(ErrorCode::not_now);
}

TEST(GoToItem, moves_to_any_item_forwards_or_back) {
  started_with(3)
      .when(wire::GoToItem{k_meeting, item(2)})
      .then(WentToItem{item(2), k_now})
      .when(wire::GoToItem{k_meeting, item(0)})
      .then(WentToItem{item(0), k_now});
}

TEST(GoToItem, changes_nothing_at_the_current_item) {
  started_with(1).when(wire::GoToItem{k_meeting, item(0)}).then_nothing();
}

TEST(GoToItem, refuses_an_item_that_was_removed_meanwhile) {
  started_with(2)
      .happened(AgendaItemRemoved{item(1)})
      .when(wire::GoToItem{k_meeting, item(1)})
      .rejected(ErrorCode::not_found, "/item");
}

TEST(GoToItem, refuses_unless_the_meeting_is_in_progress) {
  const wire::GoToItem go{k_meeting, item(0)};
  meeting_with(1).when(go).rejected(ErrorCode::not_now);
  published_with(1).when(go).rejected(ErrorCode::not_now);
  started_with(1).happened(MeetingClosed{}).when(go).rejected(ErrorCode::not_now);
}

TEST(CloseMeeting, ends_a_meeting_that_is_in_progress) {
  auto scene = started_with(1);
  scene.when(wire::CloseMeeting{k_meeting}).then(MeetingClosed{k_now});
  EXPECT_TRUE(scene.state().now.empty());
}

TEST(CloseMeeting, refuses_before_the_start_and_a_second_time) {
  const wire::CloseMeeting close{k_meeting};
  meeting_with(1).when(close).rejected(ErrorCode::not_now);
  published_with(1).when(close).rejected(ErrorCode::not_now);
  started_with(1).happened(MeetingClosed{}).when(close).rejected(ErrorCode::already_done);
}

TEST(KnownBody, is_named_once) {
  const contract::directory::BodyEstablishedNotice notice{k_council, "Council of LEP Chairs",
                                                          contract::directory::BodyKind::council};
  Given<KnownBodyAggregate>(k_council.str()).when(notice).then(council_named()).when(notice).then_nothing();
}

}  // namespace
}  // namespace witan::meetings::test
