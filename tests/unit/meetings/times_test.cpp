// When items begin and meetings end: by the plan, and as they go.
#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

const std::string k_topic = "meetings/" + k_meeting.str();

wire::AgendaItemView row(Scene& scene, int n) {
  return scene.row_as<wire::AgendaItemView>(k_topic, "staff", "agenda/" + item(n).str()).value();
}
wire::MeetingView meeting_row(Scene& scene) { return scene.row_as<wire::MeetingView>(k_topic, "staff", "meeting").value(); }

/// The starts of the first `count` items.
std::string starts(Scene& scene, int count) {
  std::string text;
  for (int n = 0; n < count; ++n) text += (n > 0 ? " " : "") + row(scene, n).starts;
  return text;
}

/// A meeting from `starts_at` to `ends_at` with four items of 15 minutes.
Scene meeting_from(std::string_view starts_at, std::string_view ends_at) {
  auto meeting = scheduled();
  meeting.starts_at = moment(starts_at);
  meeting.ends_at = moment(ends_at);
  Scene scene(k_meeting.str());
  scene.and_also<KnownBodyAggregate>(k_council.str(), council_named()).by(k_secretary).happened(meeting);
  for (int n = 0; n < 4; ++n) scene.happened(added(n));
  return scene;
}

TEST(PlannedTimes, of_an_item_with_others_under_it_are_theirs_together) {
  auto scene = meeting_with(4);
  scene.happened(under(1, 2), under(1, 3));
  EXPECT_EQ(row(scene, 1).minutes, 30) << "its own 15 do not count";
  EXPECT_EQ(starts(scene, 4), "2pm 2:15pm 2:15pm 2:30pm");
  EXPECT_EQ(meeting_row(scene).planned_minutes, 45);
  EXPECT_EQ(meeting_row(scene).planned_end, "2:45pm");
  scene.happened(AgendaItemNested{item(2), std::nullopt, 3}, AgendaItemNested{item(3), std::nullopt, 4});
  EXPECT_EQ(row(scene, 1).minutes, 15) << "and count again when it stands alone";
  EXPECT_EQ(meeting_row(scene).planned_minutes, 60);
}

TEST(TimesAsItGoes, know_no_overrun_once_the_item_has_more_time) {
  auto scene = meeting_with(2);
  scene.happened(AgendaPublished{}, MeetingStarted{item(0), k_now}, ItemOverran{item(0), 5});
  EXPECT_EQ(meeting_row(scene).now_minutes_over, 5);
  scene.happened(AgendaItemEdited{item(0), "Item A", ItemKind::discussion, std::nullopt, 30, Circulation::everyone});
  EXPECT_FALSE(meeting_row(scene).now_minutes_over.has_value());
}

TEST(TimesAsItGoes, are_those_of_the_plan_where_nothing_says_when_the_meeting_started) {
  auto scene = meeting_with(2);
  scene.happened(AgendaPublished{}, MeetingStarted{item(0)}, WentToItem{item(1), k_now + std::chrono::hours(24 * 365)});
  EXPECT_FALSE(meeting_row(scene).is_over_time);
}

TEST(TimesAsItGoes, end_when_the_meeting_was_closed) {
  auto scene = meeting_with(2);
  const auto begin = scene.state().starts_at;
  scene.happened(AgendaPublished{}, MeetingStarted{item(0), begin}, MeetingClosed{begin + std::chrono::hours(3)});
  EXPECT_TRUE(meeting_row(scene).is_over_time);
  EXPECT_EQ(meeting_row(scene).projected_end, "5pm");
}

TEST(PlannedTimes, follow_every_move) {
  auto scene = meeting_with(3);
  scene.happened(AgendaItemEdited{item(2), "Item C", ItemKind::discussion, std::nullopt, 40, Circulation::everyone});
  EXPECT_EQ(starts(scene, 3), "2pm 2:15pm 2:30pm");
  scene.when(wire::MoveAgendaItem{k_meeting, item(2), {{1}}, {}});
  EXPECT_EQ(starts(scene, 3), "2:40pm 2:55pm 2pm");
  EXPECT_EQ(meeting_row(scene).planned_end, "3:10pm");
}

TEST(PlannedTimes, leave_out_what_is_deferred_or_withdrawn_with_all_under_it) {
  auto scene = meeting_with(4);
  scene.happened(under(1, 2), off(1, wire::ItemStatus::deferred));
  EXPECT_EQ(meeting_row(scene).planned_minutes, 30);
  EXPECT_EQ(row(scene, 1).minutes, 0);
  EXPECT_EQ(row(scene, 1).status_label, "Deferred");
  EXPECT_EQ(row(scene, 3).starts, "2:15pm");
  wire::EditAgendaItem back{k_meeting, item(1), {}, {}, {}, {}, {}, wire::ItemStatus::planned};
  scene.when(back);
  EXPECT_EQ(meeting_row(scene).planned_minutes, 45);
  EXPECT_EQ(row(scene, 1).is_off, std::nullopt);
}

TEST(PlannedTimes, go_on_past_midnight) {
  auto scene = meeting_from("2018-06-19T22:30:00Z", "2018-06-19T23:30:00Z");  // 11:30pm to 12:30am
  EXPECT_EQ(starts(scene, 4), "11:30pm 11:45pm midnight 12:15am");
  EXPECT_EQ(meeting_row(scene).planned_end, "12:30am");
  EXPECT_FALSE(meeting_row(scene).is_over_time);
}

TEST(PlannedTimes, are_those_of_uk_clocks_when_these_go_forward_and_back) {
  auto spring = meeting_from("2018-03-25T00:30:00Z", "2018-03-25T01:30:00Z");
  EXPECT_EQ(starts(spring, 4), "12:30am 12:45am 2am 2:15am");
  EXPECT_EQ(meeting_row(spring).planned_end, "2:30am");
  auto autumn = meeting_from("2018-10-28T00:30:00Z", "2018-10-28T01:30:00Z");
  EXPECT_EQ(starts(autumn, 4), "1:30am 1:45am 1am 1:15am");
  EXPECT_EQ(meeting_row(autumn).planned_end, "1:30am");
}

TEST(PlannedTimes, know_the_leap_day) {
  auto scene = meeting_from("2020-02-28T23:30:00Z", "2020-02-29T00:30:00Z");
  EXPECT_EQ(meeting_row(scene).when, "11:30pm, Friday 28 February 2020 to 12:30am, Saturday 29 February 2020");
  EXPECT_EQ(starts(scene, 4), "11:30pm 11:45pm midnight 12:15am");
}

/// Started at 2:04pm, four minutes late, with four items of 15 minutes.
Scene running() {
  return published_with(4).at("2018-06-19T13:04:00Z").happened(MeetingStarted{item(0), moment("2018-06-19T13:04:00Z")});
}

TEST(TimesAsItGoes, are_counted_from_when_the_meeting_came_to_its_item) {
  auto scene = running();
  EXPECT_EQ(starts(scene, 4), "2:04pm 2:19pm 2:34pm 2:49pm");
  EXPECT_EQ(meeting_row(scene).projected_end, "3:04pm");
  EXPECT_EQ(meeting_row(scene).planned_end, "3pm");
  EXPECT_EQ(meeting_row(scene).now_since, "2:04pm");
  EXPECT_EQ(meeting_row(scene).now_until, "2:19pm");
  scene.at("2018-06-19T13:10:00Z").when(wire::GoToItem{k_meeting, item(1)});
  EXPECT_EQ(starts(scene, 4), "2:04pm 2:10pm 2:25pm 2:40pm") << "what is done keeps when it was";
  EXPECT_EQ(row(scene, 0).took_minutes, 6);
  EXPECT_EQ(row(scene, 1).took_minutes, std::nullopt);
  EXPECT_EQ(meeting_row(scene).projected_end, "2:55pm");
}

TEST(TimesAsItGoes, follow_a_move_while_the_meeting_runs) {
  auto scene = running();
  scene.happened(AgendaItemEdited{item(3), "Item D", ItemKind::discussion, std::nullopt, 30, Circulation::everyone});
  scene.when(wire::MoveAgendaItem{k_meeting, item(3), {{2}}, {}});
  EXPECT_EQ(starts(scene, 4), "2:04pm 2:49pm 3:04pm 2:19pm");
}

TEST(TimesAsItGoes, give_an_item_that_is_taken_up_again_what_is_left_of_its_time) {
  auto scene = running();
  scene.at("2018-06-19T13:10:00Z").when(wire::GoToItem{k_meeting, item(1)});
  scene.at("2018-06-19T13:20:00Z").when(wire::GoToItem{k_meeting, item(0)});
  EXPECT_EQ(meeting_row(scene).now_until, "2:29pm") << "6 of its 15 minutes are gone";
  EXPECT_EQ(row(scene, 1).starts, "2:10pm");
  EXPECT_EQ(meeting_row(scene).projected_end, "3:04pm") << "9 minutes, 5 of the second item, and 30";
}

TEST(Overrun, is_told_after_a_minute_and_then_every_five) {
  auto scene = running();
  scene.at("2018-06-19T13:19:59Z").when(TimeForItemIsUp{}).then_nothing();
  scene.at("2018-06-19T13:20:00Z").when(TimeForItemIsUp{}).then(ItemOverran{item(0), 1});
  EXPECT_EQ(meeting_row(scene).now_minutes_over, 1);
  EXPECT_EQ(starts(scene, 4), "2:04pm 2:20pm 2:35pm 2:50pm");
  scene.at("2018-06-19T13:23:59Z").when(TimeForItemIsUp{}).then_nothing();
  scene.at("2018-06-19T13:24:30Z").when(TimeForItemIsUp{}).then(ItemOverran{item(0), 5});
  EXPECT_EQ(meeting_row(scene).projected_end, "3:09pm");
  scene.when(TimeForItemIsUp{}).then_nothing();
  scene.at("2018-06-19T13:31:00Z").when(wire::GoToItem{k_meeting, item(1)});
  EXPECT_EQ(meeting_row(scene).now_minutes_over, std::nullopt);
  EXPECT_EQ(starts(scene, 4), "2:04pm 2:31pm 2:46pm 3:01pm");
}

TEST(Overrun, says_when_the_meeting_as_it_goes_is_longer_than_planned) {
  auto scene = meeting_with(8);
  scene.happened(AgendaPublished{}, MeetingStarted{item(0), moment("2018-06-19T13:04:00Z")});
  EXPECT_TRUE(meeting_row(scene).is_over_time);
  EXPECT_EQ(meeting_row(scene).minutes_over, 4);
}

TEST(Overrun, waits_in_an_index_until_it_is_due_and_ends_with_the_meeting) {
  auto scene = running();
  const auto due = [&] { return scene.world().row(k_overrun_index, k_private_audience, k_meeting.str()); };
  ASSERT_TRUE(due());
  EXPECT_EQ(due()->as_string(), "2018-06-19T13:20:00.000Z");
  scene.when(wire::MoveAgendaItem{k_meeting, item(3), {}, {}, wire::ItemLevel::in});
  scene.at("2018-06-19T20:00:00Z").when(TimeForItemIsUp{}).then(ItemOverran{item(0), 401});
  EXPECT_FALSE(due()) << "after four hours nobody needs to be told any more";
  scene.when(wire::CloseMeeting{k_meeting});
  EXPECT_FALSE(due());
  scene.when(TimeForItemIsUp{}).then_nothing();
  EXPECT_EQ(row(scene, 0).took_minutes, 416);
}

TEST(Overrun, is_not_told_of_an_item_that_has_others_under_it) {
  auto scene = published_with(4).happened(under(0, 1)).at("2018-06-19T13:04:00Z").happened(MeetingStarted{item(0), moment("2018-06-19T13:04:00Z")});
  EXPECT_EQ(meeting_row(scene).now_until, "");
  EXPECT_EQ(row(scene, 1).starts, "2:04pm");
  EXPECT_EQ(row(scene, 2).starts, "2:19pm");
  scene.at("2018-06-19T15:00:00Z").when(TimeForItemIsUp{}).then_nothing();
}

TEST(TimesAsItGoes, of_a_meeting_opened_on_another_day_are_told_as_if_it_had_begun_in_time) {
  auto scene = published_with(4).happened(MeetingStarted{item(0), moment("2026-11-26T08:47:00Z")}, WentToItem{item(1), moment("2026-11-26T08:57:00Z")});
  EXPECT_EQ(starts(scene, 4), "2pm 2:10pm 2:25pm 2:40pm");
  EXPECT_EQ(meeting_row(scene).projected_end, "2:55pm");
}

TEST(TimesAsItGoes, are_not_known_of_meetings_before_times_were_written_down) {
  auto scene = published_with(2).happened(MeetingStarted{item(0)}, WentToItem{item(1)});
  EXPECT_EQ(starts(scene, 2), "2pm 2:15pm");
  EXPECT_EQ(meeting_row(scene).now_since, "");
  EXPECT_EQ(row(scene, 0).took_minutes, std::nullopt);
}

}  // namespace
}  // namespace witan::meetings::test
