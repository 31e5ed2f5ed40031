// An account is deleted: nothing says any more who it was, and every number stays.
#include <gtest/gtest.h>

#include "services/directory/domain/openid.hpp"
#include "shared/crypto/totp.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/directory/directory_scene.hpp"

namespace witan::test {
namespace {

const std::string k_password = "correct horse battery";
const std::string k_desk(52, 'b');

class Erasure : public testing::Test {
 protected:
  /// Hilda has left a trace wherever one can: seats now and before, a reason, mail, links both ways, a device.
  Erasure() {
    seat = scene.seat(council, "Clerk", Role::secretary);
    other_seat = scene.seat(council, "Adviser");
    fill(seat, hilda);
    EXPECT_TRUE(scene.send(scene.admin, wire::VacateSeat{council, seat, Text<0, 300>{"Hilda was unwell"}, wire::HowEnded::resigned}));
    fill(seat, hilda);
    EXPECT_TRUE(scene.send(scene.admin, wire::Reappoint{council, seat, CalendarDate{"2021-06-30"}}));
    fill(other_seat, ben);
    EXPECT_TRUE(scene.send(scene.admin, wire::VacateSeat{council, other_seat, {}, {}}));
    EXPECT_TRUE(scene.send(visitor(), wire::RequestPasswordReset{{"hilda@example.org"}}));
    EXPECT_TRUE(scene.send(scene.admin, wire::Invite{council, other_seat, {"Hilda Whitby"}, {"hilda@example.org"}, {}}));
    scene.do_outside_work();
    EXPECT_TRUE(scene.send(visitor(), wire::StartSession{{"hilda@example.org"}, {k_password}, {k_desk}, Text<0, 200>{"Hilda's phone"}}));
    interest = InterestId::from_trusted(scene.made(
        "interest", person(hilda), wire::DeclareInterest{hilda, wire::InterestKind::other, {}, Text<0, 120>{"Hilda Ltd"}, {"Hilda owns it"}, {}}));
    EXPECT_TRUE(scene.send(person(hilda), wire::ChangeInterest{hilda, interest, wire::InterestKind::other, {}, {}, {"Hilda sold it"}, {}}));
    happened(scene, "person", hilda.str(),
             directory::OpenidLinked{hilda, "https://login.example", scene.world().keep("Hilda elsewhere"), scene.world().now, {}});
  }

  void fill(const SeatId& which, const PersonId& person) {
    EXPECT_TRUE(scene.send(scene.admin, wire::FillSeat{council, which, person, {}, {}}));
  }
  Result<json::object> erases(const Actor& actor, const PersonId& whom, const std::string& password = k_password,
                              std::optional<wire::WhyErased> reason = {}) {
    return scene.send(actor, wire::ErasePerson{whom, {password}, reason});
  }
  /// Everything that is kept, and what the audit says of it.
  std::string kept() {
    auto all = all_kept(scene.world());
    for (const auto& line : audit_lines(scene)) all += line + "\n";
    return all;
  }
  std::size_t rows_of(const std::string& topic) { return scene.world().keys(topic, "public").size(); }

  DirectoryScene scene;
  const BodyId council = scene.body();
  const PersonId ada = PersonId::from_trusted(
      scene.made("person", scene.admin, wire::RegisterPerson{{"Ada"}, {"ada@example.org"}, {}, Password{k_password}, true}));
  const PersonId ben = scene.person("Ben", "ben@example.org", k_password);
  const PersonId hilda = scene.person("Hilda Whitby", "hilda@example.org", k_password, scene.organisation());
  SeatId seat, other_seat;
  InterestId interest;
};

TEST_F(Erasure, leaves_no_word_of_who_it_was_anywhere) {
  ASSERT_NE(kept().find("Hilda"), std::string::npos);
  const auto key = scene.world().keys("index/sign-in", std::string(k_private_audience)).size();
  ASSERT_TRUE(erases(person(hilda), hilda));
  for (const auto* word : {"Hilda", "hilda@example.org"}) EXPECT_EQ(kept().find(word), std::string::npos) << word;
  EXPECT_EQ(scene.world().keys("index/sign-in", std::string(k_private_audience)).size(), key - 1);
}

TEST_F(Erasure, takes_the_text_of_mail_to_others_that_names_the_person_and_leaves_whose_it_is) {
  const auto third = scene.seat(council, "Observer");
  ASSERT_TRUE(scene.send(holder(hilda, council.str(), Role::secretary), wire::Invite{council, third, {"Cuthbert"}, {"cuthbert@example.org"}, {}}));
  const auto token = scene.last_token();
  ASSERT_NE(scene.post().sent.back().text.find("Hilda Whitby invites you"), std::string::npos);
  ASSERT_TRUE(erases(person(hilda), hilda));
  scene.do_outside_work();
  EXPECT_EQ(kept().find("Hilda"), std::string::npos);
  EXPECT_NE(kept().find("cuthbert@example.org"), std::string::npos) << "it was not their account";
  EXPECT_EQ(scene.post().destroyed.back(), scene.post().sent.back().id) << "nor may the spool keep it";
  const auto link = scene.world().row_as<wire::LinkView>("links/" + crypto::sha256_text(token), "public", "link");
  EXPECT_EQ(link->inviter, "");
  EXPECT_FALSE(link->is_open);
}

TEST_F(Erasure, takes_a_code_of_the_second_factor_of_whoever_asks) {
  const auto key = crypto::new_totp_key();
  std::string codes;
  for (const auto& code : crypto::new_recovery_codes()) codes += code + " ";
  const auto now = crypto::totp_step(scene.world().now);
  ASSERT_TRUE(scene.send(person(ada), wire::SetSecondFactor{{k_password}, {crypto::totp_key_text(key)}, {codes}, {crypto::hotp(key, now - 1)}}));
  auto actor = administrator();
  actor.person = ada;
  EXPECT_EQ(code_of(erases(actor, hilda, k_password, wire::WhyErased::asked)), "invalid_arguments");
  wire::ErasePerson command{hilda, {k_password}, wire::WhyErased::asked, Text<0, 40>{"000000"}};
  EXPECT_EQ(code_of(scene.send(actor, command)), "code_wrong");
  command.present_code = Text<0, 40>{crypto::hotp(key, now)};
  EXPECT_TRUE(scene.send(actor, command));
  command.person = ben;
  EXPECT_EQ(code_of(scene.send(actor, command)), "code_wrong") << "each code works once";
}

TEST_F(Erasure, keeps_every_count_and_says_that_a_name_was_removed) {
  const auto history = "appointments/" + council.str();
  const auto before = rows_of(history), mails = scene.world().keys("mail", "staff").size(), events = scene.world().log.size();
  ASSERT_TRUE(erases(person(hilda), hilda));
  EXPECT_EQ(rows_of(history), before + 1) << "the appointment that ended with it";
  EXPECT_EQ(scene.world().keys("mail", "staff").size(), mails);
  EXPECT_GT(scene.world().log.size(), events);
  std::size_t removed = 0;
  for (const auto& key : scene.world().keys(history, "public")) {
    const auto view = scene.world().row_as<wire::AppointmentView>(history, "public", key);
    if (key.starts_with("appointment/") && view->person_name == "Name removed") ++removed;
  }
  EXPECT_EQ(removed, 3U);
}

TEST_F(Erasure, says_nothing_that_nobody_said_of_how_an_appointment_ended) {
  const auto unsaid = [&] {
    const auto history = "appointments/" + council.str();
    std::size_t count = 0;
    for (const auto& key : scene.world().keys(history, "public")) {
      const auto view = scene.world().row_as<wire::AppointmentView>(history, "public", key);
      if (key.starts_with("appointment/") && view->how_label.empty()) ++count;
    }
    return count;
  };
  const auto before = unsaid();
  ASSERT_TRUE(erases(person(hilda), hilda));
  EXPECT_EQ(unsaid(), before + 1);
}

TEST_F(Erasure, ends_seats_sessions_and_links_and_the_account) {
  ASSERT_TRUE(erases(person(hilda), hilda));
  auto& world = scene.world();
  EXPECT_TRUE(world.row_as<wire::SeatView>("bodies/" + council.str(), "public", "seat/" + seat.str())->is_vacant);
  EXPECT_FALSE(world.row("sessions/" + k_desk, "gateway", "session"));
  EXPECT_TRUE(world.keys("rights/" + hilda.str(), "gateway").empty());
  EXPECT_TRUE(world.keys("account/" + hilda.str(), "self").empty());
  EXPECT_TRUE(world.keys("index/links", std::string(k_private_audience)).empty());
  EXPECT_FALSE(world.row("people", "staff", "person/" + hilda.str()));
  EXPECT_EQ(code_of(scene.sign_in("hilda@example.org", k_password, std::string(52, 'c'))), "sign_in_failed");
  EXPECT_EQ(code_of(scene.send(scene.admin, wire::GrantOffice{hilda, wire::Office::auditor})), "not_found");
  EXPECT_EQ(code_of(scene.send(scene.admin, wire::FillSeat{council, seat, hilda, {}, {}})), "invalid_arguments");
  EXPECT_NE(scene.person("Hilda Whitby", "hilda@example.org", k_password), hilda) << "the address is free again";
}

TEST_F(Erasure, removes_the_mail_that_was_sent_once) {
  ASSERT_TRUE(erases(person(hilda), hilda));
  scene.do_outside_work();
  scene.do_outside_work();
  EXPECT_EQ(scene.post().destroyed.size(), 2U) << "the invitation, and the link for a new password";
}

TEST_F(Erasure, is_told_to_other_services_after_the_seats_have_been_left) {
  ASSERT_TRUE(erases(person(hilda), hilda));
  const auto heard = scene.published();
  ASSERT_GE(heard.size(), 2U);
  EXPECT_EQ(heard[heard.size() - 2].first, "seat_vacated");
  EXPECT_EQ(heard.back().first, "person_erased");
  for (const auto& [type, data] : heard) EXPECT_EQ(json::serialize(data).find("Hilda"), std::string::npos) << type;
}

TEST_F(Erasure, wants_the_password_of_whoever_asks) {
  EXPECT_EQ(code_of(erases(visitor(), hilda)), "not_signed_in");
  EXPECT_EQ(code_of(erases(person(hilda), hilda, "something else entirely")), "invalid_arguments");
  EXPECT_EQ(code_of(erases(administrator(ada), hilda, "something else entirely", wire::WhyErased::asked)), "invalid_arguments");
  EXPECT_NE(kept().find("Hilda"), std::string::npos);
}

TEST_F(Erasure, is_ones_own_to_ask_for_and_administrators_with_a_reason) {
  EXPECT_EQ(code_of(erases(person(ben), hilda)), "not_found");
  EXPECT_EQ(code_of(erases(holder(ben, council.str(), Role::secretary), hilda, k_password, wire::WhyErased::asked)), "not_found");
  EXPECT_EQ(code_of(erases(holder(ben, k_everywhere, Role::auditor), hilda, k_password, wire::WhyErased::asked)), "not_found");
  EXPECT_EQ(code_of(erases(administrator(ada), hilda)), "invalid_arguments") << "without a reason";
  EXPECT_EQ(code_of(erases(administrator(ada), hilda, k_password, wire::WhyErased::died)), "");
  const auto lines = audit_lines(scene);
  EXPECT_EQ(lines.back(), "Deleted an account (the person has died) | No office | Deleted");
  EXPECT_EQ(code_of(erases(administrator(ada), hilda, k_password, wire::WhyErased::died)), "not_found") << "a second time";
}

TEST_F(Erasure, leaves_no_register_to_write_in) {
  ASSERT_TRUE(erases(person(hilda), hilda));
  EXPECT_TRUE(scene.world().keys("interests/" + hilda.str(), "self").empty());
  const auto field_of = [](const auto& refused) { return refused ? "" : refused.error().errors.front().pointer; };
  EXPECT_EQ(field_of(scene.send(scene.admin, wire::DeclareInterest{hilda, wire::InterestKind::other, {}, {}, {"A field"}, {}})), "/person");
  EXPECT_EQ(field_of(scene.send(scene.admin, wire::ChangeInterest{hilda, interest, wire::InterestKind::land, {}, {}, {"A field"}, {}})), "/person");
  EXPECT_EQ(field_of(scene.send(scene.admin, wire::WithdrawInterest{hilda, interest})), "/person");
}

TEST_F(Erasure, says_how_the_appointment_ended) {
  ASSERT_TRUE(erases(administrator(ada), hilda, k_password, wire::WhyErased::died));
  const auto lines = audit_lines(scene);
  EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [](const auto& line) {
    return line == "Vacated the seat “Clerk” (Died) | Name removed | Vacant";
  }));
}

TEST_F(Erasure, leaves_one_administrator_who_can_sign_in) {
  EXPECT_EQ(code_of(erases(administrator(ada), ada)), "not_now");
  ASSERT_TRUE(scene.send(scene.admin, wire::GrantOffice{ben, wire::Office::administrator}));
  EXPECT_EQ(code_of(erases(administrator(ada), ada)), "");
  EXPECT_EQ(code_of(erases(administrator(ben), ben)), "not_now");
}

}  // namespace
}  // namespace witan::test
