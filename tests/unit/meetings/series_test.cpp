// Meetings in series, and the items that stand on the agenda of each.
#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

const auto k_series = id_of<SeriesId>("series");
const auto k_next = id_of<MeetingId>("next");
const std::string k_topic = "series/" + k_series.str();

wire::ScheduleMeeting schedule() {
  return {k_council, {"Second meeting"}, {"2019-01-31"}, {"10:00"}, {"12:00"}, {"10 Downing Street"}, {}, {}};
}

MeetingScheduled first() {
  auto event = scheduled();
  event.series = k_series;
  event.series_title = "Council, twice a year";
  return event;
}

AgendaItemAdded standing(int n, std::optional<AgendaItemId> under = {}) {
  auto event = added(n);
  event.is_standing = true;
  event.under = std::move(under);
  return event;
}

/// The meeting that is to be, after a first one of the series with these events.
template <class... E>
Scene next_after(const E&... events) {
  Scene scene(k_next.str());
  scene.and_also<KnownBodyAggregate>(k_council.str(), council_named()).by(k_secretary);
  scene.and_also<MeetingAggregate>(k_meeting.str(), first(), events...);
  return scene;
}

TEST(Series, begin_with_a_meeting) {
  Scene scene(k_meeting.str());
  scene.and_also<KnownBodyAggregate>(k_council.str(), council_named()).by(k_secretary);
  auto command = schedule();
  command.new_series = {"Council, twice a year"};
  scene.when(command);
  EXPECT_EQ(scene.result(), (json::object{{"meeting", k_meeting.str()}, {"series", issued(1)}}));
  EXPECT_EQ(scene.state().series, issued_id<SeriesId>(1));
  const auto row = scene.row_as<wire::SeriesView>("series/" + issued(1), "member", "series");
  EXPECT_EQ(row->title, "Council, twice a year");
  EXPECT_EQ(row->body_name, "Council of LEP Chairs");
}

TEST(Series, are_optional_and_an_empty_name_begins_none) {
  Scene scene(k_meeting.str());
  scene.and_also<KnownBodyAggregate>(k_council.str(), council_named()).by(k_secretary);
  auto command = schedule();
  command.new_series = {""};
  scene.when(command);
  EXPECT_FALSE(scene.state().series);
}

TEST(Series, hand_standing_items_to_the_next_meeting) {
  auto scene = next_after(standing(0), added(1), standing(2), standing(3, item(2)), standing(4, item(1)));
  auto command = schedule();
  command.series = k_series;
  scene.when(command);
  EXPECT_EQ(tree(scene), "AEC(D)") << "an item whose parent does not stand comes to the first level";
  EXPECT_EQ(scene.state().series_title, "Council, twice a year");
  EXPECT_TRUE(scene.state().items.front().is_standing);
  EXPECT_NE(scene.state().items.front().item, item(0)) << "it is an item of its own";
}

TEST(Series, keep_for_members_what_was_for_members_under_an_item_that_does_not_stand) {
  auto confidential = added(0);
  confidential.circulation = wire::Circulation::members;
  auto scene = next_after(confidential, standing(1, item(0)));
  auto command = schedule();
  command.series = k_series;
  scene.when(command);
  ASSERT_EQ(scene.state().items.size(), 1u);
  EXPECT_EQ(scene.state().items[0].circulation, wire::Circulation::members);
}

TEST(Series, hand_them_over_as_planned_and_with_a_lead_that_can_be_erased) {
  auto other = next_after();
  auto led = standing(0);
  led.lead = other.keep("Robin Example");
  other.and_also<MeetingAggregate>(k_meeting.str(), led, off(1, wire::ItemStatus::deferred));
  auto command = schedule();
  command.series = k_series;
  other.when(command);
  ASSERT_EQ(other.state().items.size(), 1u);
  EXPECT_EQ(other.state().items[0].status, wire::ItemStatus::planned);
  EXPECT_NE(other.state().items[0].lead->text_id, led.lead->text_id);
  EXPECT_NE(other.world().all_of("staff").find("Robin"), std::string::npos);
}

TEST(Series, go_by_the_meeting_that_starts_last_not_the_one_scheduled_last) {
  auto scene = next_after(standing(0));
  auto later = first();
  later.meeting = id_of<MeetingId>("later");
  later.starts_at = moment("2018-12-01T10:00:00Z");
  auto earlier = first();
  earlier.meeting = id_of<MeetingId>("earlier");
  earlier.starts_at = moment("2018-01-01T10:00:00Z");
  scene.and_also<MeetingAggregate>(later.meeting.str(), later, standing(1)).and_also<MeetingAggregate>(earlier.meeting.str(), earlier, standing(2));
  auto command = schedule();
  command.series = k_series;
  scene.when(command);
  EXPECT_EQ(tree(scene), "B");
}

TEST(Series, are_not_those_of_another_body_and_not_made_up) {
  auto command = schedule();
  command.series = id_of<SeriesId>("none");
  next_after().when(command).rejected(ErrorCode::not_found, "/series");
  command.series = k_series;
  command.body = id_of<BodyId>("otherbody");
  auto scene = next_after();
  scene.and_also<KnownBodyAggregate>(command.body.str(), BodyNamed{command.body, "Another body"});
  scene.when(command).rejected(ErrorCode::not_found, "/series");
  command.body = k_council;
  command.new_series = {"And another"};
  next_after().when(command).rejected(ErrorCode::invalid_arguments, "/new_series");
}

TEST(Series, have_an_end) {
  auto scene = next_after();
  for (int n = 1; n < 100; ++n) {
    auto more = first();
    more.meeting = issued_id<MeetingId>(n);
    scene.and_also<MeetingAggregate>(more.meeting.str(), more);
  }
  auto command = schedule();
  command.series = k_series;
  scene.when(command).rejected(ErrorCode::too_large);
}

TEST(Series, show_the_public_what_is_published_and_members_all) {
  auto scene = next_after(added(0));
  auto& world = scene.world();
  EXPECT_EQ(world.audience(k_topic, k_member), "member");
  EXPECT_EQ(world.audience(k_topic, visitor()), std::nullopt);
  EXPECT_TRUE(scene.has_row(k_topic, "member", "meeting/" + k_meeting.str()));
  EXPECT_TRUE(world.keys(k_topic, "public").empty());
  scene.and_also<MeetingAggregate>(k_meeting.str(), AgendaPublished{});
  auto command = schedule();
  command.series = k_series;
  scene.when(command);
  EXPECT_EQ(world.audience(k_topic, visitor()), "public");
  EXPECT_TRUE(scene.has_row(k_topic, "public", "meeting/" + k_meeting.str()));
  EXPECT_FALSE(scene.has_row(k_topic, "public", "meeting/" + k_next.str())) << "it is a draft";
  EXPECT_TRUE(scene.has_row(k_topic, "member", "meeting/" + k_next.str()));
}

TEST(StandingItems, are_made_and_unmade) {
  auto scene = meeting_with(1);
  wire::EditAgendaItem edit{k_meeting, item(0), {}, {}, {}, {}, {}, {}, true};
  auto as_standing = AgendaItemEdited{item(0), "Item A", ItemKind::discussion, std::nullopt, 15, Circulation::everyone};
  as_standing.is_standing = true;
  scene.when(edit).then(as_standing);
  scene.when(edit).then_nothing();
  edit.is_standing = false;
  scene.when(edit).then(AgendaItemEdited{item(0), "Item A", ItemKind::discussion, std::nullopt, 15, Circulation::everyone});
}

TEST(MeetingRows, name_the_secretary_and_the_clock) {
  Scene scene(k_meeting.str());
  scene.and_also<KnownBodyAggregate>(k_council.str(), council_named()).by(k_secretary);
  auto command = schedule();
  command.secretary = {"Alex Example"};
  scene.when(command);
  const auto row = [&] { return scene.row_as<wire::MeetingView>("meetings/" + k_meeting.str(), "staff", "meeting").value(); };
  EXPECT_EQ(row().secretary, "Alex Example");
  EXPECT_EQ(row().clock, "UK time, GMT");
  EXPECT_EQ(scene.world().all_events().find("Alex"), std::string::npos);
  scene.all_texts_erased();
  EXPECT_EQ(row().secretary, "Name removed");
}

TEST(MeetingRows, say_when_the_clocks_change_meanwhile) {
  auto event = scheduled();
  event.starts_at = moment("2018-10-27T23:00:00Z");
  event.ends_at = moment("2018-10-28T03:00:00Z");
  Scene scene(k_meeting.str());
  scene.and_also<KnownBodyAggregate>(k_council.str(), council_named()).happened(event);
  EXPECT_EQ(scene.row_as<wire::MeetingView>("meetings/" + k_meeting.str(), "staff", "meeting")->clock, "UK time, BST and then GMT");
}

}  // namespace
}  // namespace witan::meetings::test
