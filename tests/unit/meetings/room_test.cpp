// Who asks to speak, who speaks and for how long, and what an interest closes.
#include <random>
#include <set>

#include "services/meetings/domain/papers/paper.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/meetings/attendance_scene.hpp"

namespace witan::meetings::test {
namespace {

using namespace std::chrono_literals;
using wire::InterestEffect;

const auto k_start = moment("2018-06-19T13:00:00Z");

class Room : public AttendanceScene {
 protected:
  Room() {
    scene.world().now = k_start;
    first = add("Skills"), second = add("Land");
  }
  AgendaItemId add(const std::string& title, std::optional<AgendaItemId> under = {}, Circulation circulation = Circulation::everyone) {
    const auto done = scene.send(k_secretary, wire::AddAgendaItem{meeting, {title}, ItemKind::decision, {}, {10}, circulation, {}, under});
    return AgendaItemId::from_trusted(std::string(done->at("item").as_string()));
  }
  std::string own() const { return "meetings/" + meeting.str(); }
  std::string room() const { return "room/" + meeting.str(); }
  template <class C>
  std::string send(const Actor& actor, const C& command) {
    return code_of(scene.send(actor, command));
  }
  template <class C>
  std::string field(const Actor& actor, const C& command) {
    const auto answer = scene.send(actor, command);
    return answer || answer.error().errors.empty() ? std::string() : answer.error().errors.front().pointer;
  }
  std::string ask(const Actor& actor, const std::string& name, bool is_point = false) {
    return send(actor, wire::AskToSpeak{meeting, seat(name), is_point ? std::optional(true) : std::nullopt});
  }
  std::string asks(const std::string& name, bool is_point = false) { return ask(sitter(name), name, is_point); }
  std::string withdraw(const std::string& name) { return send(sitter(name), wire::WithdrawRequest{meeting, seat(name)}); }
  std::string move(const std::string& name, std::int64_t by) { return send(k_secretary, wire::MoveRequest{meeting, seat(name), {by}}); }
  std::string give(const std::string& name) { return send(k_secretary, wire::GiveFloor{meeting, seat(name)}); }
  std::string end(const std::string& name) { return send(k_secretary, wire::EndTurn{meeting, seat(name)}); }
  std::string go(const AgendaItemId& item) { return send(k_secretary, wire::GoToItem{meeting, item}); }
  std::string declare(const std::string& name, const AgendaItemId& item, InterestEffect effect, const std::string& words = "I hold land there", const std::string& reason = "") {
    return send(sitter(name), wire::DeclareAtItem{meeting, item, seat(name), effect, {words}, {{reason}}});
  }
  void later(std::chrono::milliseconds time) { scene.world().now += time; }

  const Meeting& state() { return *std::any_cast<Meeting>(&scene.world().state("meeting", meeting.str())); }
  std::vector<std::string> keys(std::string_view list, std::string_view audience) {
    auto found = scene.world().keys(room(), audience);
    std::erase_if(found, [&](const std::string& key) { return !key.starts_with(list); });
    return found;
  }

  /// "!cleo ada": the queue as an audience reads it, points of order with a mark.
  std::string queue(std::string_view audience = "staff") {
    std::vector<wire::RequestView> requests;
    for (const auto& key : keys("request/", audience)) requests.push_back(scene.world().row_as<wire::RequestView>(room(), audience, key).value());
    std::ranges::sort(requests, {}, &wire::RequestView::sort);
    std::string text;
    for (const auto& request : requests) text += (text.empty() ? "" : " ") + std::string(request.is_point_of_order ? "!" : "") + request.name.substr(8);
    return text;
  }
  wire::RoomView floor(std::string_view audience = "staff") { return scene.world().row_as<wire::RoomView>(room(), audience, "room").value(); }
  /// "Skills: ada 1x 1 min 5 s"
  std::vector<std::string> spoken(std::string_view audience = "staff") {
    std::vector<std::string> lines;
    for (const auto& key : keys("spoken/", audience)) {
      const auto view = scene.world().row_as<wire::SpokenView>(room(), audience, key).value();
      lines.push_back(view.item_title + ": " + view.name.substr(8) + " " + std::to_string(view.turns) + "x " + view.took);
    }
    return lines;
  }
  std::vector<std::string> types_since(std::size_t count) {
    std::vector<std::string> types;
    for (auto n = count; n < scene.world().log.size(); ++n) types.push_back(scene.world().log[n].type);
    return types;
  }

  std::string withdraw_declaration(const Actor& actor, const std::string& name, const AgendaItemId& item, const std::string& reason = "") {
    return send(actor, wire::WithdrawDeclaration{meeting, item, seat(name), {{reason}}});
  }
  std::vector<wire::DeclarationView> declared(std::string_view audience = "staff") {
    std::vector<wire::DeclarationView> views;
    for (const auto& key : keys("declaration/", audience)) views.push_back(scene.world().row_as<wire::DeclarationView>(room(), audience, key).value());
    return views;
  }
  PaperId paper(const std::string& name, const AgendaItemId& item, Circulation circulation = Circulation::members) {
    const auto id = id_of<PaperId>(name);
    const PaperAdded added{id, meeting, item, k_council, "About " + name, {"address-of-" + name, wire::PaperKind::pdf, 1000}, k_start, circulation, {}, {}};
    scene.world().append("paper", id.str(), "paper_added", codec::encode(added), k_secretary.person);
    return id;
  }
  /// What they see of a paper: "agenda page file", each where it is open to them.
  std::string open(const PaperId& paper, const AgendaItemId& item, const Actor& actor) {
    const auto audience = scene.world().audience(own(), actor).value_or("");
    const auto row = scene.world().row_as<wire::AgendaItemView>(own(), audience, "agenda/" + item.str());
    const bool is_listed = row && row->papers && std::ranges::any_of(*row->papers, [&](const wire::PaperView& one) { return one.paper == paper; });
    const auto page = scene.world().audience("papers/" + paper.str(), actor);
    const bool has_page = page && scene.world().row("papers/" + paper.str(), *page, "paper");
    const bool has_file = send(actor, wire::ReadPaper{paper, {1}}).empty();
    return std::string(is_listed ? "agenda " : "") + (has_page ? "page " : "") + (has_file ? "file" : "");
  }
  static constexpr const char* k_open = "agenda page file";

  AgendaItemId first, second;
};

TEST_F(Room, has_a_queue_only_while_the_meeting_is_in_progress) {
  EXPECT_EQ(asks("ada"), "not_now");
  start();
  EXPECT_EQ(asks("ada"), "");
  EXPECT_EQ(queue(), "ada");
  close();
  EXPECT_EQ(queue(), "");
  EXPECT_EQ(asks("ada"), "not_now");
}

TEST_F(Room, lets_whoever_sits_in_the_body_ask_for_themselves_and_staff_for_everybody) {
  start();
  EXPECT_EQ(ask(sitter("ada"), "ben"), "forbidden");
  EXPECT_EQ(ask(visitor(), "ada"), "not_signed_in");
  EXPECT_EQ(ask(holder(person("other"), id_of<BodyId>("otherbody").str(), Role::chair), "ada"), "forbidden");
  EXPECT_EQ(ask(k_secretary, "ben"), "");
  EXPECT_EQ(ask(holder(person("chair"), k_council.str(), Role::chair), "cleo"), "");
  EXPECT_EQ(queue(), "ben cleo");
  EXPECT_EQ(send(sitter("ada"), wire::WithdrawRequest{meeting, seat("ben")}), "forbidden");
  EXPECT_EQ(withdraw("ben"), "");
  EXPECT_EQ(send(sitter("ada"), wire::GiveFloor{meeting, seat("cleo")}), "forbidden");
  EXPECT_EQ(send(k_secretary, wire::WithdrawRequest{meeting, seat("cleo")}), "");
  EXPECT_EQ(queue(), "");
  EXPECT_EQ(field(k_secretary, wire::AskToSpeak{meeting, seat("nobody")}), "/seat");
}

TEST_F(Room, puts_points_of_order_first_and_nobody_twice) {
  start();
  for (const auto* name : {"ada", "ben"}) EXPECT_EQ(asks(name), "");
  EXPECT_EQ(asks("cleo", true), "");
  EXPECT_EQ(queue(), "!cleo ada ben");
  const auto events = scene.world().log.size();
  EXPECT_EQ(asks("ada"), "");
  EXPECT_EQ(asks("cleo", true), "");
  EXPECT_EQ(scene.world().log.size(), events) << "asking twice is a success without an event";
  EXPECT_EQ(asks("ben", true), "");
  EXPECT_EQ(queue(), "!cleo !ben ada");
  fill("second", Role::member, "ada");
  EXPECT_EQ(ask(sitter("ada"), "second"), "");
  EXPECT_EQ(queue(), "!cleo !ben ada") << "nor on another seat of theirs";
}

TEST_F(Room, lets_the_chair_reorder_within_points_of_order_and_within_the_others) {
  start();
  for (const auto* name : {"ada", "ben", "chair"}) EXPECT_EQ(ask(k_secretary, name), "");
  EXPECT_EQ(asks("cleo", true), "");
  EXPECT_EQ(move("chair", -1), "");
  EXPECT_EQ(queue(), "!cleo ada chair ben");
  for (const auto& [name, by] : {std::pair("ada", -1), {"ben", 1}, {"cleo", 1}}) EXPECT_EQ(field(k_secretary, wire::MoveRequest{meeting, seat(name), {by}}), "/by") << name;
  EXPECT_EQ(move("ada", 0), "");
  EXPECT_EQ(queue(), "!cleo ada chair ben");
}

TEST_F(Room, counts_a_turn_without_pauses_and_keeps_what_was_spoken_at_each_item) {
  start(), go(first);
  for (const auto* name : {"ada", "ben"}) EXPECT_EQ(asks(name), "");
  EXPECT_EQ(give("ada"), "");
  EXPECT_EQ(queue(), "ben");
  EXPECT_EQ(floor().name, "Name of ada");
  EXPECT_EQ(floor().counted_from, k_start);
  later(60s);
  EXPECT_EQ(send(k_secretary, wire::PauseMeeting{meeting}), "");
  EXPECT_EQ(floor().counted_from, std::nullopt);
  EXPECT_EQ(floor().took, "1 min");
  EXPECT_EQ(give("ben"), "not_now");
  later(10min);
  EXPECT_EQ(send(k_secretary, wire::ResumeMeeting{meeting}), "");
  EXPECT_EQ(floor().counted_from, k_start + 10min);
  later(5s);
  EXPECT_EQ(end("ben"), "") << "not theirs to end";
  EXPECT_EQ(floor().name, "Name of ada");
  EXPECT_EQ(give("ben"), "");
  EXPECT_EQ(spoken(), (std::vector<std::string>{"Skills: ada 1x 1 min 5 s"}));
  later(30s);
  EXPECT_EQ(end("ben"), "");
  EXPECT_FALSE(floor().has_speaker);
  EXPECT_EQ(asks("ada"), ""); EXPECT_EQ(give("ada"), "");
  later(25s);
  EXPECT_EQ(go(second), "") << "which ends the turn";
  EXPECT_EQ(spoken(), (std::vector<std::string>{"Skills: ada 2x 1 min 30 s", "Skills: ben 1x 30 s"}));
}

TEST_F(Room, empties_the_queue_when_the_meeting_moves_on_and_says_so) {
  start(), go(first);
  for (const auto* name : {"ada", "ben"}) EXPECT_EQ(asks(name), "");
  const auto events = scene.world().log.size();
  EXPECT_EQ(go(second), "");
  EXPECT_EQ(types_since(events), (std::vector<std::string>{"queue_emptied", "went_to_item"}));
  EXPECT_EQ(queue(), "");
  EXPECT_EQ(give("ada"), "not_found");
}

TEST_F(Room, lets_go_of_whoever_holds_the_seat_no_more) {
  start();
  for (const auto* name : {"ada", "ben"}) EXPECT_EQ(asks(name), "");
  hear(directory::SeatVacatedNotice{k_council, seat("ada")});
  fill("ben", Role::member, "dee");
  EXPECT_EQ(queue(), "") << "nobody speaks in another's place";
}

TEST_F(Room, shows_the_public_the_queue_but_not_behind_doors) {
  const auto closed = add("Secret", {}, Circulation::members);
  EXPECT_FALSE(scene.world().row(room(), "public", "room"));
  start();
  EXPECT_EQ(asks("ada"), "");
  EXPECT_EQ(queue("public"), "ada");
  EXPECT_EQ(scene.world().row_as<wire::RequestView>(room(), "public", "request/" + seat("ada").str())->by, std::nullopt);
  EXPECT_EQ(go(closed), "");
  EXPECT_EQ(asks("ada"), ""); EXPECT_EQ(asks("ben"), ""); EXPECT_EQ(give("ada"), "");
  EXPECT_EQ(queue("member"), "ben");
  EXPECT_EQ(queue("public"), "");
  EXPECT_TRUE(floor("public").is_behind_doors);
  EXPECT_FALSE(floor("public").has_speaker);
  later(10s);
  EXPECT_EQ(end("ada"), "");
  EXPECT_EQ(spoken("public"), std::vector<std::string>());
  EXPECT_EQ(spoken("member"), (std::vector<std::string>{"Secret: ada 1x 10 s"}));
}

TEST_F(Room, keeps_its_order_after_any_interleaving) {
  start();
  const std::vector<std::string> names{"chair", "ada", "ben", "cleo"};
  const std::vector<AgendaItemId> items{first, second};
  for (std::uint32_t seed = 0; seed < 4; ++seed) {
    std::mt19937 random(seed);
    for (int step = 0; step < 40; ++step) {
      const auto& name = names[random() % names.size()];
      const auto was = state().room.waiting;
      const auto kind = random() % 10;
      if (kind < 4) ask(k_secretary, name, random() % 3 == 0);
      else if (kind == 4) withdraw(name);
      else if (kind == 5) move(name, random() % 2 == 0 ? 1 : -1);
      else if (kind == 6) give(name);
      else if (kind == 7) end(name);
      else if (kind == 8) declare(name, items[random() % 2], random() % 2 == 0 ? InterestEffect::withdraw : InterestEffect::stay, "Seed " + std::to_string(step));
      else go(items[random() % 2]);
      const auto& meeting_now = state();
      const auto& waiting = meeting_now.room.waiting;
      std::set<PersonId> people;
      for (const auto& request : waiting) people.insert(sitter_of(meeting_now, request.seat)->person);
      EXPECT_EQ(std::ssize(people), std::ssize(waiting)) << "nobody twice, seed " << seed << " step " << step;
      EXPECT_TRUE(std::ranges::is_partitioned(waiting, [](const SpeakRequest& one) { return one.is_point_of_order; })) << "seed " << seed << " step " << step;
      for (const auto& away : recused_now(meeting_now)) {
        EXPECT_FALSE(people.contains(away)) << "seed " << seed << " step " << step;
        EXPECT_FALSE(meeting_now.room.turn && meeting_now.room.turn->sitter.person == away);
      }
      if (meeting_now.room.turn) EXPECT_FALSE(people.contains(meeting_now.room.turn->sitter.person));
      if (kind == 5) continue;  // as the chair ordered
      for (const bool is_point : {true, false}) {
        std::vector<SeatId> before, after;
        const auto has = [](const auto& list, const SeatId& id, bool point) {
          return std::ranges::any_of(list, [&](const SpeakRequest& one) { return one.seat == id && one.is_point_of_order == point; });
        };
        for (const auto& one : was) if (one.is_point_of_order == is_point && has(waiting, one.seat, is_point)) before.push_back(one.seat);
        for (const auto& one : waiting) if (one.is_point_of_order == is_point && has(was, one.seat, is_point)) after.push_back(one.seat);
        EXPECT_EQ(before, after) << "those who stay keep their order, seed " << seed << " step " << step;
      }
    }
  }
}

TEST_F(Room, keeps_an_interest_in_an_item_as_its_member_or_the_secretary_declared_it) {
  EXPECT_EQ(declare("ada", first, InterestEffect::stay), "");
  EXPECT_EQ(send(sitter("ada"), wire::DeclareAtItem{meeting, first, seat("ben"), InterestEffect::stay, {"Land"}, {}}), "forbidden");
  const auto chair = holder(person("chair"), k_council.str(), Role::chair);
  EXPECT_EQ(send(chair, wire::DeclareAtItem{meeting, first, seat("ben"), InterestEffect::stay, {"Land"}, {}}), "forbidden");
  EXPECT_EQ(send(k_secretary, wire::DeclareAtItem{meeting, first, seat("ben"), InterestEffect::withdraw, {"Land"}, {}}), "");
  EXPECT_EQ(field(k_secretary, wire::DeclareAtItem{meeting, id_of<AgendaItemId>("other"), seat("ben"), InterestEffect::stay, {"Land"}, {}}), "/item");
  ASSERT_EQ(declared().size(), 2U);
  EXPECT_EQ(declared()[0].words, "I hold land there");
  EXPECT_EQ(declared()[1].effect_label, "Withdraws from the item");
  const auto events = scene.world().log.size();
  EXPECT_EQ(declare("ada", first, InterestEffect::stay), "");
  EXPECT_EQ(scene.world().log.size(), events);
  EXPECT_EQ(declare("ada", first, InterestEffect::withdraw), "");
  EXPECT_EQ(declared().size(), 2U) << "changed, not doubled";
  EXPECT_EQ(withdraw_declaration(sitter("ada"), "ada", first), "");
  EXPECT_EQ(declared().size(), 1U);
}

TEST_F(Room, closes_what_is_not_public_to_whoever_withdraws_while_the_meeting_is_at_the_item) {
  const auto secret = paper("land", first), open_to_all = paper("plan", first, Circulation::everyone), elsewhere = paper("other", second);
  EXPECT_EQ(declare("ada", first, InterestEffect::withdraw), "");
  EXPECT_EQ(declare("ben", first, InterestEffect::stay), "");
  start();
  EXPECT_EQ(open(secret, first, sitter("ada")), k_open) << "until the meeting comes to the item";
  auto events = scene.world().log.size();
  EXPECT_EQ(go(first), "");
  EXPECT_EQ(types_since(events), (std::vector<std::string>{"went_to_item", "recusal_began"}));
  EXPECT_EQ(open(secret, first, sitter("ada")), "");
  EXPECT_EQ(open(open_to_all, first, sitter("ada")), k_open);
  EXPECT_EQ(open(elsewhere, second, sitter("ada")), k_open) << "and at other items nothing changes";
  EXPECT_EQ(open(secret, first, sitter("ben")), k_open);
  EXPECT_EQ(open(secret, first, k_secretary), k_open);
  EXPECT_EQ(scene.world().audience(own(), sitter("ada")), "recused");
  EXPECT_EQ(scene.world().audience(own(), ::witan::test::person(person("ada"))), "public") << "who may do nothing here by right sees no more for it";
  events = scene.world().log.size();
  EXPECT_EQ(go(second), "");
  EXPECT_EQ(types_since(events), (std::vector<std::string>{"went_to_item", "recusal_ended"}));
  EXPECT_EQ(open(secret, first, sitter("ada")), k_open);
  EXPECT_EQ(scene.world().keys(own(), "recused"), std::vector<std::string>());
}

TEST_F(Room, closes_what_stands_under_the_item_too) {
  const auto under = add("Sites", first);
  const auto secret = paper("sites", under);
  EXPECT_EQ(declare("ada", first, InterestEffect::withdraw), "");
  start();
  EXPECT_EQ(go(under), "");
  EXPECT_EQ(open(secret, under, sitter("ada")), "");
  EXPECT_EQ(asks("ada"), "not_now");
  EXPECT_EQ(go(second), "");
  EXPECT_EQ(send(k_secretary, wire::MoveAgendaItem{meeting, second, {}, {}, wire::ItemLevel::in}), "");
  EXPECT_EQ(asks("ada"), "not_now") << "the item came under the one from which she withdraws";
}

TEST_F(Room, takes_whoever_withdraws_off_the_floor_the_queue_and_the_quorum) {
  EXPECT_EQ(send(k_secretary, wire::SetQuorum{meeting, {{2}}}), "");
  for (const auto* name : {"ada", "ben"}) EXPECT_EQ(record(k_secretary, name, Presence::present), "");
  start(), go(first);
  for (const auto* name : {"ada", "ben"}) EXPECT_EQ(asks(name), "");
  EXPECT_EQ(give("ada"), "");
  EXPECT_EQ(whole().words, "2 of 4 members present; quorum is 2: quorate.");
  auto events = scene.world().log.size();
  EXPECT_EQ(declare("ada", first, InterestEffect::withdraw), "");
  EXPECT_EQ(types_since(events), (std::vector<std::string>{"interest_declared", "turn_ended", "recusal_began"}));
  EXPECT_FALSE(floor().has_speaker);
  events = scene.world().log.size();
  EXPECT_EQ(declare("ben", first, InterestEffect::withdraw), "");
  EXPECT_EQ(types_since(events), (std::vector<std::string>{"interest_declared", "request_withdrawn", "recusal_began"}));
  EXPECT_EQ(queue(), "");
  EXPECT_EQ(ask(k_secretary, "ada"), "not_now");
  EXPECT_EQ(whole().present, 0);
  EXPECT_EQ(whole().is_quorate, false);
  EXPECT_EQ(row("ada")->is_recused, true);
  EXPECT_EQ(go(second), "");
  EXPECT_EQ(whole().words, "2 of 4 members present; quorum is 2: quorate.");
  EXPECT_EQ(row("ada")->is_recused, std::nullopt);
  EXPECT_EQ(asks("ada"), "");
}

TEST_F(Room, leaves_a_declaration_to_the_secretary_once_the_item_was_reached) {
  EXPECT_EQ(declare("ada", first, InterestEffect::withdraw), "");
  start(), go(first);
  EXPECT_EQ(declare("ada", first, InterestEffect::stay), "not_now");
  EXPECT_EQ(withdraw_declaration(sitter("ada"), "ada", first), "not_now");
  const wire::DeclareAtItem stays{meeting, first, seat("ada"), InterestEffect::stay, {"I held land there"}, {}};
  EXPECT_EQ(field(k_secretary, stays), "/reason");
  auto with_reason = stays;
  with_reason.reason = Text<0, 200>{"It was sold"};
  const auto events = scene.world().log.size();
  EXPECT_EQ(send(k_secretary, with_reason), "");
  EXPECT_EQ(types_since(events), (std::vector<std::string>{"interest_declared", "recusal_ended"}));
  EXPECT_EQ(declared()[0].reason, "It was sold");
  EXPECT_EQ(declared("public")[0].reason, std::nullopt);
  EXPECT_EQ(declare("ben", first, InterestEffect::stay), "") << "what was not declared before may be said then";
  close();
  EXPECT_EQ(declare("cleo", first, InterestEffect::stay), "not_now");
  EXPECT_EQ(field(k_secretary, wire::WithdrawDeclaration{meeting, first, seat("ada"), {}}), "/reason");
  EXPECT_EQ(withdraw_declaration(k_secretary, "ada", first, "Heard wrong"), "");
}

TEST_F(Room, says_nothing_to_the_public_of_an_interest_in_what_is_for_members) {
  const auto closed = add("Secret", {}, Circulation::members);
  EXPECT_EQ(declare("ada", closed, InterestEffect::withdraw), "");
  EXPECT_EQ(record(k_secretary, "ada", Presence::present), "");
  start(), go(closed);
  EXPECT_EQ(declared("member").size(), 1U);
  EXPECT_EQ(declared("public").size(), 0U);
  EXPECT_EQ(row("ada", "member")->is_recused, true);
  EXPECT_EQ(row("ada", "public")->is_recused, std::nullopt);
  EXPECT_EQ(whole("member").present, 0);
  EXPECT_EQ(whole("public").present, 1) << "nor by the count";
}

TEST_F(Room, tells_the_public_who_has_withdrawn_as_the_item_is_now) {
  const auto open_child = add("Land in public", second), closed_child = add("Land in private", second, Circulation::members);
  EXPECT_EQ(declare("ada", second, InterestEffect::withdraw), "");
  start(), go(closed_child);
  EXPECT_EQ(row("ada", "public")->is_recused, std::nullopt);
  EXPECT_EQ(go(open_child), "");
  EXPECT_EQ(row("ada", "public")->is_recused, true);
  EXPECT_EQ(go(closed_child), "");
  EXPECT_EQ(row("ada", "public")->is_recused, std::nullopt);
}

TEST_F(Room, leaves_to_its_writer_what_was_declared_when_somebody_else_takes_the_seat) {
  EXPECT_EQ(declare("ada", first, InterestEffect::withdraw), "");
  fill("ada", Role::member, "dee");
  const auto dee = holder(person("dee"), k_council.str(), Role::member);
  EXPECT_EQ(withdraw_declaration(dee, "ada", first), "not_found") << "it is not hers";
  EXPECT_EQ(send(dee, wire::DeclareAtItem{meeting, first, seat("ada"), InterestEffect::stay, {"None of mine"}, {}}), "");
  ASSERT_EQ(declared().size(), 2U);
  EXPECT_EQ(withdraw_declaration(dee, "ada", first), "");
  ASSERT_EQ(declared().size(), 1U);
  EXPECT_EQ(declared()[0].words, "I hold land there");
}

TEST_F(Room, keeps_an_item_in_which_an_interest_is_declared) {
  EXPECT_EQ(declare("ada", first, InterestEffect::withdraw), "");
  EXPECT_EQ(send(k_secretary, wire::RemoveAgendaItem{meeting, first}), "not_now");
  EXPECT_EQ(withdraw_declaration(sitter("ada"), "ada", first), "");
  EXPECT_EQ(send(k_secretary, wire::RemoveAgendaItem{meeting, first}), "");
}

TEST_F(Room, keeps_no_words_of_a_deleted_account) {
  hear(directory::PersonRegisteredNotice{person("ada"), "Name of ada", ""});
  EXPECT_EQ(declare("ada", first, InterestEffect::stay, "My firm, Hayfield, holds it"), "");
  EXPECT_EQ(declare("ben", first, InterestEffect::stay, "I work for Name of ada"), "");
  start(), go(first);
  EXPECT_EQ(asks("ada"), ""); EXPECT_EQ(give("ada"), ""); EXPECT_EQ(end("ada"), "");
  hear(directory::SeatVacatedNotice{k_council, seat("ada")});
  hear(directory::PersonErasedNotice{person("ada")});
  EXPECT_EQ(all_kept(scene.world()).find("Name of ada"), std::string::npos);
  EXPECT_EQ(all_kept(scene.world()).find("Hayfield"), std::string::npos);
  EXPECT_EQ(declared()[0].words, "This text has been removed.");
  EXPECT_EQ(declared()[1].words, "I work for Name removed");
}

}  // namespace
}  // namespace witan::meetings::test
