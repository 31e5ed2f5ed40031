// What somebody declared at a meeting stands in its minutes and beside their register, and is written once.
#include "tests/support/audit_lines.hpp"
#include "tests/unit/meetings/seated_council.hpp"

namespace witan::meetings::test {
namespace {

using wire::InterestEffect;

class Declared : public SeatedCouncil {
 protected:
  /// Words of the lines under the item in the minutes.
  std::vector<std::string> minuted(const AgendaItemId& at, const std::string& as = "staff") {
    std::vector<std::string> lines;
    for (const auto& key : scene.world().keys("minutes/" + meeting.str(), as)) {
      if (!key.starts_with("item/" + at.str() + "/interest/")) continue;
      const auto row = *scene.world().row_as<wire::MinutesInterestView>("minutes/" + meeting.str(), as, key);
      lines.push_back(row.declared_by + ": " + row.interest + (row.is_withdrawing ? " (withdraws)" : " (stays)"));
    }
    return lines;
  }
  std::vector<std::string> beside_register(const std::string& who, const std::string& as) {
    std::vector<std::string> lines;
    for (const auto& key : scene.world().keys("declared/" + id_of<PersonId>(who).str(), as)) {
      const auto row = *scene.world().row_as<wire::DeclaredView>("declared/" + id_of<PersonId>(who).str(), as, key);
      lines.push_back(row.item_number + " " + row.item_title + ": " + row.words);
    }
    return lines;
  }
  std::optional<wire::MinutesView> minutes(const std::string& as = "staff") { return scene.world().row_as<wire::MinutesView>("minutes/" + meeting.str(), as, "minutes"); }
  void approve() {
    for (const auto& at : {open, item}) EXPECT_TRUE(scene.send(k_secretary, wire::WriteMinutes{meeting, at, {{"Said"}}, {0}}));
    close();
    EXPECT_TRUE(scene.send(k_secretary, wire::CirculateMinutes{meeting}));
    const auto later = MeetingId::from_trusted(scene.made("meeting", k_secretary, wire::ScheduleMeeting{k_council, {"December"}, {"2018-12-04"}, {"14:00"}, {"16:00"}, {"Here"}, {}, {}}));
    EXPECT_TRUE(scene.send(k_secretary, wire::AddAgendaItem{later, {"Minutes"}, ItemKind::approval, {}, {10}, {}, {}}));
    EXPECT_TRUE(scene.send(k_secretary, wire::PublishAgenda{later}));
    scene.wait_until(moment("2018-12-04T14:00:00Z"));
    EXPECT_TRUE(scene.send(k_secretary, wire::StartMeeting{later}));
    EXPECT_TRUE(scene.send(k_secretary, wire::ApproveMinutes{meeting, later}));
  }
};

TEST_F(Declared, is_minuted_when_the_meeting_comes_to_the_item) {
  publish();
  ASSERT_TRUE(declare("ada", item, "It is my sister"));
  ASSERT_TRUE(declare("ben", open, "I teach there", InterestEffect::stay));
  start();
  EXPECT_EQ(minuted(open), (std::vector<std::string>{"ben, Chair, LEP of ben: I teach there (stays)"}));
  EXPECT_EQ(minuted(item), std::vector<std::string>());
  go_to(item);
  EXPECT_EQ(minuted(item), (std::vector<std::string>{"ada, Chair, LEP of ada: It is my sister (withdraws)"}));
}

TEST_F(Declared, is_minuted_at_once_where_the_meeting_is_and_goes_when_it_is_taken_back) {
  publish();
  start();
  go_to(item);
  ASSERT_TRUE(declare("ada", item, "It is my sister"));
  EXPECT_EQ(minuted(item).size(), 1U);
  EXPECT_FALSE(minutes()->has_no_interests);
  EXPECT_FALSE(scene.world().row_as<wire::MinutesItemView>("minutes/" + meeting.str(), "staff", "item/" + item.str())->is_empty);
  ASSERT_TRUE(scene.send(k_secretary, wire::WithdrawDeclaration{meeting, item, id_of<SeatId>("ada"), {{"It was somebody else"}}}));
  EXPECT_EQ(minuted(item).size(), 0U);
  EXPECT_FALSE(minutes()->has_no_interests) << "that is said when the meeting is over";
  close();
  EXPECT_TRUE(minutes()->has_no_interests);
}

TEST_F(Declared, in_an_item_that_the_meeting_never_came_to_is_minuted_when_it_is_over) {
  publish();
  ASSERT_TRUE(declare("ada", item, "It is my sister"));
  start();
  EXPECT_EQ(minuted(item).size(), 0U);
  close();
  EXPECT_EQ(minuted(item).size(), 1U) << "it was declared at the meeting all the same";
}

TEST_F(Declared, in_an_item_for_members_is_theirs_in_the_minutes_and_beside_the_register) {
  const auto closed = added("Pension", {}, {}, Circulation::members);
  publish();
  ASSERT_TRUE(declare("ada", closed, "It is my pension"));
  ASSERT_TRUE(declare("ada", open, "I teach there", InterestEffect::stay));
  EXPECT_EQ(beside_register("ada", "public"), std::vector<std::string>()) << "everybody reads it once the meeting has begun";
  start();
  EXPECT_EQ(beside_register("ada", "public"), (std::vector<std::string>{"1 Skills: I teach there"}));
  EXPECT_EQ(beside_register("ada", "self").size(), 2U);
  EXPECT_EQ(beside_register("ben", "self").size(), 0U);
  go_to(closed);
  approve();
  EXPECT_EQ(minuted(closed, "member").size(), 1U);
  EXPECT_EQ(minuted(closed, "public").size(), 0U);
  EXPECT_EQ(minuted(open, "public").size(), 1U);
}

TEST_F(Declared, that_nobody_did_is_not_told_to_the_public_where_items_are_for_members) {
  added("Pension", {}, {}, Circulation::members);
  publish();
  start();
  approve();
  EXPECT_TRUE(minutes("member")->has_no_interests);
  EXPECT_FALSE(minutes("public")->has_no_interests);
}

TEST_F(Declared, follows_the_item_and_the_meeting_beside_the_register) {
  publish();
  ASSERT_TRUE(declare("ada", item, "It is my sister"));
  ASSERT_TRUE(scene.send(k_secretary, wire::EditAgendaItem{meeting, item, {{"Pay"}}, {}, {}, {}, {}}));
  ASSERT_TRUE(scene.send(k_secretary, wire::MoveAgendaItem{meeting, item, {{1}}, {}}));
  EXPECT_EQ(beside_register("ada", "self"), (std::vector<std::string>{"1 Pay: It is my sister"}));
  ASSERT_TRUE(scene.send(k_ada, wire::WithdrawDeclaration{meeting, item, id_of<SeatId>("ada"), {}}));
  EXPECT_EQ(beside_register("ada", "self").size(), 0U);
}

TEST_F(Declared, beside_the_register_is_for_the_person_and_as_the_meeting_tells_it_for_everybody) {
  publish();
  ASSERT_TRUE(declare("ada", item, "It is my sister"));
  const auto own = "declared/" + k_ada.person->str();
  EXPECT_EQ(scene.world().audience(own, k_ada), "self");
  EXPECT_EQ(scene.world().audience(own, k_secretary), "public");
  EXPECT_EQ(scene.world().audience(own, k_everybody), "public");
}

TEST_F(Declared, stands_in_circulated_minutes_as_it_was) {
  publish();
  ASSERT_TRUE(declare("ada", item, "It is my sister"));
  start();
  ASSERT_TRUE(scene.send(k_secretary, wire::WriteMinutes{meeting, item, {{"Said"}}, {0}}));
  close();
  const auto late = [&] { return code_of(scene.send(k_secretary, wire::DeclareAtItem{meeting, open, id_of<SeatId>("ben"), InterestEffect::stay, {"I teach there"}, {{"Heard late"}}})); };
  EXPECT_EQ(late(), "");
  ASSERT_TRUE(scene.send(k_secretary, wire::CirculateMinutes{meeting}));
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::WithdrawDeclaration{meeting, item, id_of<SeatId>("ada"), {{"It was not"}}})), "not_now");
  EXPECT_EQ(minuted(item).size(), 1U);
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::DeclareAtItem{meeting, item, id_of<SeatId>("cleo"), InterestEffect::stay, {"It is my brother"}, {{"Heard late"}}})), "not_now");
}

TEST_F(Declared, is_gone_from_both_with_the_account) {
  publish();
  ASSERT_TRUE(declare("ada", item, "Asked by Ada Lovelace"));
  ASSERT_TRUE(declare("ben", item, "It is Ada Lovelace's"));
  ASSERT_TRUE(scene.hear("directory", contract::directory::PersonRenamedNotice{*k_ada.person, "Ada Lovelace", 1}));
  start();
  go_to(item);
  ASSERT_TRUE(scene.hear("directory", contract::directory::PersonErasedNotice{*k_ada.person}));
  go_to(open);
  ASSERT_TRUE(scene.send(k_secretary, wire::EditAgendaItem{meeting, item, {{"Pay"}}, {}, {}, {}, {}}));
  EXPECT_EQ(beside_register("ada", "self").size(), 0U);
  EXPECT_EQ(beside_register("ada", "public").size(), 0U);
  for (const auto& line : minuted(item)) EXPECT_EQ(line.find("Asked by"), std::string::npos) << line;
}

TEST_F(Declared, at_more_meetings_than_are_shown_is_the_latest_hundred) {
  publish();
  for (int n = 0; n < 102; ++n) {
    if (n % 18 == 17) {
      meeting = MeetingId::from_trusted(scene.made("meeting", k_secretary, wire::ScheduleMeeting{k_council, {"Later"}, {"2018-07-02"}, {"14:00"}, {"16:00"}, {"Here"}, {}, {}}));
      added("Welcome");
      publish();
    }
    const auto one = n == 0 ? item : added("Item " + std::to_string(n));
    ASSERT_TRUE(declare("ada", one, "Word " + std::to_string(n)));
  }
  EXPECT_EQ(beside_register("ada", "self").size(), 100U);
}

class Chairs : public SeatedCouncil {
 protected:
  std::string set(const std::string& chair, const std::string& co_chair, const std::string& secretary, const Actor& by = k_secretary) {
    return code_of(scene.send(by, wire::SetChairs{meeting, {{chair}}, {{co_chair}}, {{secretary}}}));
  }
  wire::MeetingView view() { return *scene.world().row_as<wire::MeetingView>(topic(), "staff", "meeting"); }
};

TEST_F(Chairs, are_changed_until_the_meeting_is_over) {
  ASSERT_EQ(set("The Prime Minister", "", "Ada Lovelace"), "");
  EXPECT_EQ(view().chair + "/" + view().co_chair + "/" + view().secretary, "The Prime Minister//Ada Lovelace");
  publish();
  start();
  ASSERT_EQ(set("", "Ben", ""), "");
  EXPECT_EQ(view().chair + "/" + view().co_chair + "/" + view().secretary, "/Ben/");
  const auto before = scene.world().log.size();
  EXPECT_EQ(set("", "Ben", ""), "") << "it is so already";
  EXPECT_EQ(scene.world().log.size(), before);
  close();
  EXPECT_EQ(set("Cleo", "", ""), "not_now");
  EXPECT_EQ(set("Cleo", "", "", k_ada), "forbidden");
}

TEST_F(Chairs, of_two_who_change_them_at_once_are_those_that_each_changed) {
  ASSERT_EQ(set("The Prime Minister", "", "Ada Lovelace"), "");
  const auto set_seen = [&](std::array<const char*, 3> now, std::array<const char*, 3> seen) {
    return scene.send(k_secretary, wire::SetChairs{meeting, {{now[0]}}, {{now[1]}}, {{now[2]}}, {{seen[0]}}, {{seen[1]}}, {{seen[2]}}});
  };
  ASSERT_TRUE(set_seen({"The Prime Minister", "Ben", "Ada Lovelace"}, {"The Prime Minister", "", "Ada Lovelace"}));
  ASSERT_TRUE(set_seen({"The Chancellor", "", "Ada Lovelace"}, {"The Prime Minister", "", "Ada Lovelace"})) << "they changed another one";
  EXPECT_EQ(view().chair + "/" + view().co_chair + "/" + view().secretary, "The Chancellor/Ben/Ada Lovelace") << "and put no old one back";
  const auto clash = set_seen({"The Minister", "Cleo", "Ada Lovelace"}, {"The Prime Minister", "", "Ada Lovelace"});
  ASSERT_FALSE(clash);
  EXPECT_EQ(clash.error().code, ErrorCode::stale_version);
  ASSERT_EQ(clash.error().errors.size(), 2U);
  EXPECT_EQ(clash.error().errors[1].detail, "Somebody else changed this meanwhile. It is now: Ben");
  EXPECT_EQ(clash.error().extra.at("seen"), (json::object{{"seen_chair", "The Chancellor"}, {"seen_co_chair", "Ben"}, {"seen_secretary", "Ada Lovelace"}}));
  EXPECT_EQ(view().chair, "The Chancellor") << "nothing was changed";
  EXPECT_TRUE(set_seen({"The Minister", "Cleo", "Ada Lovelace"}, {"The Chancellor", "Ben", "Ada Lovelace"}));
  EXPECT_EQ(view().chair + "/" + view().co_chair, "The Minister/Cleo");
  const auto one = set_seen({"The Secretary of State", "Ben", "Ada Lovelace"}, {"The Chancellor", "Ben", "Ada Lovelace"});
  ASSERT_FALSE(one);
  EXPECT_EQ(one.error().errors.size(), 2U) << "who has to look once more is told of the co-chair too: their form would put Ben back";
}

TEST_F(Chairs, whose_account_is_deleted_are_named_no_more) {
  ASSERT_TRUE(scene.hear("directory", contract::directory::PersonRenamedNotice{*k_ada.person, "Ada Lovelace", 1}));
  ASSERT_EQ(set("Dame Ada Lovelace", "", ""), "");
  ASSERT_TRUE(scene.hear("directory", contract::directory::PersonErasedNotice{*k_ada.person}));
  EXPECT_EQ(view().chair, "Dame Name removed");
}

TEST_F(Chairs, are_in_the_audit_from_whom_to_whom) {
  ASSERT_EQ(set("The Prime Minister", "", "Ada Lovelace"), "");
  EXPECT_EQ(audit_lines(scene).back(), "Changed who chairs, or is the secretary of, the meeting “June” | Nobody is named | chair: The Prime Minister; secretary: Ada Lovelace");
}

TEST_F(Chairs, meet_at_a_link_that_can_be_followed) {
  const auto link_of = [&](const std::string& place) {
    EXPECT_TRUE(scene.send(k_secretary, wire::RescheduleMeeting{meeting, {"2018-06-29"}, {"14:00"}, {"16:00"}, {place}}));
    return view().place_href.value_or("none");
  };
  EXPECT_EQ(link_of("10 Downing Street"), "none");
  EXPECT_EQ(link_of("Online: https://meet.example/a?b=c, from 1:45pm."), "https://meet.example/a?b=c");
  EXPECT_EQ(link_of("(https://meet.example/a)."), "https://meet.example/a");
  EXPECT_EQ(link_of("http://meet.example and javascript:alert(1)"), "none");
  EXPECT_EQ(link_of("https://"), "none");
}

}  // namespace
}  // namespace witan::meetings::test
