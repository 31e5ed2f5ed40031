#pragma once

#include "services/consultations/app/consultations_service.hpp"
#include "services/consultations/domain/carry.hpp"
#include "tests/support/service_scene.hpp"
#include "tests/unit/consultations/scene.hpp"

/// Three drafts of one strategy, two people who comment, and what becomes of it.
namespace witan::consultations::test {

namespace directory = contract::directory;

// b3 is 1.1, b4 is 1.2, b6 is 2.1.
inline constexpr std::string_view k_first =
    "# Draft strategy\n\n## People\n\nEvery school leaver in Cumbria will be offered an apprenticeship by 2025.\n\n"
    "A new college of nuclear skills will open in Workington beside the existing campus.\n\n## Places\n\n"
    "The coastal railway between Carlisle and Barrow will be doubled where trains wait for each other today.\n";
// 1.1 as it was, 1.2 gone to the other section as 2.2, 2.1 reworded.
inline constexpr std::string_view k_second =
    "# Draft strategy\n\n## People\n\nEvery school leaver in Cumbria will be offered an apprenticeship by 2025.\n\n## Places\n\n"
    "The coastal railway from Carlisle to Barrow will be doubled wherever trains wait for each other today.\n\n"
    "Farms on the fells keep their payments until new rules are agreed with the people who work there.\n\n"
    "A new college of nuclear skills will open in Workington beside the existing campus.\n";
// Nothing of the railway is left.
inline constexpr std::string_view k_third =
    "# Draft strategy\n\n## People\n\nEvery school leaver in Cumbria will be offered an apprenticeship by 2025.\n\n"
    "A new college of nuclear skills will open in Workington beside the existing campus.\n";

class CarryOver : public testing::Test {
 protected:
  CarryOver() {
    EXPECT_TRUE(scene.hear("directory", directory::BodyEstablishedNotice{k_cumbria, "Cumbria LEP", directory::BodyKind::lep_board}));
    for (const auto& [who, name] : {std::pair{k_robin, "Robin Example"}, {k_wren, "Wren"}}) {
      EXPECT_TRUE(scene.hear("directory", directory::PersonRegisteredNotice{who, name, ""}));
    }
    id = ConsultationId::from_trusted(
        scene.made("consultation", k_officer, wire::CreateConsultation{k_cumbria, {"Strategy"}, {"Cumbria"}, {"What should it say?"}}));
    publish(k_first);
    EXPECT_TRUE(scene.send(k_officer, wire::OpenConsultation{id, {"2030-01-01"}}));
  }
  void publish(std::string_view markdown) {
    EXPECT_TRUE(scene.send(k_officer, wire::PublishDraft{id, {std::string(markdown)}}));
    ++newest;
  }
  CommentId comments(const PersonId& by, std::int64_t draft, const std::string& block, const std::string& text = "Said.") {
    return CommentId::from_trusted(scene.made("comment", person(by), wire::AddComment{id, {draft}, {block}, {text}}));
  }
  std::string place(const Actor& actor, const CommentId& comment, std::int64_t draft, const std::string& paragraph) {
    return code_of(scene.send(actor, wire::PlaceComment{comment, {draft}, {paragraph}}));
  }
  std::string topic(std::int64_t draft, const std::string& block) const { return "threads/" + id.str() + "/" + std::to_string(draft) + "/" + block; }
  std::optional<wire::CommentView> shown(const CommentId& comment, std::int64_t draft, const std::string& block) {
    return scene.world().row_as<wire::CommentView>(topic(draft, block), "public", "comment/" + comment.str());
  }
  wire::LedgerView ledger(std::int64_t draft) {
    return scene.world().row_as<wire::LedgerView>("drafts/" + id.str() + "/" + std::to_string(draft), "public", "ledger").value();
  }
  wire::BlockView block(std::int64_t draft, const std::string& name) {
    return scene.world().row_as<wire::BlockView>("drafts/" + id.str() + "/" + std::to_string(draft), "public", "block/" + name).value();
  }
  std::int64_t count() { return scene.world().row_as<wire::ConsultationView>("consultations", "public", "consultation/" + id.str())->comment_count; }
  void carry() {
    for (int round = 0; round < 20 && !to_be_carried(WorldReader(scene.world())).empty(); ++round) scene.do_outside_work();
    EXPECT_TRUE(to_be_carried(WorldReader(scene.world())).empty());
  }

  ServiceScene scene{definition({0, 0})};
  const PersonId k_wren = id_of<PersonId>("wren");
  ConsultationId id;
  std::int64_t newest = 0;
};

}  // namespace witan::consultations::test
