#include <gtest/gtest.h>

#include "services/directory/domain/second_factor.hpp"
#include "shared/crypto/totp.hpp"
#include "tests/unit/directory/directory_scene.hpp"

namespace witan::test {
namespace {

const std::string k_email = "hilda@example.org";
const std::string k_password = "four words that fit";
const std::string k_phone = "a2b3c4d5e6f7a2b3c4d5e6f7a2b3c4d5e6f7a2b3c4d5e6f7a2b3";
const std::string k_laptop = "b" + k_phone.substr(1);

/// Hilda has an account, and an authenticator app in her hand. It shows the code of the present half minute, or of one before
/// or after it, whichever a test asks for.
struct SecondFactorTest : testing::Test {
  DirectoryScene scene;
  PersonId hilda = scene.person("Hilda Whitby", k_email, k_password);
  crypto::Secret key = crypto::new_totp_key();
  std::vector<std::string> codes = crypto::new_recovery_codes();

  std::string code(int after = 0) { return crypto::hotp(key, crypto::totp_step(scene.world().now) + static_cast<std::uint64_t>(after)); }
  static std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += word + " ";
    return text;
  }
  Actor self(const std::string& session = k_phone) const {
    auto actor = person(hilda);
    actor.session = session;
    return actor;
  }
  auto set_up(const std::string& password, const std::string& typed, const std::string& present = {}) {
    return scene.send(self(), wire::SetSecondFactor{{password}, {crypto::totp_key_text(key)}, {joined(codes)}, {typed}, Text<0, 40>{present}});
  }
  /// The first step, which must ask for the second; its ticket.
  std::string ticket(const std::string& session = k_phone) {
    const auto first = scene.sign_in(k_email, k_password, session);
    EXPECT_EQ(code_of(first), "second_factor_needed");
    return first ? std::string() : std::string(string_at(first.error().extra, "ticket"));
  }
  auto finish(const std::string& of, const std::string& typed, const std::string& session = k_phone) {
    return scene.send(visitor(), wire::FinishSignIn{{of}, {typed}, {session}, {}});
  }
  bool is_signed_in(const std::string& session) { return !scene.world().keys("sessions/" + session, "gateway").empty(); }
  wire::AccountView account() { return *scene.world().row_as<wire::AccountView>("account/" + hilda.str(), "self", "account"); }
};

TEST_F(SecondFactorTest, is_told_with_each_session_as_it_stood_when_that_was_named) {
  const auto standing = [&](const std::string& session) {
    return scene.world().row_as<wire::SessionView>("sessions/" + session, "gateway", "session")->standing;
  };
  ASSERT_TRUE(scene.sign_in(k_email, k_password, k_phone));
  EXPECT_EQ(standing(k_phone), wire::Standing::ordinary);
  ASSERT_TRUE(scene.send(scene.admin, wire::GrantOffice{hilda, wire::Office::auditor}));
  EXPECT_EQ(standing(k_phone), wire::Standing::ordinary) << "it says how it was named, not what its person is now";
  ASSERT_TRUE(scene.send(self(), wire::RenewSession{{k_laptop}}));
  EXPECT_EQ(standing(k_laptop), wire::Standing::staff);
  EXPECT_FALSE(is_signed_in(k_phone));
  const auto typed = code(-1);
  ASSERT_TRUE(scene.send(self(k_laptop), wire::SetSecondFactor{{k_password}, {crypto::totp_key_text(key)}, {joined(codes)}, {typed}, {}}));
  ASSERT_TRUE(scene.send(self(k_laptop), wire::RenewSession{{k_phone.substr(0, 51) + "x"}}));
  EXPECT_EQ(standing(k_phone.substr(0, 51) + "x"), wire::Standing::staff_with_second_factor);
}

TEST_F(SecondFactorTest, is_set_up_with_the_password_and_a_code_and_asked_for_from_then_on) {
  ASSERT_TRUE(set_up(k_password, code(-1)));
  EXPECT_FALSE(account().second_factor_since.empty());
  EXPECT_EQ(account().recovery_code_count, 10);
  EXPECT_TRUE(scene.world().row_as<wire::RightsPersonView>("rights/" + hilda.str(), "gateway", "person")->has_second_factor);
  const auto given = ticket();
  EXPECT_FALSE(is_signed_in(k_phone));
  const auto done = finish(given, code());
  ASSERT_TRUE(done);
  EXPECT_EQ(string_at(*done, "person"), hilda.str());
  EXPECT_TRUE(is_signed_in(k_phone));
}

TEST_F(SecondFactorTest, is_not_set_up_with_a_wrong_password_or_a_wrong_code_or_fewer_than_ten_recovery_codes) {
  EXPECT_EQ(set_up("not the password", code()).error().errors.front().pointer, "/current_password");
  EXPECT_EQ(code_of(set_up(k_password, "000000")), "code_wrong");
  codes.pop_back();
  EXPECT_EQ(set_up(k_password, code()).error().errors.front().pointer, "/secret_codes");
  codes.push_back(codes.front());
  EXPECT_EQ(set_up(k_password, code()).error().errors.front().pointer, "/secret_codes") << "twice the same";
  EXPECT_TRUE(account().second_factor_since.empty());
  EXPECT_TRUE(scene.sign_in(k_email, k_password, k_phone));
}

TEST_F(SecondFactorTest, signs_the_person_out_everywhere_else_and_tells_them_by_mail) {
  ASSERT_TRUE(scene.sign_in(k_email, k_password, k_phone));
  ASSERT_TRUE(scene.sign_in(k_email, k_password, k_laptop));
  const auto done = set_up(k_password, code(-1));
  ASSERT_TRUE(done);
  EXPECT_EQ(string_at(*done, "ended"), "1");
  EXPECT_TRUE(is_signed_in(k_phone));
  EXPECT_FALSE(is_signed_in(k_laptop));
  scene.do_outside_work();
  EXPECT_EQ(scene.post().sent.back().to, k_email);
  EXPECT_EQ(scene.post().sent.back().subject, "Signing in now takes a code");
}

TEST_F(SecondFactorTest, a_code_works_once_also_when_it_is_sent_twice_at_the_same_time) {
  ASSERT_TRUE(set_up(k_password, code(-1)));
  EXPECT_EQ(code_of(finish(ticket(), code(-1))), "code_wrong") << "the one that proved the key";
  const auto& rules = scene.definition().commands.find(wire::FinishSignIn::k_name)->second;
  const json::object twice = codec::encode(wire::FinishSignIn{{ticket()}, {code()}, {k_laptop}, {}}).as_object();
  const auto late = rules.prepare(twice, visitor(), WorldReader(scene.world()));
  ASSERT_TRUE(late) << "looked at while it had not been used";
  ASSERT_TRUE(finish(ticket(), code()));
  EXPECT_EQ(code_of(scene.carry_out(*late, visitor())), "code_wrong");
  EXPECT_EQ(code_of(finish(ticket(k_laptop), code(), k_laptop)), "code_wrong");
}

TEST_F(SecondFactorTest, a_recovery_code_works_once_however_it_is_typed) {
  ASSERT_TRUE(set_up(k_password, code(-1)));
  auto typed = " " + codes[3].substr(0, 5) + " " + codes[3].substr(6) + " ";
  ASSERT_TRUE(finish(ticket(), typed));
  EXPECT_EQ(account().recovery_code_count, 9);
  EXPECT_EQ(code_of(finish(ticket(k_laptop), codes[3], k_laptop)), "code_wrong");
  EXPECT_TRUE(finish(ticket(k_laptop), codes[4], k_laptop));
}

TEST_F(SecondFactorTest, new_recovery_codes_make_the_old_ones_worthless) {
  const auto fresh = crypto::new_recovery_codes();
  const auto renew = [&](const std::string& password, const std::string& present) {
    return scene.send(self(), wire::RenewRecoveryCodes{{password}, {joined(fresh)}, Text<0, 40>{present}});
  };
  EXPECT_EQ(code_of(renew(k_password, code())), "not_now") << "there is none";
  ASSERT_TRUE(set_up(k_password, code(-1)));
  EXPECT_FALSE(renew("not the password", code()));
  EXPECT_EQ(renew(k_password, "").error().errors.front().pointer, "/present_code");
  EXPECT_EQ(code_of(renew(k_password, "000000")), "code_wrong");
  EXPECT_EQ(code_of(renew(k_password, code(-1))), "code_wrong") << "it has been used";
  ASSERT_TRUE(renew(k_password, code()));
  scene.do_outside_work();
  EXPECT_EQ(scene.post().sent.back().subject, "You have new recovery codes");
  EXPECT_EQ(code_of(finish(ticket(), codes[0])), "code_wrong");
  EXPECT_TRUE(finish(ticket(), fresh[0]));
}

TEST_F(SecondFactorTest, another_app_takes_its_place_only_with_a_code_of_the_present_one) {
  ASSERT_TRUE(set_up(k_password, code(-1)));
  const auto old = code(), next_old = code(1);
  key = crypto::new_totp_key();
  EXPECT_EQ(set_up(k_password, code()).error().errors.front().pointer, "/present_code");
  EXPECT_EQ(code_of(set_up(k_password, code(), code())), "code_wrong") << "of the new app";
  ASSERT_TRUE(set_up(k_password, code(), old));
  EXPECT_EQ(code_of(finish(ticket(), next_old)), "code_wrong") << "of the old app";
  EXPECT_TRUE(finish(ticket(), code(1)));
}

TEST_F(SecondFactorTest, wrong_codes_stand_in_the_log_and_after_five_the_person_gets_a_mail) {
  ASSERT_TRUE(set_up(k_password, code(-1)));
  const auto mails = [&](const std::string& subject) {
    scene.do_outside_work();
    const auto& sent = scene.post().sent;
    return std::count_if(sent.begin(), sent.end(), [&](const auto& mail) { return mail.subject == subject; });
  };
  const auto wrong = [&] { return std::count_if(scene.world().log.begin(), scene.world().log.end(), [](const auto& event) { return event.type == "wrong_code_entered"; }); };
  const auto given = ticket();  // once: a password is hashed for each, and waiting is over after a second
  const std::string subject = "Somebody tries to sign in as you";
  // From the third on each makes the next wait, so these come with recovery codes that are wrong, which are counted apart.
  for (const auto* typed : {"000000", "000001", "00000-00000", "00000-00001"}) EXPECT_EQ(code_of(finish(given, typed)), "code_wrong");
  EXPECT_EQ(wrong(), 4);
  EXPECT_EQ(mails(subject), 0);
  EXPECT_EQ(code_of(finish(given, "000002")), "code_wrong");
  EXPECT_EQ(mails(subject), 1);
  EXPECT_EQ(code_of(finish(given, "00000-00002")), "code_wrong");
  EXPECT_EQ(mails(subject), 1) << "once";
  EXPECT_EQ(code_of(finish(given, code())), "rate_limited");
  EXPECT_FALSE(is_signed_in(k_phone));
}

TEST_F(SecondFactorTest, a_recovery_code_gets_the_owner_in_while_somebody_tries_out_digits_and_says_so_by_mail) {
  ASSERT_TRUE(set_up(k_password, code(-1)));
  const auto given = ticket();
  for (int i = 0; i < 6; ++i) (void)finish(given, "000000");
  EXPECT_EQ(code_of(finish(given, code())), "rate_limited");
  ASSERT_TRUE(finish(given, codes[0]));
  scene.do_outside_work();
  EXPECT_EQ(scene.post().sent.back().subject, "A recovery code was used");
}

TEST_F(SecondFactorTest, a_ticket_is_for_one_person_one_password_and_five_minutes) {
  ASSERT_TRUE(set_up(k_password, code(-1)));
  const auto late = ticket();
  scene.world().now += std::chrono::minutes(5);
  EXPECT_EQ(code_of(finish(late, code())), "form_expired");
  EXPECT_EQ(code_of(finish("a ticket of one's own making", code())), "form_expired");
  auto forged = ticket();
  forged[forged.size() / 2] = forged[forged.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_EQ(code_of(finish(forged, code())), "form_expired");
  const auto old = ticket();
  ASSERT_TRUE(scene.send(self(), wire::ChangePassword{{k_password}, {"another one that fits"}}));
  EXPECT_EQ(code_of(finish(old, code())), "sign_in_failed");
}

TEST_F(SecondFactorTest, wrong_codes_are_slowed_down) {
  ASSERT_TRUE(set_up(k_password, code(-1)));
  const auto given = ticket();
  int refused = 0;
  for (int i = 0; i < 6; ++i) refused += code_of(finish(given, "000000")) == "rate_limited" ? 1 : 0;
  EXPECT_EQ(refused, 3);
  EXPECT_EQ(code_of(finish(given, code())), "rate_limited") << "the right one waits as well";
}

TEST_F(SecondFactorTest, is_removed_with_the_password_and_a_code_and_the_session_stays) {
  const auto remove = [&](std::optional<Password> password, const std::string& present) {
    return scene.send(self(), wire::RemoveSecondFactor{hilda, std::move(password), Text<0, 40>{present}});
  };
  EXPECT_EQ(code_of(remove(Password{k_password}, code())), "not_now");
  ASSERT_TRUE(set_up(k_password, code(-1)));
  ASSERT_TRUE(finish(ticket(), code()));
  EXPECT_EQ(remove({}, code(1)).error().errors.front().pointer, "/current_password");
  EXPECT_FALSE(remove(Password{"not the password"}, code(1)));
  EXPECT_EQ(remove(Password{k_password}, "").error().errors.front().pointer, "/present_code");
  EXPECT_EQ(code_of(remove(Password{k_password}, code())), "code_wrong") << "it has been used";
  ASSERT_TRUE(remove(Password{k_password}, code(1)));
  EXPECT_TRUE(is_signed_in(k_phone));
  EXPECT_TRUE(account().second_factor_since.empty());
  EXPECT_TRUE(scene.sign_in(k_email, k_password, k_laptop));
}

TEST_F(SecondFactorTest, an_administrator_removes_it_for_who_has_lost_it_and_nobody_else_does) {
  ASSERT_TRUE(set_up(k_password, code(-1)));
  ASSERT_TRUE(finish(ticket(), code()));
  const auto oswald = scene.person("Oswald York", "oswald@example.org", k_password);
  EXPECT_EQ(code_of(scene.send(person(oswald), wire::RemoveSecondFactor{hilda, Password{k_password}, {}})), "not_found");
  EXPECT_EQ(code_of(scene.send(visitor(), wire::RemoveSecondFactor{hilda, {}, {}})), "not_found");
  ASSERT_TRUE(scene.send(scene.admin, wire::RemoveSecondFactor{hilda, {}, {}}));
  EXPECT_FALSE(is_signed_in(k_phone));
  EXPECT_TRUE(scene.sign_in(k_email, k_password, k_laptop));
  scene.do_outside_work();
  EXPECT_EQ(scene.post().sent.back().subject, "Signing in takes no code any more");
}

TEST_F(SecondFactorTest, a_new_password_does_not_take_it_away) {
  ASSERT_TRUE(set_up(k_password, code(-1)));
  ASSERT_TRUE(scene.send(visitor(), wire::RequestPasswordReset{{k_email}}));
  ASSERT_TRUE(scene.send(visitor(), wire::ResetPassword{{scene.last_token()}, {"another one that fits"}}));
  EXPECT_EQ(code_of(scene.sign_in(k_email, "another one that fits", k_phone)), "second_factor_needed");
}

TEST_F(SecondFactorTest, whoever_needs_one_chooses_a_password_of_fifteen_characters) {
  const auto changes = [&](const std::string& from, const std::string& to) {
    return scene.send(self(), wire::ChangePassword{{from}, {to}});
  };
  ASSERT_TRUE(changes(k_password, "kelp orb vat"));
  const auto council = scene.body();
  const auto seat = scene.seat(council, "Chair", Role::chair);
  ASSERT_TRUE(scene.send(scene.admin, wire::FillSeat{council, seat, hilda, {}, {}}));
  EXPECT_EQ(changes("kelp orb vat", "kelp orb vat 7").error().errors.front().code, ErrorCode::too_short);
  ASSERT_TRUE(changes("kelp orb vat", "kelp orb vat 7q"));

  const auto desk = scene.seat(council, "Secretary", Role::secretary);
  ASSERT_TRUE(scene.send(scene.admin, wire::Invite{council, desk, {"Oswald York"}, {"oswald@example.org"}, {}}));
  wire::AcceptInvitation accept{{scene.last_token()}, Text<1, 100>{"Oswald York"}, {}, Password{"kelp orb vat 7"}};
  EXPECT_EQ(scene.send(visitor(), accept).error().errors.front().pointer, "/password");
  accept.password = Password{"kelp orb vat 7q"};
  EXPECT_TRUE(scene.send(visitor(), accept));
}

TEST_F(SecondFactorTest, neither_key_nor_codes_stand_in_events_texts_or_rows) {
  ASSERT_TRUE(set_up(k_password, code(-1)));
  std::string all;
  for (const auto& event : scene.world().log) all += json::serialize(event.data);
  for (const auto& [id, text] : scene.world().texts) all += text + "\n";
  EXPECT_EQ(all.find(crypto::totp_key_text(key)), std::string::npos);
  for (const auto& recovery : codes) {
    EXPECT_EQ(all.find(recovery), std::string::npos);
    EXPECT_EQ(all.find(*crypto::normalised_recovery_code(recovery)), std::string::npos);
  }
}

TEST_F(SecondFactorTest, survives_writing_all_rows_again) {
  ASSERT_TRUE(set_up(k_password, code(-1)));
  ASSERT_TRUE(finish(ticket(), codes[0]));
  scene.world().rebuild();
  EXPECT_EQ(account().recovery_code_count, 9);
  EXPECT_EQ(code_of(finish(ticket(k_laptop), codes[0], k_laptop)), "code_wrong");
  EXPECT_TRUE(finish(ticket(k_laptop), code(), k_laptop));
}

}  // namespace
}  // namespace witan::test
