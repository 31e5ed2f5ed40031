#include "services/consultations/app/consultations_service.hpp"
#include "tests/support/service_scene.hpp"
#include "tests/unit/consultations/scene.hpp"

namespace witan::consultations::test {
namespace {

/// The whole service with a body and a person.
class ConsultationRights : public testing::Test {
 protected:
  ConsultationRights() : scene(definition()) {
    namespace directory = contract::directory;
    scene.hear("directory",
               directory::BodyEstablishedNotice{k_cumbria, "Cumbria LEP", directory::BodyKind::lep_board});
    scene.hear("directory", directory::PersonRegisteredNotice{k_robin, "Robin Example", ""});
  }
  static wire::CreateConsultation create() {
    return {k_cumbria, {"Strategy"}, {"Cumbria"}, {"What should it say?"}};
  }
  void prepare() {
    id = ConsultationId::from_trusted(scene.made("consultation", k_officer, create()));
    ASSERT_TRUE(scene.send(k_officer, wire::PublishDraft{id, {std::string(k_markdown)}}));
  }
  /// Every command about the consultation, as sent by `actor`: the codes of the answers.
  std::vector<std::string> tries(const Actor& actor) {
    return {code_of(scene.send(actor, wire::PublishDraft{id, {std::string(k_markdown)}})),
            code_of(scene.send(actor, wire::OpenConsultation{id, {"2030-01-01"}})),
            code_of(scene.send(actor, wire::CloseConsultation{id}))};
  }

  ServiceScene scene;
  ConsultationId id;
};

TEST_F(ConsultationRights, let_officer_secretary_and_chair_do_everything) {
  for (const auto role : {Role::officer, Role::secretary, Role::chair}) {
    prepare();
    EXPECT_EQ(tries(holder(id_of<PersonId>("staff"), k_cumbria.str(), role)),
              std::vector<std::string>(3, ""));
  }
  prepare();
  EXPECT_EQ(tries(administrator()), std::vector<std::string>(3, ""));
}

TEST_F(ConsultationRights, hide_preparation_from_everyone_else) {
  prepare();
  EXPECT_EQ(tries(person(k_robin)), std::vector<std::string>(3, "not_found"));
  EXPECT_EQ(tries(holder(k_robin, k_cumbria.str(), Role::member)), std::vector<std::string>(3, "not_found"));
}

TEST_F(ConsultationRights, refuse_others_once_it_is_open) {
  prepare();
  ASSERT_TRUE(scene.send(k_officer, wire::OpenConsultation{id, {"2030-01-01"}}));
  EXPECT_EQ(tries(person(k_robin)), std::vector<std::string>(3, "forbidden"));
  EXPECT_EQ(tries(visitor()), std::vector<std::string>(3, "not_signed_in"));
}

TEST_F(ConsultationRights, need_nobody_to_close_it_when_its_time_is_up) {
  prepare();
  ASSERT_TRUE(scene.send(k_officer, wire::OpenConsultation{id, {"2030-01-01"}}));
  const auto state = [&] {
    const auto row = scene.world().row("consultations", "public", "consultation/" + id.str());
    return std::string(row->at("state_label").as_string());
  };
  scene.wait_until(moment("2030-01-01T23:58:59Z"));
  EXPECT_EQ(state(), "Open");
  scene.wait_until(moment("2030-01-01T23:59:00Z"));
  EXPECT_EQ(state(), "Closed");
  scene.wait_until(moment("2030-01-02T00:00:00Z"));
  EXPECT_EQ(state(), "Closed");
}

TEST_F(ConsultationRights, let_only_staff_of_that_body_begin_one) {
  EXPECT_EQ(code_of(scene.send(person(k_robin), create())), "forbidden");
  EXPECT_EQ(code_of(scene.send(holder(k_robin, id_of<BodyId>("otherbody").str(), Role::officer), create())),
            "forbidden");
  EXPECT_EQ(code_of(scene.send(visitor(), create())), "not_signed_in");
}

TEST_F(ConsultationRights, let_anyone_who_is_signed_in_comment) {
  prepare();
  ASSERT_TRUE(scene.send(k_officer, wire::OpenConsultation{id, {"2030-01-01"}}));
  const wire::AddComment comment{id, {1}, {"b3"}, {"Name the towns."}};
  EXPECT_EQ(code_of(scene.send(visitor(), comment)), "not_signed_in");
  EXPECT_EQ(code_of(scene.send(person(k_robin), comment)), "");
}

TEST_F(ConsultationRights, let_only_the_author_withdraw) {
  prepare();
  ASSERT_TRUE(scene.send(k_officer, wire::OpenConsultation{id, {"2030-01-01"}}));
  const wire::WithdrawComment withdraw{CommentId::from_trusted(
      scene.made("comment", person(k_robin), wire::AddComment{id, {1}, {"b3"}, {"Name the towns."}}))};
  EXPECT_EQ(code_of(scene.send(visitor(), withdraw)), "not_signed_in");
  EXPECT_EQ(code_of(scene.send(k_officer, withdraw)), "forbidden");
  EXPECT_EQ(code_of(scene.send(administrator(), withdraw)), "forbidden");
  EXPECT_EQ(code_of(scene.send(person(k_robin), withdraw)), "");
  EXPECT_EQ(code_of(scene.send(person(k_robin), wire::WithdrawComment{id_of<CommentId>("none")})),
            "not_found");
}

TEST_F(ConsultationRights, know_every_command_of_the_contract) {
  for (const auto& name : scene.definition().promised_commands) {
    EXPECT_TRUE(scene.definition().commands.contains(name)) << name;
  }
  EXPECT_EQ(scene.definition().commands.size(), scene.definition().promised_commands.size());
}

}  // namespace
}  // namespace witan::consultations::test
