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
  wire::OpenConsultation scheduled() const { return {id, {"2030-01-01"}, CalendarDate{"2029-12-01"}, ClockTime{"09:00"}}; }
  /// Every command about the consultation, as sent by `actor`: the codes of the answers.
  std::vector<std::string> tries(const Actor& actor) {
    return {code_of(scene.send(actor, wire::PublishDraft{id, {std::string(k_markdown)}})),
            code_of(scene.send(actor, scheduled())),
            code_of(scene.send(actor, wire::CancelOpening{id})),
            code_of(scene.send(actor, wire::OpenConsultation{id, {"2030-01-01"}})),
            code_of(scene.send(actor, wire::ExtendConsultation{id, {"2030-02-01"}, {"The schools asked for it."}})),
            code_of(scene.send(actor, wire::CloseConsultation{id}))};
  }

  ServiceScene scene;
  ConsultationId id;
};

TEST_F(ConsultationRights, let_officer_secretary_and_chair_do_everything) {
  for (const auto role : {Role::officer, Role::secretary, Role::chair}) {
    prepare();
    EXPECT_EQ(tries(holder(id_of<PersonId>("staff"), k_cumbria.str(), role)),
              std::vector<std::string>(6, ""));
  }
  prepare();
  EXPECT_EQ(tries(administrator()), std::vector<std::string>(6, ""));
}

TEST_F(ConsultationRights, hide_preparation_from_everyone_else) {
  prepare();
  EXPECT_EQ(tries(person(k_robin)), std::vector<std::string>(6, "not_found"));
  EXPECT_EQ(tries(holder(k_robin, k_cumbria.str(), Role::member)), std::vector<std::string>(6, "not_found"));
}

TEST_F(ConsultationRights, refuse_others_once_it_is_open) {
  prepare();
  ASSERT_TRUE(scene.send(k_officer, wire::OpenConsultation{id, {"2030-01-01"}}));
  EXPECT_EQ(tries(person(k_robin)), std::vector<std::string>(6, "forbidden"));
  EXPECT_EQ(tries(visitor()), std::vector<std::string>(6, "not_signed_in"));
}

TEST_F(ConsultationRights, need_nobody_to_open_it_at_its_time_nor_to_close_it_then) {
  prepare();
  ASSERT_TRUE(scene.send(k_officer, scheduled()));
  const auto state = [&] {
    const auto row = scene.world().row("body-consultations/" + k_cumbria.str(), "member", "consultation/" + id.str());
    return std::string(row->at("state_label").as_string());
  };
  scene.wait_until(moment("2029-12-01T08:59:59Z"));
  EXPECT_EQ(state(), "In preparation");
  EXPECT_FALSE(scene.world().row("consultations", "public", "consultation/" + id.str()));
  scene.wait_until(moment("2029-12-01T09:00:00Z"));
  EXPECT_EQ(state(), "Open");
  ASSERT_TRUE(scene.send(k_officer, wire::ExtendConsultation{id, {"2030-02-01"}, {"The schools asked for it."}}));
  scene.wait_until(moment("2030-01-01T23:59:00Z"));
  EXPECT_EQ(state(), "Open");
  scene.wait_until(moment("2030-02-01T23:59:00Z"));
  EXPECT_EQ(state(), "Closed");
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

TEST_F(ConsultationRights, let_nobody_in_a_session_write_more_comments_than_one_can_read) {
  prepare();
  ASSERT_TRUE(scene.send(k_officer, wire::OpenConsultation{id, {"2030-01-01"}}));
  scene.world().now = moment("2029-06-04T09:00:00Z");
  const wire::AddComment comment{id, {1}, {"b3"}, {"Name the towns."}};
  auto robin = person(k_robin), other = person(id_of<PersonId>("other"));
  scene.hear("directory", contract::directory::PersonRegisteredNotice{*other.person, "Other Example", ""});
  robin.session = "a session", other.session = "another session";
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(scene.send(robin, comment)) << i;
  const auto refused = scene.send(robin, comment);
  ASSERT_EQ(code_of(refused), "rate_limited");
  EXPECT_EQ(refused.error().detail, "You have written 5 comments within a minute, as many as one person may. Send this one again in 60 seconds.");
  EXPECT_EQ(int_at(refused.error().extra, "retry_after_s"), 60);
  EXPECT_TRUE(scene.send(other, comment)) << "nobody waits for somebody else";
  EXPECT_TRUE(scene.send(person(k_robin), comment)) << "what an operator brings in is not slowed down";
  scene.world().now += std::chrono::seconds(59);
  EXPECT_EQ(code_of(scene.send(robin, comment)), "rate_limited");
  scene.world().now += std::chrono::seconds(1);
  EXPECT_TRUE(scene.send(robin, comment));
  for (int i = 7; i < 50; ++i) {
    scene.world().now += std::chrono::seconds(15);
    ASSERT_TRUE(scene.send(robin, comment)) << i;
  }
  scene.world().now += std::chrono::seconds(15);
  const auto full = scene.send(robin, comment);
  ASSERT_EQ(code_of(full), "rate_limited");
  EXPECT_EQ(full.error().detail, "You have written 50 comments today, as many as one person may. Send this one again tomorrow.");
  scene.world().now = moment("2029-06-04T23:00:00Z");   // midnight in London
  EXPECT_TRUE(scene.send(robin, comment));
}

TEST(CommentLimits, are_what_the_operator_sets) {
  ServiceScene scene(definition({0, 0}));
  namespace directory = contract::directory;
  scene.hear("directory", directory::BodyEstablishedNotice{k_cumbria, "Cumbria LEP", directory::BodyKind::lep_board});
  scene.hear("directory", directory::PersonRegisteredNotice{k_robin, "Robin Example", ""});
  const auto id = ConsultationId::from_trusted(scene.made("consultation", k_officer, wire::CreateConsultation{k_cumbria, {"Strategy"}, {"Cumbria"}, {"What should it say?"}}));
  ASSERT_TRUE(scene.send(k_officer, wire::PublishDraft{id, {std::string(k_markdown)}}));
  ASSERT_TRUE(scene.send(k_officer, wire::OpenConsultation{id, {"2030-01-01"}}));
  auto robin = person(k_robin);
  robin.session = "a session";
  for (int i = 0; i < 60; ++i) ASSERT_TRUE(scene.send(robin, wire::AddComment{id, {1}, {"b3"}, {"Name the towns."}})) << i;
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
