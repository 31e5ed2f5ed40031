#include "services/meetings/app/meetings_service.hpp"
#include "tests/support/service_scene.hpp"
#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

/// The whole service with a body; its secretary schedules and fills the agenda through the commands
/// themselves.
class MeetingRights : public testing::Test {
 protected:
  MeetingRights() : scene(definition()) {
    EXPECT_TRUE(scene.hear(
        "directory", contract::directory::BodyEstablishedNotice{k_council, "Council of LEP Chairs",
                                                                contract::directory::BodyKind::council}));
  }
  static wire::ScheduleMeeting schedule() {
    return {k_council, {"First meeting"}, {"2018-06-19"}, {"14:00"}, {"16:00"}, {"10 Downing Street"}, {},
            {}};
  }
  void prepare() {
    meeting = MeetingId::from_trusted(scene.made("meeting", k_secretary, schedule()));
    first = AgendaItemId::from_trusted(scene.made("item", k_secretary, add()));
  }
  wire::AddAgendaItem add() const { return {meeting, {"Apologies"}, ItemKind::information, {}, {5}, {}, {}}; }
  /// Every command about the meeting, as sent by `actor`: the codes of the answers.
  std::vector<std::string> tries(const Actor& actor) {
    return {code_of(scene.send(actor, add())),
            code_of(scene.send(actor, wire::EditAgendaItem{meeting, first, {{"Welcome"}}, {}, {}, {}, {}})),
            code_of(scene.send(actor, wire::MoveAgendaItem{meeting, first, {{1}}, {}})),
            code_of(scene.send(actor, wire::RemoveAgendaItem{meeting, id_of<AgendaItemId>("none")})),
            code_of(scene.send(actor, wire::PublishAgenda{meeting})),
            code_of(scene.send(actor, wire::StartMeeting{meeting})),
            code_of(scene.send(actor, wire::GoToItem{meeting, first})),
            code_of(scene.send(actor, wire::PauseMeeting{meeting})),
            code_of(scene.send(actor, wire::ResumeMeeting{meeting})),
            code_of(scene.send(actor, wire::CloseMeeting{meeting}))};
  }

  ServiceScene scene;
  MeetingId meeting;
  AgendaItemId first;
};

TEST_F(MeetingRights, let_secretary_chair_and_co_chair_do_everything) {
  const std::vector<std::string> all_done{"", "", "", "not_found", "", "", "", "", "", ""};
  for (const auto role : {Role::secretary, Role::chair, Role::co_chair}) {
    prepare();
    EXPECT_EQ(tries(holder(id_of<PersonId>("staff"), k_council.str(), role)), all_done);
  }
  prepare();
  EXPECT_EQ(tries(administrator()), all_done);
}

TEST_F(MeetingRights, hide_a_draft_from_everyone_else) {
  prepare();
  EXPECT_EQ(tries(k_member), std::vector<std::string>(10, "not_found"));
  EXPECT_EQ(tries(holder(id_of<PersonId>("other"), id_of<BodyId>("otherbody").str(), Role::secretary)),
            std::vector<std::string>(10, "not_found"));
}

TEST_F(MeetingRights, refuse_members_and_others_after_publication) {
  prepare();
  ASSERT_TRUE(scene.send(k_secretary, wire::PublishAgenda{meeting}));
  EXPECT_EQ(tries(k_member), std::vector<std::string>(10, "forbidden"));
  EXPECT_EQ(tries(holder(id_of<PersonId>("officer"), k_council.str(), Role::officer)),
            std::vector<std::string>(10, "forbidden"));
  EXPECT_EQ(tries(visitor()), std::vector<std::string>(10, "not_signed_in"));
}

TEST_F(MeetingRights, let_only_staff_of_that_body_schedule) {
  EXPECT_EQ(code_of(scene.send(k_member, schedule())), "forbidden");
  EXPECT_EQ(code_of(scene.send(visitor(), schedule())), "not_signed_in");
  EXPECT_EQ(
      code_of(scene.send(holder(id_of<PersonId>("other"), id_of<BodyId>("otherbody").str(), Role::secretary),
                         schedule())),
      "forbidden");
  EXPECT_EQ(code_of(scene.send(administrator(), schedule())), "");
}

TEST_F(MeetingRights, answer_with_the_series_that_a_meeting_begins) {
  auto command = schedule();
  command.new_series = {"Twice a year"};
  const auto reply = scene.send(k_secretary, command);
  ASSERT_TRUE(reply);
  EXPECT_TRUE(reply->contains("series"));
}

TEST_F(MeetingRights, know_every_command_of_the_contract) {
  for (const auto& name : scene.definition().promised_commands) {
    EXPECT_TRUE(scene.definition().commands.contains(name)) << name;
  }
  EXPECT_EQ(scene.definition().commands.size(), scene.definition().promised_commands.size());
}

TEST_F(MeetingRights, answer_not_found_for_a_meeting_that_is_not_there) {
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::CloseMeeting{id_of<MeetingId>("none")})), "not_found");
}

}  // namespace
}  // namespace witan::meetings::test
