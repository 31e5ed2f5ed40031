#include <random>

#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

wire::MoveAgendaItem move(int n, wire::ItemLevel level) { return {k_meeting, item(n), {}, {}, level}; }
wire::MoveAgendaItem in(int n) { return move(n, wire::ItemLevel::in); }
wire::MoveAgendaItem out(int n) { return move(n, wire::ItemLevel::out); }
wire::MoveAgendaItem by(int n, std::int64_t steps) { return {k_meeting, item(n), {}, {{steps}}}; }
wire::MoveAgendaItem to(int n, std::int64_t place) { return {k_meeting, item(n), {{place}}, {}}; }

wire::AgendaItemView row(Scene& scene, int n, std::string_view audience = "staff") {
  return scene.row_as<wire::AgendaItemView>("meetings/" + k_meeting.str(), audience, "agenda/" + item(n).str()).value();
}

/// A, B with C and D under it, E.
Scene with_items_under() { return meeting_with(5).happened(under(1, 2), under(1, 3)); }

TEST(NestedItems, go_under_the_item_above_and_out_again_behind_it) {
  auto scene = meeting_with(4);
  scene.when(in(2)).then(AgendaItemNested{item(2), item(1), 1});
  EXPECT_EQ(tree(scene), "AB(C)D");
  scene.when(in(3)).then(AgendaItemNested{item(3), item(1), 2});
  EXPECT_EQ(tree(scene), "AB(CD)");
  scene.when(in(3)).then(AgendaItemNested{item(3), item(2), 1});
  EXPECT_EQ(tree(scene), "AB(C(D))");
  scene.when(out(2)).then(AgendaItemNested{item(2), std::nullopt, 3});
  EXPECT_EQ(tree(scene), "ABC(D)");
}

TEST(NestedItems, are_numbered_under_the_item_they_stand_under) {
  auto scene = with_items_under();
  scene.happened(under(2, 3));
  EXPECT_EQ(row(scene, 1).number, "2");
  EXPECT_EQ(row(scene, 2).number, "2.1");
  EXPECT_EQ(row(scene, 3).number, "2.1.1");
  EXPECT_EQ(row(scene, 4).number, "3");
  EXPECT_EQ(row(scene, 3).depth, 2);
  EXPECT_EQ(row(scene, 4).depth, std::nullopt);
  EXPECT_EQ(row(scene, 1).has_under, true);
  EXPECT_EQ(row(scene, 4).has_under, std::nullopt);
}

TEST(NestedItems, take_what_is_under_them_along) {
  auto scene = with_items_under();
  scene.when(by(1, -1));
  EXPECT_EQ(tree(scene), "B(CD)AE");
  scene.when(to(1, 3));
  EXPECT_EQ(tree(scene), "AEB(CD)");
  scene.when(in(1));
  EXPECT_EQ(tree(scene), "AE(B(CD))");
}

TEST(NestedItems, move_among_those_beside_them) {
  auto scene = with_items_under();
  scene.when(by(3, -1));
  EXPECT_EQ(tree(scene), "AB(DC)E");
  scene.when(to(3, 2));
  EXPECT_EQ(tree(scene), "AB(CD)E");
  scene.when(by(2, -1)).rejected(ErrorCode::invalid_arguments, "/by");
  scene.when(by(3, 1)).rejected(ErrorCode::invalid_arguments, "/by");
  scene.when(to(3, 3)).rejected(ErrorCode::invalid_arguments, "/to");
  scene.when(to(4, 4)).rejected(ErrorCode::invalid_arguments, "/to");
}

TEST(NestedItems, do_not_go_where_there_is_nothing_to_go_under_or_out_of) {
  auto scene = with_items_under();
  scene.when(in(0)).rejected(ErrorCode::invalid_arguments, "/level");
  scene.when(in(2)).rejected(ErrorCode::invalid_arguments, "/level");
  scene.when(out(0)).rejected(ErrorCode::invalid_arguments, "/level");
  scene.happened(under(2, 3)).when(in(1));
  scene.when(in(4)).when(in(4)).when(in(4)).rejected(ErrorCode::invalid_arguments, "/level");
  EXPECT_EQ(row(scene, 0).may_go_in, std::nullopt);
}

TEST(NestedItems, have_three_levels_and_no_more) {
  auto scene = meeting_with(4).happened(under(0, 1), under(1, 2));
  EXPECT_EQ(tree(scene), "A(B(C))D");
  scene.when(in(3)).when(in(3));
  EXPECT_EQ(tree(scene), "A(B(CD))");
  scene.when(in(3)).rejected(ErrorCode::invalid_arguments, "/level");
  wire::AddAgendaItem add{k_meeting, {"Item X"}, ItemKind::note, {}, {5}, {}, {}, item(2)};
  scene.when(add).rejected(ErrorCode::invalid_arguments, "/under");
  auto other = meeting_with(4).happened(under(1, 2), under(2, 3));
  other.when(in(1)).rejected(ErrorCode::invalid_arguments, "/level");
  EXPECT_EQ(row(other, 1).may_go_in, std::nullopt);
}

TEST(NestedItems, are_added_at_a_place_under_an_item) {
  auto scene = with_items_under();
  wire::AddAgendaItem add{k_meeting, {"Item X"}, ItemKind::note, {}, {5}, {}, {}, item(1)};
  scene.when(add).then(AgendaItemAdded{issued_id<AgendaItemId>(1), 3, "Item X", ItemKind::note, std::nullopt, 5, Circulation::everyone, item(1)});
  EXPECT_EQ(tree(scene), "AB(CDX)E");
  add.title = {"Item Y"};
  add.position = {1};
  scene.when(add);
  EXPECT_EQ(tree(scene), "AB(YCDX)E");
  add.position = {6};
  scene.when(add).rejected(ErrorCode::invalid_arguments, "/position");
  add.position = {};
  add.under = id_of<AgendaItemId>("gone");
  scene.when(add).rejected(ErrorCode::not_found, "/under");
}

TEST(NestedItems, keep_an_item_on_the_agenda_while_they_are_under_it) {
  auto scene = with_items_under();
  scene.when(wire::RemoveAgendaItem{k_meeting, item(1)}).rejected(ErrorCode::not_now);
  scene.when(wire::RemoveAgendaItem{k_meeting, item(2)}).when(wire::RemoveAgendaItem{k_meeting, item(3)}).when(wire::RemoveAgendaItem{k_meeting, item(1)});
  EXPECT_EQ(tree(scene), "AE");
}

TEST(NestedItems, want_exactly_one_way_to_go) {
  auto command = in(3);
  command.by = {1};
  meeting_with(4).when(command).rejected(ErrorCode::invalid_arguments, "/level");
  started_with(4).happened(MeetingClosed{}).when(in(3)).rejected(ErrorCode::not_now);
}

TEST(NestedItems, of_an_item_for_members_are_for_members) {
  auto scene = with_items_under();
  scene.happened(AgendaItemEdited{item(1), "Item B", ItemKind::discussion, std::nullopt, 15, Circulation::members}, AgendaPublished{});
  EXPECT_TRUE(row(scene, 2, "public").is_restricted);
  EXPECT_EQ(row(scene, 2, "public").title, "");
  EXPECT_EQ(row(scene, 2, "public").number, "2.1");
  EXPECT_TRUE(row(scene, 2, "member").is_members_only);
  EXPECT_TRUE(row(scene, 2, "member").members_by_above.value_or(false));
  scene.happened(AgendaItemNested{item(2), std::nullopt, 3});
  EXPECT_TRUE(row(scene, 2, "public").is_restricted) << "a move shows nothing to others";
  EXPECT_FALSE(row(scene, 2, "member").members_by_above.has_value());
  scene.happened(AgendaItemEdited{item(2), "Item C", ItemKind::discussion, std::nullopt, 15, Circulation::everyone});
  EXPECT_FALSE(row(scene, 2, "public").is_restricted);
}

TEST(NestedItems, of_an_item_that_is_off_are_off_and_no_meeting_starts_with_them) {
  auto scene = with_items_under();
  scene.happened(AgendaItemEdited{item(0), "Item A", ItemKind::discussion, std::nullopt, 15, Circulation::everyone, wire::ItemStatus::withdrawn},
                 AgendaItemEdited{item(1), "Item B", ItemKind::discussion, std::nullopt, 15, Circulation::everyone, wire::ItemStatus::deferred},
                 AgendaPublished{});
  EXPECT_TRUE(row(scene, 2).is_off.value_or(false));
  EXPECT_EQ(row(scene, 2).status_label, "Deferred");
  EXPECT_EQ(row(scene, 2).minutes, 0);
  scene.by(k_secretary).when(wire::StartMeeting{k_meeting});
  ASSERT_TRUE(scene.state().is_started());
  EXPECT_EQ(scene.state().now, item(4)) << "the first that is planned, with all above it";
}

TEST(NestedItems, for_members_tell_others_no_time_while_the_meeting_is_at_them) {
  auto scene = with_items_under();
  scene.happened(AgendaItemEdited{item(1), "Item B", ItemKind::discussion, std::nullopt, 15, Circulation::members}, AgendaPublished{},
                 MeetingStarted{item(2), k_now});
  const auto shown = [&](const char* audience) { return *scene.row_as<wire::MeetingView>("meetings/" + k_meeting.str(), audience, "meeting"); };
  EXPECT_NE(shown("member").now_until, "");
  EXPECT_EQ(shown("public").now_until + shown("public").now_since, "");
}

TEST(NestedItems, keep_now_where_it_is_and_call_nothing_done_that_holds_it) {
  auto scene = with_items_under();
  scene.happened(AgendaPublished{}, MeetingStarted{item(0)}, WentToItem{item(2)});
  EXPECT_TRUE(row(scene, 0).is_done);
  EXPECT_FALSE(row(scene, 1).is_done) << "the meeting is at an item under it";
  EXPECT_TRUE(row(scene, 2).is_now);
  EXPECT_EQ(scene.row_as<wire::MeetingView>("meetings/" + k_meeting.str(), "public", "meeting")->now_number, "2.1");
  scene.happened(WentToItem{item(4)});
  EXPECT_TRUE(row(scene, 1).is_done);
}

/// What one person asks for, having seen the agenda at some earlier moment.
wire::MoveAgendaItem any_move(std::mt19937& random, int count) {
  const auto n = static_cast<int>(random() % static_cast<unsigned>(count));
  switch (random() % 4) {
    case 0:
      return in(n);
    case 1:
      return out(n);
    case 2:
      return by(n, static_cast<std::int64_t>(random() % 5) - 2);
    default:
      return to(n, static_cast<std::int64_t>(random() % 6) + 1);
  }
}

/// The agenda as everybody reads it from the rows, in their order.
std::string read_from_rows(Scene& scene, std::string_view audience) {
  std::map<std::string, std::string> lines;
  const auto topic = "meetings/" + k_meeting.str();
  for (const auto& key : scene.world().keys(topic, audience)) {
    if (!key.starts_with("agenda/")) continue;
    const auto view = scene.row_as<wire::AgendaItemView>(topic, audience, key).value();
    lines[view.sort] = view.number + view.title.back();
  }
  std::string text;
  for (const auto& [sort, line] : lines) text += line + " ";
  return text;
}

std::string read_from_state(const Meeting& meeting) {
  std::string text;
  const auto numbers = numbers_of(meeting.items);
  for (std::size_t place = 0; place < meeting.items.size(); ++place) text += numbers[place] + meeting.items[place].title.back() + " ";
  return text;
}

/// Several people move items about, none of them seeing what the others do: whatever order their wishes arrive in, whoever
/// folds the log gets the agenda that everybody sees. Given also rebuilds the rows from the log after each step.
TEST(NestedItems, stand_in_the_same_order_everywhere_after_any_interleaving_of_moves) {
  constexpr int k_count = 8;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    auto scene = published_with(k_count);
    std::vector<std::vector<wire::MoveAgendaItem>> people(3);
    for (auto& wishes : people) {
      for (int step = 0; step < 10; ++step) wishes.push_back(any_move(random, k_count));
    }
    while (!people.empty()) {
      auto& wishes = people[random() % people.size()];
      scene.when(wishes.back());
      wishes.pop_back();
      std::erase_if(people, [](const auto& left) { return left.empty(); });
      const auto& items = scene.state().items;
      ASSERT_EQ(items.size(), static_cast<std::size_t>(k_count));
      ASSERT_EQ(items.front().depth, 0);
      for (std::size_t place = 1; place < items.size(); ++place) {
        ASSERT_LE(items[place].depth, items[place - 1].depth + 1);
        ASSERT_LE(items[place].depth, k_depth_max);
      }
    }
    Meeting folded;
    for (const auto& event : scene.world().log) {
      if (event.kind == "meeting") folded = MeetingAggregate::evolve(std::move(folded), witan::test::detail::read_event<MeetingEvent>(event.type, event.data));
    }
    for (const auto* audience : {"staff", "member", "public"}) {
      EXPECT_EQ(read_from_rows(scene, audience), read_from_state(folded)) << audience;
    }
  }
}

}  // namespace
}  // namespace witan::meetings::test
