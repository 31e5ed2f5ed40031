// Accounts elsewhere that open accounts here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/directory/app/openid_desk.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/directory/directory_scene.hpp"

namespace witan::test {
namespace {

const std::string k_password = "correct horse battery";
const std::string k_state(52, 's'), k_other_state(52, 't');
const std::string k_session(52, 'a'), k_other_session(52, 'b');

/// Says that whoever comes back is `subject`.
class ProviderAtHand final : public openid::Provider {
 public:
  const std::string& issuer() const override { return issuer_; }
  openid::Outcome<std::string> authorisation_url(const openid::Secrets& secrets) override {
    if (trouble) return std::unexpected(openid::Failure{*trouble, "for the test"});
    drawn = secrets;
    return "https://login.example/authorise?state=" + secrets.state;
  }
  openid::Outcome<std::string> redeem(const std::string&, const std::optional<std::string>&, const openid::Secrets& secrets) override {
    if (trouble) return std::unexpected(openid::Failure{*trouble, "for the test"});
    redeemed = secrets;
    return subject;
  }

  std::string subject = "hilda-there";
  std::optional<openid::Trouble> trouble;
  openid::Secrets drawn, redeemed;

 private:
  const std::string issuer_ = "https://login.example";
};

class Openid : public testing::Test {
 protected:
  Openid() { hilda = scene.person("Hilda Whitby", "hilda@example.org", k_password); }

  Result<json::object> begin(const std::string& state = k_state) { return scene.send(visitor(), wire::BeginOpenid{{state}, {}}); }
  Result<json::object> finish(const std::string& state = k_state, const std::string& session = k_session) {
    return scene.send(visitor(), wire::FinishOpenidSignIn{{state}, {"a code"}, {}, {session}, {}});
  }
  Result<json::object> sign_in(const std::string& session = k_session) {
    EXPECT_TRUE(begin());
    return finish(k_state, session);
  }
  Result<json::object> begin_link(const PersonId& who, const std::string& password = k_password) {
    return scene.send(person(who), wire::BeginOpenid{{k_state}, Password{password}});
  }
  Result<json::object> finish_link(const PersonId& who) { return scene.send(person(who), wire::LinkOpenid{{k_state}, {"a code"}, {}}); }
  Result<json::object> link(const PersonId& who) {
    EXPECT_TRUE(begin_link(who));
    return finish_link(who);
  }
  std::string linked_since() {
    return scene.world().row_as<wire::AccountView>("account/" + hilda.str(), "self", "account")->openid_since;
  }

  std::shared_ptr<ProviderAtHand> provider = std::make_shared<ProviderAtHand>();
  DirectoryScene scene{true, provider};
  PersonId hilda;
};

TEST_F(Openid, an_account_that_is_linked_signs_its_person_in_as_the_password_does) {
  ASSERT_TRUE(link(hilda));
  const auto signed_in = sign_in();
  ASSERT_TRUE(signed_in);
  EXPECT_EQ(string_at(*signed_in, "person"), hilda.str());
  EXPECT_EQ(string_at(*signed_in, "name"), "Hilda Whitby");
  const auto session = scene.world().row_as<wire::SessionView>("sessions/" + k_session, "gateway", "session");
  ASSERT_TRUE(session);
  EXPECT_EQ(session->person, hilda);
  EXPECT_EQ(session->expires - session->started, std::chrono::hours(12));
  EXPECT_TRUE(scene.sign_in("hilda@example.org", k_password, k_other_session)) << "the password goes on working";
}

TEST_F(Openid, what_was_drawn_for_the_way_there_is_what_comes_back_and_new_each_time) {
  ASSERT_TRUE(begin());
  const auto first = provider->drawn;
  EXPECT_GE(first.verifier.size(), 43U) << "RFC 7636 section 4.1";
  EXPECT_EQ(code_of(finish()), "openid_not_linked");
  EXPECT_EQ(provider->redeemed.verifier, first.verifier);
  EXPECT_EQ(provider->redeemed.nonce, first.nonce);
  ASSERT_TRUE(begin());
  EXPECT_NE(provider->drawn.verifier, first.verifier);
  EXPECT_NE(provider->drawn.nonce, first.nonce);
}

TEST_F(Openid, an_account_that_is_not_linked_opens_nothing_whatever_it_is_called) {
  provider->subject = "hilda@example.org";
  EXPECT_EQ(code_of(sign_in()), "openid_not_linked");
  EXPECT_TRUE(scene.world().keys("sessions/" + k_session, "gateway").empty());
}

TEST_F(Openid, a_state_is_good_once_for_what_it_was_drawn_for) {
  EXPECT_EQ(code_of(finish()), "openid_expired") << "never drawn";
  ASSERT_TRUE(link(hilda));
  ASSERT_TRUE(sign_in());
  EXPECT_EQ(code_of(finish(k_state, k_other_session)), "openid_expired") << "used";
  ASSERT_TRUE(begin());
  EXPECT_EQ(code_of(finish_link(hilda)), "openid_expired") << "a visitor's sign-in links nothing to whoever it is sent to";
  EXPECT_EQ(code_of(finish()), "openid_expired") << "and is over then";
  ASSERT_TRUE(begin_link(hilda));
  EXPECT_EQ(code_of(finish()), "openid_expired") << "linking signs nobody in";
  const auto oswald = scene.person("Oswald York", "oswald@example.org", k_password);
  ASSERT_TRUE(begin_link(hilda));
  EXPECT_EQ(code_of(finish_link(oswald)), "openid_expired") << "what one began another does not finish";
}

TEST_F(Openid, linking_takes_the_password_and_says_so_by_mail) {
  const auto refused = begin_link(hilda, "wrong horse battery");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().errors.front().pointer, "/current_password");
  EXPECT_EQ(scene.send(person(hilda), wire::BeginOpenid{{k_state}, {}}).error().errors.front().pointer, "/current_password");
  EXPECT_EQ(code_of(finish_link(hilda)), "openid_expired");
  EXPECT_EQ(linked_since(), "");
  ASSERT_TRUE(link(hilda));
  EXPECT_NE(linked_since(), "");
  scene.do_outside_work();
  ASSERT_EQ(scene.post().sent.size(), 1U);
  EXPECT_EQ(scene.post().sent.front().to, "hilda@example.org");
  EXPECT_THAT(scene.post().sent.front().text, testing::HasSubstr("https://login.example"));
  ASSERT_TRUE(link(hilda));
  EXPECT_TRUE(scene.send(person(hilda), wire::ChangePassword{{k_password}, {"battery staple and more"}}));
  EXPECT_NE(linked_since(), "") << "the page of the account says so still";
}

TEST_F(Openid, guessing_at_the_password_by_linking_is_slowed_down) {
  for (int tries = 0; tries < 3; ++tries) EXPECT_EQ(code_of(begin_link(hilda, "wrong horse battery")), "invalid_arguments");
  EXPECT_EQ(code_of(begin_link(hilda)), "rate_limited");
}

TEST_F(Openid, unlinked_it_opens_nothing_any_more) {
  ASSERT_TRUE(link(hilda));
  ASSERT_TRUE(scene.send(person(hilda), wire::UnlinkOpenid{hilda}));
  EXPECT_EQ(linked_since(), "");
  EXPECT_EQ(code_of(sign_in()), "openid_not_linked");
  const auto events = scene.world().log.size();
  EXPECT_TRUE(scene.send(person(hilda), wire::UnlinkOpenid{hilda})) << "again, without harm";
  EXPECT_EQ(scene.world().log.size(), events);
  ASSERT_TRUE(link(hilda));
  EXPECT_TRUE(sign_in());
}

TEST_F(Openid, is_unlinked_by_its_person_or_an_administrator_and_by_nobody_else) {
  ASSERT_TRUE(link(hilda));
  const auto oswald = scene.person("Oswald York", "oswald@example.org", k_password);
  EXPECT_EQ(code_of(scene.send(person(oswald), wire::UnlinkOpenid{hilda})), "not_found");
  EXPECT_EQ(code_of(scene.send(visitor(), wire::UnlinkOpenid{hilda})), "not_found");
  EXPECT_TRUE(scene.send(scene.admin, wire::UnlinkOpenid{hilda}));
}

TEST_F(Openid, an_account_is_linked_to_one_person_and_a_person_to_one_account) {
  ASSERT_TRUE(link(hilda));
  const auto oswald = scene.person("Oswald York", "oswald@example.org", k_password);
  EXPECT_EQ(code_of(link(oswald)), "already_exists");
  provider->subject = "hilda-elsewhere";
  ASSERT_TRUE(link(hilda));
  EXPECT_TRUE(sign_in());
  provider->subject = "hilda-there";
  EXPECT_EQ(code_of(sign_in(k_other_session)), "openid_not_linked") << "the earlier one is replaced";
  EXPECT_TRUE(link(oswald));
}

TEST_F(Openid, an_erased_account_is_not_found_by_it) {
  ASSERT_TRUE(link(hilda));
  for (const auto& state : {k_state, k_other_state}) ASSERT_TRUE(begin(state));
  scene.world().texts.clear();
  EXPECT_EQ(code_of(finish(k_state)), "openid_not_linked");
  scene.world().rebuild();
  EXPECT_EQ(code_of(finish(k_other_state)), "openid_not_linked");
}

TEST_F(Openid, who_somebody_is_elsewhere_stays_out_of_events_and_of_what_anybody_sees) {
  ASSERT_TRUE(link(hilda));
  ASSERT_TRUE(sign_in());
  EXPECT_EQ(scene.world().all_events().find("hilda-there"), std::string::npos);
  for (const auto* audience : {"public", "gateway", "self", "staff", "private"}) {
    EXPECT_EQ(scene.world().all_of(audience).find("hilda-there"), std::string::npos) << audience;
  }
}

TEST_F(Openid, trouble_at_the_provider_has_a_code_of_its_own) {
  using openid::Trouble;
  provider->trouble = Trouble::unavailable;
  EXPECT_EQ(code_of(begin()), "openid_unavailable");
  for (const auto& [trouble, code] : {std::pair(Trouble::unavailable, "openid_unavailable"), {Trouble::refused, "openid_refused"}, {Trouble::not_trusted, "openid_not_trusted"}}) {
    provider->trouble.reset();
    ASSERT_TRUE(begin());
    provider->trouble = trouble;
    EXPECT_EQ(code_of(finish()), code);
  }
}

TEST_F(Openid, is_for_auditors_too) {
  ASSERT_TRUE(scene.send(scene.admin, wire::GrantOffice{hilda, wire::Office::auditor}));
  const Actor auditor = holder(hilda, k_everywhere, Role::auditor);
  ASSERT_TRUE(scene.send(auditor, wire::BeginOpenid{{k_state}, Password{k_password}}));
  EXPECT_TRUE(scene.send(auditor, wire::LinkOpenid{{k_state}, {"a code"}, {}}));
  EXPECT_TRUE(scene.send(auditor, wire::UnlinkOpenid{hilda}));
}

TEST_F(Openid, is_in_the_audit) {
  ASSERT_TRUE(link(hilda));
  ASSERT_TRUE(sign_in());
  ASSERT_TRUE(scene.send(person(hilda), wire::UnlinkOpenid{hilda}));
  EXPECT_THAT(audit_lines(scene), testing::IsSupersetOf(std::vector<std::string>{
                                      "Linked an account elsewhere to that of Hilda Whitby | Not linked | Linked with https://login.example",
                                      "Hilda Whitby signed in by https://login.example (Unknown device) | Signed out | Signed in",
                                      "Unlinked the account elsewhere of Hilda Whitby | Linked with https://login.example | Not linked",
                                  }));
}

TEST(WithoutOpenid, nobody_signs_in_elsewhere) {
  DirectoryScene scene;
  EXPECT_EQ(code_of(scene.send(visitor(), wire::BeginOpenid{{k_state}, {}})), "not_now");
  EXPECT_EQ(code_of(scene.send(visitor(), wire::FinishOpenidSignIn{{k_state}, {"a code"}, {}, {k_session}, {}})), "not_now");
}

TEST(OpenidDesk, forgets_a_sign_in_after_ten_minutes) {
  directory::OpenidDesk::Time now{};
  const auto credentials = std::make_shared<const directory::Credentials>(crypto::Secret(std::string(32, 'p')), [] { return SystemClock().now(); });
  directory::OpenidDesk desk(std::make_shared<ProviderAtHand>(), credentials, [&] { return now; });
  DirectoryScene scene;
  const WorldReader rows(scene.world());
  const auto comes_back_after = [&](std::chrono::seconds time) {
    EXPECT_TRUE(desk.prepare(wire::BeginOpenid{{k_state}, {}}, visitor(), rows));
    now += time;
    return code_of(desk.prepare(wire::FinishOpenidSignIn{{k_state}, {"a code"}, {}, {k_session}, {}}, visitor(), rows));
  };
  EXPECT_EQ(comes_back_after(std::chrono::minutes(10)), "");
  EXPECT_EQ(comes_back_after(std::chrono::minutes(10) + std::chrono::seconds(1)), "openid_expired");
}

}  // namespace
}  // namespace witan::test
