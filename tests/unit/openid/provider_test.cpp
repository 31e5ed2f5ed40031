#include "shared/openid/openid.hpp"

#include <map>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shared/base/clock.hpp"
#include "tests/unit/openid/signing.hpp"

namespace witan::openid {
namespace {

using test::SigningKey;
using testing::HasSubstr;
using testing::Not;

const std::string k_issuer = "https://login.example";
const Secrets k_secrets{std::string(52, 's'), std::string(52, 'n'), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"};

/// A provider's answers, by address, and what it was asked.
class Provided : public testing::Test {
 protected:
  Provided() { publish(key); }

  std::unique_ptr<Provider> made() {
    return provider({k_issuer, "witan & co", crypto::Secret("the secret"), "https://witan.example/sign-in/openid"}, [this](const HttpRequest& request) -> Outcome<HttpAnswer> {
      asked.push_back(request);
      const auto found = answers.find(request.url);
      if (found == answers.end()) return std::unexpected(Failure{Trouble::unavailable, "nobody is there"});
      return found->second;
    });
  }
  void publish(const SigningKey& one) {
    answers[k_issuer + "/keys"] = {200, json::serialize(json::object{{"keys", json::array{one.published()}}})};
  }
  void say(const json::object& more = {}) {
    json::object said{{"issuer", k_issuer}, {"authorization_endpoint", k_issuer + "/authorise"}, {"token_endpoint", k_issuer + "/token"},
                      {"jwks_uri", k_issuer + "/keys"}};
    for (const auto& [name, value] : more) said[name] = value;
    answers[k_issuer + "/.well-known/openid-configuration"] = {200, json::serialize(said)};
  }
  void give_token(const SigningKey& signer) {
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(SystemClock().now().time_since_epoch()).count();
    const auto token = signer.sign({{"iss", k_issuer}, {"aud", "witan & co"}, {"sub", "hilda"}, {"nonce", k_secrets.nonce}, {"iat", now}, {"exp", now + 60}});
    answers[k_issuer + "/token"] = {200, json::serialize(json::object{{"id_token", token}})};
  }
  std::size_t times_asked(const std::string& url) const {
    return static_cast<std::size_t>(std::ranges::count(asked, url, &HttpRequest::url));
  }

  SigningKey key{SigningKey::Kind::p256, "one"};
  std::map<std::string, HttpAnswer> answers;
  std::vector<HttpRequest> asked;
};

template <class T>
std::string trouble_of(const Outcome<T>& outcome) {
  if (outcome) return "none";
  switch (outcome.error().trouble) {
    case Trouble::unavailable: return "unavailable";
    case Trouble::refused: return "refused";
    case Trouble::not_trusted: return "not_trusted";
  }
  return {};
}

TEST_F(Provided, sends_the_browser_with_a_challenge_and_keeps_the_verifier_and_the_secret) {
  say();
  const auto location = made()->authorisation_url(k_secrets);
  ASSERT_TRUE(location);
  EXPECT_THAT(*location, testing::StartsWith(k_issuer + "/authorise?response_type=code&client_id=witan%20%26%20co&"));
  // The example of RFC 7636, appendix B.
  EXPECT_THAT(*location, HasSubstr("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"));
  EXPECT_THAT(*location, HasSubstr("scope=openid&state=" + k_secrets.state + "&nonce=" + k_secrets.nonce));
  EXPECT_THAT(*location, Not(HasSubstr(k_secrets.verifier)));
  EXPECT_THAT(*location, Not(HasSubstr("secret")));
}

TEST_F(Provided, exchanges_the_code_for_who_it_is) {
  say();
  give_token(key);
  EXPECT_EQ(made()->redeem("a code", std::nullopt, k_secrets).value_or(""), "hilda");
  const auto& exchange = asked.at(1);
  EXPECT_EQ(exchange.url, k_issuer + "/token");
  EXPECT_EQ(exchange.authorization, "Basic " + crypto::base64("witan%20%26%20co:the%20secret")) << "RFC 6749 section 2.3.1";
  EXPECT_THAT(exchange.form, HasSubstr("code=a%20code"));
  EXPECT_THAT(exchange.form, HasSubstr("code_verifier=" + k_secrets.verifier));
  EXPECT_THAT(exchange.form, Not(HasSubstr("secret")));
}

TEST_F(Provided, gets_the_secret_in_the_form_when_it_takes_no_header) {
  say({{"token_endpoint_auth_methods_supported", json::array{"client_secret_post"}}});
  give_token(key);
  EXPECT_TRUE(made()->redeem("a code", std::nullopt, k_secrets));
  EXPECT_EQ(asked.at(1).authorization, "");
  EXPECT_THAT(asked.at(1).form, HasSubstr("client_secret=the%20secret"));
}

TEST_F(Provided, reads_the_keys_again_when_a_token_has_a_new_one_but_not_for_every_such_token) {
  say();
  give_token(key);
  const auto one = made();
  ASSERT_TRUE(one->redeem("a code", std::nullopt, k_secrets));
  const SigningKey next(SigningKey::Kind::p256, "two");
  give_token(next);
  publish(next);
  EXPECT_EQ(trouble_of(one->redeem("a code", std::nullopt, k_secrets)), "not_trusted") << "the keys were read a moment ago";
  EXPECT_EQ(times_asked(k_issuer + "/keys"), 1U);
  EXPECT_TRUE(made()->redeem("a code", std::nullopt, k_secrets));
}

TEST_F(Provided, of_another_issuer_gets_no_code) {
  say();
  give_token(key);
  EXPECT_EQ(trouble_of(made()->redeem("a code", "https://evil.example", k_secrets)), "not_trusted");
  EXPECT_EQ(times_asked(k_issuer + "/token"), 0U);
  say({{"authorization_response_iss_parameter_supported", true}});
  EXPECT_EQ(trouble_of(made()->redeem("a code", std::nullopt, k_secrets)), "not_trusted") << "it promised to say who it is";
  EXPECT_EQ(times_asked(k_issuer + "/token"), 0U);
  EXPECT_TRUE(made()->redeem("a code", k_issuer, k_secrets));
}

TEST_F(Provided, that_says_it_is_another_or_sends_secrets_in_clear_is_not_trusted) {
  for (const json::object& said : std::vector<json::object>{{{"issuer", k_issuer + "/"}},
                                                            {{"token_endpoint", "http://login.example/token"}},
                                                            {{"authorization_endpoint", "javascript:alert(1)"}},
                                                            {{"jwks_uri", ""}},
                                                            {{"token_endpoint", "https://user:password@login.example/token"}}}) {
    say(said);
    EXPECT_EQ(trouble_of(made()->authorisation_url(k_secrets)), "not_trusted") << json::serialize(said);
  }
}

TEST_F(Provided, in_trouble_says_what_kind) {
  EXPECT_EQ(trouble_of(made()->authorisation_url(k_secrets)), "unavailable") << "no answer";
  answers[k_issuer + "/.well-known/openid-configuration"] = {503, "later"};
  EXPECT_EQ(trouble_of(made()->authorisation_url(k_secrets)), "unavailable");
  say();
  answers[k_issuer + "/token"] = {400, R"({"error":"invalid_grant"})"};
  EXPECT_EQ(trouble_of(made()->redeem("a code", std::nullopt, k_secrets)), "refused") << "used, or never given";
  answers[k_issuer + "/token"] = {401, R"({"error":"invalid_client"})"};
  EXPECT_EQ(trouble_of(made()->redeem("a code", std::nullopt, k_secrets)), "unavailable") << "the operator must act";
  answers[k_issuer + "/token"] = {200, "{}"};
  EXPECT_EQ(trouble_of(made()->redeem("a code", std::nullopt, k_secrets)), "not_trusted");
}

TEST(OpenidOptions, that_cannot_work_are_refused_at_the_start) {
  const auto make = [](const std::string& issuer, const std::string& client, const std::string& secret) {
    return provider({issuer, client, crypto::Secret(secret), "https://witan.example/sign-in/openid"}, {});
  };
  EXPECT_THROW(make("http://login.example", "witan", "secret"), std::runtime_error);
  EXPECT_THROW(make("https://login.example", "", "secret"), std::runtime_error);
  EXPECT_THROW(make("https://login.example", "witan", ""), std::runtime_error);
  for (const auto* loopback : {"http://localhost:80", "http://127.0.0.1:80", "http://[::1]:80"}) EXPECT_NO_THROW(make(loopback, "witan", "secret")) << loopback;
}

}  // namespace
}  // namespace witan::openid
