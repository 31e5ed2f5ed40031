// An account moves to another e-mail address, and takes another name.
#include <gtest/gtest.h>

#include "services/directory/domain/email_change.hpp"
#include "shared/crypto/totp.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/directory/directory_scene.hpp"

namespace witan::test {
namespace {

const std::string k_old = "hilda@example.org";
const std::string k_new = "hilda.york@example.org";
const std::string k_password = "four words that fit";
const std::string k_phone(52, 'a'), k_desk(52, 'b');

struct EmailChange : testing::Test {
  DirectoryScene scene;
  const PersonId hilda = scene.person("Hilda Whitby", k_old, k_password);
  const PersonId ben = scene.person("Ben", "ben@example.org", k_password);

  Result<json::object> ask(const std::string& to = k_new, const std::string& password = k_password) {
    return scene.send(person(hilda), wire::ChangeEmail{hilda, {to}, {password}});
  }
  /// The token of the last mail that went to the address.
  std::string token_to(const std::string& address) {
    scene.do_outside_work();
    const std::string mark = "https://witan.example/link/";
    for (auto mail = scene.post().sent.rbegin(); mail != scene.post().sent.rend(); ++mail) {
      if (mail->to != address) continue;
      const auto at = mail->text.find(mark);
      return at == std::string::npos ? std::string() : mail->text.substr(at + mark.size(), 52);
    }
    return {};
  }
  Result<json::object> confirm(const std::string& token, const Actor& by = visitor()) { return scene.send(by, wire::ConfirmEmail{{token}}); }
  std::string last_subject_to(const std::string& address) {
    scene.do_outside_work();
    std::string subject;
    for (const auto& mail : scene.post().sent) {
      if (mail.to == address) subject = mail.subject;
    }
    return subject;
  }
  wire::AccountView account() { return *scene.world().row_as<wire::AccountView>("account/" + hilda.str(), "self", "account"); }
  wire::LinkView link(const std::string& token) {
    return *scene.world().row_as<wire::LinkView>("links/" + crypto::sha256_text(token), "public", "link");
  }
  bool signs_in(const std::string& email, const std::string& session = k_phone) { return scene.sign_in(email, k_password, session).has_value(); }
  bool moves(const std::string& first, const std::string& second) {
    EXPECT_TRUE(ask());
    const auto one = token_to(first), two = token_to(second);
    EXPECT_TRUE(confirm(one));
    EXPECT_EQ(account().email, k_old) << "one address is not enough";
    EXPECT_FALSE(link(one).is_complete);
    EXPECT_TRUE(confirm(two));
    return account().email == k_new && link(one).is_complete && link(two).is_complete;
  }
};

TEST_F(EmailChange, takes_both_addresses_the_new_one_first) {
  EXPECT_TRUE(moves(k_new, k_old));
  EXPECT_FALSE(signs_in(k_old));
  EXPECT_TRUE(signs_in(k_new, k_desk));
  EXPECT_EQ(last_subject_to(k_old), "Your e-mail address was changed");
}

TEST_F(EmailChange, takes_both_addresses_the_present_one_first) { EXPECT_TRUE(moves(k_old, k_new)); }

TEST_F(EmailChange, shows_what_it_waits_for) {
  ASSERT_TRUE(ask());
  EXPECT_EQ(account().new_email, k_new);
  EXPECT_TRUE(account().waits_for_new_email && account().waits_for_present_email);
  ASSERT_TRUE(confirm(token_to(k_new)));
  EXPECT_TRUE(!account().waits_for_new_email && account().waits_for_present_email);
  ASSERT_TRUE(confirm(token_to(k_old)));
  EXPECT_EQ(account().new_email, "");
}

TEST_F(EmailChange, takes_the_password_and_a_code_of_the_second_factor) {
  EXPECT_EQ(code_of(ask(k_new, "wrong password")), "invalid_arguments");
  const auto key = crypto::new_totp_key();
  std::string codes;
  for (const auto& code : crypto::new_recovery_codes()) codes += code + " ";
  const auto now = crypto::totp_step(scene.world().now);
  ASSERT_TRUE(scene.send(person(hilda), wire::SetSecondFactor{{k_password}, {crypto::totp_key_text(key)}, {codes}, {crypto::hotp(key, now - 1)}}));
  EXPECT_EQ(code_of(ask()), "invalid_arguments");
  wire::ChangeEmail command{hilda, {k_new}, {k_password}, Text<0, 40>{"000000"}};
  EXPECT_EQ(code_of(scene.send(person(hilda), command)), "code_wrong");
  command.present_code = Text<0, 40>{crypto::hotp(key, now)};
  EXPECT_TRUE(scene.send(person(hilda), command));
  scene.world().now += directory::k_email_change_again;
  EXPECT_EQ(code_of(scene.send(person(hilda), command)), "code_wrong") << "each code works once";
}

TEST_F(EmailChange, looks_the_same_to_the_asker_whether_the_address_has_an_account_or_not) {
  const auto seen_after = [&](const std::string& address) {
    const auto before = audit_lines(scene).size();
    const auto answer = ask(address);
    EXPECT_TRUE(answer);
    auto lines = audit_lines(scene);
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(before));
    auto shown = account();
    EXPECT_EQ(shown.new_email, address);
    shown.new_email.clear();
    shown.new_email_until.clear();  // a minute lies between the two
    lines.push_back(json::serialize(codec::encode(shown)) + json::serialize(*answer));
    return lines;
  };
  const auto of_taken = seen_after("ben@example.org");
  ASSERT_TRUE(scene.send(person(hilda), wire::WithdrawEmailChange{hilda}));
  const auto events = scene.world().log.size();
  EXPECT_EQ(code_of(ask("free@example.org")), "not_now") << "withdrawing does not shorten the pause";
  EXPECT_EQ(scene.world().log.size(), events);
  scene.world().now += directory::k_email_change_again;
  EXPECT_EQ(of_taken, seen_after("free@example.org"));
}

TEST_F(EmailChange, can_be_asked_for_five_times_a_day) {
  for (int n = 0; n < 5; ++n) {
    ASSERT_TRUE(ask("n" + std::to_string(n) + "@example.org")) << n;
    scene.world().now += directory::k_email_change_again;
  }
  EXPECT_EQ(code_of(ask("more@example.org")), "not_now");
  scene.world().now += std::chrono::hours(24);
  EXPECT_TRUE(ask("more@example.org"));
}

TEST_F(EmailChange, says_only_to_the_mailbox_that_an_address_has_an_account) {
  const auto taken = ask("ben@example.org");
  ASSERT_TRUE(taken);
  EXPECT_TRUE(account().waits_for_new_email && account().waits_for_present_email) << "as for any other address";
  EXPECT_EQ(last_subject_to("ben@example.org"), "An e-mail address for an account in Witan");
  EXPECT_EQ(token_to("ben@example.org"), "") << "nothing in that mail moves the account";
  ASSERT_TRUE(confirm(token_to(k_old)));
  EXPECT_EQ(account().email, k_old);
  EXPECT_TRUE(scene.sign_in("ben@example.org", k_password, k_desk));
}

TEST_F(EmailChange, does_not_take_an_address_that_got_an_account_meanwhile) {
  ASSERT_TRUE(ask());
  const auto fresh = token_to(k_new);
  ASSERT_TRUE(confirm(token_to(k_old)));
  const auto other = scene.person("Another", k_new, k_password);
  EXPECT_EQ(code_of(confirm(fresh)), "already_exists");
  EXPECT_EQ(account().email, k_old);
  ASSERT_TRUE(scene.sign_in(k_new, k_password, k_desk));
  EXPECT_EQ(scene.world().row_as<wire::SessionView>("sessions/" + k_desk, "gateway", "session")->person, other);
}

TEST_F(EmailChange, refuses_the_present_address_and_asking_again_at_once) {
  EXPECT_EQ(code_of(ask(k_old)), "invalid_arguments");
  ASSERT_TRUE(ask());
  EXPECT_EQ(code_of(ask("third@example.org")), "not_now");
  scene.world().now += directory::k_email_change_again;
  ASSERT_TRUE(ask("third@example.org"));
  EXPECT_EQ(code_of(confirm(token_to(k_new))), "link_not_valid") << "newer links took its place";
  EXPECT_EQ(account().new_email, "third@example.org");
}

TEST_F(EmailChange, ends_after_a_day_and_says_so) {
  ASSERT_TRUE(ask());
  const auto fresh = token_to(k_new), present = token_to(k_old);
  ASSERT_TRUE(confirm(fresh));
  scene.world().now += directory::k_email_change_lasts;
  EXPECT_EQ(code_of(confirm(present)), "link_not_valid");
  scene.wait_until(scene.world().now);
  EXPECT_EQ(account().new_email, "");
  EXPECT_EQ(account().email, k_old);
}

TEST_F(EmailChange, is_withdrawn_by_the_person_and_by_a_new_password) {
  ASSERT_TRUE(ask());
  const auto first = token_to(k_old);
  EXPECT_EQ(code_of(scene.send(person(ben), wire::WithdrawEmailChange{hilda})), "not_found");
  ASSERT_TRUE(scene.send(person(hilda), wire::WithdrawEmailChange{hilda}));
  EXPECT_EQ(code_of(confirm(first)), "link_not_valid");
  EXPECT_EQ(account().new_email, "");
  scene.world().now += directory::k_email_change_again;
  ASSERT_TRUE(ask());
  const auto second = token_to(k_old);
  ASSERT_TRUE(scene.send(person(hilda), wire::ChangePassword{{k_password}, {"yet another four words"}}));
  EXPECT_EQ(code_of(confirm(second)), "link_not_valid") << "somebody else may have asked";
}

TEST_F(EmailChange, a_link_for_a_new_password_that_went_to_the_earlier_address_opens_nothing) {
  ASSERT_TRUE(ask());
  const auto one = token_to(k_old), two = token_to(k_new);
  ASSERT_TRUE(scene.send(visitor(), wire::RequestPasswordReset{{k_old}}));
  const auto reset = token_to(k_old);
  ASSERT_TRUE(confirm(one) && confirm(two));
  EXPECT_EQ(code_of(scene.send(visitor(), wire::ResetPassword{{reset}, {"yet another four words"}})), "link_not_valid");
}

TEST_F(EmailChange, its_links_open_no_account_and_set_no_password) {
  ASSERT_TRUE(ask());
  for (const auto& token : {token_to(k_old), token_to(k_new)}) {
    EXPECT_EQ(code_of(scene.send(visitor(), wire::AcceptInvitation{{token}, Text<1, 100>{"Eve"}, {}, Password{"yet another four words"}})), "link_not_valid");
    EXPECT_EQ(code_of(scene.send(visitor(), wire::ResetPassword{{token}, {"yet another four words"}})), "link_not_valid");
  }
  ASSERT_TRUE(scene.send(visitor(), wire::RequestPasswordReset{{k_old}}));
  EXPECT_EQ(code_of(confirm(scene.last_token())), "link_not_valid") << "nor does a link for a password confirm anything";
}

TEST_F(EmailChange, an_administrator_needs_the_new_address_alone) {
  const auto ada = PersonId::from_trusted(
      scene.made("person", scene.admin, wire::RegisterPerson{{"Ada"}, {"ada@example.org"}, {}, Password{k_password}, true}));
  auto actor = scene.admin;
  actor.person = ada;
  const wire::ChangeEmail command{hilda, {k_new}, {k_password}};
  EXPECT_EQ(code_of(scene.send(person(ben), command)), "not_found");
  ASSERT_TRUE(signs_in(k_old));
  ASSERT_TRUE(scene.send(actor, command));
  EXPECT_FALSE(account().waits_for_present_email);
  ASSERT_TRUE(confirm(token_to(k_new)));
  EXPECT_EQ(account().email, k_new);
  EXPECT_EQ(last_subject_to(k_old), "Your e-mail address was changed");
  EXPECT_FALSE(scene.world().row("sessions/" + k_phone, "gateway", "session")) << "somebody else may read the earlier mailbox";
  EXPECT_FALSE(signs_in(k_new, k_desk)) << "and have set the password";
  ASSERT_TRUE(scene.send(visitor(), wire::RequestPasswordReset{{k_new}}));
  ASSERT_TRUE(scene.send(visitor(), wire::ResetPassword{{token_to(k_new)}, {"yet another four words"}}));
  EXPECT_TRUE(scene.sign_in(k_new, "yet another four words", std::string(52, 'c')));
}

TEST_F(EmailChange, an_intruder_cannot_stop_what_an_administrator_asked_for) {
  const auto ada = PersonId::from_trusted(
      scene.made("person", scene.admin, wire::RegisterPerson{{"Ada"}, {"ada@example.org"}, {}, Password{k_password}, true}));
  auto actor = scene.admin;
  actor.person = ada;
  for (int n = 0; n < 5; ++n) {
    ASSERT_TRUE(ask("n" + std::to_string(n) + "@example.org"));
    scene.world().now += directory::k_email_change_again;
    ASSERT_TRUE(scene.send(person(hilda), wire::RenamePerson{hilda, {"Eve " + std::to_string(n)}}));
  }
  EXPECT_EQ(code_of(scene.send(person(hilda), wire::RenamePerson{hilda, {"Eve"}})), "not_now") << "five times a day";
  EXPECT_TRUE(scene.send(actor, wire::RenamePerson{hilda, {"Hilda Whitby"}}));
  ASSERT_TRUE(scene.send(actor, wire::ChangeEmail{hilda, {k_new}, {k_password}})) << "whatever was asked for before";
  const auto token = token_to(k_new);
  EXPECT_EQ(code_of(scene.send(person(hilda), wire::WithdrawEmailChange{hilda})), "not_now");
  scene.world().now += directory::k_email_change_again;
  EXPECT_EQ(code_of(ask("intruder@example.org")), "not_now");
  ASSERT_TRUE(scene.send(visitor(), wire::RequestPasswordReset{{k_old}}));
  ASSERT_TRUE(scene.send(visitor(), wire::ResetPassword{{token_to(k_old)}, {"set through the old mailbox"}}));
  EXPECT_TRUE(confirm(token));
  EXPECT_EQ(account().email, k_new);
}

TEST_F(EmailChange, says_at_the_link_that_was_used_that_the_change_is_off) {
  ASSERT_TRUE(ask());
  const auto fresh = token_to(k_new);
  ASSERT_TRUE(confirm(fresh));
  EXPECT_FALSE(link(fresh).is_off);
  ASSERT_TRUE(scene.send(person(hilda), wire::WithdrawEmailChange{hilda}));
  EXPECT_TRUE(link(fresh).is_off);
  EXPECT_FALSE(link(fresh).is_complete);
}

TEST_F(EmailChange, leaves_nothing_of_an_account_that_began_with_an_invitation) {
  const auto council = scene.body();
  const auto seat = scene.seat(council, "Adviser"), other = scene.seat(council, "Clerk");
  ASSERT_TRUE(scene.send(scene.admin, wire::Invite{council, seat, {"Oswald Thorne"}, {"oswald@example.org"}, {}}));
  const auto made = scene.send(visitor(), wire::AcceptInvitation{{scene.last_token()}, Text<1, 100>{"Oswald Thorne"}, {}, Password{k_password}});
  ASSERT_TRUE(made);
  const auto oswald = PersonId::from_trusted(std::string(string_at(*made, "person")));
  ASSERT_TRUE(scene.send(scene.admin, wire::Invite{council, other, {"Oswald Thorne"}, {"oswald@example.org"}, {}}));
  const auto invitation = scene.last_token();
  ASSERT_TRUE(scene.send(person(oswald), wire::ChangeEmail{oswald, {"thorne@example.org"}, {k_password}}));
  const auto one = token_to("oswald@example.org"), two = token_to("thorne@example.org");
  ASSERT_TRUE(confirm(one) && confirm(two));
  EXPECT_FALSE(link(invitation).is_open) << "whoever reads the earlier mailbox takes no seat";
  scene.do_outside_work();
  ASSERT_TRUE(scene.send(person(oswald), wire::ErasePerson{oswald, {k_password}, {}}));
  for (const auto* word : {"Thorne", "oswald@", "thorne@"}) EXPECT_EQ(all_kept(scene.world()).find(word), std::string::npos) << word;
}

TEST_F(EmailChange, a_deletion_that_waits_takes_the_change_along) {
  ASSERT_TRUE(ask());
  ASSERT_TRUE(confirm(token_to(k_new)));
  const auto present = token_to(k_old);
  ASSERT_TRUE(scene.send(person(hilda), wire::ErasePerson{hilda, {k_password}, {}}));
  EXPECT_EQ(code_of(confirm(present)), "link_not_valid");
  for (const auto* word : {"Hilda", "hilda@", "hilda.york@"}) EXPECT_EQ(all_kept(scene.world()).find(word), std::string::npos) << word;
}

TEST_F(EmailChange, is_the_same_when_the_rows_are_made_anew) {
  ASSERT_TRUE(moves(k_new, k_old));
  ASSERT_TRUE(scene.send(person(hilda), wire::ChangePassword{{k_password}, {"yet another four words"}}));
  ASSERT_TRUE(scene.send(person(hilda), wire::RenamePerson{hilda, {"Hilda York"}}));
  scene.do_outside_work();
  const auto before = scene.world().rows;
  scene.world().rebuild();
  EXPECT_EQ(scene.world().rows, before);
  EXPECT_TRUE(scene.sign_in(k_new, "yet another four words", k_desk));
}

TEST_F(EmailChange, leaves_no_earlier_address_behind_an_account_that_is_deleted) {
  ASSERT_TRUE(moves(k_new, k_old));
  ASSERT_TRUE(scene.send(person(hilda), wire::RenamePerson{hilda, {"Hilda York"}}));
  scene.do_outside_work();
  ASSERT_TRUE(scene.send(person(hilda), wire::ErasePerson{hilda, {k_password}, {}}));
  for (const auto* word : {"Hilda", "hilda@example.org", "hilda.york@example.org"}) EXPECT_EQ(all_kept(scene.world()).find(word), std::string::npos) << word;
}

TEST_F(EmailChange, another_name_is_shown_on_seats_and_lists_and_what_was_recorded_keeps_the_earlier_one) {
  const auto council = scene.body();
  const auto past = scene.seat(council, "Adviser"), present = scene.seat(council, "Clerk");
  for (const auto& seat : {past, present}) ASSERT_TRUE(scene.send(scene.admin, wire::FillSeat{council, seat, hilda, {}, {}}));
  ASSERT_TRUE(scene.send(scene.admin, wire::VacateSeat{council, past, {}, {}}));
  EXPECT_EQ(code_of(scene.send(person(ben), wire::RenamePerson{hilda, {"Eve"}})), "not_found");
  ASSERT_TRUE(scene.send(person(hilda), wire::RenamePerson{hilda, {"Hilda York"}}));
  auto& world = scene.world();
  EXPECT_EQ(world.row_as<wire::SeatView>("bodies/" + council.str(), "public", "seat/" + present.str())->person_name, "Hilda York");
  EXPECT_EQ(world.row_as<wire::PersonView>("people", "staff", "person/" + hilda.str())->name, "Hilda York");
  EXPECT_EQ(world.row_as<wire::RightsPersonView>("rights/" + hilda.str(), "gateway", "person")->name, "Hilda York");
  EXPECT_EQ(world.row_as<wire::RegisterView>("interests/" + hilda.str(), "public", "register")->name, "Hilda York");
  EXPECT_EQ(account().name, "Hilda York");
  const auto history = "appointments/" + council.str();
  for (const auto& key : world.keys(history, "public")) {
    if (key.starts_with("appointment/")) EXPECT_EQ(world.row_as<wire::AppointmentView>(history, "public", key)->person_name, "Hilda Whitby");
  }
  EXPECT_EQ(audit_lines(scene).back(), "Changed the name of Hilda York | Hilda Whitby | Hilda York");
  const auto events = world.log.size();
  ASSERT_TRUE(scene.send(person(hilda), wire::RenamePerson{hilda, {"Hilda York"}}));
  EXPECT_EQ(world.log.size(), events) << "the same name again is no event";
}

TEST_F(EmailChange, mail_tells_of_a_new_device_where_somebody_asked_for_it) {
  ASSERT_TRUE(signs_in(k_old));
  EXPECT_EQ(last_subject_to(k_old), "");
  ASSERT_TRUE(scene.send(person(hilda), wire::SetPreferences{hilda, true}));
  EXPECT_TRUE(account().mail_on_new_device);
  const auto first = scene.sign_in(k_old, k_password, k_desk);
  ASSERT_TRUE(first);
  EXPECT_EQ(last_subject_to(k_old), "Your account was signed in to on another device");
  const auto mails = scene.post().sent.size();
  const Text<0, 500> known{std::string(string_at(*first, "known_device"))};
  ASSERT_TRUE(scene.send(visitor(), wire::StartSession{{k_old}, {k_password}, {std::string(52, 'c')}, {}, known}));
  scene.do_outside_work();
  EXPECT_EQ(scene.post().sent.size(), mails) << "it is known by now";
  ASSERT_TRUE(scene.send(person(hilda), wire::SetPreferences{hilda, {}}));
  EXPECT_FALSE(account().mail_on_new_device);
}

TEST_F(EmailChange, a_person_chooses_to_whom_they_are_shown_as_being_there_and_keeps_it_when_the_mail_is_chosen_alone) {
  const auto shown = [&] {
    const auto rights = scene.world().row_as<wire::RightsPersonView>("rights/" + hilda.str(), "gateway", "person");
    EXPECT_EQ(rights->presence.value_or(wire::k_presence_at_first), account().presence);
    EXPECT_EQ(account().is_shown_to_everyone, account().presence == wire::PresenceShown::everyone);
    EXPECT_EQ(account().is_shown_to_nobody, account().presence == wire::PresenceShown::nobody);
    return account().presence;
  };
  EXPECT_EQ(shown(), wire::PresenceShown::members);
  for (const auto chosen : {wire::PresenceShown::everyone, wire::PresenceShown::members, wire::PresenceShown::nobody}) {
    ASSERT_TRUE(scene.send(person(hilda), wire::SetPreferences{hilda, {}, chosen}));
    EXPECT_EQ(shown(), chosen);
  }
  ASSERT_TRUE(scene.send(person(hilda), wire::SetPreferences{hilda, true, {}}));
  EXPECT_EQ(shown(), wire::PresenceShown::nobody);
  EXPECT_EQ(audit_lines(scene).back(), "Set the preferences of Hilda Whitby | No mail at sign-in; on pages, shown to nobody | Mail at sign-in on a new device; on pages, shown to nobody");
}

}  // namespace
}  // namespace witan::test
