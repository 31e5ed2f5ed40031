#include <gtest/gtest.h>

#include "services/directory/domain/rows.hpp"
#include "tests/unit/directory/directory_scene.hpp"

namespace witan::test {
namespace {

using contract::directory::HowEnded;

/// A council with a secretary and one vacant seat, on 1 June 2018.
class Terms : public testing::Test {
 protected:
  void fill(std::optional<std::string> until, std::optional<std::string> from = {}) {
    const auto done = scene.send(secretary, wire::FillSeat{council, seat, hilda, day(from), day(until)});
    ASSERT_TRUE(done) << done.error().detail;
  }
  static std::optional<CalendarDate> day(const std::optional<std::string>& text) {
    return text ? std::optional(CalendarDate{*text}) : std::nullopt;
  }
  wire::SeatView shown(const std::string& audience) {
    return *scene.world().row_as<wire::SeatView>("bodies/" + council.str(), audience, "seat/" + seat.str());
  }
  std::vector<wire::AppointmentView> history() {
    std::vector<wire::AppointmentView> past;
    for (const auto& key : scene.world().keys("appointments/" + council.str(), "public")) {
      if (key.starts_with("appointment/"))
        past.push_back(*scene.world().row_as<wire::AppointmentView>("appointments/" + council.str(), "public", key));
    }
    std::sort(past.begin(), past.end(), [](const auto& a, const auto& b) { return a.sort < b.sort; });
    return past;
  }
  bool has_right() { return scene.world().row("rights/" + hilda.str(), "gateway", "seat/" + seat.str()).has_value(); }

  DirectoryScene scene;
  const BodyId council = scene.body();
  const SeatId seat = scene.seat(council, "Chair, Cumbria LEP");
  const PersonId hilda = scene.person("Hilda Whitby", "hilda@example.org");
  const Actor secretary = holder(id_of<PersonId>("secretary"), council.str(), Role::secretary);
};

TEST_F(Terms, an_appointment_says_since_when_and_until_when) {
  fill("2021-05-31", "2018-04-01");
  EXPECT_EQ(shown("public").since, "since 1 April 2018");
  EXPECT_EQ(shown("public").until, "until 31 May 2021");
  EXPECT_FALSE(shown("staff").ends_soon);
}

TEST_F(Terms, without_days_it_begins_today_and_has_no_end) {
  fill({});
  EXPECT_EQ(shown("public").since, "since 1 June 2018");
  EXPECT_EQ(shown("public").until, "");
}

TEST_F(Terms, refuses_days_that_cannot_be) {
  const auto refused = [&](std::optional<std::string> from, std::optional<std::string> until) {
    const auto done = scene.send(secretary, wire::FillSeat{council, seat, hilda, day(from), day(until)});
    return done ? std::string() : done.error().errors.front().pointer;
  };
  EXPECT_EQ(refused("2018-06-02", {}), "/from");
  EXPECT_EQ(refused("1847-12-01", {}), "/from");
  EXPECT_EQ(refused({}, "2018-05-31"), "/until");
  EXPECT_EQ(code_of(scene.send(secretary, "directory.fill_seat",
                               {{"body", council.str()}, {"seat", seat.str()}, {"person", hilda.str()}, {"until", "2018-02-30"}})),
            "invalid_arguments");
  EXPECT_FALSE(has_right());
}

TEST_F(Terms, ninety_days_before_the_end_the_secretary_is_told_and_the_public_is_not) {
  fill("2019-05-31");
  scene.wait_until(moment("2019-03-01T22:59:59Z"));  // a second before 90 days
  EXPECT_FALSE(shown("staff").ends_soon);
  scene.wait_until(moment("2019-03-01T23:00:00Z"));
  EXPECT_TRUE(shown("staff").ends_soon);
  EXPECT_FALSE(shown("public").ends_soon);
  EXPECT_TRUE(has_right());
}

TEST_F(Terms, a_term_shorter_than_that_is_told_at_once) {
  fill("2018-07-01");
  scene.wait_until(scene.world().now);
  EXPECT_TRUE(shown("staff").ends_soon);
}

TEST_F(Terms, the_right_ends_with_the_last_day_in_the_uk) {
  fill("2019-05-31");
  scene.wait_until(moment("2019-03-10T00:00:00Z"));
  scene.wait_until(moment("2019-05-31T22:59:59Z"));  // a second before midnight in summer time
  EXPECT_TRUE(has_right());
  scene.wait_until(moment("2019-05-31T23:00:00Z"));
  EXPECT_FALSE(has_right());
  EXPECT_TRUE(shown("public").is_vacant);
  ASSERT_EQ(history().size(), 1U);
  EXPECT_EQ(history().front().person_name, "Hilda Whitby");
  EXPECT_EQ(history().front().from, "1 June 2018");
  EXPECT_EQ(history().front().until, "31 May 2019");
  EXPECT_EQ(history().front().how_label, "Term ended");
}

TEST_F(Terms, a_service_that_slept_over_both_days_ends_the_term_at_once) {
  fill("2019-05-31");
  scene.wait_until(moment("2020-01-01T00:00:00Z"));
  EXPECT_FALSE(has_right());
}

TEST_F(Terms, reappointment_begins_a_new_term_and_keeps_the_old_one_in_the_history) {
  fill("2019-05-31");
  scene.wait_until(moment("2019-05-01T09:00:00Z"));
  ASSERT_TRUE(shown("staff").ends_soon);
  ASSERT_TRUE(scene.send(secretary, wire::Reappoint{council, seat, day("2022-04-30")}));
  EXPECT_FALSE(shown("staff").ends_soon);
  EXPECT_EQ(shown("public").since, "since 1 May 2019");
  EXPECT_EQ(shown("public").until, "until 30 April 2022");
  ASSERT_EQ(history().size(), 1U);
  EXPECT_EQ(history().front().how_label, "Reappointed");
  scene.wait_until(moment("2019-06-02T09:00:00Z"));  // the old term's end means nothing now
  EXPECT_TRUE(has_right());
}

TEST_F(Terms, how_an_appointment_ended_is_kept_latest_first) {
  fill({});
  ASSERT_TRUE(scene.send(secretary, wire::VacateSeat{council, seat, Text<0, 300>{"A new job"}, HowEnded::resigned}));
  scene.world().now += std::chrono::hours(24);
  fill({});
  scene.world().now += std::chrono::hours(24);
  ASSERT_TRUE(scene.send(secretary, wire::VacateSeat{council, seat, {}, {}}));
  ASSERT_EQ(history().size(), 2U);
  EXPECT_EQ(history()[0].how_label, "");
  EXPECT_EQ(history()[0].until, "3 June 2018");
  EXPECT_EQ(history()[1].how_label, "Resigned");
  EXPECT_EQ(scene.world().all_of("public").find("A new job"), std::string::npos);
  EXPECT_EQ(code_of(scene.send(secretary, wire::Reappoint{council, seat, {}})), "not_now");
}

TEST_F(Terms, reappointed_is_no_way_to_leave) {
  fill({});
  EXPECT_EQ(code_of(scene.send(secretary, wire::VacateSeat{council, seat, {}, HowEnded::reappointed})), "invalid_arguments");
  EXPECT_TRUE(has_right());
}

TEST_F(Terms, only_the_secretary_and_administrators_reappoint) {
  fill({});
  for (const auto& other : {visitor(), person(hilda), holder(hilda, council.str(), Role::chair),
                            holder(hilda, scene.body("Another").str(), Role::secretary)}) {
    EXPECT_FALSE(scene.send(other, wire::Reappoint{council, seat, {}}));
  }
  EXPECT_TRUE(scene.send(scene.admin, wire::Reappoint{council, seat, {}}));
}

TEST_F(Terms, a_body_shows_what_is_under_it_and_above_it) {
  const auto group = BodyId::from_trusted(scene.made(
      "body", scene.admin, wire::EstablishBody{{"Freight"}, wire::BodyKind::working_group, {}, council}));
  scene.seat(group, "Member");
  const auto child = scene.world().row_as<wire::BodyView>("bodies/" + council.str(), "public", "child/" + group.str());
  ASSERT_TRUE(child);
  EXPECT_EQ(child->name, "Freight");
  EXPECT_EQ(child->seat_count, 1);
  const auto own = scene.world().row_as<wire::BodyView>("bodies/" + group.str(), "public", "body");
  EXPECT_EQ(own->parent_name, "Council of LEP Chairs");
  EXPECT_EQ(own->parent_href, "/bodies/" + council.str());
}

TEST_F(Terms, staff_are_the_bodys_secretary_and_administrators) {
  const auto topic = "bodies/" + council.str();
  EXPECT_EQ(scene.world().audience(topic, secretary), "staff");
  EXPECT_EQ(scene.world().audience(topic, scene.admin), "staff");
  EXPECT_EQ(scene.world().audience(topic, visitor()), "public");
  EXPECT_EQ(scene.world().audience(topic, holder(hilda, council.str(), Role::chair)), "public");
  EXPECT_EQ(scene.world().audience(topic, holder(hilda, scene.body("Another").str(), Role::secretary)), "public");
}

}  // namespace
}  // namespace witan::test
