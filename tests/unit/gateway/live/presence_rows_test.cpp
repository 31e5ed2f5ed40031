#include <gtest/gtest.h>

#include "gateway/live/presence_rows.hpp"
#include "shared/contract/codec.hpp"

/// Who is told of whom.
namespace witan::live {
namespace {

using contract::directory::PresenceShown;
const std::string k_item = "agenda/" + std::string(26, 'i');

auth::Caller caller(const std::string& name, PresenceShown shown) {
  auth::Caller made;
  made.actor.person = PersonId::random();
  made.name = name;
  made.presence = shown;
  return made;
}

NowPart from_bus(std::vector<PersonHere> people, std::int64_t others = 0) { return {"another", "meetings/m", false, std::move(people), others}; }

PersonHere here(const std::string& name, PresenceShown shown, std::vector<std::string> editing = {}) {
  return {PersonId::random(), name, shown, std::move(editing)};
}

HereView seen_by(const std::string& audience, const std::vector<const NowPart*>& parts) {
  return *codec::decode<HereView>(rows_of_presence(merged(parts), audience, nullptr).at("here"));
}

TEST(PresenceRows, name_people_to_those_whom_they_chose_and_count_them_for_the_rest) {
  const auto open = caller("Olive", PresenceShown::everyone), usual = caller("Uma", PresenceShown::members), hidden = caller("Hal", PresenceShown::nobody);
  const auth::Caller visitor;
  const auto part = part_of({{&usual, true, {}}, {&open, true, {}}, {&hidden, true, {}}, {&visitor, false, {}}}, "run", "meetings/m");
  for (const auto* audience : {"member", "staff", "recused"}) EXPECT_EQ(seen_by(audience, {&part}).words, "Olive, Uma and 1 other") << audience;
  EXPECT_EQ(seen_by("public", {&part}).words, "Olive and 2 others");
  EXPECT_EQ(json::serialize(codec::encode(part)).find("Hal"), std::string::npos) << "another gateway does not hear of them either";
}

TEST(PresenceRows, name_nobody_who_sees_only_what_the_public_does) {
  const auto elsewhere = caller("Else", PresenceShown::everyone);
  const auto part = part_of({{&elsewhere, false, {}}}, "run", "meetings/m");
  for (const auto* audience : {"public", "staff"}) EXPECT_EQ(seen_by(audience, {&part}).words, "1 person");
  EXPECT_EQ(json::serialize(codec::encode(part)).find("Else"), std::string::npos);
}

TEST(PresenceRows, count_a_person_once_however_many_windows_and_gateways) {
  const auto person = caller("Uma", PresenceShown::members);
  const auth::Caller visitor;
  const auto here_twice = part_of({{&person, true, {}}, {&person, true, k_item}, {&visitor, false, {}}, {&visitor, false, {}}}, "run", "meetings/m");
  auto there = from_bus({{*person.actor.person, "Uma", PresenceShown::members, {}}}, 1);
  const auto view = seen_by("member", {&here_twice, &there});
  EXPECT_EQ(view.people, std::vector<std::string>{"Uma"});
  EXPECT_EQ(view.others, 3);
}

TEST(PresenceRows, hide_whoever_has_hidden_themselves_at_one_of_two_gateways) {
  const auto person = PersonId::random();
  const auto here = from_bus({{person, "Uma", PresenceShown::everyone, {k_item}}}), there = from_bus({{person, "Uma", PresenceShown::members, {}}}),
             gone = from_bus({{person, "Uma", PresenceShown::nobody, {}}});
  EXPECT_EQ(seen_by("public", {&here, &there}).words, "1 person");
  EXPECT_EQ(seen_by("staff", {&here, &gone}).words, "");
}

TEST(PresenceRows, say_it_in_words) {
  std::vector<PersonHere> people;
  std::vector<std::string> said;
  for (const auto* name : {"", "Ada", "Bea", "Cat"}) {
    if (*name != '\0') people.push_back(here(name, PresenceShown::members));
    const auto part = from_bus(people);
    said.push_back(seen_by("member", {&part}).words);
  }
  EXPECT_EQ(said, (std::vector<std::string>{"", "Ada", "Ada and Bea", "Ada, Bea and Cat"}));
}

TEST(PresenceRows, name_twenty_and_count_the_rest) {
  for (const std::size_t count : {k_presence.named_max, k_presence.named_max + 1}) {
    std::vector<PersonHere> people;
    for (std::size_t i = 0; i < count; ++i) people.push_back(here("P" + std::to_string(100 + i), PresenceShown::everyone));
    const auto part = from_bus(people);
    for (const auto* audience : {"public", "member"}) {
      EXPECT_EQ(seen_by(audience, {&part}).people.size(), k_presence.named_max);
      EXPECT_EQ(seen_by(audience, {&part}).others, static_cast<std::int64_t>(count - k_presence.named_max));
    }
  }
}

TEST(PresenceRows, tell_other_gateways_of_two_hundred_people_and_count_the_rest) {
  std::vector<auth::Caller> callers;
  for (std::size_t i = 0; i <= k_presence.people_max; ++i) callers.push_back(caller("P" + std::to_string(i), PresenceShown::members));
  std::vector<PresentSocket> sockets;
  for (const auto& one : callers) sockets.push_back({&one, true, {}});
  const auto part = part_of(sockets, "run", "meetings/m");
  EXPECT_EQ(part.people.size(), k_presence.people_max);
  EXPECT_EQ(part.others, 1);
  EXPECT_TRUE(is_within_limits(part));
}

TEST(PresenceRows, show_staff_who_edits_what_is_there) {
  const auto editor = here("Uma", PresenceShown::members, {k_item, "agenda/gone"});
  const auto hidden = here("Hal", PresenceShown::nobody, {k_item});
  const auto reader = here("", PresenceShown::everyone, {k_item});
  const auto part = from_bus({editor, hidden, reader});
  const Rows agenda{{k_item, json::object{{"number", "3"}, {"title", "Land"}, {"sort", "0003"}}}};
  const auto rows = rows_of_presence(merged({&part}), "staff", &agenda);
  ASSERT_EQ(rows.size(), 2U);
  const auto key = "editing/agenda-" + std::string(26, 'i') + "-" + editor.person.str();
  const auto view = codec::decode<EditorView>(rows.at(key));
  ASSERT_TRUE(view);
  EXPECT_EQ(view->name + " " + view->number + " " + view->title + " " + view->place, "Uma 3 Land agenda-" + std::string(26, 'i'));
  EXPECT_EQ(view->by, editor.person);
  for (const auto* audience : {"public", "member", "recused"}) EXPECT_EQ(rows_of_presence(merged({&part}), audience, &agenda).size(), 1U) << audience;
  EXPECT_EQ(rows_of_presence(merged({&part}), "staff", nullptr).size(), 1U);
}

TEST(PresenceRows, show_twenty_who_edit) {
  std::vector<PersonHere> people;
  for (std::size_t i = 0; i <= k_presence.editors_max; ++i) people.push_back(here("P" + std::to_string(i), PresenceShown::members, {k_item}));
  const auto part = from_bus(people);
  const Rows agenda{{k_item, json::object{}}};
  EXPECT_EQ(rows_of_presence(merged({&part}), "staff", &agenda).size(), 1 + k_presence.editors_max);
}

TEST(PresenceRows, let_a_person_edit_in_three_windows) {
  const auto person = caller("Uma", PresenceShown::members);
  std::vector<PresentSocket> sockets;
  for (std::size_t i = 0; i <= k_presence.editing_max; ++i) sockets.push_back({&person, true, "agenda/" + std::to_string(i)});
  EXPECT_EQ(part_of(sockets, "run", "meetings/m").people.front().editing.size(), k_presence.editing_max);
}

TEST(PresenceRows, take_nothing_from_the_bus_that_is_beyond_the_limits) {
  const auto with = [](auto change) {
    auto part = from_bus({here(std::string(k_presence.name_bytes_max, 'n'), PresenceShown::members, std::vector<std::string>(k_presence.editing_max, std::string(k_presence.key_bytes_max, 'k')))},
                         k_presence.others_max);
    part.people.resize(k_presence.people_max, part.people.front());
    change(part);
    return is_within_limits(part);
  };
  EXPECT_TRUE(with([](NowPart&) {}));
  EXPECT_FALSE(with([](NowPart& part) { part.gateway.clear(); }));
  EXPECT_FALSE(with([](NowPart& part) { part.gateway = std::string(k_presence.key_bytes_max + 1, 'g'); }));
  EXPECT_FALSE(with([](NowPart& part) { part.others = -1; }));
  EXPECT_FALSE(with([](NowPart& part) { ++part.others; }));
  EXPECT_FALSE(with([](NowPart& part) { part.people.push_back(part.people.front()); }));
  EXPECT_FALSE(with([](NowPart& part) { part.people.front().name += 'n'; }));
  EXPECT_FALSE(with([](NowPart& part) { part.people.front().editing.emplace_back("k"); }));
  EXPECT_FALSE(with([](NowPart& part) { part.people.front().editing.front() += 'k'; }));
}

TEST(PresenceRows, are_told_the_more_rarely_the_more_there_are) {
  EXPECT_EQ(wait_between_tellings(1), std::chrono::seconds(1));
  EXPECT_EQ(wait_between_tellings(100), std::chrono::seconds(1));
  EXPECT_EQ(wait_between_tellings(101), std::chrono::milliseconds(1010));
  EXPECT_EQ(wait_between_tellings(1000), std::chrono::seconds(10));
  EXPECT_EQ(wait_between_tellings(1001), std::chrono::seconds(10));
}

}  // namespace
}  // namespace witan::live
