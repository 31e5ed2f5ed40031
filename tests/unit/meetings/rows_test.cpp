#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

const std::string k_topic = "meetings/" + k_meeting.str();
const std::string k_row = "meeting/" + k_meeting.str();

wire::MeetingView meeting_row(Scene& scene, std::string_view audience) {
  return scene.row_as<wire::MeetingView>(k_topic, audience, "meeting").value();
}
wire::AgendaItemView item_row(Scene& scene, std::string_view audience, int n) {
  return scene.row_as<wire::AgendaItemView>(k_topic, audience, "agenda/" + item(n).str()).value();
}

TEST(MeetingRows, say_when_where_and_what_stage) {
  auto scene = meeting_with(0);
  const auto view = meeting_row(scene, "staff");
  EXPECT_EQ(view.body_name, "Council of LEP Chairs");
  EXPECT_EQ(view.when, "2pm to 4pm, Tuesday 19 June 2018");
  EXPECT_EQ(view.place, "10 Downing Street");
  EXPECT_EQ(view.state_label, "Draft");
  EXPECT_TRUE(view.is_draft);
  EXPECT_FALSE(view.has_now);
  EXPECT_FALSE(view.has_items);
  EXPECT_EQ(view.href, "/meetings/" + k_meeting.str());
}

TEST(MeetingRows, name_each_stage) {
  auto published = published_with(1), started = started_with(1), closed = started_with(1);
  closed.happened(MeetingClosed{});
  EXPECT_EQ(meeting_row(published, "public").state_label, "Agenda published");
  EXPECT_TRUE(meeting_row(published, "public").is_published);
  EXPECT_EQ(meeting_row(started, "public").state_label, "In progress");
  EXPECT_TRUE(meeting_row(started, "public").is_started);
  EXPECT_FALSE(meeting_row(started, "public").is_published);
  EXPECT_EQ(meeting_row(closed, "public").state_label, "Closed");
  EXPECT_TRUE(meeting_row(closed, "public").is_closed);
  EXPECT_FALSE(meeting_row(closed, "public").has_now);
}

TEST(MeetingRows, add_up_the_agenda_and_say_by_how_much_it_is_over) {
  auto scene = meeting_with(8);
  auto view = meeting_row(scene, "staff");
  EXPECT_EQ(view.planned_minutes, 120);
  EXPECT_EQ(view.planned_end, "4pm");
  EXPECT_FALSE(view.is_over_time);
  EXPECT_EQ(view.minutes_over, 0);
  scene.happened(
      AgendaItemEdited{item(7), "Item H", ItemKind::note, std::nullopt, 20, Circulation::everyone});
  view = meeting_row(scene, "staff");
  EXPECT_EQ(view.planned_end, "4:05pm");
  EXPECT_TRUE(view.is_over_time);
  EXPECT_EQ(view.minutes_over, 5);
  EXPECT_EQ(view.item_count, 8);
}

TEST(AgendaRows, count_the_start_of_each_item_from_those_before_it) {
  auto scene = meeting_with(3);
  EXPECT_EQ(item_row(scene, "staff", 0).starts, "2pm");
  EXPECT_EQ(item_row(scene, "staff", 2).starts, "2:30pm");
  scene.happened(AgendaItemMoved{item(2), 1});
  EXPECT_EQ(item_row(scene, "staff", 2).starts, "2pm");
  EXPECT_EQ(item_row(scene, "staff", 2).number, "1");
  EXPECT_TRUE(item_row(scene, "staff", 2).is_first);
  EXPECT_TRUE(item_row(scene, "staff", 1).is_last);
  EXPECT_EQ(item_row(scene, "staff", 1).sort, "003");
}

TEST(AgendaRows, go_when_the_item_goes) {
  auto scene = published_with(2);
  scene.happened(AgendaItemRemoved{item(0)});
  for (const auto* audience : {"staff", "member", "public"}) {
    EXPECT_FALSE(scene.has_row(k_topic, audience, "agenda/" + item(0).str()));
  }
  EXPECT_TRUE(item_row(scene, "public", 1).is_first);
  EXPECT_TRUE(item_row(scene, "public", 1).is_last);
}

TEST(AgendaRows, mark_what_is_done_and_what_is_now_while_the_meeting_runs) {
  auto scene = started_with(3);
  scene.happened(WentToItem{item(1)});
  EXPECT_TRUE(item_row(scene, "public", 0).is_done);
  EXPECT_TRUE(item_row(scene, "public", 1).is_now);
  EXPECT_FALSE(item_row(scene, "public", 1).is_done);
  EXPECT_FALSE(item_row(scene, "public", 2).is_done);
  EXPECT_EQ(meeting_row(scene, "public").now_number, "2");
  EXPECT_EQ(meeting_row(scene, "public").now_title, "Item B");
  scene.happened(MeetingClosed{});
  EXPECT_FALSE(item_row(scene, "public", 0).is_done);
  EXPECT_FALSE(item_row(scene, "public", 1).is_now);
}

TEST(AgendaRows, name_each_kind) {
  auto scene = meeting_with(1);
  const std::pair<ItemKind, const char*> labels[] = {{ItemKind::decision, "For decision"},
                                                     {ItemKind::discussion, "For discussion"},
                                                     {ItemKind::information, "For information"},
                                                     {ItemKind::approval, "For approval"},
                                                     {ItemKind::note, "To note"}};
  for (const auto& [kind, label] : labels) {
    scene.happened(AgendaItemEdited{item(0), "Item A", kind, std::nullopt, 15, Circulation::everyone});
    EXPECT_EQ(item_row(scene, "staff", 0).kind_label, label);
  }
}

TEST(RestrictedItems, show_the_public_only_that_they_are_there) {
  auto scene = meeting_with(1);
  const auto lead = scene.keep("Robin Example");
  scene.happened(
      AgendaItemAdded{item(1), 2, "Pay of officers", ItemKind::decision, lead, 15, Circulation::members},
      AgendaPublished{});
  const auto row = item_row(scene, "public", 1);
  EXPECT_TRUE(row.is_restricted);
  EXPECT_EQ(row.number, "2");
  EXPECT_EQ(row.title + row.kind_label + row.lead + row.starts, "");
  EXPECT_EQ(row.minutes, 0);
  EXPECT_EQ(row.kind, ItemKind::discussion) << "the kind is not to be told from the row";
  for (const auto* audience : {"staff", "member"}) {
    EXPECT_EQ(item_row(scene, audience, 1).title, "Pay of officers");
    EXPECT_EQ(item_row(scene, audience, 1).lead, "Robin Example");
    EXPECT_FALSE(item_row(scene, audience, 1).is_restricted);
    EXPECT_TRUE(item_row(scene, audience, 1).is_members_only);
  }
}

TEST(RestrictedItems, never_reach_the_public_at_any_stage) {
  auto scene = meeting_with(1);
  scene.happened(AgendaItemAdded{item(1), 2, "Pay of officers", ItemKind::decision, std::nullopt, 15,
                                 Circulation::members},
                 AgendaPublished{}, MeetingStarted{item(0)}, WentToItem{item(1)});
  EXPECT_EQ(meeting_row(scene, "public").now_number, "2");
  EXPECT_EQ(meeting_row(scene, "public").now_title, "");
  EXPECT_EQ(meeting_row(scene, "member").now_title, "Pay of officers");
  EXPECT_EQ(scene.world().all_of("public").find("Pay of"), std::string::npos);
}

TEST(RestrictedItems, disappear_from_the_public_when_they_become_restricted) {
  auto scene = published_with(1);
  EXPECT_NE(scene.world().all_of("public").find("Item A"), std::string::npos);
  scene.happened(
      AgendaItemEdited{item(0), "Item A", ItemKind::discussion, std::nullopt, 15, Circulation::members});
  EXPECT_EQ(scene.world().all_of("public").find("Item A"), std::string::npos);
}

TEST(Drafts, are_seen_by_staff_alone) {
  auto scene = meeting_with(2);
  auto& world = scene.world();
  EXPECT_EQ(world.audience(k_topic, k_secretary), "staff");
  EXPECT_EQ(world.audience(k_topic, administrator()), "staff");
  EXPECT_EQ(world.audience(k_topic, k_member), std::nullopt);
  EXPECT_EQ(world.audience(k_topic, visitor()), std::nullopt);
  EXPECT_TRUE(world.keys(k_topic, "member").empty());
  for (const auto& [key, row] : world.rows) {
    if (std::get<1>(key) == "public") EXPECT_EQ(std::get<0>(key), "plan/" + k_council.str()) << "the body's plan, in which nothing is";
  }
}

TEST(Drafts, are_announced_to_the_body) {
  auto scene = meeting_with(1);
  const auto topic = "body-meetings/" + k_council.str();
  EXPECT_EQ(scene.world().audience(topic, k_member), "member");
  EXPECT_EQ(scene.world().audience(topic, visitor()), std::nullopt);
  EXPECT_TRUE(scene.row_as<wire::MeetingView>(topic, "member", k_row)->is_draft);
}

TEST(Publishing, makes_the_meeting_appear_to_members_and_the_public) {
  auto scene = published_with(2);
  auto& world = scene.world();
  EXPECT_EQ(world.audience(k_topic, k_secretary), "staff");
  EXPECT_EQ(world.audience(k_topic, k_member), "member");
  EXPECT_EQ(world.audience(k_topic, visitor()), "public");
  EXPECT_EQ(world.keys(k_topic, "public"), world.keys(k_topic, "staff"));
  EXPECT_TRUE(scene.row_as<wire::MeetingView>("meetings", "public", k_row)->is_published);
}

TEST(Lists, show_the_newest_meeting_first) {
  auto scene = meeting_with(0);
  auto later = scheduled(), long_ago = scheduled();
  later.meeting = id_of<MeetingId>("later");
  later.starts_at += std::chrono::hours(1);
  long_ago.meeting = id_of<MeetingId>("longago");
  long_ago.starts_at = moment("1066-10-14T09:00:00Z");
  scene.and_also<MeetingAggregate>(later.meeting.str(), later)
      .and_also<MeetingAggregate>(long_ago.meeting.str(), long_ago);
  const auto sort = [&](const std::string& id) {
    return scene.row_as<wire::MeetingView>("body-meetings/" + k_council.str(), "member", "meeting/" + id)
        ->sort;
  };
  EXPECT_LT(sort(later.meeting.str()), sort(k_meeting.str()));
  EXPECT_LT(sort(k_meeting.str()), sort(long_ago.meeting.str()));
}

TEST(Lists, turn_pages_and_find_the_meeting_of_long_ago_on_its_page) {
  auto scene = meeting_with(1);
  scene.happened(AgendaPublished{});
  for (int n = 1; n <= 200; ++n) {
    auto later = scheduled();
    later.meeting = issued_id<MeetingId>(n);
    later.starts_at += std::chrono::hours(24 * n);
    scene.and_also<MeetingAggregate>(later.meeting.str(), later, added(0), AgendaPublished{});
  }
  const auto body_page = "body-meetings/" + k_council.str() + "/page/1";
  EXPECT_FALSE(scene.has_row("meetings", "public", k_row));
  EXPECT_TRUE(scene.row_as<wire::MeetingView>("meetings/page/1", "public", k_row)->is_published);
  scene.when(wire::StartMeeting{k_meeting});
  EXPECT_TRUE(scene.row_as<wire::MeetingView>("meetings/page/1", "public", k_row)->is_started);
  EXPECT_TRUE(scene.row_as<wire::MeetingView>(body_page, "member", k_row)->is_started);
  EXPECT_FALSE(scene.has_row("meetings", "public", k_row));

  auto& world = scene.world();
  EXPECT_EQ(world.audience("meetings/page/1", visitor()), "public");
  EXPECT_EQ(world.audience(body_page, visitor()), std::nullopt);
  EXPECT_EQ(world.audience(body_page, k_member), "member");
  EXPECT_EQ(world.audience(body_page, administrator()), "member");
  EXPECT_EQ(scene.row_as<PagesView>("meetings", "public", "pages")->earlier_href, "/meetings/page/1");
  const auto links = scene.row_as<PagesView>("body-meetings/" + k_council.str(), "member", "pages");
  EXPECT_EQ(links->earlier_href, "/bodies/" + k_council.str() + "/meetings/1");
  EXPECT_EQ(links->earlier_label, "Earlier meetings of Council of LEP Chairs");
}

}  // namespace
}  // namespace witan::meetings::test
