#include <fmt/format.h>

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
  EXPECT_EQ(entities.size(), count + 1) << "its blocks and the ledger";
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

wire::OpenConsultation open_on(std::string day, std::optional<std::string> time, std::string last_day = "2019-10-31") {
  wire::OpenConsultation command{k_consultation, {std::move(last_day)}, CalendarDate{std::move(day)}};
  if (time) command.opens_time = ClockTime{std::move(*time)};
  return command;
}
Scene with_draft() { return in_preparation().happened(published(1)); }
Scene scheduled() { return with_draft().happened(OpeningScheduled{moment("2019-10-01T08:00:00Z"), moment(k_closing)}); }

TEST(OpenConsultation, can_be_left_to_a_day_and_a_time_on_a_uk_clock) {
  with_draft().when(open_on("2019-10-01", "09:00")).then(OpeningScheduled{moment("2019-10-01T08:00:00Z"), moment(k_closing)});
  with_draft().when(open_on("2019-10-01", std::nullopt)).then(OpeningScheduled{moment("2019-09-30T23:00:00Z"), moment(k_closing)});
  // The day on which the clocks go back, and one in winter.
  with_draft().when(open_on("2019-10-27", "09:00")).then(OpeningScheduled{moment("2019-10-27T09:00:00Z"), moment(k_closing)});
}

TEST(OpenConsultation, at_a_time_that_the_clocks_skip_is_refused) {
  with_draft().when(open_on("2020-03-29", "01:30", "2020-05-01")).rejected(ErrorCode::invalid_arguments, "/opens_time");
}

TEST(OpenConsultation, is_not_left_to_a_time_that_has_passed_or_comes_after_closing) {
  with_draft().when(open_on("2019-09-19", "09:59")).rejected(ErrorCode::invalid_arguments, "/opens_on");
  with_draft().when(open_on("2019-09-19", "10:01")).then(OpeningScheduled{moment("2019-09-19T09:01:00Z"), moment(k_closing)});
  with_draft().when(open_on("2019-11-01", std::nullopt)).rejected(ErrorCode::invalid_arguments, "/closes_on");
  wire::OpenConsultation time_alone{k_consultation, {"2019-10-31"}};
  time_alone.opens_time = ClockTime{"09:00"};
  with_draft().when(time_alone).rejected(ErrorCode::invalid_arguments, "/opens_on");
}

TEST(OpenConsultation, that_is_scheduled_can_be_scheduled_anew_opened_now_or_called_off) {
  scheduled().when(open_on("2019-10-02", "09:00")).then(OpeningScheduled{moment("2019-10-02T08:00:00Z"), moment(k_closing)});
  scheduled().when(open_until("2019-10-31")).then(opened());
  auto scene = scheduled();
  scene.when(wire::CancelOpening{k_consultation}).then(OpeningCancelled{});
  EXPECT_FALSE(scene.state().is_scheduled());
  scene.when(wire::CancelOpening{k_consultation}).rejected(ErrorCode::not_now);
  open_consultation().when(wire::CancelOpening{k_consultation}).rejected(ErrorCode::not_now);
}

TEST(OpeningTime, opens_a_consultation_then_and_not_a_second_before) {
  scheduled().at("2019-10-01T07:59:59Z").when(TimeIsUp{}).then();
  auto scene = scheduled();
  scene.at("2019-10-01T08:00:00Z").when(TimeIsUp{}).then(ConsultationOpened{moment(k_closing)});
  EXPECT_EQ(scene.state().first_public_draft, 1);
  scene.when(TimeIsUp{}).then();
  auto called_off = scheduled();
  called_off.happened(OpeningCancelled{}).at("2019-10-01T08:00:00Z").when(TimeIsUp{}).then();
}

TEST(OpeningTime, that_passed_together_with_the_closing_time_opens_and_closes) {
  auto scene = scheduled();
  scene.at("2019-11-05T10:00:00Z").when(TimeIsUp{}).then(ConsultationOpened{moment(k_closing)});
  scene.when(TimeIsUp{}).then(ConsultationClosed{moment(k_closing)});
}

wire::ExtendConsultation extend_to(std::string day) { return {k_consultation, {std::move(day)}, {"The schools asked for two weeks more."}}; }

TEST(ExtendConsultation, moves_the_closing_date_and_says_why) {
  auto scene = open_consultation();
  scene.at(k_before_closing).when(extend_to("2019-11-14")).then(ConsultationExtended{moment("2019-11-14T23:59:00Z"), "The schools asked for two weeks more."});
  scene.at(k_closing).when(TimeIsUp{}).then();
  scene.at("2019-11-14T23:59:00Z").when(TimeIsUp{}).then(ConsultationClosed{moment("2019-11-14T23:59:00Z")});
}

TEST(ExtendConsultation, takes_no_earlier_date_and_not_the_same) {
  for (const auto* day : {"2019-10-31", "2019-10-30"}) {
    open_consultation().at(k_before_closing).when(extend_to(day)).rejected(ErrorCode::invalid_arguments, "/closes_on");
  }
}

TEST(ExtendConsultation, comes_too_late_at_the_closing_time_whether_or_not_it_was_closed_yet) {
  open_consultation().at("2019-10-31T23:58:59Z").when(extend_to("2019-11-14")).then(ConsultationExtended{moment("2019-11-14T23:59:00Z"), "The schools asked for two weeks more."});
  open_consultation().at(k_closing).when(extend_to("2019-11-14")).rejected(ErrorCode::consultation_closed);
  open_consultation().happened(ConsultationClosed{moment(k_before_closing)}).at(k_before_closing).when(extend_to("2019-11-14")).rejected(ErrorCode::consultation_closed);
  in_preparation().when(extend_to("2019-11-14")).rejected(ErrorCode::not_now);
  scheduled().when(extend_to("2019-11-14")).rejected(ErrorCode::not_now);
}

TEST(ExtendConsultation, happens_twenty_times_at_most) {
  auto scene = open_consultation();
  for (int day = 1; day <= 20; ++day) scene.happened(ConsultationExtended{moment(fmt::format("2019-11-{:02}T23:59:00Z", day)), "Once more, for good reasons."});
  scene.at(k_before_closing).when(extend_to("2019-12-14")).rejected(ErrorCode::not_now);
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
