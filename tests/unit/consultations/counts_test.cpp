#include <map>
#include <random>

#include "services/consultations/app/consultations_service.hpp"
#include "tests/support/service_scene.hpp"
#include "tests/unit/consultations/scene.hpp"

namespace witan::consultations::test {
namespace {

/// An open consultation with two people who comment, through the service's own commands.
class CommentCounts : public testing::Test {
 protected:
  CommentCounts() : scene(definition()) {
    namespace directory = contract::directory;
    scene.hear("directory",
               directory::BodyEstablishedNotice{k_cumbria, "Cumbria LEP", directory::BodyKind::lep_board});
    for (const auto* name : {"robin", "alex"}) {
      scene.hear("directory", directory::PersonRegisteredNotice{id_of<PersonId>(name), name, ""});
    }
    id = ConsultationId::from_trusted(
        scene.made("consultation", k_officer,
                   wire::CreateConsultation{k_cumbria, {"Strategy"}, {"Cumbria"}, {"What should it say?"}}));
    EXPECT_TRUE(scene.send(k_officer, wire::PublishDraft{id, {std::string(k_markdown)}}));
    EXPECT_TRUE(scene.send(k_officer, wire::OpenConsultation{id, {"2019-10-31"}}));
  }

  struct Standing {
    CommentId comment;
    std::string block;
    PersonId by;
  };

  void expect_balance() {
    const auto topic = "drafts/" + id.str() + "/1";
    std::map<std::string, std::int64_t> expected;
    for (const auto& each : standing) ++expected[each.block];
    for (const auto* audience : {"staff", "public"}) {
      for (const auto* block : {"b3", "b4", "b6"}) {
        const auto row =
            scene.world().row_as<wire::BlockView>(topic, audience, std::string("block/") + block);
        EXPECT_EQ(row->comment_count, expected[block]);
        EXPECT_EQ(row->has_comments, expected[block] > 0);
        EXPECT_EQ(row->has_one_comment, expected[block] == 1);
      }
      const auto row =
          scene.world().row_as<wire::ConsultationView>("consultations/" + id.str(), audience, "consultation");
      EXPECT_EQ(row->comment_count, static_cast<std::int64_t>(standing.size()));
    }
    for (const auto& [list, audience] : {std::pair<std::string, std::string>{"consultations", "public"},
                                         {"body-consultations/" + k_cumbria.str(), "member"}}) {
      const auto row =
          scene.world().row_as<wire::ConsultationView>(list, audience, "consultation/" + id.str());
      EXPECT_EQ(row->comment_count, static_cast<std::int64_t>(standing.size()));
    }
  }

  ServiceScene scene;
  ConsultationId id;
  std::vector<Standing> standing;
};

TEST_F(CommentCounts, balance_after_any_sequence_of_adding_and_withdrawing) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int step = 0; step < 60; ++step) {
      const auto by = id_of<PersonId>(random() % 2 ? "robin" : "alex");
      if (standing.empty() || random() % 3 > 0) {
        const std::string block = std::array{"b3", "b4", "b6"}[random() % 3];
        const auto made = scene.made("comment", person(by), wire::AddComment{id, {1}, {block}, {"Said."}});
        standing.push_back({CommentId::from_trusted(made), block, by});
      } else {
        const auto which = standing.begin() + static_cast<std::ptrdiff_t>(random() % standing.size());
        EXPECT_EQ(code_of(scene.send(person(by), wire::WithdrawComment{which->comment})),
                  by == which->by ? "" : "forbidden");
        if (by == which->by) standing.erase(which);
      }
      expect_balance();
    }
  }
}

TEST_F(CommentCounts, survive_a_new_draft_and_the_closing) {
  const auto by = id_of<PersonId>("robin");
  standing.push_back({CommentId::from_trusted(
                          scene.made("comment", person(by), wire::AddComment{id, {1}, {"b3"}, {"Said."}})),
                      "b3", by});
  EXPECT_TRUE(scene.send(k_officer, wire::PublishDraft{id, {std::string(k_markdown)}}));
  expect_balance();
  EXPECT_TRUE(scene.send(k_officer, wire::CloseConsultation{id}));
  expect_balance();
}

}  // namespace
}  // namespace witan::consultations::test
