// A meeting that is over, moment by moment, and what each audience is told of it.
#include <fmt/format.h>

#include "services/meetings/domain/replay/replay.hpp"
#include "tests/unit/meetings/votes_scene.hpp"

namespace witan::meetings::test {
namespace {

using namespace std::chrono_literals;

class Replay : public VotesScene {
 protected:
  std::string topic(std::string_view list = "all", int page = 1) const { return fmt::format("replay/{}/{}/{}", meeting.str(), list, page); }
  std::optional<wire::ReplayView> view(std::string_view audience, std::string_view list = "all", int page = 1) {
    return scene.world().row_as<wire::ReplayView>(topic(list, page), audience, "replay");
  }
  /// "[heading] text | words; text" of all pages.
  std::string told(std::string_view audience, std::string_view list = "all") {
    std::string all;
    for (int page = 1;; ++page) {
      const auto one = view(audience, list, page);
      if (!one) return all;
      for (const auto& group : one->groups) {
        all += fmt::format("[{}] ", group.heading);
        for (const auto& moment : group.moments) all += moment.text + (moment.words ? " | " + *moment.words : "") + "; ";
      }
    }
  }
  bool says(std::string_view audience, std::string_view text) { return told(audience).find(text) != std::string::npos; }
  std::string states(std::string_view audience) {
    std::string all;
    for (int page = 1;; ++page) {
      const auto one = view(audience, "all", page);
      if (!one) return all;
      for (const auto& group : one->groups) {
        for (const auto& moment : group.moments) all += moment.state.value_or("-") + "\n";
      }
    }
  }
  void speaks(const std::string& name, std::chrono::seconds time) {
    EXPECT_EQ(send(k_secretary, wire::AskToSpeak{meeting, seat(name), {}}), "");
    EXPECT_EQ(send(k_secretary, wire::GiveFloor{meeting, seat(name)}), "");
    later(time);
    EXPECT_EQ(send(k_secretary, wire::EndTurn{meeting, seat(name)}), "");
  }
};

TEST_F(Replay, is_there_once_the_meeting_is_over_and_tells_its_course) {
  begin();
  later(20min);
  speaks("ada", 65s);
  const auto motion = seconded();
  const auto vote = open(VoteKind::named, motion);
  EXPECT_EQ(casts("ada", vote, VoteChoice::approve), "");
  EXPECT_EQ(close_vote(vote), "");
  for (const auto audience : {"staff", "member", "public"}) EXPECT_FALSE(view(audience)) << audience;
  EXPECT_FALSE(scene.world().audience(topic(), k_secretary));
  close();
  EXPECT_EQ(told("public"),
            "[1. Apologies] The meeting began, at item 1, Apologies; "
            "[2. Skills] Went to item 2, Skills; Name of ada, Seat of ada, had the floor; Name of ada, Seat of ada, finished after 1 min 5 s; "
            "Motion moved by Name of ada, Seat of ada | That we publish the report; Motion seconded by Name of ben, Seat of ben | That we publish the report; "
            "Vote opened: Show of hands | That we publish the report; Vote closed: That we publish the report | " +
                words(vote, "public") + "; The meeting was closed; ");
  EXPECT_EQ(told("public", "speakers"), "[2. Skills] Name of ada, Seat of ada, had the floor; Name of ada, Seat of ada, finished after 1 min 5 s; ");
  const auto first_page = view("public").value();
  const auto& spoke = first_page.groups[1].moments[1];
  EXPECT_EQ(spoke.at, "2:20pm");
  EXPECT_EQ(spoke.since, "20 min");
  EXPECT_EQ(spoke.state, "Name of ada, Seat of ada, had the floor.");
  EXPECT_EQ(first_page.groups[1].item_href, "/meetings/" + meeting.str() + "#agenda-" + first.str());
  EXPECT_EQ(first_page.contents->size(), 2U);
  EXPECT_EQ(scene.world().audience(topic(), Actor()), "public");
  EXPECT_EQ(scene.world().audience(topic("papers"), sitter("ada")), "member");
  EXPECT_FALSE(scene.world().audience(topic("all", 2), k_secretary));
  EXPECT_TRUE(says("member", "4 of 4 members present. No quorum is set for this meeting.; ")) << told("member");
  EXPECT_FALSE(says("public", "members present")) << "when somebody came is not the public's";
}

TEST_F(Replay, tells_the_public_nothing_of_an_item_for_members) {
  begin();
  EXPECT_EQ(declare("cleo", behind), "");
  EXPECT_EQ(go(behind), "");
  speaks("ada", 5s);
  const auto vote = open(VoteKind::named, {}, "Shall she be paid more?", behind);
  EXPECT_EQ(close_vote(vote), "");
  EXPECT_EQ(go(first), "");
  close();
  EXPECT_EQ(told("public"),
            "[1. Apologies] The meeting began, at item 1, Apologies; [2. Skills] Went to item 2, Skills; "
            "[4. For members] Went to item 4, which is for members; [2. Skills] Went to item 2, Skills; The meeting was closed; ");
  for (const auto* text : {"Pay", "Name of", "Shall she", "hold land"}) EXPECT_EQ(states("public").find(text), std::string::npos) << text;
  EXPECT_TRUE(says("member", "Shall she be paid more?"));
  EXPECT_TRUE(says("member", "Name of cleo, Seat of cleo, withdrew from item 4, Pay"));
  EXPECT_TRUE(says("member", "Name of cleo, Seat of cleo, came back after item 4, Pay"));
}

TEST_F(Replay, tells_the_public_nothing_of_what_was_for_members_when_it_happened) {
  begin();
  EXPECT_EQ(declare("cleo", behind), "");
  EXPECT_EQ(go(behind), "");
  speaks("ada", 5s);
  EXPECT_EQ(go(first), "");
  auto opened = wire::EditAgendaItem{meeting, behind, {}, {}, {}, {}, {}};
  opened.circulation = Circulation::everyone;
  EXPECT_EQ(send(k_secretary, opened), "");
  close();
  EXPECT_TRUE(says("public", "Went to item 4, Pay"));
  EXPECT_FALSE(says("public", "had the floor"));
  EXPECT_FALSE(says("public", "withdrew from"));
  EXPECT_FALSE(says("public", "came back"));
  EXPECT_TRUE(says("member", "Name of ada, Seat of ada, had the floor"));
}

TEST_F(Replay, never_says_who_voted_what) {
  begin();
  const auto vote = open(VoteKind::secret);
  EXPECT_EQ(casts("ada", vote, VoteChoice::against), "");
  EXPECT_EQ(close_vote(vote), "");
  close();
  EXPECT_EQ(told("staff", "votes").find("Name of"), std::string::npos);
  EXPECT_EQ(view("staff", "votes")->count, 2);
}

TEST_F(Replay, forgets_what_was_taken_back_or_said_otherwise) {
  begin();
  EXPECT_EQ(send(sitter("ada"), wire::DeclareAtItem{meeting, second, seat("ada"), wire::InterestEffect::stay, {"My brother works there"}, {}}), "");
  EXPECT_EQ(send(sitter("ada"), wire::DeclareAtItem{meeting, second, seat("ada"), wire::InterestEffect::stay, {"A relative works there"}, {}}), "");
  EXPECT_EQ(declare("ben", second), "");
  EXPECT_EQ(go(second), "");
  close();
  EXPECT_FALSE(says("staff", "brother"));
  EXPECT_TRUE(says("public", "A relative works there"));
  EXPECT_TRUE(says("public", "Name of ben, Seat of ben, withdrew from item 3, Land"));
  EXPECT_EQ(send(k_secretary, wire::WithdrawDeclaration{meeting, second, seat("ben"), {{"It was not his land"}}}), "");
  EXPECT_FALSE(says("staff", "Name of ben"));
  EXPECT_FALSE(says("public", "hold land"));
}

TEST_F(Replay, forgets_whose_account_was_deleted) {
  hear(directory::PersonRegisteredNotice{person("ada"), "Name of ada", ""});
  begin();
  speaks("ada", 5s);
  moved("ben", "That Name of ada be thanked");
  EXPECT_EQ(declare("ada", second), "");
  close();
  ASSERT_TRUE(says("public", "Name of ada"));
  hear(directory::PersonErasedNotice{person("ada")});
  for (const auto audience : {"staff", "member", "public"}) {
    EXPECT_FALSE(says(audience, "ame of ada")) << told(audience);
    EXPECT_EQ(states(audience).find("ame of ada"), std::string::npos);
    EXPECT_TRUE(says(audience, "Name removed, Seat of ada, had the floor"));
  }
  EXPECT_FALSE(says("public", "hold land"));
}

TEST_F(Replay, has_decisions_when_their_readers_may_read_them) {
  begin();
  ASSERT_TRUE(scene.send(k_secretary, wire::WriteDecision{meeting, first, {"To publish it"}, {}, {}}));
  EXPECT_EQ(go(second), "");
  close();
  EXPECT_TRUE(told("staff", "votes").starts_with("[2. Skills] Decision 2018/1 | To publish it; ")) << told("staff", "votes");
  EXPECT_FALSE(says("member", "To publish it"));
  EXPECT_EQ(send(k_secretary, wire::CirculateMinutes{meeting}), "");
  EXPECT_TRUE(says("member", "To publish it"));
  EXPECT_TRUE(says("member", "[After the meeting] The minutes were circulated"));
  EXPECT_FALSE(says("public", "To publish it"));
  EXPECT_FALSE(says("public", "circulated"));
}

TEST_F(Replay, has_as_many_pages_as_its_reader_has_moments_for) {
  begin();
  EXPECT_EQ(go(behind), "");
  for (int n = 0; n < 50; ++n) speaks("ada", 1s);
  close();
  EXPECT_EQ(view("public")->page_count, 1);
  EXPECT_EQ(view("staff")->page_count, 2);
  EXPECT_FALSE(scene.world().audience(topic("all", 2), Actor()));
  EXPECT_EQ(scene.world().audience(topic("all", 2), sitter("ada")), "member");
  EXPECT_EQ(view("staff", "all", 2)->earlier_href, "/meetings/" + meeting.str() + "/replay");
  EXPECT_EQ(view("staff")->later_href, "/meetings/" + meeting.str() + "/replay/all/2");
  for (int page = 1; page <= 2; ++page) EXPECT_LT(json::serialize(codec::encode(view("staff", "all", page).value())).size(), 128U * 1024) << page;
}

TEST_F(Replay, tells_the_time_past_midnight_and_when_clocks_change) {
  meeting = MeetingId::from_trusted(
      scene.made("meeting", k_secretary, wire::ScheduleMeeting{k_council, {"Night"}, {"2018-10-27"}, {"23:30"}, {"03:00"}, {"Here"}, {}, {}}));
  first = add("Skills"), second = add("Land");
  scene.world().now = moment("2018-10-27T22:30:00Z");
  EXPECT_EQ(send(k_secretary, wire::PublishAgenda{meeting, {{"Late"}}}), "");
  start();
  later(2h);  // half past one, the first time
  EXPECT_EQ(go(second), "");
  later(1h);  // and the second time
  close();
  const auto moments = view("public")->groups.back().moments;
  EXPECT_EQ(moments.front().at, "1:30am on 28 October 2018 (BST)");
  EXPECT_EQ(moments.front().since, "2 h");
  EXPECT_EQ(moments.back().at, "1:30am on 28 October 2018 (GMT)");
  EXPECT_EQ(view("public")->clock, "UK time, BST and then GMT");
}

}  // namespace
}  // namespace witan::meetings::test
