// Every event of advisory as the audit has it.
#include <gtest/gtest.h>

#include "services/advisory/domain/events.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/advisory/advisory_scene.hpp"

namespace witan::test {
namespace {

using namespace advisory;

TEST(AdvisoryAudit, says_of_every_event_what_was_done_and_not_what_only_members_read) {
  ServiceScene scene(advisory::definition());
  const auto group = id_of<BodyId>("mobility");
  const auto seat = id_of<SeatId>("seat");
  const auto engagement = id_of<EngagementId>("engagement");
  const auto keep = [&](const char* text) { return scene.world().keep(text); };
  const auto by = id_of<PersonId>("ada");
  happened(scene, "group", group.str(), BodyNoted{group, "Mobility group"});
  happened(scene, "group", group.str(), GroupOpened{group, contract::advisory::Challenge::future_of_mobility, "Vehicles"});
  happened(scene, "group", group.str(), MemberJoined{group, seat, "Champion", Role::champion, by, keep("Ada Lovelace"), "Engines"});
  happened(scene, "engagement", engagement.str(),
           EngagementLogged{engagement, group, keep("Secret Vans Ltd"), contract::advisory::VoiceKind::business, "Logistics", "Cumbria", {},
                            {"2018-05-30"}, contract::advisory::Channel::roundtable, keep("Secret words"), {}, by, {}});
  happened(scene, "engagement", engagement.str(), EngagementWithdrawn{engagement, group, keep("Secret reason")});
  happened(scene, "group", group.str(), MemberRenamed{group, seat, by, keep("Ada Byron"), 1});
  happened(scene, "group", group.str(), MemberLeft{group, seat});
  const auto left = id_of<PersonId>("left");
  happened(scene, "person", left.str(), PersonForgotten{left});
  EXPECT_EQ(kinds_not_shown(scene), std::set<std::string>());
  EXPECT_EQ(audit_lines(scene),
            (std::vector<std::string>{
                "Advisory took note of the body “Mobility group” |  | Not an advisory group",
                "Opened the advisory group “Mobility group” | Not an advisory group | Advisory group, Future of mobility",
                "Advisory took note of who holds the seat “Champion” | Vacant | Ada Lovelace",
                "Logged whom the group has heard (Business, Roundtable) |  | Logged",
                "Withdrew an entry of whom the group has heard | Logged | Withdrawn",
                "Advisory took note of another name of who holds the seat “Champion” | Ada Lovelace | Ada Byron",
                "Advisory took note that the seat “Champion” is vacant | Ada Byron | Vacant",
                "Erased the name of a deleted account in advisory | Known | Forgotten",
            }));
  for (const auto& [kind, line] : described(scene)) {
    EXPECT_EQ(line.body, kind == "person_forgotten" ? std::nullopt : std::optional(group)) << kind;
  }
  scene.world().texts.clear();
  EXPECT_EQ(audit_lines(scene)[2], "Advisory took note of who holds the seat “Champion” | Vacant | Name removed");
}

}  // namespace
}  // namespace witan::test
