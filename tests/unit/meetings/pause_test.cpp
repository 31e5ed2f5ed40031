// What a pause does to the clock of a meeting: nothing passes.
#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

const std::string k_topic = "meetings/" + k_meeting.str();

wire::MeetingView meeting_row(Scene& scene) { return scene.row_as<wire::MeetingView>(k_topic, "public", "meeting").value(); }
wire::AgendaItemView row(Scene& scene, int n) {
  return scene.row_as<wire::AgendaItemView>(k_topic, "staff", "agenda/" + item(n).str()).value();
}

/// Started at 2pm with three items of 15 minutes, and paused at 2:10pm.
Scene paused() {
  auto scene = published_with(3);
  scene.happened(MeetingStarted{item(0), moment("2018-06-19T13:00:00Z")});
  scene.at("2018-06-19T13:10:00Z").when(wire::PauseMeeting{k_meeting}).then(MeetingPaused{moment("2018-06-19T13:10:00Z")});
  return scene;
}

TEST(Pause, shows_and_ends) {
  auto scene = paused();
  EXPECT_EQ(meeting_row(scene).is_paused, true);
  EXPECT_EQ(meeting_row(scene).state_label, "Paused");
  EXPECT_EQ(meeting_row(scene).paused_since, "2:10pm");
  EXPECT_EQ(meeting_row(scene).now_until, "") << "nobody knows";
  scene.at("2018-06-19T13:40:00Z").when(wire::ResumeMeeting{k_meeting}).then(MeetingResumed{moment("2018-06-19T13:40:00Z")});
  EXPECT_EQ(meeting_row(scene).is_paused, std::nullopt);
  EXPECT_EQ(meeting_row(scene).state_label, "In progress");
  EXPECT_EQ(meeting_row(scene).now_since, "2pm") << "when the meeting came to the item stays";
  EXPECT_EQ(meeting_row(scene).now_until, "2:45pm");
  EXPECT_EQ(meeting_row(scene).projected_end, "3:15pm");
}

TEST(Pause, is_left_out_of_what_an_item_took) {
  auto scene = paused();
  scene.at("2018-06-19T13:40:00Z").when(wire::ResumeMeeting{k_meeting});
  scene.at("2018-06-19T13:42:00Z").when(wire::PauseMeeting{k_meeting});
  scene.at("2018-06-19T13:52:00Z").when(wire::ResumeMeeting{k_meeting});
  scene.at("2018-06-19T13:54:00Z").when(wire::GoToItem{k_meeting, item(1)});
  EXPECT_EQ(row(scene, 0).took_minutes, 14) << "54 less 30 and 10";
  scene.at("2018-06-19T13:59:00Z").when(wire::GoToItem{k_meeting, item(2)});
  EXPECT_EQ(row(scene, 1).took_minutes, 5) << "pauses at one item are not those of the next";
}

TEST(Pause, is_left_out_of_an_overrun) {
  auto scene = paused();
  EXPECT_FALSE(scene.has_row(k_overrun_index, k_private_audience, k_meeting.str()));
  scene.at("2018-06-19T13:30:00Z").when(TimeForItemIsUp{}).then_nothing();
  scene.at("2018-06-19T13:40:00Z").when(wire::ResumeMeeting{k_meeting});
  EXPECT_TRUE(scene.has_row(k_overrun_index, k_private_audience, k_meeting.str()));
  scene.at("2018-06-19T13:45:59Z").when(TimeForItemIsUp{}).then_nothing();
  scene.at("2018-06-19T13:50:00Z").when(TimeForItemIsUp{}).then(ItemOverran{item(0), 5});
  scene.at("2018-06-19T13:52:00Z").when(wire::PauseMeeting{k_meeting});
  EXPECT_EQ(meeting_row(scene).now_minutes_over, 5) << "what was told stands";
  scene.at("2018-06-19T14:22:00Z").when(wire::ResumeMeeting{k_meeting});
  scene.at("2018-06-19T14:24:00Z").when(TimeForItemIsUp{}).then_nothing();
  scene.at("2018-06-19T14:25:00Z").when(TimeForItemIsUp{}).then(ItemOverran{item(0), 10});
}

TEST(Pause, ends_with_the_meeting) {
  auto scene = paused();
  scene.at("2018-06-19T13:40:00Z").when(wire::CloseMeeting{k_meeting});
  EXPECT_EQ(meeting_row(scene).state_label, "Closed");
  EXPECT_EQ(meeting_row(scene).is_paused, std::nullopt);
  EXPECT_EQ(row(scene, 0).took_minutes, 10);
}

TEST(Pause, is_of_a_meeting_in_progress_only_and_does_not_pause_twice) {
  published_with(1).when(wire::PauseMeeting{k_meeting}).rejected(ErrorCode::not_now);
  published_with(1).when(wire::ResumeMeeting{k_meeting}).rejected(ErrorCode::not_now);
  started_with(1).when(wire::ResumeMeeting{k_meeting}).rejected(ErrorCode::already_done);
  auto scene = paused();
  scene.when(wire::PauseMeeting{k_meeting}).rejected(ErrorCode::already_done);
  scene.when(wire::GoToItem{k_meeting, item(1)}).rejected(ErrorCode::not_now);
  scene.when(wire::CloseMeeting{k_meeting});
  scene.when(wire::PauseMeeting{k_meeting}).rejected(ErrorCode::not_now);
}

}  // namespace
}  // namespace witan::meetings::test
