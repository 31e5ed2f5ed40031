// The register of interests, and what of it those who appoint have to consider.
#include <gtest/gtest.h>

#include "services/directory/domain/interests.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/directory/directory_scene.hpp"

namespace witan::test {
namespace {

using wire::InterestKind;

/// A council with a secretary, and Hilda, who sits in it for nobody. On 1 June 2018.
class Interests : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(scene.send(secretary, wire::FillSeat{council, seat, hilda, {}, {}})); }

  wire::DeclareInterest declaration(InterestKind kind, const std::string& organisation, const std::string& text = "Director, paid") {
    wire::DeclareInterest command{hilda, kind, {}, {}, {text}, {}};
    if (!organisation.empty()) command.organisation_name = Text<0, 120>{organisation};
    return command;
  }
  InterestId declares(InterestKind kind, const std::string& organisation, const std::string& text = "Director, paid") {
    return InterestId::from_trusted(scene.made("interest", person(hilda), declaration(kind, organisation, text)));
  }
  wire::ChangeInterest change(const InterestId& interest, InterestKind kind, const std::string& organisation, const std::string& text) {
    return {hilda, interest, kind, {}, Text<0, 120>{organisation}, {text}, {}};
  }
  wire::RegisterView shown(const std::string& audience = "public") {
    return *scene.world().row_as<wire::RegisterView>("interests/" + hilda.str(), audience, "register");
  }
  wire::InterestView shown(const InterestId& interest, const std::string& audience = "public") {
    return *scene.world().row_as<wire::InterestView>("interests/" + hilda.str(), audience, "interest/" + interest.str());
  }
  std::vector<std::string> to_consider(const PersonId& person, const BodyId& body) {
    const auto row = scene.world().row_as<wire::ConcernView>("concerns/" + body.str(), "staff", "concern/" + person.str());
    return row ? row->interests : std::vector<std::string>();
  }
  std::vector<std::string> to_consider() { return to_consider(hilda, council); }
  std::string pointer_of(const Result<json::object>& result) {
    return result || result.error().errors.empty() ? std::string() : result.error().errors.front().pointer;
  }

  DirectoryScene scene;
  const BodyId council = scene.body(), elsewhere = scene.body("Skills panel");
  const SeatId seat = scene.seat(council, "Chair of the panel");
  const PersonId hilda = scene.person("Hilda Whitby", "hilda@example.org");
  const Actor secretary = holder(id_of<PersonId>("secretary"), council.str(), Role::secretary);
};

using Words = std::vector<std::string>;

TEST_F(Interests, an_entry_says_what_where_since_when_and_when_it_was_declared) {
  auto command = declaration(InterestKind::securities, "Ormskirk Foundry", "Two per cent of the shares");
  command.since = CalendarDate{"2012-03-01"};
  const auto interest = InterestId::from_trusted(scene.made("interest", person(hilda), command));
  const auto entry = shown(interest);
  EXPECT_EQ(entry.kind_label, "Shares or securities");
  EXPECT_EQ(entry.organisation, "Ormskirk Foundry");
  EXPECT_EQ(entry.description, "Two per cent of the shares");
  EXPECT_EQ(entry.since, "since 1 March 2012");
  EXPECT_EQ(entry.declared, "1 June 2018");
  EXPECT_FALSE(entry.is_for_another);
  EXPECT_TRUE(shown().has_entries);
  EXPECT_EQ(shown().changed, "1 June 2018");
}

TEST_F(Interests, what_a_changed_entry_said_stays_with_its_days_and_the_entry_keeps_its_name) {
  const auto interest = declares(InterestKind::employment, "Ormskirk Foundry", "Manager");
  scene.wait_until(moment("2018-07-10T09:00:00Z"));
  ASSERT_TRUE(scene.send(person(hilda), change(interest, InterestKind::employment, "Ormskirk Foundry", "Director")));
  scene.wait_until(moment("2018-08-20T09:00:00Z"));
  ASSERT_TRUE(scene.send(person(hilda), change(interest, InterestKind::membership, "Foundry Trust", "Trustee")));
  const auto entry = shown(interest);
  EXPECT_EQ(entry.description, "Trustee");
  EXPECT_EQ(entry.changed, "20 August 2018");
  ASSERT_EQ(entry.earlier.size(), 2U);
  EXPECT_EQ(entry.earlier[0].description, "Director");
  EXPECT_EQ(entry.earlier[0].from, "10 July 2018");
  EXPECT_EQ(entry.earlier[0].until, "20 August 2018");
  EXPECT_EQ(entry.earlier[1].description, "Manager");
  EXPECT_EQ(entry.earlier[1].organisation, "Ormskirk Foundry");
  EXPECT_EQ(entry.earlier[1].from, "1 June 2018");
}

TEST_F(Interests, a_change_that_changes_nothing_is_none) {
  const auto interest = declares(InterestKind::employment, "Ormskirk Foundry", "Manager");
  const auto events = scene.world().log.size();
  EXPECT_TRUE(scene.send(person(hilda), change(interest, InterestKind::employment, "Ormskirk Foundry", "Manager")));
  EXPECT_EQ(scene.world().log.size(), events);
}

TEST_F(Interests, a_withdrawn_entry_stays_marked_after_those_that_hold_and_changes_no_more) {
  const auto old = declares(InterestKind::employment, "Ormskirk Foundry");
  const auto present = declares(InterestKind::employment, "Another firm");
  scene.wait_until(moment("2018-07-10T09:00:00Z"));
  ASSERT_TRUE(scene.send(person(hilda), wire::WithdrawInterest{hilda, old}));
  const auto entry = shown(old);
  EXPECT_TRUE(entry.is_withdrawn);
  EXPECT_EQ(entry.withdrawn, "10 July 2018");
  EXPECT_EQ(entry.description, "Director, paid");
  EXPECT_GT(entry.sort, shown(present).sort);
  EXPECT_FALSE(shown(old, "self").is_editable);
  EXPECT_TRUE(shown(present, "self").is_editable);
  EXPECT_FALSE(shown(present).is_editable);
  EXPECT_EQ(code_of(scene.send(person(hilda), change(old, InterestKind::other, "", "Something else"))), "not_now");
  const auto events = scene.world().log.size();
  EXPECT_TRUE(scene.send(person(hilda), wire::WithdrawInterest{hilda, old}));
  EXPECT_EQ(scene.world().log.size(), events);
}

TEST_F(Interests, nothing_to_declare_is_said_on_a_day_and_holds_until_something_is_declared) {
  EXPECT_EQ(shown().confirmed, "");
  ASSERT_TRUE(scene.send(person(hilda), wire::ConfirmInterests{hilda}));
  EXPECT_TRUE(shown().has_nothing);
  EXPECT_EQ(shown().confirmed, "1 June 2018");
  const auto interest = declares(InterestKind::land, "");
  EXPECT_FALSE(shown().has_nothing);
  EXPECT_EQ(shown().confirmed, "1 June 2018");
  ASSERT_TRUE(scene.send(person(hilda), wire::WithdrawInterest{hilda, interest}));
  EXPECT_FALSE(shown().has_nothing) << "nobody has said so since";
  scene.wait_until(moment("2018-12-01T09:00:00Z"));
  ASSERT_TRUE(scene.send(person(hilda), wire::ConfirmInterests{hilda}));
  EXPECT_TRUE(shown().has_nothing);
  EXPECT_EQ(shown().confirmed, "1 December 2018");
}

TEST_F(Interests, refuses_what_cannot_be) {
  const auto refused = [&](auto&& edit) {
    auto command = declaration(InterestKind::other, "");
    edit(command);
    return pointer_of(scene.send(person(command.person), command));
  };
  EXPECT_EQ(refused([](auto& c) { c.since = CalendarDate{"2018-06-02"}; }), "/since");
  EXPECT_EQ(refused([](auto& c) { c.since = CalendarDate{"1899-12-31"}; }), "/since");
  EXPECT_EQ(refused([](auto& c) { c.organisation = id_of<OrganisationId>("none"); }), "/organisation");
  EXPECT_EQ(refused([](auto& c) { c.description = {""}; }), "/description");
  EXPECT_EQ(refused([](auto& c) { c.person = id_of<PersonId>("nobody"); }), "/person");
  EXPECT_EQ(pointer_of(scene.send(person(hilda), wire::WithdrawInterest{hilda, id_of<InterestId>("none")})), "/interest");
  EXPECT_EQ(pointer_of(scene.send(person(hilda), change(id_of<InterestId>("none"), InterestKind::other, "", "Text"))), "/interest");
}

TEST_F(Interests, a_register_takes_200_entries_and_changes_and_can_still_be_withdrawn_from) {
  InterestId interest;
  for (std::size_t i = 0; i < directory::k_register_entries_max; ++i) interest = declares(InterestKind::other, "", "Entry " + std::to_string(i));
  EXPECT_EQ(code_of(scene.send(person(hilda), declaration(InterestKind::other, ""))), "not_now");
  EXPECT_EQ(code_of(scene.send(person(hilda), change(interest, InterestKind::land, "", "A field"))), "not_now");
  EXPECT_EQ(code_of(scene.send(person(hilda), wire::WithdrawInterest{hilda, interest})), "");
}

TEST_F(Interests, are_entered_by_the_person_by_administrators_and_by_secretaries_of_a_body_in_which_they_sit) {
  const auto interest = declares(InterestKind::land, "");
  const auto clerk = holder(id_of<PersonId>("clerk"), elsewhere.str(), Role::secretary);
  const auto code = [&](const Actor& actor) { return code_of(scene.send(actor, declaration(InterestKind::other, ""))); };
  EXPECT_EQ(code(visitor()), "not_signed_in");
  EXPECT_EQ(code(person(id_of<PersonId>("stranger"))), "forbidden");
  EXPECT_EQ(code(holder(id_of<PersonId>("chair"), council.str(), Role::chair)), "forbidden");
  EXPECT_EQ(code(clerk), "forbidden");
  EXPECT_EQ(code(holder(id_of<PersonId>("auditor"), k_everywhere, Role::auditor)), "forbidden");
  for (const auto& actor : {person(hilda), secretary, scene.admin}) {
    EXPECT_EQ(code(actor), "");
    EXPECT_EQ(code_of(scene.send(actor, change(interest, InterestKind::land, "", "A field, " + actor.person->str()))), "");
  }
  EXPECT_EQ(code_of(scene.send(clerk, wire::WithdrawInterest{hilda, interest})), "forbidden");
  const auto panel_seat = scene.seat(elsewhere, "Member");
  ASSERT_TRUE(scene.send(scene.admin, wire::FillSeat{elsewhere, panel_seat, hilda, {}, {}}));
  EXPECT_EQ(code(clerk), "") << "now Hilda sits in the clerk's body too";
  ASSERT_TRUE(scene.send(scene.admin, wire::VacateSeat{elsewhere, panel_seat, {}, {}}));
  EXPECT_EQ(code(clerk), "forbidden") << "and now no longer";
}

TEST_F(Interests, say_when_somebody_else_entered_them_and_are_confirmed_by_nobody_else) {
  const auto interest = InterestId::from_trusted(scene.made("interest", secretary, declaration(InterestKind::land, "")));
  EXPECT_TRUE(shown(interest).is_for_another);
  for (const auto& actor : {secretary, scene.admin}) EXPECT_EQ(code_of(scene.send(actor, wire::ConfirmInterests{hilda})), "forbidden");
  EXPECT_EQ(code_of(scene.send(visitor(), wire::ConfirmInterests{hilda})), "not_signed_in");
  EXPECT_EQ(code_of(scene.send(person(hilda), wire::ConfirmInterests{hilda})), "");
}

TEST_F(Interests, are_public_from_the_first_seat_on_for_good_and_before_it_only_the_persons_own) {
  auto& world = scene.world();
  const auto newcomer = scene.person("Oswald York", "oswald@example.org");
  const auto topic = "interests/" + newcomer.str();
  EXPECT_EQ(world.audience(topic, visitor()), std::nullopt);
  EXPECT_EQ(world.audience(topic, secretary), std::nullopt);
  EXPECT_EQ(world.audience(topic, person(newcomer)), "self");
  EXPECT_EQ(world.audience(topic, scene.admin), "staff");
  const auto other_seat = scene.seat(council, "Member");
  ASSERT_TRUE(scene.send(secretary, wire::FillSeat{council, other_seat, newcomer, {}, {}}));
  EXPECT_EQ(world.audience(topic, visitor()), "public");
  EXPECT_EQ(world.audience(topic, secretary), "staff");
  ASSERT_TRUE(scene.send(secretary, wire::VacateSeat{council, other_seat, {}, {}}));
  EXPECT_EQ(world.audience(topic, visitor()), "public") << "what held when they decided stays to be read";
  EXPECT_EQ(world.audience(topic, secretary), "public");
  ASSERT_TRUE(scene.send(person(newcomer), wire::ConfirmInterests{newcomer}));
  EXPECT_EQ(world.audience(topic, visitor()), "public");
  EXPECT_EQ(world.row_as<wire::SeatView>("bodies/" + council.str(), "public", "seat/" + seat.str())->interests_href, "/interests/" + hilda.str());
  EXPECT_EQ(world.row_as<wire::SeatView>("bodies/" + council.str(), "public", "seat/" + other_seat.str())->interests_href, "");
}

TEST_F(Interests, touch_a_body_when_they_are_contracts_land_or_sponsorship_or_their_organisation_has_a_seat) {
  const auto foundry = scene.organisation("Ormskirk Foundry");
  for (const auto kind : {InterestKind::employment, InterestKind::securities, InterestKind::membership, InterestKind::family, InterestKind::other}) {
    declares(kind, "A firm that has no seat");
  }
  EXPECT_EQ(to_consider(), Words());
  declares(InterestKind::land, "");
  declares(InterestKind::contract, "A firm that has no seat");
  EXPECT_EQ(to_consider(), (Words{"Contract: A firm that has no seat", "Land or property"}));
  const auto employment = declares(InterestKind::employment, "ORMSKIRK foundry");
  EXPECT_EQ(shown(employment).organisation, "Ormskirk Foundry") << "found by its name";
  EXPECT_EQ(to_consider().size(), 2U) << "no seat yet";
  scene.seat(council, "Seat for the foundry", Role::member, foundry);
  EXPECT_EQ(to_consider(), (Words{"Contract: A firm that has no seat", "Employment or office: Ormskirk Foundry (has a seat here)", "Land or property"}));
  EXPECT_EQ(to_consider(hilda, elsewhere), Words()) << "Hilda does not sit there";
}

TEST_F(Interests, touch_a_body_also_where_somebody_comes_from_the_organisation_or_the_person_sits_for_it) {
  const auto foundry = scene.organisation("Ormskirk Foundry");
  const auto own_seat = scene.seat(elsewhere, "For the foundry", Role::member, foundry);
  declares(InterestKind::employment, "Ormskirk Foundry");
  ASSERT_TRUE(scene.send(scene.admin, wire::FillSeat{elsewhere, own_seat, hilda, {}, {}}));
  EXPECT_EQ(to_consider(hilda, elsewhere), Words{"Employment or office: Ormskirk Foundry (for which they sit here)"});
  EXPECT_EQ(to_consider(), Words());
  const auto colleague = scene.person("Oswald York", "oswald@example.org", {}, foundry);
  const auto other = scene.seat(council, "Member");
  ASSERT_TRUE(scene.send(secretary, wire::FillSeat{council, other, colleague, {}, {}}));
  EXPECT_EQ(to_consider(), Words{"Employment or office: Ormskirk Foundry (has a seat here)"});
  ASSERT_TRUE(scene.send(secretary, wire::VacateSeat{council, other, {}, {}}));
  EXPECT_EQ(to_consider(), Words());
}

TEST_F(Interests, to_consider_follow_changes_and_end_with_the_interest_and_with_the_seat) {
  const auto land = declares(InterestKind::land, "");
  const auto contract = declares(InterestKind::contract, "Firm");
  ASSERT_TRUE(scene.send(person(hilda), change(contract, InterestKind::other, "Firm", "Former contract")));
  EXPECT_EQ(to_consider(), Words{"Land or property"});
  ASSERT_TRUE(scene.send(secretary, wire::VacateSeat{council, seat, {}, {}}));
  EXPECT_EQ(to_consider(), Words());
  ASSERT_TRUE(scene.send(secretary, wire::FillSeat{council, seat, hilda, {}, {}}));
  EXPECT_EQ(to_consider(), Words{"Land or property"});
  ASSERT_TRUE(scene.send(person(hilda), wire::WithdrawInterest{hilda, land}));
  EXPECT_EQ(to_consider(), Words());
}

TEST_F(Interests, to_consider_are_no_more_than_three_of_a_person_and_a_count) {
  for (const auto* firm : {"A", "B", "C", "D", "E"}) declares(InterestKind::contract, firm);
  const auto row = *scene.world().row_as<wire::ConcernView>("concerns/" + council.str(), "staff", "concern/" + hilda.str());
  EXPECT_EQ(row.interests, (Words{"Contract: A", "Contract: B", "Contract: C"}));
  EXPECT_EQ(row.more_count, 2);
  EXPECT_EQ(row.href, "/interests/" + hilda.str());
}

TEST_F(Interests, to_consider_are_for_those_who_appoint) {
  auto& world = scene.world();
  const auto topic = "concerns/" + council.str();
  EXPECT_EQ(world.audience(topic, secretary), "staff");
  EXPECT_EQ(world.audience(topic, scene.admin), "staff");
  EXPECT_EQ(world.audience(topic, visitor()), std::nullopt);
  EXPECT_EQ(world.audience(topic, person(hilda)), std::nullopt);
  EXPECT_EQ(world.audience(topic, holder(hilda, council.str(), Role::chair)), std::nullopt);
  EXPECT_EQ(world.audience(topic, holder(hilda, elsewhere.str(), Role::secretary)), std::nullopt);
}

TEST_F(Interests, an_appointment_is_never_refused_for_them_and_says_how_many_there_were) {
  declares(InterestKind::land, "");
  declares(InterestKind::employment, "Ormskirk Foundry");
  const auto foundry = scene.organisation("Another foundry");
  const auto command = wire::DeclareInterest{hilda, InterestKind::employment, foundry, {}, {"Clerk"}, {}};
  ASSERT_TRUE(scene.send(person(hilda), command));
  const auto for_foundry = scene.seat(elsewhere, "For the foundry", Role::member, foundry);
  const auto filled = scene.send(scene.admin, wire::FillSeat{elsewhere, for_foundry, hilda, {}, {}});
  ASSERT_TRUE(filled);
  EXPECT_EQ(string_at(*filled, "interests_to_consider"), "2");
  EXPECT_EQ(audit_lines(scene).back(), "Filled the seat “For the foundry”. 2 interests to consider | Vacant | Hilda Whitby");
}

TEST_F(Interests, what_was_written_is_in_no_event_and_goes_when_it_is_erased) {
  const auto interest = declares(InterestKind::contract, "Secret & Sons", "Words of her own");
  ASSERT_TRUE(scene.send(person(hilda), change(interest, InterestKind::contract, "Hidden & Daughters", "Other words of hers")));
  const auto events = scene.world().all_events();
  for (const auto* word : {"Secret", "Hidden", "words"}) EXPECT_EQ(events.find(word), std::string::npos) << word;
  EXPECT_EQ(audit_lines(scene).back(), "Changed an interest of Hilda Whitby: organisation and description | Secret & Sons; Words of her own | "
                                       "Hidden & Daughters; Other words of hers");
  scene.world().texts.clear();
  scene.world().rebuild();
  EXPECT_EQ(audit_lines(scene).back(), "Changed an interest of Name removed: organisation and description | text removed; text removed | "
                                       "text removed; text removed");
  const auto all = scene.world().all_of("public") + scene.world().all_of("staff") + scene.world().all_of("self");
  for (const auto* word : {"Secret", "Hidden", "words", "Hilda"}) EXPECT_EQ(all.find(word), std::string::npos) << word;
  EXPECT_EQ(shown(interest).description, "Text removed");
  EXPECT_EQ(shown().name, "Name removed");
  EXPECT_EQ(to_consider(), Words{"Contract: text removed"});
}

TEST_F(Interests, a_change_of_an_entry_that_somebody_else_has_changed_meanwhile_is_refused_and_both_texts_are_kept) {
  const auto interest = declares(InterestKind::contract, "Ormskirk Foundry", "Printing");
  auto theirs = change(interest, InterestKind::contract, "Ormskirk Foundry", "Printing and binding");
  auto ours = change(interest, InterestKind::contract, "Ormskirk Foundry", "Printing until 2019");
  theirs.seen_changes = ours.seen_changes = shown(interest).change_count;
  ASSERT_TRUE(scene.send(person(hilda), theirs));
  EXPECT_EQ(code_of(scene.send(secretary, ours)), "stale_version");
  EXPECT_EQ(shown(interest).description, "Printing and binding");
  EXPECT_EQ(shown(interest).change_count, 1);
  EXPECT_TRUE(scene.send(person(hilda), theirs)) << "what reads the same is no change";
  ours.seen_changes = shown(interest).change_count;
  ASSERT_TRUE(scene.send(secretary, ours));
  EXPECT_EQ(shown(interest).description, "Printing until 2019");
  EXPECT_EQ(shown(interest).earlier.front().description, "Printing and binding");
}

}  // namespace
}  // namespace witan::test
