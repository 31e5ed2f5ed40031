// By when an agenda is to be published, and what happens to one that is late.
#include "services/meetings/domain/agenda/publication.hpp"
#include "services/meetings/domain/agenda/changes.hpp"
#include "services/meetings/domain/agenda/working_days.hpp"
#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

std::string easter_of(int year) { return text_of(easter(std::chrono::year(year))); }
bool is_holiday(const char* day) { return is_bank_holiday(*day_from(day)); }
std::string latest(const char* day, int clear = 5) { return text_of(latest_day_before(*day_from(day), clear)); }

TEST(WorkingDays, know_easter) {
  EXPECT_EQ(easter_of(1961), "1961-04-02");
  EXPECT_EQ(easter_of(2018), "2018-04-01");
  EXPECT_EQ(easter_of(2019), "2019-04-21");
  EXPECT_EQ(easter_of(2024), "2024-03-31");
  EXPECT_EQ(easter_of(2038), "2038-04-25") << "the latest there is";
  EXPECT_EQ(easter_of(2285), "2285-03-22") << "the earliest there is";
}

TEST(WorkingDays, know_the_bank_holidays_of_a_year) {
  std::string found;
  for (auto day = *day_from("2018-01-01"); day <= *day_from("2018-12-31"); day += std::chrono::days(1)) {
    if (is_bank_holiday(day)) found += text_of(day).substr(5) + " ";
  }
  EXPECT_EQ(found, "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26 ");
}

TEST(WorkingDays, know_what_was_moved_and_added) {
  for (const auto* day : {"2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08", "2012-06-05", "2011-04-29"}) EXPECT_TRUE(is_holiday(day)) << day;
  for (const auto* day : {"2020-05-04", "2022-05-30", "2012-05-28", "2021-05-08"}) EXPECT_FALSE(is_holiday(day)) << day;
}

TEST(WorkingDays, know_the_days_in_place_of_holidays_on_weekends) {
  for (const auto* day : {"2020-12-28", "2021-12-27", "2021-12-28", "2022-12-26", "2022-12-27", "2022-01-03", "2023-01-02"}) EXPECT_TRUE(is_holiday(day)) << day;
  for (const auto* day : {"2021-12-29", "2022-12-28", "2022-01-04", "2023-01-03", "2019-12-27"}) EXPECT_FALSE(is_holiday(day)) << day;
}

TEST(PublicationDay, leaves_five_clear_working_days) {
  EXPECT_EQ(latest("2018-06-19"), "2018-06-11") << "12, 13, 14, 15 and 18 June lie between";
  EXPECT_EQ(latest("2018-06-18"), "2018-06-10") << "a Sunday: the days from Monday on are clear";
  EXPECT_EQ(latest("2018-04-05"), "2018-03-26") << "over Easter";
  EXPECT_EQ(latest("2019-01-03"), "2018-12-23") << "a Sunday: 24, 27, 28 and 31 December and 2 January";
  EXPECT_EQ(latest("2020-03-04"), "2020-02-25") << "over the leap day, a Saturday";
  EXPECT_EQ(latest("2024-03-01"), "2024-02-22") << "over the leap day, a Thursday";
  EXPECT_EQ(latest("2018-06-19", 0), "2018-06-18");
}

TEST(PublicationDay, goes_by_the_uk_day_on_which_the_meeting_starts) {
  Meeting meeting;
  meeting.starts_at = moment("2018-06-18T23:30:00Z");  // half past midnight on the 19th
  meeting.ends_at = moment("2018-06-19T01:00:00Z");
  EXPECT_EQ(publication_day(meeting), "2018-06-11");
  meeting.starts_at = moment("2018-06-18T22:30:00Z");  // the 18th, past midnight
  EXPECT_EQ(publication_day(meeting), "2018-06-10");
  EXPECT_EQ(publication_day_in_words(meeting), "Sunday 10 June 2018");
}

wire::MeetingView row(Scene& scene, std::string_view audience) {
  return scene.row_as<wire::MeetingView>("meetings/" + k_meeting.str(), audience, "meeting").value();
}

TEST(PublishAgenda, is_in_time_until_the_latest_day_is_over_on_uk_clocks) {
  auto scene = meeting_with(1);
  EXPECT_EQ(row(scene, "staff").publish_by, "Monday 11 June 2018");
  scene.at("2018-06-11T22:59:59Z").when(wire::PublishAgenda{k_meeting}).then(AgendaPublished{moment("2018-06-11T22:59:59Z")});
  EXPECT_EQ(row(scene, "public").published, "11:59pm on 11 June 2018");
  EXPECT_EQ(row(scene, "public").is_late, std::nullopt);
  EXPECT_EQ(row(scene, "staff").publish_by, std::nullopt);
}

TEST(PublicationClock, is_set_for_a_meeting_until_it_is_published) {
  auto scene = meeting_with(1);
  EXPECT_EQ(row(scene, "staff").clear_days, 5);
  scene.when(wire::SetPublicationClock{k_meeting, {3}, {}}).then(ClearDaysSet{3});
  EXPECT_EQ(row(scene, "staff").publish_by, "Wednesday 13 June 2018");
  EXPECT_EQ(row(scene, "staff").clear_days, 3);
  scene.when(wire::SetPublicationClock{k_meeting, {3}, {}}).then_nothing();
  scene.at("2018-06-12T10:00:00Z").when(wire::PublishAgenda{k_meeting});
  EXPECT_EQ(row(scene, "public").is_late, std::nullopt);
  scene.when(wire::SetPublicationClock{k_meeting, {9}, {}}).rejected(ErrorCode::not_now);
}

TEST(PublicationClock, as_the_rule_of_the_body_is_for_meetings_that_are_scheduled_later) {
  auto scene = meeting_with(1);
  scene.when(wire::SetPublicationClock{k_meeting, {7}, true});
  EXPECT_EQ(row(scene, "staff").clear_days, 7);
  Scene next(id_of<MeetingId>("next").str());
  next.and_also<KnownBodyAggregate>(k_council.str(), council_named(), BodyClearDaysSet{k_council, 7}).by(k_secretary);
  next.when(wire::ScheduleMeeting{k_council, {"Second meeting"}, {"2019-01-31"}, {"10:00"}, {"12:00"}, {"Leeds"}, {}, {}});
  EXPECT_EQ(next.state().clear_days, 7);
}

TEST(PublicationClock, of_no_day_lets_an_agenda_come_the_day_before_and_no_later) {
  auto scene = meeting_with(1);
  scene.when(wire::SetPublicationClock{k_meeting, {0}, {}});
  scene.at("2018-06-18T23:00:00Z").when(wire::PublishAgenda{k_meeting}).rejected(ErrorCode::invalid_arguments, "/reason");
  scene.at("2018-06-18T22:59:59Z").when(wire::PublishAgenda{k_meeting});
  EXPECT_EQ(row(scene, "public").is_late, std::nullopt);
}

TEST(PublishAgenda, needs_a_reason_afterwards_which_everyone_reads) {
  auto scene = meeting_with(1).at("2018-06-11T23:00:00Z");
  wire::PublishAgenda publish{k_meeting, {}};
  scene.when(publish).rejected(ErrorCode::invalid_arguments, "/reason");
  publish.reason = {""};
  scene.when(publish).rejected(ErrorCode::invalid_arguments, "/reason");
  EXPECT_EQ(scene.state().state, wire::MeetingState::draft);
  publish.reason = {"Robin Example was ill"};
  scene.when(publish);
  EXPECT_EQ(row(scene, "public").published, "midnight on 12 June 2018");
  EXPECT_EQ(row(scene, "public").is_late, true);
  EXPECT_EQ(row(scene, "public").late_reason, "Robin Example was ill");
  EXPECT_EQ(scene.world().all_events().find("Robin"), std::string::npos);
  scene.all_texts_erased();
  EXPECT_EQ(row(scene, "public").late_reason, "Name removed");
}

TEST(PublishAgenda, is_not_late_for_giving_a_reason) {
  meeting_with(1).when(wire::PublishAgenda{k_meeting, {{"To be safe"}}}).then(AgendaPublished{k_now});
}

wire::AgendaItemView item_row(Scene& scene, int n, std::string_view audience) {
  return scene.row_as<wire::AgendaItemView>("meetings/" + k_meeting.str(), audience, "agenda/" + item(n).str()).value();
}

TEST(ChangesAfterPublication, are_none_while_the_agenda_is_a_draft_or_stays_as_it_was) {
  auto scene = meeting_with(2);
  scene.when(wire::EditAgendaItem{k_meeting, item(0), {{"Welcome"}}, {}, {}, {}, {}});
  scene.when(wire::PublishAgenda{k_meeting, {}});
  EXPECT_EQ(item_row(scene, 0, "public").changed, std::nullopt);
  scene.when(wire::EditAgendaItem{k_meeting, item(0), {{"Welcome"}}, {}, {}, {}, {}}).then();
  EXPECT_EQ(item_row(scene, 0, "public").changed, std::nullopt);
}

TEST(ChangesAfterPublication, are_marked_with_what_is_different_and_since_when) {
  auto scene = meeting_with(2);
  scene.when(wire::PublishAgenda{k_meeting, {}}).at("2018-06-12T13:15:00Z");
  scene.when(wire::EditAgendaItem{k_meeting, item(0), {{"Welcome"}}, {}, {{"Ada Lovelace"}}, {}, {}});
  EXPECT_EQ(item_row(scene, 0, "public").changed, "Changed after publication, at 2:15pm on 12 June 2018: title, lead.");
  EXPECT_EQ(item_row(scene, 1, "public").changed, std::nullopt);
  scene.at("2018-06-13T13:15:00Z").when(wire::MoveAgendaItem{k_meeting, item(0), {{2}}, {}});
  EXPECT_EQ(item_row(scene, 0, "member").changed, "Changed after publication, at 2:15pm on 13 June 2018: title, lead, place on the agenda.");
  EXPECT_EQ(item_row(scene, 1, "public").changed, std::nullopt) << "it made room";
}

TEST(ChangesAfterPublication, say_what_was_added_and_that_something_was_removed) {
  auto scene = meeting_with(2);
  scene.when(wire::PublishAgenda{k_meeting, {}}).at("2018-06-12T13:15:00Z");
  scene.when(wire::AddAgendaItem{k_meeting, {"Skills"}, ItemKind::note, {}, {5}, {}, {}});
  const auto added = scene.state().items.back();
  EXPECT_EQ(change_in_words(added), "Added after publication, at 2:15pm on 12 June 2018.");
  EXPECT_EQ(row(scene, "public").removed, std::nullopt);
  scene.when(wire::RemoveAgendaItem{k_meeting, item(1)});
  EXPECT_EQ(row(scene, "public").removed, "2:15pm on 12 June 2018");
}

TEST(ChangesAfterPublication, of_an_item_for_members_are_for_members) {
  auto scene = meeting_with(1);
  scene.happened(added(1, Circulation::members), AgendaPublished{k_now});
  scene.when(wire::EditAgendaItem{k_meeting, item(1), {{"Pay"}}, {}, {}, {}, {}});
  EXPECT_TRUE(item_row(scene, 1, "member").changed);
  EXPECT_FALSE(item_row(scene, 1, "public").changed);
}

}  // namespace
}  // namespace witan::meetings::test
