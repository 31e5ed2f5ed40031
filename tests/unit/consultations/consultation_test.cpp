#include "tests/unit/consultations/scene.hpp"

namespace witan::consultations::test {
namespace {

wire::CreateConsultation create() {
  return {k_cumbria, {"Local Industrial Strategy"}, {"Cumbria"}, {"What should it say?"}};
}
wire::PublishDraft publish(std::string markdown = std::string(k_markdown)) {
  return {k_consultation, {std::move(markdown)}};
}
wire::OpenConsultation open_until(std::string day) { return {k_consultation, {std::move(day)}}; }

TEST(CreateConsultation, begins_in_preparation) {
  Scene scene(k_consultation.str());
  scene.and_also<KnownBodyAggregate>(k_cumbria.str(), cumbria_named())
      .by(k_officer)
      .when(create())
      .then(created());
  EXPECT_EQ(scene.result(), (json::object{{"consultation", k_consultation.str()}}));
}

TEST(CreateConsultation, refuses_a_body_that_directory_has_not_named) {
  Scene(k_consultation.str()).by(k_officer).when(create()).rejected(ErrorCode::not_found, "/body");
}

TEST(PublishDraft, counts_versions_from_one) {
  auto scene = in_preparation();
  scene.when(publish()).then(published(1));
  EXPECT_EQ(scene.result(), (json::object{{"draft", 1}}));
  EXPECT_EQ(scene.topic(), k_draft_topic);
  scene.when(publish()).then(published(2));
}

TEST(PublishDraft, goes_on_while_the_consultation_is_open) {
  open_consultation().when(publish()).then(published(2));
}

TEST(PublishDraft, refuses_after_closing) {
  open_consultation()
      .happened(ConsultationClosed{moment(k_before_closing)})
      .when(publish())
      .rejected(ErrorCode::consultation_closed);
}

TEST(PublishDraft, refuses_text_without_a_paragraph) {
  in_preparation()
      .when(publish("# Only\n\n## Headings\n"))
      .rejected(ErrorCode::invalid_arguments, "/markdown");
}

std::string paragraphs(std::size_t count, std::size_t length) {
  std::string text;
  for (std::size_t n = 0; n < count; ++n) text += std::string(length, 'x') + "\n\n";
  return text;
}

TEST(PublishDraft, takes_two_thousand_blocks_and_no_more) {
  const auto numbers = [](std::size_t count) {
    return checked_blocks(k_consultation, 1, paragraphs(count, 1));
  };
  const auto refused = numbers(k_blocks_max + 1);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("2001"), std::string::npos) << refused.error().detail;
  const auto full = numbers(k_blocks_max);
  if (!full)
    EXPECT_EQ(full.error().detail.find("2000"), std::string::npos) << "refused for the number of blocks";
}

TEST(PublishDraft, refuses_a_draft_that_outgrows_its_topic_and_says_by_how_much) {
  in_preparation().when(publish(paragraphs(100, 1900))).rejected(ErrorCode::invalid_arguments, "/markdown");
  const auto refused = checked_blocks(k_consultation, 1, paragraphs(100, 1900));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("of at most 240 kB"), std::string::npos) << refused.error().detail;
}

TEST(PublishDraft, keeps_the_largest_snapshot_within_its_limit) {
  std::size_t count = 1;
  while (checked_blocks(k_consultation, 1, paragraphs(count + 1, 900))) ++count;
  auto scene = in_preparation();
  scene.when(publish(paragraphs(count, 900)));
  json::object entities;
  for (const auto& key : scene.world().keys(k_draft_topic, "staff")) {
    entities[key] = *scene.world().row(k_draft_topic, "staff", key);
  }
  EXPECT_LE(json::serialize(entities).size(), 256u * 1024u);
  EXPECT_EQ(entities.size(), count);
}

TEST(PublishDraft, refuses_a_paragraph_that_would_leave_no_room_for_comments_on_it) {
  in_preparation()
      .when(publish("First.\n\n" + std::string(70'000, 'x')))
      .rejected(ErrorCode::invalid_arguments, "/markdown");
  const auto refused = checked_blocks(k_consultation, 1, "First.\n\n" + std::string(70'000, 'x'));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("Paragraph 0.2 is too long"), std::string::npos)
      << refused.error().detail;
}

TEST(PublishDraft, stops_at_a_hundred_versions) {
  auto scene = in_preparation();
  for (int version = 1; version <= 100; ++version) scene.happened(published(version, "One paragraph only."));
  scene.when(publish()).rejected(ErrorCode::not_now);
}

TEST(OpenConsultation, closes_at_the_end_of_the_day_in_the_uk) {
  in_preparation().happened(published(1)).when(open_until("2019-10-31")).then(opened());
  in_preparation()
      .happened(published(1))
      .when(open_until("2020-06-30"))
      .then(ConsultationOpened{moment("2020-06-30T22:59:00Z")});
}

TEST(OpenConsultation, may_close_today_but_not_yesterday) {
  in_preparation()
      .happened(published(1))
      .when(open_until("2019-09-19"))
      .then(ConsultationOpened{moment("2019-09-19T22:59:00Z")});
  in_preparation()
      .happened(published(1))
      .when(open_until("2019-09-18"))
      .rejected(ErrorCode::invalid_arguments, "/closes_on");
}

TEST(OpenConsultation, needs_a_draft) {
  in_preparation().when(open_until("2019-10-31")).rejected(ErrorCode::not_now);
}

TEST(OpenConsultation, happens_once) {
  open_consultation().when(open_until("2019-10-31")).rejected(ErrorCode::already_done);
  open_consultation()
      .happened(ConsultationClosed{moment(k_before_closing)})
      .when(open_until("2019-10-31"))
      .rejected(ErrorCode::consultation_closed);
}

TEST(CloseConsultation, ends_it_now) {
  auto scene = open_consultation();
  scene.at(k_before_closing)
      .when(wire::CloseConsultation{k_consultation})
      .then(ConsultationClosed{moment(k_before_closing)});
  EXPECT_EQ(scene.state().closes_at, moment(k_before_closing));
}

TEST(CloseConsultation, leaves_the_announced_end_when_that_has_passed) {
  auto scene = open_consultation();
  scene.at("2019-11-05T10:00:00Z").when(wire::CloseConsultation{k_consultation});
  EXPECT_EQ(scene.state().closes_at, moment(k_closing));
}

TEST(CloseConsultation, refuses_before_opening_and_a_second_time) {
  const wire::CloseConsultation close{k_consultation};
  in_preparation().when(close).rejected(ErrorCode::not_now);
  open_consultation()
      .happened(ConsultationClosed{moment(k_before_closing)})
      .when(close)
      .rejected(ErrorCode::already_done);
}

TEST(ClosingTime, closes_an_open_consultation_at_the_announced_end_and_not_before) {
  open_consultation().at("2019-10-31T23:58:59Z").when(TimeIsUp{}).then();
  auto scene = open_consultation();
  scene.at(k_closing).when(TimeIsUp{}).then(ConsultationClosed{moment(k_closing)});
  open_consultation().at("2019-11-05T10:00:00Z").when(TimeIsUp{}).then(ConsultationClosed{moment(k_closing)});
}

TEST(ClosingTime, finds_nothing_to_do_where_it_was_closed_by_hand) {
  open_consultation().happened(ConsultationClosed{moment(k_before_closing)}).at(k_closing).when(TimeIsUp{}).then();
}

TEST(KnownBody, is_named_once) {
  const contract::directory::BodyEstablishedNotice notice{k_cumbria, "Cumbria LEP",
                                                          contract::directory::BodyKind::lep_board};
  Given<KnownBodyAggregate>(k_cumbria.str()).when(notice).then(cumbria_named()).when(notice).then_nothing();
}

TEST(KnownPerson, is_named_once_and_the_name_can_be_erased) {
  const contract::directory::PersonRegisteredNotice notice{k_robin, "Robin Example", "Kendal College"};
  Given<KnownPersonAggregate> scene(k_robin.str());
  scene.when(notice);
  ASSERT_EQ(scene.events().size(), 1u);
  EXPECT_EQ(scene.world().all_events().find("Robin Example"), std::string::npos);
  scene.when(notice).then_nothing();
}

}  // namespace
}  // namespace witan::consultations::test
