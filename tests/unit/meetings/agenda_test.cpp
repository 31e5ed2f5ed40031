#include <random>
#include <set>

#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

wire::AddAgendaItem add(std::string title = "Skills panels") {
  return {k_meeting, {std::move(title)}, ItemKind::decision, {}, {20}, {}, {}};
}

wire::EditAgendaItem edit(int n) { return {k_meeting, item(n), {}, {}, {}, {}, {}}; }
wire::MoveAgendaItem move_to(int n, std::int64_t to) { return {k_meeting, item(n), {{to}}, {}}; }
wire::MoveAgendaItem move_by(int n, std::int64_t by) { return {k_meeting, item(n), {}, {{by}}}; }

TEST(AddAgendaItem, puts_the_item_at_the_end) {
  auto scene = meeting_with(2);
  scene.when(add()).then(AgendaItemAdded{issued_id<AgendaItemId>(1), 3, "Skills panels", ItemKind::decision,
                                         std::nullopt, 20, Circulation::everyone});
  EXPECT_EQ(scene.result(), (json::object{{"item", issued(1)}}));
}

TEST(AddAgendaItem, puts_the_item_at_the_place_asked_for) {
  auto command = add("Item X");
  command.position = {2};
  auto scene = meeting_with(2);
  scene.when(command);
  EXPECT_EQ(order(scene), "AXB");
  command.position = {4};
  scene.when(command);
  EXPECT_EQ(order(scene), "AXBX");
}

TEST(AddAgendaItem, refuses_a_place_after_the_end) {
  auto command = add();
  command.position = {4};
  meeting_with(2).when(command).rejected(ErrorCode::invalid_arguments, "/position");
}

TEST(AddAgendaItem, keeps_the_lead_as_text_that_can_be_erased) {
  auto command = add();
  command.lead = {"Robin Example"};
  auto scene = meeting_with(0);
  scene.when(command);
  EXPECT_EQ(scene.world().all_events().find("Robin"), std::string::npos);
  EXPECT_NE(scene.world().all_of("staff").find("Robin"), std::string::npos);
  scene.all_texts_erased();
  EXPECT_EQ(scene.world().all_of("staff").find("Robin"), std::string::npos);
}

TEST(AddAgendaItem, works_until_the_meeting_is_closed) {
  started_with(1).when(add()).then(AgendaItemAdded{issued_id<AgendaItemId>(1), 2, "Skills panels",
                                                   ItemKind::decision, std::nullopt, 20,
                                                   Circulation::everyone},
                                   AgendaChanged{issued_id<AgendaItemId>(1), {}, k_now});
  started_with(1).happened(MeetingClosed{}).when(add()).rejected(ErrorCode::not_now);
}

AgendaItemAdded numbered(std::size_t n, std::string title) {
  return {AgendaItemId::from_trusted(issued(static_cast<int>(5000 + n))),
          static_cast<std::int64_t>(n) + 1,
          std::move(title),
          ItemKind::discussion,
          std::nullopt,
          15,
          Circulation::everyone};
}

TEST(AddAgendaItem, takes_two_hundred_items_and_no_more) {
  auto scene = meeting_with(0);
  for (std::size_t n = 0; n + 1 < k_items_max; ++n) scene.happened(numbered(n, "Item"));
  scene.when(add());
  EXPECT_EQ(scene.state().items.size(), k_items_max);
  scene.when(add()).rejected(ErrorCode::too_large);
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int n = 0; n < times; ++n) all += text;
  return all;
}

/// The bytes of a topic's snapshot for an audience.
std::size_t snapshot_bytes(const World& world, const std::string& topic, const std::string& audience) {
  json::object entities;
  for (const auto& key : world.keys(topic, audience)) entities[key] = *world.row(topic, audience, key);
  return json::serialize(entities).size();
}

/// An agenda that begins with a short item and has room for no other, however short.
Scene full_agenda() {
  auto scene = meeting_with(1);
  const auto lead = scene.keep(repeated("\xF0\x9F\x97\xB3", 120));
  auto items = scene.state().items;
  for (const int length : {200, 1}) {
    for (auto n = items.size();; ++n) {
      auto event = numbered(n, repeated("\xF0\x9F\x97\xB3", length));
      event.lead = lead;
      items.push_back({event.item, event.title, event.kind, event.lead, event.minutes, event.circulation});
      if (agenda_bytes(items) > k_agenda_bytes_max) break;
      scene.happened(event);
    }
    items.pop_back();
  }
  return scene;
}

TEST(AddAgendaItem, never_lets_the_topic_outgrow_its_limit) {
  auto scene = full_agenda();
  EXPECT_LT(scene.state().items.size(), k_items_max);
  EXPECT_LE(snapshot_bytes(scene.world(), "meetings/" + k_meeting.str(), "staff"), 256u * 1024u);
  auto command = add();
  command.lead = {"Chair, Cumbria LEP"};
  scene.when(command).rejected(ErrorCode::too_large);
}

TEST(AddAgendaItem, never_lets_the_topic_outgrow_its_limit_however_much_is_said_of_each_item) {
  auto scene = full_agenda();
  const auto items = scene.state().items;
  for (std::size_t n = 1; n < items.size(); ++n) {
    const auto& item = items[n];
    scene.happened(AgendaItemEdited{item.item, item.title, wire::ItemKind::information, item.lead, 480, wire::Circulation::members,
                                    wire::ItemStatus::withdrawn, true});
  }
  for (std::size_t n = 2; n < items.size(); ++n) scene.happened(AgendaItemNested{items[n].item, items[1].item, static_cast<std::int64_t>(n) - 1});
  EXPECT_GT(scene.state().items.back().depth, 0);
  EXPECT_LE(snapshot_bytes(scene.world(), "meetings/" + k_meeting.str(), "staff"), 256u * 1024u);
}

TEST(EditAgendaItem, refuses_titles_that_outgrow_the_topic) {
  auto command = edit(0);
  command.title = {repeated("\xF0\x9F\x97\xB3", 200)};
  command.lead = {"Chair, Cumbria LEP"};
  full_agenda().when(command).rejected(ErrorCode::too_large);
}

TEST(EditAgendaItem, changes_the_fields_that_are_given) {
  auto command = edit(1);
  command.title = {"Item Z"};
  command.minutes = {30};
  meeting_with(2).when(command).then(
      AgendaItemEdited{item(1), "Item Z", ItemKind::discussion, std::nullopt, 30, Circulation::everyone});
  auto other = edit(1);
  other.kind = ItemKind::approval;
  other.circulation = Circulation::members;
  meeting_with(2).when(other).then(
      AgendaItemEdited{item(1), "Item B", ItemKind::approval, std::nullopt, 15, Circulation::members});
}

TEST(EditAgendaItem, changes_and_clears_the_lead) {
  auto scene = meeting_with(1);
  auto command = edit(0);
  command.lead = {"Chair, Cumbria LEP"};
  scene.when(command);
  ASSERT_EQ(scene.events().size(), 1u);
  scene.when(command).then_nothing();
  command.lead = {""};
  scene.when(command).then(
      AgendaItemEdited{item(0), "Item A", ItemKind::discussion, std::nullopt, 15, Circulation::everyone});
}

TEST(EditAgendaItem, changes_nothing_when_all_is_as_it_was) {
  auto command = edit(0);
  meeting_with(1).when(command).then_nothing();
  command.title = {"Item A"};
  command.kind = ItemKind::discussion;
  command.lead = {""};
  command.minutes = {15};
  command.circulation = Circulation::everyone;
  meeting_with(1).when(command).then_nothing();
}

wire::EditAgendaItem seen(int changes, const char* title, const char* lead, int minutes) {
  auto command = edit(0);
  command.title = {{title}};
  command.lead = {{lead}};
  command.minutes = {{minutes}};
  command.seen_changes = Whole<0, 1'000'000>{changes};
  return command;
}
std::string shown_of(Scene& scene) {
  const auto row = scene.row_as<wire::AgendaItemView>("meetings/" + k_meeting.str(), "staff", "agenda/" + item(0).str()).value();
  return row.title + ", " + row.lead + ", " + std::to_string(row.minutes) + ", " + std::to_string(row.changes.value_or(0));
}

TEST(EditAgendaItem, keeps_what_two_people_changed_of_one_item_at_the_same_time) {
  auto scene = meeting_with(1);
  scene.when(seen(0, "Land", "Ada", 10));
  ASSERT_EQ(shown_of(scene), "Land, Ada, 10, 1");
  scene.when(seen(1, "Land use", "Ada", 10));  // two forms that saw the same:
  scene.when(seen(1, "Land", "Grace", 10));    // the title in this one is not its sender's
  EXPECT_EQ(shown_of(scene), "Land use, Grace, 10, 3");
  scene.when(seen(1, "Land", "Ada", 25));
  EXPECT_EQ(shown_of(scene), "Land use, Grace, 25, 4");
  scene.when(seen(1, "Land use", "Grace", 25)).then_nothing();
}

TEST(EditAgendaItem, shows_the_second_of_two_who_change_a_field_what_the_first_made_of_it) {
  auto scene = meeting_with(1);
  scene.when(seen(0, "Land", "Ada", 10));
  scene.when(seen(1, "Land use", "Ada", 10));
  scene.when(seen(1, "Land and homes", "Grace", 10)).rejected(ErrorCode::stale_version, "/title");
  EXPECT_EQ(shown_of(scene), "Land use, Ada, 10, 2") << "none of it was written";
  scene.when(seen(2, "Land and homes", "Grace", 10));  // who has seen it may
  EXPECT_EQ(shown_of(scene), "Land and homes, Grace, 10, 3");
}

TEST(EditAgendaItem, shows_who_has_to_look_again_all_that_is_otherwise) {
  auto scene = meeting_with(1);
  scene.when(seen(0, "Land", "Ada", 10));
  scene.when(seen(1, "Land use", "Grace", 10));
  scene.when(seen(1, "Land and homes", "Ada", 10)).rejected(ErrorCode::stale_version, "/title").rejected(ErrorCode::stale_version, "/lead");
}

TEST(EditAgendaItem, does_not_publish_what_a_move_made_members_only) {
  auto scene = meeting_with(2);
  auto closed = edit(0);
  closed.circulation = Circulation::members;
  scene.when(closed);
  scene.when(wire::MoveAgendaItem{k_meeting, item(1), {}, {}, wire::ItemLevel::in});
  auto form = edit(1);
  form.circulation = Circulation::everyone;
  form.seen_changes = Whole<0, 1'000'000>{0};
  scene.when(wire::MoveAgendaItem{k_meeting, item(1), {}, {}, wire::ItemLevel::out});
  form.title = {{"Another title"}};
  scene.when(form);
  const auto row = scene.row_as<wire::AgendaItemView>("meetings/" + k_meeting.str(), "staff", "agenda/" + item(1).str());
  EXPECT_TRUE(row->is_members_only) << "the form is from before it was moved";
  EXPECT_EQ(row->title, "Another title");
}

TEST(EditAgendaItem, writes_over_nothing_that_was_changed_longer_ago_than_it_knows) {
  auto scene = meeting_with(1);
  scene.when(seen(0, "Land", "Ada", 10));
  for (int n = 1; n < 12; ++n) scene.when(seen(n, ("Land " + std::to_string(n)).c_str(), "Ada", 10));
  scene.when(seen(1, "Land", "Grace", 10)).rejected(ErrorCode::stale_version, "/lead");
  scene.when(seen(4, "Land 3", "Grace", 10));
  EXPECT_EQ(shown_of(scene), "Land 11, Grace, 10, 13");
  scene.when(seen(99, "Land", "Ada", 10)).rejected(ErrorCode::stale_version, "/title");
}

TEST(EditAgendaItem, refuses_a_removed_item_and_a_closed_meeting) {
  auto command = edit(0);
  command.minutes = {5};
  meeting_with(1).happened(AgendaItemRemoved{item(0)}).when(command).rejected(ErrorCode::not_found, "/item");
  started_with(1).happened(MeetingClosed{}).when(command).rejected(ErrorCode::not_now);
}

struct Move {
  const char* name;
  int item;
  std::optional<Whole<1, 200>> to;
  std::optional<Whole<-200, 200>> by;
  const char* order;
};

class MoveAgendaItem : public testing::TestWithParam<Move> {};

TEST_P(MoveAgendaItem, puts_the_item_where_it_was_sent) {
  auto scene = meeting_with(4);
  scene.when(wire::MoveAgendaItem{k_meeting, item(GetParam().item), GetParam().to, GetParam().by});
  EXPECT_EQ(order(scene), GetParam().order);
}

INSTANTIATE_TEST_SUITE_P(
    All, MoveAgendaItem,
    testing::Values(Move{"first_to_last", 0, {{4}}, {}, "BCDA"}, Move{"last_to_first", 3, {{1}}, {}, "DABC"},
                    Move{"to_the_middle", 0, {{3}}, {}, "BCAD"}, Move{"to_where_it_is", 1, {{2}}, {}, "ABCD"},
                    Move{"one_up", 2, {}, {{-1}}, "ACBD"}, Move{"one_down", 1, {}, {{1}}, "ACBD"},
                    Move{"two_up", 3, {}, {{-2}}, "ADBC"}, Move{"to_the_very_top", 2, {}, {{-2}}, "CABD"},
                    Move{"to_the_very_end", 1, {}, {{2}}, "ACDB"}, Move{"by_nothing", 1, {}, {{0}}, "ABCD"}),
    [](const auto& each) { return each.param.name; });

TEST(MoveAgendaItemRefusals, points_at_the_field_that_leads_off_the_agenda) {
  meeting_with(3).when(move_to(0, 4)).rejected(ErrorCode::invalid_arguments, "/to");
  meeting_with(3).when(move_by(0, -1)).rejected(ErrorCode::invalid_arguments, "/by");
  meeting_with(3).when(move_by(2, 1)).rejected(ErrorCode::invalid_arguments, "/by");
  meeting_with(3).when(move_by(1, 200)).rejected(ErrorCode::invalid_arguments, "/by");
  meeting_with(3).when(move_by(1, -200)).rejected(ErrorCode::invalid_arguments, "/by");
}

TEST(MoveAgendaItemRefusals, says_out_of_range_on_the_field) {
  auto scene = meeting_with(1);
  const wire::MoveAgendaItem command = move_by(0, 1);
  const auto& state = scene.state();
  WorldContext context(scene.world(), k_secretary);
  const auto decision = decide(state, command, context);
  ASSERT_FALSE(decision);
  EXPECT_EQ(decision.error().errors.at(0).code, ErrorCode::out_of_range);
}

TEST(MoveAgendaItemRefusals, wants_exactly_one_of_place_and_steps) {
  meeting_with(3)
      .when(wire::MoveAgendaItem{k_meeting, item(0), {}, {}})
      .rejected(ErrorCode::invalid_arguments, "/to");
  meeting_with(3)
      .when(wire::MoveAgendaItem{k_meeting, item(0), {{1}}, {{1}}})
      .rejected(ErrorCode::invalid_arguments, "/by");
}

TEST(MoveAgendaItemRefusals, knows_an_item_that_was_removed_meanwhile) {
  meeting_with(2)
      .happened(AgendaItemRemoved{item(0)})
      .when(move_to(0, 1))
      .rejected(ErrorCode::not_found, "/item");
}

TEST(MoveAgendaItemRefusals, leaves_a_closed_meeting_as_it_is) {
  started_with(2).happened(MeetingClosed{}).when(move_to(0, 2)).rejected(ErrorCode::not_now);
}

TEST(MoveAgendaItemWhileStarted, keeps_now_at_its_item) {
  auto scene = started_with(3);
  scene.when(move_to(0, 3)).then(AgendaItemMoved{item(0), 3}, AgendaChanged{item(0), {ItemPart::place}, k_now});
  const auto view = scene.row_as<wire::MeetingView>("meetings/" + k_meeting.str(), "staff", "meeting");
  EXPECT_EQ(view->now_item, item(0).str());
  EXPECT_EQ(view->now_number, "3");
}

TEST(RemoveAgendaItem, takes_the_item_off) {
  auto scene = meeting_with(3);
  scene.when(wire::RemoveAgendaItem{k_meeting, item(1)}).then(AgendaItemRemoved{item(1)});
  EXPECT_EQ(order(scene), "AC");
}

TEST(RemoveAgendaItem, refuses_a_second_time_and_after_the_end) {
  const wire::RemoveAgendaItem remove{k_meeting, item(1)};
  meeting_with(2).happened(AgendaItemRemoved{item(1)}).when(remove).rejected(ErrorCode::not_found, "/item");
  started_with(2).happened(MeetingClosed{}).when(remove).rejected(ErrorCode::not_now);
}

TEST(RemoveAgendaItem, refuses_the_item_that_the_meeting_is_at) {
  started_with(2).when(wire::RemoveAgendaItem{k_meeting, item(0)}).rejected(ErrorCode::not_now);
  started_with(2).when(wire::RemoveAgendaItem{k_meeting, item(1)}).then(AgendaItemRemoved{item(1)}, AgendaChanged{{}, {}, k_now});
}

/// Random edits of one agenda: whatever is asked, numbers run without holes, now stays on the agenda, and the
/// rows are those of a rebuild (Given checks it after each step).
TEST(Agenda, stays_whole_under_random_changes) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    auto scene = started_with(3);
    for (int step = 0; step < 40; ++step) {
      const auto& items = scene.state().items;
      const auto target = items[random() % items.size()].item;
      switch (random() % 4) {
        case 0:
          scene.when(add());
          break;
        case 1:
          scene.when(
              wire::MoveAgendaItem{k_meeting, target, {{static_cast<std::int64_t>(random() % 9 + 1)}}, {}});
          break;
        case 2:
          scene.when(wire::RemoveAgendaItem{k_meeting, target});
          break;
        default:
          scene.when(wire::GoToItem{k_meeting, target});
      }
      const auto topic = "meetings/" + k_meeting.str();
      const auto meeting = scene.row_as<wire::MeetingView>(topic, "public", "meeting");
      ASSERT_TRUE(meeting->has_now);
      std::set<std::string> numbers;
      for (const auto& each : scene.state().items) {
        const auto row = scene.row_as<wire::AgendaItemView>(topic, "public", "agenda/" + each.item.str());
        ASSERT_TRUE(row);
        numbers.insert(row->sort);
        EXPECT_EQ(row->is_now, meeting->now_item == each.item.str());
        EXPECT_EQ(row->is_done, std::stoi(row->number) < std::stoi(meeting->now_number));
      }
      EXPECT_EQ(numbers.size(), scene.state().items.size());
      EXPECT_EQ(scene.world().keys(topic, "public").size(), scene.state().items.size() + 1);
    }
  }
}

}  // namespace
}  // namespace witan::meetings::test
