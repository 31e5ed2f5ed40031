// Somebody's account was deleted: their comments stay counted, without name and words.
#include "services/consultations/app/consultations_service.hpp"
#include "tests/support/service_scene.hpp"
#include "tests/unit/consultations/scene.hpp"

namespace witan::consultations::test {
namespace {

namespace directory = contract::directory;

class Forgotten : public testing::Test {
 protected:
  Forgotten() {
    hear(directory::BodyEstablishedNotice{k_cumbria, "Cumbria LEP", directory::BodyKind::lep_board});
    hear(directory::PersonRegisteredNotice{k_robin, "Robin Example", "Kendal College"});
    hear(directory::PersonRegisteredNotice{k_wren, "Wren", ""});
    id = ConsultationId::from_trusted(scene.made(
        "consultation", k_officer, wire::CreateConsultation{k_cumbria, {"Strategy"}, {"Cumbria"}, {"What should it say?"}}));
    EXPECT_TRUE(scene.send(k_officer, wire::PublishDraft{id, {std::string(k_markdown)}}));
    EXPECT_TRUE(scene.send(k_officer, wire::OpenConsultation{id, {"2030-01-01"}}));
    first = comments(k_robin, "I, Robin Example, live in Kendal.");
    comments(k_wren, "Name the towns.");
    const auto taken_back = comments(k_robin, "Robin was wrong.");
    EXPECT_TRUE(scene.send(person(k_robin), wire::WithdrawComment{taken_back}));
  }
  template <class N>
  void hear(const N& notice) {
    EXPECT_TRUE(scene.hear("directory", notice));
  }
  CommentId comments(const PersonId& by, const std::string& text) {
    return CommentId::from_trusted(scene.made("comment", person(by), wire::AddComment{id, {1}, {"b3"}, {text}}));
  }
  std::int64_t count() { return scene.world().row_as<wire::ConsultationView>("consultations", "public", "consultation/" + id.str())->comment_count; }

  ServiceScene scene{definition()};
  const PersonId k_wren = id_of<PersonId>("wren");
  ConsultationId id;
  CommentId first;
};

TEST_F(Forgotten, names_and_words_are_kept_nowhere_and_every_comment_counts) {
  ASSERT_EQ(count(), 2);
  hear(directory::PersonErasedNotice{k_robin});
  for (const auto* word : {"Robin", "Kendal."}) EXPECT_EQ(all_kept(scene.world()).find(word), std::string::npos) << word;
  EXPECT_EQ(count(), 2);
  const auto view = scene.world().row_as<wire::CommentView>("threads/" + id.str() + "/1/b3", "public", "comment/" + first.str());
  EXPECT_EQ(view->by_name, "Name removed");
  EXPECT_EQ(view->text, "This text has been removed.");
  EXPECT_NE(all_kept(scene.world()).find("Name the towns."), std::string::npos) << "what others said stays";
}

TEST_F(Forgotten, another_name_stands_at_what_is_said_from_then_on) {
  const auto name_at = [&](const CommentId& comment) {
    return scene.world().row_as<wire::CommentView>("threads/" + id.str() + "/1/b3", "public", "comment/" + comment.str())->by_name;
  };
  hear(directory::PersonRenamedNotice{k_robin, "Robin Other", 1});
  const auto next = comments(k_robin, "Once more.");
  EXPECT_EQ(name_at(first), "Robin Example");
  EXPECT_EQ(name_at(next), "Robin Other");
  const auto events = scene.world().log.size();
  hear(directory::PersonRenamedNotice{k_robin, "Robin Other", 1});
  EXPECT_EQ(scene.world().log.size(), events) << "heard twice";
  hear(directory::PersonErasedNotice{k_robin});
  EXPECT_EQ(all_kept(scene.world()).find("Robin"), std::string::npos);
}

TEST_F(Forgotten, is_the_same_when_heard_twice) {
  hear(directory::PersonErasedNotice{k_robin});
  const auto events = scene.world().log.size();
  hear(directory::PersonErasedNotice{k_robin});
  EXPECT_EQ(scene.world().log.size(), events);
}

TEST_F(Forgotten, says_nothing_more) {
  hear(directory::PersonErasedNotice{k_robin});
  EXPECT_EQ(code_of(scene.send(person(k_robin), wire::AddComment{id, {1}, {"b3"}, {"A last word."}})), "unavailable");
}

}  // namespace
}  // namespace witan::consultations::test
