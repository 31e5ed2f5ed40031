#include <gtest/gtest.h>

#include "services/directory/domain/decide.hpp"
#include "services/directory/domain/rows.hpp"
#include "tests/support/given.hpp"

namespace witan::directory {
namespace {

using test::Given;
using test::id_of;
using test::issued_id;

const BodyId k_council = id_of<BodyId>("council");
const SeatId k_seat = id_of<SeatId>("seat");
const PersonId k_hilda = id_of<PersonId>("hilda");
const PersonId k_oswald = id_of<PersonId>("oswald");
const OrganisationId k_cumbria = id_of<OrganisationId>("cumbria");

const BodyEstablished k_established{
    k_council, "Council of LEP Chairs", wire::BodyKind::council, "Meets twice a year.", {}};
const SeatCreated k_created{k_council, k_seat, "Chair, Cumbria LEP", Role::member, k_cumbria};
const SeatFilled k_filled{k_council, k_seat, "Chair, Cumbria LEP", Role::member, k_cumbria, k_hilda};

/// A council with one vacant seat, two people and one organisation.
struct Council : Given<BodyAggregate, PersonAggregate, OrganisationAggregate> {
  Council() : Given(k_council.str()) {
    at("2018-06-01T09:00:00Z");
    and_also<OrganisationAggregate>(
        k_cumbria.str(),
        OrganisationRegistered{k_cumbria, "Cumbria LEP", wire::OrganisationKind::lep, "Cumbria"});
    for (const auto& [id, name] : {std::pair(k_hilda, "Hilda Whitby"), std::pair(k_oswald, "Oswald York")}) {
      and_also<PersonAggregate>(
          id.str(),
          PersonRegistered{
              id, keep(name), keep(id.str() + "@example.org"), keep("key-of-" + id.str()), {}, {}, false});
    }
    happened(k_established, k_created);
  }
};

TEST(SeatRules, establishing_a_body_names_it_and_returns_its_id) {
  Given<BodyAggregate> body(k_council.str());
  body
      .when(wire::EstablishBody{
          {"Council of LEP Chairs"}, wire::BodyKind::council, Prose<0, 2000>{"Meets twice a year."}, {}})
      .then(k_established);
  EXPECT_EQ(body.result().at("body").as_string(), k_council.str());
}

TEST(SeatRules, refuses_a_body_whose_name_differs_in_spaces_or_capitals_only) {
  for (const char* name : {"council of lep  chairs", "Council\u00A0of LEP Chairs", "Council of LEP\u2003\u2009Chairs\u00A0"}) {
    Given<BodyAggregate> body(id_of<BodyId>("other").str());
    body.and_also<BodyAggregate>(k_council.str(), k_established);
    body.when(wire::EstablishBody{{name}, wire::BodyKind::council, {}, {}}).rejected(ErrorCode::already_exists, "/name");
  }
}

TEST(SeatRules, a_body_is_kept_under_its_name_with_single_spaces) {
  Given<BodyAggregate> body(k_council.str());
  body.when(wire::EstablishBody{{"Council\u00A0 of  LEP Chairs"}, wire::BodyKind::council, {}, {}})
      .then(BodyEstablished{k_council, "Council of LEP Chairs", wire::BodyKind::council, "", {}});
}

TEST(SeatRules, refuses_a_body_under_an_unknown_parent) {
  Given<BodyAggregate>(k_council.str())
      .when(wire::EstablishBody{{"Council"}, wire::BodyKind::council, {}, id_of<BodyId>("nowhere")})
      .rejected(ErrorCode::invalid_arguments, "/parent");
}

TEST(SeatRules, creating_a_seat_draws_an_id) {
  Council council;
  const int before = council.world().ids_drawn;
  council.when(wire::CreateSeat{k_council, {"Secretary"}, Role::secretary, {}})
      .then(SeatCreated{k_council, issued_id<SeatId>(before + 1), "Secretary", Role::secretary, {}});
}

TEST(SeatRules, refuses_a_seat_that_would_make_an_administrator) {
  Council()
      .when(wire::CreateSeat{k_council, {"Emperor"}, Role::administrator, {}})
      .rejected(ErrorCode::invalid_arguments, "/role");
}

TEST(SeatRules, refuses_a_seat_for_an_unknown_organisation) {
  Council()
      .when(wire::CreateSeat{k_council, {"Chair, Nowhere"}, Role::member, id_of<OrganisationId>("nowhere")})
      .rejected(ErrorCode::invalid_arguments, "/organisation");
}

TEST(SeatRules, refuses_one_seat_too_many) {
  Council council;
  for (std::size_t i = 1; i < k_seats_max; ++i) {
    council.happened(
        SeatCreated{k_council, issued_id<SeatId>(1000 + static_cast<int>(i)), "Member", Role::member, {}});
  }
  council.when(wire::CreateSeat{k_council, {"One more"}, Role::member, {}}).rejected(ErrorCode::not_now);
}

TEST(SeatRules, filling_a_vacant_seat) {
  Council().when(wire::FillSeat{k_council, k_seat, k_hilda}).then(k_filled);
}

TEST(SeatRules, filling_a_seat_with_its_holder_changes_nothing) {
  Council council;
  council.happened(k_filled);
  council.when(wire::FillSeat{k_council, k_seat, k_hilda}).then_nothing();
}

TEST(SeatRules, refuses_to_fill_a_seat_that_somebody_else_holds) {
  Council council;
  council.happened(k_filled);
  council.when(wire::FillSeat{k_council, k_seat, k_oswald}).rejected(ErrorCode::not_now);
}

TEST(SeatRules, refuses_to_fill_an_unknown_seat_or_with_an_unknown_person) {
  Council()
      .when(wire::FillSeat{k_council, id_of<SeatId>("other"), k_hilda})
      .rejected(ErrorCode::invalid_arguments, "/seat")
      .when(wire::FillSeat{k_council, k_seat, id_of<PersonId>("nobody")})
      .rejected(ErrorCode::invalid_arguments, "/person");
}

TEST(SeatRules, vacating_a_seat_keeps_the_reason_as_an_erasable_text) {
  Council council;
  council.happened(k_filled);
  council.when(wire::VacateSeat{k_council, k_seat, Text<0, 300>{"Hilda moves abroad"}});
  ASSERT_EQ(council.events().size(), 1U);
  const auto& vacated = std::get<SeatVacated>(council.events().front());
  EXPECT_EQ(vacated.person, k_hilda);
  EXPECT_EQ(council.world().texts.at(vacated.reason->text_id), "Hilda moves abroad");
}

TEST(SeatRules, refuses_to_vacate_a_vacant_or_unknown_seat) {
  Council()
      .when(wire::VacateSeat{k_council, k_seat, {}})
      .rejected(ErrorCode::already_done)
      .when(wire::VacateSeat{k_council, id_of<SeatId>("other"), {}})
      .rejected(ErrorCode::invalid_arguments, "/seat");
}

TEST(SeatRules, a_vacant_seat_is_abolished_and_is_no_seat_from_then_on) {
  Council council;
  council.when(wire::AbolishSeat{k_council, k_seat}).then(SeatAbolished{k_council, k_seat, "Chair, Cumbria LEP", Role::member, k_cumbria});
  council.when(wire::AbolishSeat{k_council, k_seat}).rejected(ErrorCode::invalid_arguments, "/seat");
  council.when(wire::FillSeat{k_council, k_seat, k_hilda}).rejected(ErrorCode::invalid_arguments, "/seat");
}

TEST(SeatRules, refuses_to_abolish_a_seat_that_somebody_holds) {
  Council council;
  council.happened(k_filled);
  council.when(wire::AbolishSeat{k_council, k_seat}).rejected(ErrorCode::not_now);
}

TEST(SeatRows, an_abolished_seat_is_not_counted_and_the_history_says_when) {
  Council council;
  council.at("2018-06-19T13:00:00Z").when(wire::AbolishSeat{k_council, k_seat});
  const auto topic = "bodies/" + k_council.str();
  EXPECT_EQ(council.row_as<wire::BodyView>("bodies", "public", "body/" + k_council.str())->seat_count, 0);
  EXPECT_EQ(council.row_as<wire::BodyView>(topic, "public", "body")->vacant_count, 0);
  for (const char* audience : {"public", "staff"}) EXPECT_FALSE(council.has_row(topic, audience, "seat/" + k_seat.str()));
  const auto history = "appointments/" + k_council.str();
  const auto keys = council.world().keys(history, "public");
  const auto past = std::find_if(keys.begin(), keys.end(), [](const auto& key) { return key.starts_with("appointment/"); });
  ASSERT_NE(past, keys.end());
  const auto view = council.row_as<wire::AppointmentView>(history, "public", *past);
  EXPECT_TRUE(view->is_abolition);
  EXPECT_EQ(view->title, "Chair, Cumbria LEP");
  EXPECT_EQ(view->organisation, "Cumbria LEP");
  EXPECT_EQ(view->until, "19 June 2018");
  EXPECT_FALSE(council.published(SeatAbolished{k_council, k_seat, "Chair", Role::member, {}})) << "nobody else knows a vacant seat";
}

TEST(SeatRows, everybody_sees_the_body_its_counts_and_who_holds_which_seat) {
  Council council;
  council.at("2018-06-19T13:00:00Z").when(wire::FillSeat{k_council, k_seat, k_hilda});
  for (const auto& [topic, key] : {std::pair(std::string("bodies"), "body/" + k_council.str()),
                                   std::pair("bodies/" + k_council.str(), std::string("body"))}) {
    const auto body = council.row_as<wire::BodyView>(topic, "public", key);
    ASSERT_TRUE(body) << topic;
    EXPECT_EQ(body->name, "Council of LEP Chairs");
    EXPECT_EQ(body->kind_label, "Council");
    EXPECT_EQ(body->seat_count, 1);
    EXPECT_EQ(body->vacant_count, 0);
    EXPECT_EQ(body->href, "/bodies/" + k_council.str());
  }
  EXPECT_EQ(council.world().audience("bodies/" + k_council.str(), test::visitor()), "public");
  const auto seat =
      council.row_as<wire::SeatView>("bodies/" + k_council.str(), "public", "seat/" + k_seat.str());
  ASSERT_TRUE(seat);
  EXPECT_EQ(seat->title, "Chair, Cumbria LEP");
  EXPECT_EQ(seat->role_label, "Member");
  EXPECT_EQ(seat->organisation, "Cumbria LEP");
  EXPECT_EQ(seat->person_name, "Hilda Whitby");
  EXPECT_EQ(seat->since, "since 19 June 2018");
  EXPECT_FALSE(seat->is_vacant);
}

TEST(SeatRows, show_an_organisation_and_a_body_that_have_turned_to_a_page) {
  Council council;
  for (int n = 1; n <= 200; ++n) {
    const auto name = "A" + std::to_string(n);  // sorts before the council and its organisation
    const auto organisation = issued_id<OrganisationId>(n);
    const auto body = issued_id<BodyId>(n);
    council.and_also<OrganisationAggregate>(
        organisation.str(), OrganisationRegistered{organisation, name, wire::OrganisationKind::lep, ""});
    council.and_also<BodyAggregate>(body.str(),
                                    BodyEstablished{body, name, wire::BodyKind::lep_board, "", {}});
  }
  EXPECT_TRUE(council.has_row("organisations/page/1", "public", "organisation/" + k_cumbria.str()));
  council.when(wire::FillSeat{k_council, k_seat, k_hilda});
  const auto seat =
      council.row_as<wire::SeatView>("bodies/" + k_council.str(), "public", "seat/" + k_seat.str());
  EXPECT_EQ(seat->organisation, "Cumbria LEP");
  const auto body = council.row_as<wire::BodyView>("bodies/page/1", "public", "body/" + k_council.str());
  ASSERT_TRUE(body);
  EXPECT_EQ(body->vacant_count, 0);
  EXPECT_EQ(council.world().audience("bodies/page/1", test::visitor()), "public");
  EXPECT_EQ(council.row_as<PagesView>("bodies", "public", "pages")->earlier_href, "/bodies/page/1");
}

TEST(SeatRows, a_vacated_seat_shows_nobody) {
  Council council;
  council.happened(k_filled).when(wire::VacateSeat{k_council, k_seat, {}});
  const auto seat =
      council.row_as<wire::SeatView>("bodies/" + k_council.str(), "public", "seat/" + k_seat.str());
  ASSERT_TRUE(seat);
  EXPECT_TRUE(seat->is_vacant);
  EXPECT_EQ(seat->person_name, "");
  EXPECT_EQ(seat->since, "");
  EXPECT_EQ(council.row_as<wire::BodyView>("bodies", "public", "body/" + k_council.str())->vacant_count, 1);
}

TEST(SeatRows, the_chair_comes_first_and_the_secretary_after_the_members) {
  Council council;
  const auto sort_of = [&](const char* id, Role role, const char* title) {
    const auto seat = id_of<SeatId>(id);
    council.happened(SeatCreated{k_council, seat, title, role, {}});
    return council.row_as<wire::SeatView>("bodies/" + k_council.str(), "public", "seat/" + seat.str())->sort;
  };
  const auto chair = sort_of("a", Role::chair, "Zeal"), member_b = sort_of("b", Role::member, "bee"),
             member_c = sort_of("c", Role::member, "Cat"), secretary = sort_of("d", Role::secretary, "Aide");
  EXPECT_LT(chair, member_b);
  EXPECT_LT(member_b, member_c);
  EXPECT_LT(member_c, secretary);
}

TEST(SeatRows, seats_of_one_title_are_in_the_order_of_names) {
  Council council;
  const auto vacant = id_of<SeatId>("other");
  council.happened(SeatCreated{k_council, vacant, "Chair, Cumbria LEP", Role::member, {}});
  council.when(wire::FillSeat{k_council, k_seat, k_hilda});
  const auto sort_of = [&](const SeatId& seat) {
    return council.row_as<wire::SeatView>("bodies/" + k_council.str(), "public", "seat/" + seat.str())->sort;
  };
  EXPECT_LT(sort_of(vacant), sort_of(k_seat));
  EXPECT_TRUE(sort_of(k_seat).ends_with("hilda whitby")) << sort_of(k_seat);
}

TEST(SeatRights, filling_gives_a_row_of_rights_and_vacating_takes_it_away) {
  Council council;
  const auto topic = "rights/" + k_hilda.str();
  council.when(wire::FillSeat{k_council, k_seat, k_hilda});
  const auto right = council.row_as<wire::RightsSeatView>(topic, "gateway", "seat/" + k_seat.str());
  ASSERT_TRUE(right);
  EXPECT_EQ(right->body, k_council);
  EXPECT_EQ(right->body_name, "Council of LEP Chairs");
  EXPECT_EQ(right->role, Role::member);
  EXPECT_EQ(right->title, "Chair, Cumbria LEP");

  council.when(wire::VacateSeat{k_council, k_seat, {}});
  EXPECT_EQ(council.world().keys(topic, "gateway"), std::vector<std::string>{"person"});
  EXPECT_FALSE(council.world().audience(topic, test::administrator())) << "rights are the gateway's own";
}

TEST(SeatNotices, others_hear_of_bodies_and_of_seats_with_names) {
  Council council;
  council.happened(k_filled);
  const auto established = council.published(k_established);
  ASSERT_TRUE(established);
  EXPECT_EQ(codec::decode<wire::BodyEstablishedNotice>(*established)->name, "Council of LEP Chairs");
  EXPECT_FALSE(council.published(k_created));
  const auto filled = codec::decode<wire::SeatFilledNotice>(*council.published(k_filled));
  ASSERT_TRUE(filled);
  EXPECT_EQ(filled->person_name, "Hilda Whitby");
  EXPECT_EQ(filled->organisation, "Cumbria LEP");
  EXPECT_EQ(filled->title, "Chair, Cumbria LEP");
  const auto vacated =
      codec::decode<wire::SeatVacatedNotice>(*council.published(SeatVacated{k_council, k_seat, k_hilda, {}}));
  ASSERT_TRUE(vacated);
  EXPECT_EQ(vacated->seat, k_seat);
}

TEST(SeatRows, an_erased_name_is_said_to_be_removed) {
  Council council;
  council.happened(k_filled).all_texts_erased();
  EXPECT_EQ(council.row_as<wire::SeatView>("bodies/" + k_council.str(), "public", "seat/" + k_seat.str())
                ->person_name,
            "Name removed");
}

}  // namespace
}  // namespace witan::directory
