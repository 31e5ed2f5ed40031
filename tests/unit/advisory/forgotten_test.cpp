// Somebody's account was deleted: the group keeps what they logged, and does not say who it was.
#include <gtest/gtest.h>

#include "tests/unit/advisory/advisory_scene.hpp"

namespace witan::test {
namespace {

TEST(Forgotten, names_are_kept_nowhere_and_entries_stay) {
  AdvisoryScene scene;
  ASSERT_TRUE(scene.open());
  const auto entry = scene.made("engagement", scene.champion, scene.entry());
  const auto withdrawn = EngagementId::from_trusted(scene.made("engagement", scene.champion, scene.entry("Another.")));
  ASSERT_TRUE(scene.send(scene.champion, wire::WithdrawEngagement{scene.mobility, withdrawn, {"A mistake"}}));
  ASSERT_NE(all_kept(scene.world()).find("Ada Motor"), std::string::npos);

  scene.hear_of(contract::directory::SeatVacatedNotice{scene.mobility, scene.champion_seat});
  scene.hear_of(contract::directory::PersonErasedNotice{scene.ada});
  EXPECT_EQ(all_kept(scene.world()).find("Ada Motor"), std::string::npos);
  const auto view = scene.world().row_as<wire::EngagementView>(scene.log_topic, "member", "engagement/" + entry);
  EXPECT_EQ(view->by_name, "Name removed");
  EXPECT_EQ(view->said, "Charging is too slow.");
  EXPECT_EQ(scene.group("public")->engagement_count, 1);
  EXPECT_NE(all_kept(scene.world()).find("Ben Volt"), std::string::npos);

  const auto events = scene.world().log.size();
  scene.hear_of(contract::directory::PersonErasedNotice{scene.ada});
  EXPECT_EQ(scene.world().log.size(), events) << "heard twice";
}

TEST(Forgotten, another_name_is_shown_at_the_seat_and_entries_of_before_keep_the_earlier_one) {
  AdvisoryScene scene;
  ASSERT_TRUE(scene.open());
  const auto entry = scene.made("engagement", scene.champion, scene.entry());
  const auto name_of_entry = [&](const std::string& id) {
    return scene.world().row_as<wire::EngagementView>(scene.log_topic, "member", "engagement/" + id)->by_name;
  };
  scene.hear_of(contract::directory::PersonRenamedNotice{scene.ada, "Ada Wheel", 1});
  EXPECT_EQ(scene.group("public")->champion, "Ada Wheel");
  EXPECT_EQ(name_of_entry(entry), "Ada Motor");
  EXPECT_EQ(name_of_entry(scene.made("engagement", scene.champion, scene.entry("Another."))), "Ada Wheel");
  const auto events = scene.world().log.size();
  scene.hear_of(contract::directory::PersonRenamedNotice{scene.ada, "Ada Wheel", 1});
  EXPECT_EQ(scene.world().log.size(), events) << "heard twice";

  scene.hear_of(contract::directory::SeatVacatedNotice{scene.mobility, scene.champion_seat});
  scene.hear_of(contract::directory::PersonErasedNotice{scene.ada});
  for (const auto* name : {"Ada Motor", "Ada Wheel"}) EXPECT_EQ(all_kept(scene.world()).find(name), std::string::npos) << name;
}

TEST(Forgotten, names_are_kept_nowhere_in_a_body_that_is_no_group_yet) {
  AdvisoryScene scene;
  scene.hear_of(contract::directory::SeatVacatedNotice{scene.mobility, scene.champion_seat});
  scene.hear_of(contract::directory::PersonErasedNotice{scene.ada});
  EXPECT_EQ(all_kept(scene.world()).find("Ada Motor"), std::string::npos);
}

}  // namespace
}  // namespace witan::test
