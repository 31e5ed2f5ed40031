#include <gtest/gtest.h>

#include "tests/unit/advisory/advisory_scene.hpp"

namespace witan::test {
namespace {

namespace notices = contract::directory;

TEST(Groups, members_who_sat_down_before_the_group_opened_are_in_it) {
  AdvisoryScene scene;
  EXPECT_FALSE(scene.world().audience(scene.topic, scene.champion)) << "not a group yet";
  const auto opened = scene.open();
  ASSERT_TRUE(opened);
  EXPECT_EQ(string_at(*opened, "group"), scene.mobility.str());
  for (const auto* audience : {"public", "member"}) {
    const auto group = scene.group(audience);
    ASSERT_TRUE(group) << audience;
    EXPECT_EQ(group->name, "Future of Mobility Group");
    EXPECT_EQ(group->challenge_label, "Future of mobility");
    EXPECT_EQ(group->mission, "Zero-emission vehicles by 2040.");
    EXPECT_TRUE(group->has_champion);
    EXPECT_EQ(group->champion, "Ada Motor");
    EXPECT_EQ(group->member_count, 2);
    EXPECT_FALSE(group->has_engagements);
    EXPECT_EQ(group->href, "/groups/" + scene.mobility.str());
    const auto member = scene.world().row_as<wire::GroupMemberView>(scene.topic, audience,
                                                                    "member/" + scene.adviser_seat.str());
    ASSERT_TRUE(member);
    EXPECT_EQ(member->name, "Ben Volt");
    EXPECT_EQ(member->role_label, "Adviser");
    EXPECT_EQ(member->organisation, "University of Volts");
  }
  EXPECT_EQ(scene.world().row("groups", "public", "group/" + scene.mobility.str()),
            scene.world().row(scene.topic, "public", "group"));
}

TEST(Groups, whoever_sits_down_later_appears_and_whoever_leaves_goes) {
  AdvisoryScene scene;
  ASSERT_TRUE(scene.open());
  const auto secretary = id_of<SeatId>("seatofsecretary");
  scene.hear_of(notices::SeatFilledNotice{scene.mobility, secretary, "Secretary", Role::secretary,
                                          id_of<PersonId>("cara"), "Cara Pen", ""});
  EXPECT_EQ(scene.group("public")->member_count, 3);
  EXPECT_TRUE(scene.world().row(scene.topic, "member", "member/" + secretary.str()));

  scene.hear_of(notices::SeatVacatedNotice{scene.mobility, scene.champion_seat});
  EXPECT_FALSE(scene.group("member")->has_champion);
  EXPECT_EQ(scene.group("member")->champion, "");
  for (const auto* audience : {"public", "member"}) {
    EXPECT_FALSE(scene.world().row(scene.topic, audience, "member/" + scene.champion_seat.str())) << audience;
  }
}

TEST(Groups, whoever_left_before_the_group_opened_is_not_in_it) {
  AdvisoryScene scene;
  scene.hear_of(notices::SeatVacatedNotice{scene.mobility, scene.adviser_seat});
  ASSERT_TRUE(scene.open());
  EXPECT_EQ(scene.group("public")->member_count, 1);
  EXPECT_FALSE(scene.world().row(scene.topic, "public", "member/" + scene.adviser_seat.str()));
}

TEST(Groups, a_seat_that_changes_hands_shows_its_new_holder) {
  AdvisoryScene scene;
  ASSERT_TRUE(scene.open());
  scene.hear_of(notices::SeatFilledNotice{scene.mobility, scene.champion_seat, "Business Champion",
                                          Role::champion, id_of<PersonId>("dora"), "Dora Wheel", "Wheels"});
  EXPECT_EQ(scene.group("public")->champion, "Dora Wheel");
  EXPECT_EQ(scene.group("public")->member_count, 2);
}

TEST(Groups, hearing_the_same_again_changes_nothing) {
  AdvisoryScene scene;
  const auto events = scene.world().log.size();
  scene.hear_of(notices::BodyEstablishedNotice{scene.mobility, "Future of Mobility Group",
                                               notices::BodyKind::advisory_group});
  scene.hear_of(notices::SeatFilledNotice{scene.mobility, scene.champion_seat, "Business Champion",
                                          Role::champion, scene.ada, "Ada Motor", "Motor Works"});
  scene.hear_of(notices::SeatVacatedNotice{scene.mobility, id_of<SeatId>("neverfilled")});
  EXPECT_EQ(scene.world().log.size(), events);
}

TEST(Groups, a_body_that_directory_has_not_named_cannot_be_opened_nor_a_group_twice) {
  AdvisoryScene scene;
  const wire::OpenGroup unknown{
      id_of<BodyId>("nowhere"), wire::Challenge::clean_growth, {"A mission of some length."}};
  EXPECT_EQ(code_of(scene.send(scene.admin, unknown)), "not_found");
  ASSERT_TRUE(scene.open());
  EXPECT_EQ(code_of(scene.open()), "already_done");
}

TEST(Groups, only_administrators_open_groups) {
  AdvisoryScene scene;
  const wire::OpenGroup command{
      scene.mobility, wire::Challenge::future_of_mobility, {"A mission of some length."}};
  EXPECT_EQ(code_of(scene.send(visitor(), command)), "not_signed_in");
  EXPECT_EQ(code_of(scene.send(person(scene.ada), command)), "forbidden");
  EXPECT_EQ(code_of(scene.send(scene.champion, command)), "forbidden");
}

TEST(Groups, the_list_orders_by_challenge) {
  AdvisoryScene scene;
  ASSERT_TRUE(scene.open());
  const auto ai = id_of<BodyId>("ai");
  scene.hear_of(notices::BodyEstablishedNotice{ai, "Zeta Council", notices::BodyKind::advisory_group});
  ASSERT_TRUE(scene.send(scene.admin,
                         wire::OpenGroup{ai, wire::Challenge::ai_and_data, {"Early diagnosis by 2030."}}));
  const auto sort_of = [&](const BodyId& id) {
    return scene.world().row_as<wire::GroupView>("groups", "public", "group/" + id.str())->sort;
  };
  EXPECT_LT(sort_of(ai), sort_of(scene.mobility));
}

TEST(Groups, the_champion_is_listed_first_and_erased_names_are_said_to_be_removed) {
  AdvisoryScene scene;
  ASSERT_TRUE(scene.open());
  const auto member = [&](const SeatId& seat) {
    return *scene.world().row_as<wire::GroupMemberView>(scene.topic, "public", "member/" + seat.str());
  };
  EXPECT_LT(member(scene.champion_seat).sort, member(scene.adviser_seat).sort);
  EXPECT_TRUE(member(scene.adviser_seat).sort.ends_with("adviser, batteries ben volt"));
  scene.world().texts.clear();
  scene.world().rebuild();
  EXPECT_EQ(member(scene.champion_seat).name, "Name removed");
  EXPECT_EQ(scene.group("public")->champion, "Name removed");
}

}  // namespace
}  // namespace witan::test
