#include "tests/unit/consultations/scene.hpp"

namespace witan::consultations::test {
namespace {

CommentAdded first_event(const CommentScene& scene) { return std::get<CommentAdded>(scene.events().at(0)); }

TEST(AddComment, stands_under_its_paragraph) {
  auto scene = robin_reads();
  scene.when(add("b3", "Name the towns."));
  const auto event = first_event(scene);
  EXPECT_EQ(event.comment, k_comment);
  EXPECT_EQ(event.block, "b3");
  EXPECT_EQ(event.by, k_robin);
  EXPECT_EQ(scene.result(), (json::object{{"comment", k_comment.str()}, {"thread", "b3"}}));
  EXPECT_EQ(scene.topic(), k_thread_topic);
  for (const auto* audience : {"staff", "public"}) {
    const auto view = scene.row_as<wire::CommentView>(k_thread_topic, audience, "comment/" + k_comment.str());
    ASSERT_TRUE(view) << audience;
    EXPECT_EQ(view->by_name, "Robin Example");
    EXPECT_EQ(view->organisation, "Kendal College");
    EXPECT_TRUE(view->has_organisation);
    EXPECT_EQ(view->text, "Name the towns.");
    EXPECT_EQ(view->at, "2:15pm on 4 October 2019");
    EXPECT_EQ(view->created_at, moment(k_before_closing));
  }
}

TEST(AddComment, leaves_no_words_in_the_record_that_cannot_be_erased) {
  auto scene = robin_reads();
  scene.when(add("b3", "Name the towns."));
  EXPECT_EQ(scene.world().all_events().find("Name the towns"), std::string::npos);
  EXPECT_EQ(scene.world().all_events().find("Robin Example"), std::string::npos);
  scene.all_texts_erased();
  EXPECT_EQ(scene.world().all_of("public").find("Name the towns"), std::string::npos);
  EXPECT_EQ(scene.world().all_of("public").find("Robin Example"), std::string::npos);
}

TEST(AddComment, is_taken_until_the_closing_time_and_not_at_it) {
  auto scene = robin_reads();
  scene.at("2019-10-31T23:58:59.999Z").when(add());
  EXPECT_EQ(first_event(scene).block, "b3");
  robin_reads().at(k_closing).when(add()).rejected(ErrorCode::consultation_closed);
  robin_reads().at("2019-11-20T12:00:00Z").when(add()).rejected(ErrorCode::consultation_closed);
}

TEST(AddComment, is_refused_once_closed_by_hand) {
  robin_reads()
      .and_also<ConsultationAggregate>(k_consultation.str(), ConsultationClosed{moment(k_before_closing)})
      .when(add())
      .rejected(ErrorCode::consultation_closed);
}

CommentScene before_opening(const Actor& actor) {
  CommentScene scene(k_comment.str());
  scene.and_also<ConsultationAggregate>(k_consultation.str(), created(), published(1))
      .at("2019-09-19T09:00:00Z")
      .by(actor);
  return scene;
}

TEST(AddComment, does_not_tell_others_of_a_consultation_in_preparation) {
  before_opening(person(k_robin)).when(add()).rejected(ErrorCode::not_found, "/consultation");
  before_opening(k_officer).when(add()).rejected(ErrorCode::consultation_closed);
}

TEST(AddComment, refuses_a_consultation_that_is_not_there) {
  CommentScene(k_comment.str())
      .by(person(k_robin))
      .when(add())
      .rejected(ErrorCode::not_found, "/consultation");
}

TEST(AddComment, refuses_places_that_take_no_comment) {
  for (const auto* block : {"b1", "b2", "b5", "b7", "b0", "bb", "3", "b999999999"}) {
    SCOPED_TRACE(block);
    robin_reads().when(add(block)).rejected(ErrorCode::invalid_arguments, "/block");
  }
  auto scene = robin_reads();
  scene.when(add("b6"));
  EXPECT_EQ(first_event(scene).block, "b6");
}

TEST(AddComment, refuses_a_draft_that_is_not_there) {
  auto command = add();
  command.asked.draft = {2};
  robin_reads().when(command).rejected(ErrorCode::invalid_arguments, "/draft");
}

TEST(AddComment, is_still_taken_on_an_earlier_public_draft) {
  auto scene = robin_reads();
  scene.and_also<ConsultationAggregate>(k_consultation.str(), published(2)).when(add());
  EXPECT_EQ(first_event(scene).draft, 1);
}

TEST(AddComment, refuses_a_draft_that_never_was_public) {
  CommentScene scene(k_comment.str());
  const PersonNamed robin{k_robin, scene.keep("Robin Example"), ""};
  scene.and_also<ConsultationAggregate>(k_consultation.str(), created(), published(1), published(2), opened())
      .and_also<KnownPersonAggregate>(k_robin.str(), robin)
      .at(k_before_closing)
      .by(person(k_robin))
      .when(add())
      .rejected(ErrorCode::invalid_arguments, "/draft");
}

TEST(AddComment, asks_a_person_who_is_not_known_yet_to_try_again) {
  robin_reads().by(person(id_of<PersonId>("newcomer"))).when(add()).rejected(ErrorCode::unavailable);
}

TEST(WithdrawComment, leaves_an_empty_place) {
  auto scene = robin_reads();
  scene.when(add()).when(wire::WithdrawComment{k_comment}).then(CommentWithdrawn{});
  EXPECT_EQ(scene.topic(), k_thread_topic);
  const auto view = scene.row_as<wire::CommentView>(k_thread_topic, "public", "comment/" + k_comment.str());
  EXPECT_TRUE(view->is_withdrawn);
  EXPECT_EQ(view->text + view->by_name + view->organisation, "");
  EXPECT_FALSE(view->has_organisation);
  EXPECT_EQ(view->by, k_robin);
}

TEST(WithdrawComment, happens_once) {
  robin_reads()
      .when(add())
      .when(wire::WithdrawComment{k_comment})
      .when(wire::WithdrawComment{k_comment})
      .rejected(ErrorCode::already_done);
}

TEST(WithdrawComment, is_possible_after_closing) {
  robin_reads()
      .when(add())
      .at("2019-11-20T12:00:00Z")
      .when(wire::WithdrawComment{k_comment})
      .then(CommentWithdrawn{});
}

}  // namespace
}  // namespace witan::consultations::test
