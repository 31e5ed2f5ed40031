// Which organisation people come from and seats stand for, what things are called, and who is appointed by e-mail address.
#include <gtest/gtest.h>

#include "tests/unit/directory/directory_scene.hpp"

namespace witan::test {
namespace {

const std::string k_password = "correct horse battery";

/// A council with a secretary and a vacant seat, and Hilda, who comes from nowhere.
class Affiliations : public testing::Test {
 protected:
  wire::SeatView seat_row(const char* audience = "public") {
    return *scene.world().row_as<wire::SeatView>("bodies/" + council.str(), audience, "seat/" + seat.str());
  }
  wire::AccountView account() { return *scene.world().row_as<wire::AccountView>("account/" + hilda.str(), "self", "account"); }
  wire::PersonView listed() { return *scene.world().row_as<wire::PersonView>("people", "staff", "person/" + hilda.str()); }
  wire::ChangeSeat change(const std::string& title, const std::string& organisation) {
    return {council, seat, {title}, {}, Text<0, 120>{organisation}};
  }
  wire::SetOrganisation from(const std::string& organisation) { return {hilda, {}, Text<0, 120>{organisation}}; }
  wire::FillSeat appoint(const std::string& email) {
    wire::FillSeat command{council, seat, {}};
    command.email = EmailAddress{email};
    return command;
  }
  std::string pointer_of(const Result<json::object>& result) {
    return result || result.error().errors.empty() ? std::string() : result.error().errors.front().pointer;
  }

  DirectoryScene scene;
  const BodyId council = scene.body(), panel = scene.body("Skills panel");
  const SeatId seat = scene.seat(council, "Chiar");
  const OrganisationId cumbria = scene.organisation("Cumbria LEP");
  const PersonId hilda = scene.person("Hilda Whitby", "hilda@example.org", k_password);
  const Actor secretary = holder(id_of<PersonId>("secretary"), council.str(), Role::secretary);
};

TEST_F(Affiliations, a_seat_is_made_for_an_organisation_that_is_named_by_its_registered_name) {
  wire::CreateSeat command{council, {"Chair"}, Role::chair, {}};
  command.organisation_name = Text<0, 120>{"cumbria lep"};
  const auto made = SeatId::from_trusted(scene.made("seat", secretary, command));
  const auto row = scene.world().row_as<wire::SeatView>("bodies/" + council.str(), "public", "seat/" + made.str());
  EXPECT_EQ(row->organisation, "Cumbria LEP");
  EXPECT_EQ(row->stands_for, "Cumbria LEP");
  command.organisation_name = Text<0, 120>{"Nowhere"};
  EXPECT_EQ(pointer_of(scene.send(secretary, command)), "/organisation_name");
  command.organisation_name = Text<0, 120>{};
  EXPECT_TRUE(scene.send(secretary, command)) << "a seat may stand for none";
}

TEST_F(Affiliations, no_two_organisations_have_names_that_differ_in_spaces_or_capitals_only) {
  const auto age = scene.organisation("Age  UK");
  const auto name_of = [&] { return scene.world().row_as<wire::OrganisationView>("organisations", "public", "organisation/" + age.str())->name; };
  EXPECT_EQ(name_of(), "Age UK");
  for (const char* name : {"Age UK", "age\u00A0uk", "Age \u2009UK"}) {
    EXPECT_EQ(code_of(scene.send(scene.admin, wire::RegisterOrganisation{{name}, wire::OrganisationKind::business, {}})), "already_exists") << name;
    EXPECT_EQ(code_of(scene.send(scene.admin, wire::RenameOrganisation{cumbria, {name}})), "already_exists") << name;
  }
  const auto events = scene.world().log.size();
  EXPECT_TRUE(scene.send(scene.admin, wire::RenameOrganisation{age, {"Age\u00A0UK"}}));
  EXPECT_EQ(scene.world().log.size(), events) << "it is called so already";
  EXPECT_TRUE(scene.send(scene.admin, wire::RenameOrganisation{age, {"AGE  UK"}})) << "capitals may be put right";
  EXPECT_EQ(name_of(), "AGE UK");
  EXPECT_TRUE(scene.send(scene.admin, wire::SetOrganisation{hilda, {}, Text<0, 120>{"age\u00A0 uk"}})) << "and found under any spaces";
  EXPECT_EQ(account().organisation, "AGE UK");
}

TEST_F(Affiliations, a_seat_is_put_right_for_everybody_and_past_appointments_keep_what_it_was) {
  ASSERT_TRUE(scene.send(secretary, wire::FillSeat{council, seat, hilda}));
  ASSERT_TRUE(scene.send(secretary, wire::Reappoint{council, seat, {}}));
  ASSERT_TRUE(scene.send(secretary, change("Chair", "Cumbria LEP")));
  for (const char* audience : {"public", "staff"}) {
    EXPECT_EQ(seat_row(audience).title, "Chair");
    EXPECT_EQ(seat_row(audience).organisation, "Cumbria LEP");
    EXPECT_EQ(seat_row(audience).person_name, "Hilda Whitby");
  }
  const auto rights = scene.world().row_as<wire::RightsSeatView>("rights/" + hilda.str(), "gateway", "seat/" + seat.str());
  EXPECT_EQ(rights->title, "Chair");
  const auto on_account = scene.world().row_as<wire::AccountSeatView>("account/" + hilda.str(), "self", "seat/" + seat.str());
  ASSERT_TRUE(on_account);
  EXPECT_EQ(on_account->title, "Chair");
  EXPECT_EQ(on_account->body_name, "Council of LEP Chairs");
  const auto history = "appointments/" + council.str();
  for (const auto& key : scene.world().keys(history, "public")) {
    if (!key.starts_with("appointment/")) continue;
    EXPECT_EQ(scene.world().row_as<wire::AppointmentView>(history, "public", key)->title, "Chiar");
  }
  const auto events = scene.world().log.size();
  ASSERT_TRUE(scene.send(secretary, change("Chair", "Cumbria LEP")));
  EXPECT_EQ(scene.world().log.size(), events) << "nothing was left to change";
}

TEST_F(Affiliations, an_invitation_follows_the_title_of_its_seat) {
  ASSERT_TRUE(scene.send(secretary, wire::Invite{council, seat, {"Oswald York"}, {"oswald@example.org"}, {}}));
  const auto token = scene.last_token();
  ASSERT_TRUE(scene.send(secretary, change("Chair", "")));
  const auto link = scene.world().row_as<wire::LinkView>("links/" + crypto::sha256_text(token), "public", "link");
  ASSERT_TRUE(link);
  EXPECT_EQ(link->title, "Chair");
}

TEST_F(Affiliations, only_the_secretary_and_administrators_change_a_seat) {
  EXPECT_EQ(code_of(scene.send(visitor(), change("Chair", ""))), "not_signed_in");
  EXPECT_EQ(code_of(scene.send(person(hilda), change("Chair", ""))), "forbidden");
  EXPECT_EQ(code_of(scene.send(holder(hilda, panel.str(), Role::secretary), change("Chair", ""))), "forbidden");
  EXPECT_EQ(code_of(scene.send(scene.admin, change("Chair", ""))), "");
}

TEST_F(Affiliations, an_account_that_ends_leaves_no_seat_on_it) {
  ASSERT_TRUE(scene.send(secretary, wire::FillSeat{council, seat, hilda}));
  EXPECT_TRUE(scene.world().row("account/" + hilda.str(), "self", "seat/" + seat.str()));
  ASSERT_TRUE(scene.send(secretary, wire::VacateSeat{council, seat, {}}));
  EXPECT_FALSE(scene.world().row("account/" + hilda.str(), "self", "seat/" + seat.str()));
}

TEST_F(Affiliations, a_persons_organisation_shows_on_their_account_in_the_list_and_at_seats_that_stand_for_none) {
  ASSERT_TRUE(scene.send(secretary, wire::FillSeat{council, seat, hilda}));
  ASSERT_TRUE(scene.send(scene.admin, from("Cumbria LEP")));
  EXPECT_EQ(account().organisation, "Cumbria LEP");
  EXPECT_EQ(listed().organisation, "Cumbria LEP");
  EXPECT_EQ(seat_row().organisation, "Cumbria LEP");
  EXPECT_EQ(seat_row("staff").organisation, "Cumbria LEP");
  EXPECT_EQ(seat_row().stands_for, "");
  ASSERT_TRUE(scene.send(scene.admin, from("")));
  EXPECT_EQ(account().organisation, "");
  EXPECT_EQ(seat_row().organisation, "");
  EXPECT_EQ(code_of(scene.send(person(hilda), from("Cumbria LEP"))), "not_found") << "whom they come from is not theirs to say";
}

TEST_F(Affiliations, whoever_accepts_comes_from_the_organisation_of_the_invitation) {
  wire::Invite invite{council, seat, {"Oswald York"}, {"oswald@example.org"}, {}};
  invite.organisation = cumbria;
  ASSERT_TRUE(scene.send(secretary, invite));
  ASSERT_TRUE(scene.send(visitor(), wire::AcceptInvitation{{scene.last_token()}, Text<1, 100>{"Oswald York"}, {}, Password{"four words that fit"}}));
  EXPECT_EQ(seat_row().person_name, "Oswald York");
  EXPECT_EQ(seat_row().organisation, "Cumbria LEP");
}

TEST_F(Affiliations, whoever_accepts_with_an_account_gets_the_organisation_unless_they_have_one) {
  wire::Invite invite{council, seat, {"Hilda Whitby"}, {"hilda@example.org"}, {}};
  invite.organisation = cumbria;
  ASSERT_TRUE(scene.send(secretary, invite));
  ASSERT_TRUE(scene.send(person(hilda), wire::AcceptInvitation{{scene.last_token()}, {}, {}, {}}));
  EXPECT_EQ(account().organisation, "Cumbria LEP");
  const auto other = scene.seat(council, "Observer");
  invite.seat = other;
  invite.organisation = scene.organisation("Kendal College");
  ASSERT_TRUE(scene.send(secretary, invite));
  ASSERT_TRUE(scene.send(person(hilda), wire::AcceptInvitation{{scene.last_token()}, {}, {}, {}}));
  EXPECT_EQ(account().organisation, "Cumbria LEP");
}

TEST_F(Affiliations, the_name_of_an_organisation_is_put_right_wherever_it_stands_for_the_present) {
  ASSERT_TRUE(scene.send(scene.admin, from("Cumbria LEP")));
  ASSERT_TRUE(scene.send(secretary, wire::FillSeat{council, seat, hilda}));
  ASSERT_TRUE(scene.send(secretary, wire::Reappoint{council, seat, {}}));
  const auto interest = scene.made("interest", scene.admin, wire::DeclareInterest{hilda, wire::InterestKind::employment, cumbria, {}, {"Director"}, {}});
  ASSERT_TRUE(scene.send(scene.admin, wire::RenameOrganisation{cumbria, {"Cumbria Local Enterprise Partnership"}}));
  const std::string name = "Cumbria Local Enterprise Partnership";
  EXPECT_EQ(scene.world().row_as<wire::OrganisationView>("organisations", "public", "organisation/" + cumbria.str())->name, name);
  EXPECT_EQ(account().organisation, name);
  EXPECT_EQ(listed().organisation, name);
  EXPECT_EQ(seat_row().organisation, name);
  EXPECT_EQ(scene.world().row_as<wire::InterestView>("interests/" + hilda.str(), "public", "interest/" + interest)->organisation, name);
  const auto concern = scene.world().row_as<wire::ConcernView>("concerns/" + council.str(), "staff", "concern/" + hilda.str());
  ASSERT_TRUE(concern);
  EXPECT_NE(concern->interests.front().find(name), std::string::npos) << concern->interests.front();
  const auto history = "appointments/" + council.str();
  for (const auto& key : scene.world().keys(history, "public")) {
    if (!key.starts_with("appointment/")) continue;
    EXPECT_EQ(scene.world().row_as<wire::AppointmentView>(history, "public", key)->organisation, "Cumbria LEP");
  }
  EXPECT_TRUE(scene.send(scene.admin, from(name)));
  EXPECT_EQ(pointer_of(scene.send(scene.admin, from("Cumbria LEP"))), "/organisation_name") << "it is found by its name no more";
  EXPECT_EQ(code_of(scene.send(secretary, wire::RenameOrganisation{cumbria, {"Mine"}})), "forbidden");
}

TEST_F(Affiliations, no_two_organisations_and_no_two_bodies_have_one_name) {
  const auto body = [&](const char* name) { return scene.send(scene.admin, wire::EstablishBody{{name}, wire::BodyKind::council, {}, {}}); };
  EXPECT_EQ(code_of(body("COUNCIL of lep chairs")), "already_exists");
  EXPECT_EQ(pointer_of(body("Council of LEP Chairs")), "/name");
  EXPECT_EQ(code_of(body("Council of mayors")), "");
  const auto organisation = [&](const char* name) { return scene.send(scene.admin, wire::RegisterOrganisation{{name}, wire::OrganisationKind::lep, {}}); };
  EXPECT_EQ(code_of(organisation("cumbria LEP")), "already_exists");
  EXPECT_EQ(pointer_of(organisation("Cumbria LEP")), "/name");
  const auto kendal = scene.organisation("Kendal College");
  EXPECT_EQ(code_of(scene.send(scene.admin, wire::RenameOrganisation{kendal, {"Cumbria LEP"}})), "already_exists");
  EXPECT_EQ(code_of(scene.send(scene.admin, wire::RenameOrganisation{kendal, {"KENDAL College"}})), "") << "its own name in other capitals";
  EXPECT_EQ(code_of(organisation("Kendal college")), "already_exists");
}

TEST_F(Affiliations, administrators_appoint_anybody_by_e_mail_address) {
  EXPECT_EQ(pointer_of(scene.send(scene.admin, appoint("nobody@example.org"))), "/email");
  ASSERT_TRUE(scene.send(scene.admin, appoint("hilda@example.org")));
  EXPECT_EQ(seat_row().person_name, "Hilda Whitby");
}

TEST_F(Affiliations, a_secretary_appoints_by_e_mail_address_only_those_who_sit_in_a_body_of_theirs) {
  const auto unknown = scene.send(secretary, appoint("nobody@example.org"));
  const auto elsewhere = scene.send(secretary, appoint("hilda@example.org"));
  ASSERT_FALSE(unknown);
  ASSERT_FALSE(elsewhere);
  EXPECT_EQ(unknown.error().detail, elsewhere.error().detail) << "whether the address has an account is not told";
  EXPECT_EQ(pointer_of(elsewhere), "/email");
  ASSERT_TRUE(scene.send(scene.admin, wire::FillSeat{council, scene.seat(council, "Observer"), hilda}));
  EXPECT_TRUE(scene.send(secretary, appoint("hilda@example.org")));
  EXPECT_EQ(code_of(scene.send(person(hilda), appoint("hilda@example.org"))), "forbidden");
  EXPECT_EQ(code_of(scene.send(visitor(), appoint("hilda@example.org"))), "not_signed_in");
  EXPECT_EQ(code_of(scene.send(secretary, wire::FillSeat{council, scene.seat(council, "Another"), {}})), "invalid_arguments") << "of nobody";
}

TEST_F(Affiliations, a_password_is_neither_the_e_mail_address_nor_the_name_of_its_owner) {
  const auto sets = [&](const std::string& password) { return scene.send(person(hilda), wire::ChangePassword{{k_password}, {password}}); };
  for (const char* password : {"hilda@example.org", "Hilda Whitby Hilda", "whitby.hilda.1966", "HILDAWHITBY2018!"}) {
    const auto refused = sets(password);
    EXPECT_EQ(pointer_of(refused), "/new_password") << password;
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().errors.front().detail.starts_with("It must not be your e-mail address or name")) << password;
  }
  const auto easy = sets("aaaaaaaaaaaaaaaa");
  ASSERT_FALSE(easy);
  EXPECT_TRUE(easy.error().errors.front().detail.starts_with("This password is too easy to guess.")) << easy.error().errors.front().detail;
  const auto short_one = sets("short");
  ASSERT_FALSE(short_one);
  EXPECT_TRUE(short_one.error().errors.front().detail.starts_with("A new password must have at least 12 characters.")) << short_one.error().errors.front().detail;
  EXPECT_EQ(code_of(sets("kettle whitby orbit velvet")), "") << "a part of a name among other words";
}

}  // namespace
}  // namespace witan::test
