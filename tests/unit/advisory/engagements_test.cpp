#include <gtest/gtest.h>

#include "services/advisory/domain/decide.hpp"
#include "services/advisory/domain/lists.hpp"
#include "tests/support/given.hpp"
#include "tests/unit/advisory/advisory_scene.hpp"

namespace witan::test {
namespace {

struct Engagements : testing::Test, AdvisoryScene {
  Engagements() { EXPECT_TRUE(open()); }
  std::string log_entry(const Actor& actor, const wire::LogEngagement& command) {
    return made("engagement", actor, command);
  }
  std::optional<wire::EngagementView> shown(const std::string& id) { return shown(id, log_topic); }
  std::optional<wire::EngagementView> shown(const std::string& id, const std::string& where) {
    return world().row_as<wire::EngagementView>(where, "member", "engagement/" + id);
  }
  /// Long entries until a page has turned; their ids, the oldest first.
  std::vector<std::string> fill_a_page() {
    std::vector<std::string> ids;
    while (!world().row(log_topic, "member", "pages") && ids.size() < 60)
      ids.push_back(log_entry(champion, entry(std::string(4000, 'x'))));
    return ids;
  }
};

TEST_F(Engagements, members_read_an_entry_in_full) {
  const auto id = log_entry(champion, entry());
  const auto view = shown(id);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->group, mobility);
  EXPECT_EQ(view->organisation, "Small Vans Ltd");
  EXPECT_EQ(view->kind_label, "Business");
  EXPECT_EQ(view->sector, "Logistics");
  EXPECT_EQ(view->area, "Cumbria");
  EXPECT_EQ(view->size_label, "Small (10 to 49 people)");
  EXPECT_EQ(view->heard_on, "30 May 2018");
  EXPECT_EQ(view->channel_label, "Roundtable");
  EXPECT_EQ(view->said, "Charging is too slow.");
  EXPECT_EQ(view->follow_up, "Send the charging study.");
  EXPECT_TRUE(view->has_follow_up);
  EXPECT_EQ(view->by, ada);
  EXPECT_EQ(view->by_name, "Ada Motor");
}

TEST_F(Engagements, everybody_sees_how_many_there_are_and_nobody_outside_sees_what_was_said) {
  log_entry(champion, entry("CANARY said"));
  for (const auto* audience : {"public", "member"}) {
    EXPECT_EQ(group(audience)->engagement_count, 1) << audience;
    EXPECT_TRUE(group(audience)->has_engagements) << audience;
  }
  EXPECT_EQ(world().row_as<wire::GroupView>("groups", "public", "group/" + mobility.str())->engagement_count,
            1);
  const auto outside = world().all_of("public");
  for (const auto* canary : {"CANARY", "Small Vans", "charging study", "Logistics", "engagement/"}) {
    EXPECT_EQ(outside.find(canary), std::string::npos) << canary;
  }
  const auto outsiders = {visitor(), person(id_of<PersonId>("stranger")), admin,
                          holder(ben, id_of<BodyId>("otherbody").str(), Role::champion)};
  for (const auto& outsider : outsiders) {
    EXPECT_EQ(world().audience(topic, outsider), "public");
    EXPECT_EQ(world().audience(log_topic, outsider), std::nullopt);
  }
  EXPECT_EQ(world().audience(topic, holder(ben, mobility.str(), Role::observer)), "member");
  EXPECT_EQ(world().audience(log_topic, holder(ben, mobility.str(), Role::observer)), "member");
}

TEST_F(Engagements, the_groups_own_topic_says_nothing_of_them_but_how_many) {
  log_entry(champion, entry());
  EXPECT_EQ(world().keys(topic, "member"), world().keys(topic, "public"));
  EXPECT_EQ(world().keys(log_topic, "member").size(), 1U);
}

TEST_F(Engagements, the_oldest_turn_to_a_page_that_the_same_people_may_read) {
  const auto ids = fill_a_page();
  const auto page = log_topic + "/page/1";
  ASSERT_TRUE(shown(ids.front(), page));
  EXPECT_FALSE(shown(ids.front()));
  EXPECT_TRUE(shown(ids.back()));
  EXPECT_EQ(group("public")->engagement_count, static_cast<std::int64_t>(ids.size()));
  EXPECT_EQ(world().audience(page, adviser), "member");
  EXPECT_EQ(world().audience(page, visitor()), std::nullopt);
  EXPECT_EQ(world().audience(page, admin), std::nullopt);
  const auto links = world().row_as<PagesView>(log_topic, "member", "pages");
  EXPECT_EQ(links->earlier_href, "/groups/" + mobility.str() + "/engagements/1");
  EXPECT_EQ(world().row_as<PagesView>(page, "member", "pages")->later_href, "/groups/" + mobility.str());
}

TEST_F(Engagements, an_old_one_is_withdrawn_from_its_page) {
  const auto ids = fill_a_page();
  const auto page = log_topic + "/page/1";
  const auto before = world().keys(page, "member").size();
  ASSERT_TRUE(send(champion, wire::WithdrawEngagement{
                                 mobility, EngagementId::from_trusted(ids.front()), {"Logged twice"}}));
  EXPECT_FALSE(shown(ids.front(), page));
  EXPECT_EQ(world().keys(page, "member").size(), before - 1);
  EXPECT_EQ(group("public")->engagement_count, static_cast<std::int64_t>(ids.size()) - 1);
}

TEST(EngagementDecisions, name_the_topic_where_the_entry_stands) {
  const auto group = id_of<BodyId>("group");
  const auto author = id_of<PersonId>("author");
  Given<advisory::EngagementAggregate, advisory::GroupAggregate> scene(id_of<EngagementId>("entry").str());
  scene.by(person(author))
      .and_also<advisory::GroupAggregate>(
          group.str(), advisory::BodyNoted{group, "Group"},
          advisory::GroupOpened{group, wire::Challenge::clean_growth, "A mission of some length."});
  wire::LogEngagement command;
  command.group = group;
  command.organisation = {"Small Vans Ltd"};
  command.heard_on = {"2018-05-30"};
  command.said = {std::string(4000, 'x')};
  EXPECT_EQ(scene.when(command).topic(), "engagements/" + group.str());
  const auto first = std::get<advisory::EngagementLogged>(scene.events().front());
  for (int n = 0; n < 60; ++n) {
    auto later = first;
    later.engagement = issued_id<EngagementId>(1000 + n);
    scene.and_also<advisory::EngagementAggregate>(later.engagement.str(), later);
  }
  scene.when(wire::WithdrawEngagement{group, first.engagement, {"Logged twice"}});
  EXPECT_EQ(scene.topic(), "engagements/" + group.str() + "/page/1");
}

TEST_F(Engagements, what_was_said_and_by_whom_stays_out_of_events) {
  const auto id = log_entry(champion, entry("CANARY said"));
  ASSERT_TRUE(
      send(champion, wire::WithdrawEngagement{mobility, EngagementId::from_trusted(id), {"CANARY reason"}}));
  const auto events = world().all_events();
  for (const auto* canary : {"CANARY", "Small Vans", "charging study", "Ada Motor", "Ben Volt"}) {
    EXPECT_EQ(events.find(canary), std::string::npos) << canary;
  }
}

TEST_F(Engagements, champion_advisers_secretary_and_administrators_log_and_nobody_else) {
  EXPECT_EQ(code_of(send(champion, entry())), "");
  EXPECT_EQ(code_of(send(adviser, entry())), "");
  EXPECT_EQ(code_of(send(holder(ben, mobility.str(), Role::secretary), entry())), "");
  EXPECT_EQ(code_of(send(admin, entry())), "");
  EXPECT_EQ(code_of(send(visitor(), entry())), "not_signed_in");
  EXPECT_EQ(code_of(send(person(ben), entry())), "forbidden");
  EXPECT_EQ(code_of(send(holder(ben, mobility.str(), Role::observer), entry())), "forbidden");
  EXPECT_EQ(code_of(send(holder(ben, id_of<BodyId>("otherbody").str(), Role::champion), entry())),
            "forbidden");
  EXPECT_EQ(group("public")->engagement_count, 4);
}

TEST_F(Engagements, the_system_itself_hears_nobody) {
  Actor system = admin;
  system.person.reset();
  EXPECT_EQ(code_of(send(system, entry())), "not_signed_in");
}

TEST_F(Engagements, today_is_fine_and_tomorrow_is_not_by_the_clock_in_the_uk) {
  world().now = moment("2018-06-18T23:30:00Z");  // half past midnight on the 19th in London
  EXPECT_EQ(code_of(send(champion, entry("Today.", "2018-06-19"))), "");
  const auto refused = send(champion, entry("Tomorrow.", "2018-06-20"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().errors.front().pointer, "/heard_on");
  EXPECT_EQ(refused.error().errors.front().code, ErrorCode::out_of_range);
}

TEST_F(Engagements, refuses_a_group_that_is_not_open) {
  auto command = entry();
  command.group = id_of<BodyId>("nowhere");
  EXPECT_EQ(code_of(send(admin, command)), "not_found");
}

TEST_F(Engagements, the_newest_comes_first) {
  const auto sort_of = [&](const std::string& day) {
    return shown(log_entry(champion, entry("Heard.", day)))->sort;
  };
  const auto old = sort_of("2017-12-31"), later = sort_of("2018-05-01"), later_still = sort_of("2018-05-01");
  EXPECT_LT(later, old);
  EXPECT_LT(later_still, later);
}

TEST_F(Engagements, optional_parts_may_be_left_out_and_an_unknown_author_is_still_a_member) {
  auto command = entry();
  command.size.reset();
  command.follow_up = Text<0, 300>{""};
  const auto view =
      shown(log_entry(holder(id_of<PersonId>("newcomer"), mobility.str(), Role::member), command));
  ASSERT_TRUE(view);
  EXPECT_EQ(view->size_label, "");
  EXPECT_FALSE(view->has_follow_up);
  EXPECT_EQ(view->by_name, "A member of the group");
}

TEST_F(Engagements, withdrawing_takes_the_entry_and_the_count_back) {
  const auto id = log_entry(champion, entry());
  log_entry(champion, entry("Another."));
  ASSERT_TRUE(
      send(champion, wire::WithdrawEngagement{mobility, EngagementId::from_trusted(id), {"Logged twice"}}));
  EXPECT_FALSE(shown(id));
  EXPECT_EQ(group("public")->engagement_count, 1);
  EXPECT_EQ(group("member")->engagement_count, 1);
  EXPECT_EQ(
      code_of(send(champion, wire::WithdrawEngagement{mobility, EngagementId::from_trusted(id), {"Again"}})),
      "already_done");
}

TEST_F(Engagements, an_entry_is_withdrawn_by_its_author_the_champion_the_secretary_or_an_administrator) {
  const auto withdraw = [&](const Actor& actor, const Actor& author) {
    const auto id = EngagementId::from_trusted(log_entry(author, entry()));
    return code_of(send(actor, wire::WithdrawEngagement{mobility, id, {"A reason"}}));
  };
  EXPECT_EQ(withdraw(adviser, adviser), "");
  EXPECT_EQ(withdraw(champion, adviser), "");
  EXPECT_EQ(withdraw(holder(id_of<PersonId>("cara"), mobility.str(), Role::secretary), adviser), "");
  EXPECT_EQ(withdraw(admin, adviser), "");
  EXPECT_EQ(withdraw(adviser, champion), "forbidden");
  // Outside the group an entry's existence is itself a secret.
  EXPECT_EQ(withdraw(visitor(), adviser), "not_found");
  EXPECT_EQ(withdraw(person(id_of<PersonId>("stranger")), adviser), "not_found");
  EXPECT_EQ(withdraw(person(ben), adviser), "not_found") << "its author, who has left the group";
}

TEST_F(Engagements, an_entry_of_another_group_or_none_is_not_found) {
  const auto id = EngagementId::from_trusted(log_entry(champion, entry()));
  EXPECT_EQ(code_of(send(champion, wire::WithdrawEngagement{id_of<BodyId>("other"), id, {"A reason"}})),
            "not_found");
  EXPECT_EQ(
      code_of(send(champion, wire::WithdrawEngagement{mobility, id_of<EngagementId>("none"), {"A reason"}})),
      "not_found");
}

TEST_F(Engagements, a_new_member_does_not_reset_the_count) {
  log_entry(champion, entry());
  hear_of(contract::directory::SeatFilledNotice{mobility, id_of<SeatId>("another"), "Adviser", Role::member,
                                                id_of<PersonId>("cara"), "Cara Pen", ""});
  EXPECT_EQ(group("public")->engagement_count, 1);
}

TEST_F(Engagements, erased_texts_leave_an_entry_that_says_so) {
  const auto id = log_entry(champion, entry());
  world().texts.clear();
  world().rebuild();
  const auto view = shown(id);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->said, "This text has been removed.");
  EXPECT_EQ(view->by_name, "Name removed");
  EXPECT_FALSE(view->has_follow_up);
}

TEST_F(Engagements, every_promised_command_has_a_rule) {
  for (const auto& name : definition().promised_commands)
    EXPECT_TRUE(definition().commands.contains(name)) << name;
  EXPECT_EQ(definition().commands.size(), definition().promised_commands.size());
}

}  // namespace
}  // namespace witan::test
