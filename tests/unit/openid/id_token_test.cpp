#include "shared/openid/id_token.hpp"

#include <functional>

#include <gtest/gtest.h>

#include "tests/unit/openid/signing.hpp"

namespace witan::openid {
namespace {

using test::SigningKey;
using Kind = SigningKey::Kind;

const Timestamp k_now{std::chrono::seconds(1'529'413'200)};  // 19 June 2018, 1pm UTC
const Expected k_expected{"https://login.example", "witan", "the nonce", k_now};

std::int64_t seconds_from_now(std::int64_t seconds) {
  return std::chrono::duration_cast<std::chrono::seconds>(k_now.time_since_epoch()).count() + seconds;
}

json::object right_claims() {
  return {{"iss", "https://login.example"}, {"aud", "witan"}, {"sub", "hilda"}, {"nonce", "the nonce"},
          {"iat", seconds_from_now(-5)}, {"exp", seconds_from_now(300)}};
}

json::object claims_but(std::string_view name, const json::value& value) {
  auto claims = right_claims();
  claims[name] = value;
  return claims;
}

json::object claims_without(std::string_view name) {
  auto claims = right_claims();
  claims.erase(name);
  return claims;
}

/// Keys cost time to make.
struct Keys {
  SigningKey rsa{Kind::rsa, "rsa"}, ec{Kind::p256, "ec"}, other_rsa{Kind::rsa, "rsa"}, other_ec{Kind::p256, "ec"};
  SigningKey weak{Kind::weak_rsa, "weak"}, p384{Kind::p384, "p384"};
  json::array published() const { return {rsa.published(), ec.published(), weak.published(), p384.published()}; }
};

const Keys& keys() {
  static const Keys made;
  return made;
}

std::string said_of(const std::string& token) {
  const auto subject = subject_of(token, keys().published(), k_expected);
  return subject ? *subject : subject.error().reason;
}

std::string base64url(std::string_view text) {  // enough for what tests write without signing
  static constexpr std::string_view k_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string encoded;
  unsigned bits = 0, count = 0;
  for (const char c : text) {
    bits = bits << 8U | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) encoded += k_digits[bits >> (count - 6) & 63U];
  }
  if (count > 0) encoded += k_digits[bits << (6 - count) & 63U];
  return encoded;
}

TEST(IdToken, of_the_provider_for_us_and_this_sign_in_says_who_it_is) {
  EXPECT_EQ(said_of(keys().rsa.sign(right_claims())), "hilda");
  EXPECT_EQ(said_of(keys().ec.sign(right_claims())), "hilda");
  EXPECT_EQ(said_of(keys().rsa.sign(claims_but("aud", json::array{"witan"}))), "hilda");
  EXPECT_EQ(said_of(keys().rsa.sign(claims_but("azp", "witan"))), "hilda");
  EXPECT_EQ(said_of(keys().rsa.sign(claims_but("exp", seconds_from_now(-59)))), "hilda") << "clocks differ";
  EXPECT_EQ(said_of(keys().rsa.sign(claims_but("iat", seconds_from_now(59)))), "hilda");
  EXPECT_EQ(said_of(keys().rsa.sign({{"alg", "RS256"}}, json::serialize(right_claims()))), "hilda") << "it need not name its key";
}

struct Forgery {
  const char* what;
  std::function<std::string()> token;
  const char* reason;
};

TEST(IdToken, that_proves_nothing_is_refused) {
  const auto text = json::serialize(right_claims());
  const auto public_key = json::serialize(keys().rsa.published());
  const Forgery forgeries[] = {
      {"nothing", [] { return ""; }, "it is not a signed token"},
      {"no token", [] { return "not.a.token"; }, "it is not a signed token"},
      {"alg none, no signature", [&] { return base64url(R"({"alg":"none"})") + "." + base64url(text) + "."; }, "it is not signed with RS256 or ES256"},
      {"alg none, another's signature", [&] {
         const auto signed_one = keys().rsa.sign(right_claims());
         return base64url(R"({"alg":"none"})") + signed_one.substr(signed_one.find('.'));
       }, "it is not signed with RS256 or ES256"},
      {"HMAC with the public key as its secret", [&] { return SigningKey::of_bytes(public_key).sign(right_claims()); }, "it is not signed with RS256 or ES256"},
      {"RS512", [&] { return keys().rsa.sign({{"alg", "RS512"}, {"kid", "rsa"}}, text); }, "it is not signed with RS256 or ES256"},
      {"PS256", [&] { return keys().rsa.sign({{"alg", "PS256"}, {"kid", "rsa"}}, text); }, "it is not signed with RS256 or ES256"},
      {"another RSA key under the same name", [&] { return keys().other_rsa.sign(right_claims()); }, "its signature is wrong"},
      {"another elliptic key under the same name", [&] { return keys().other_ec.sign(right_claims()); }, "its signature is wrong"},
      {"a key of its own in the header", [&] {
         return keys().other_rsa.sign({{"alg", "RS256"}, {"kid", "rsa"}, {"jwk", keys().other_rsa.published()}}, text);
       }, "its signature is wrong"},
      {"a key that nobody knows", [&] { return keys().other_rsa.sign({{"alg", "RS256"}, {"kid", "new"}}, text); }, "its key is not among the provider's"},
      {"a key for the other kind of signature", [&] { return keys().rsa.sign({{"alg", "RS256"}, {"kid", "ec"}}, text); }, "its key is not among the provider's"},
      {"a short RSA key", [&] { return keys().weak.sign(right_claims()); }, "its signature is wrong"},
      {"another curve", [&] { return keys().p384.sign(right_claims()); }, "its key is not among the provider's"},
      {"critical headers", [&] { return keys().rsa.sign({{"alg", "RS256"}, {"kid", "rsa"}, {"crit", json::array{"exp"}}}, text); }, "it has critical headers"},
      {"critical headers, written otherwise", [&] { return keys().rsa.sign({{"alg", "RS256"}, {"kid", "rsa"}, {"crit", "exp"}}, text); }, "it has critical headers"},
      {"changed claims under a right signature", [&] {
         const auto right = keys().rsa.sign(right_claims());
         const auto first = right.find('.'), second = right.rfind('.');
         return right.substr(0, first + 1) + base64url(json::serialize(claims_but("sub", "oswald"))) + right.substr(second);
       }, "its signature is wrong"},
      {"what is no JSON", [&] { return keys().rsa.sign({{"alg", "RS256"}, {"kid", "rsa"}}, "hilda"); }, "what it says is not JSON"},
      {"another issuer", [&] { return keys().rsa.sign(claims_but("iss", "https://login.example/")); }, "it comes from another issuer"},
      {"no issuer", [&] { return keys().rsa.sign(claims_without("iss")); }, "it comes from another issuer"},
      {"another client", [&] { return keys().rsa.sign(claims_but("aud", "others")); }, "it is for another client"},
      {"other clients too", [&] { return keys().rsa.sign(claims_but("aud", json::array{"witan", "others"})); }, "it is for another client"},
      {"no client", [&] { return keys().rsa.sign(claims_but("aud", json::array{})); }, "it is for another client"},
      {"got by another client", [&] { return keys().rsa.sign(claims_but("azp", "others")); }, "it is for another client"},
      {"another nonce", [&] { return keys().rsa.sign(claims_but("nonce", "an older one")); }, "it is of another sign-in"},
      {"no nonce", [&] { return keys().rsa.sign(claims_without("nonce")); }, "it is of another sign-in"},
      {"expired", [&] { return keys().rsa.sign(claims_but("exp", seconds_from_now(-60))); }, "it has expired"},
      {"never expires", [&] { return keys().rsa.sign(claims_without("exp")); }, "it has expired"},
      {"expires at no time", [&] { return keys().rsa.sign(claims_but("exp", "2030-01-01")); }, "it has expired"},
      {"issued in the future", [&] { return keys().rsa.sign(claims_but("iat", seconds_from_now(61))); }, "it was issued in the future"},
      {"issued at no time", [&] { return keys().rsa.sign(claims_without("iat")); }, "it was issued in the future"},
      {"not valid yet", [&] { return keys().rsa.sign(claims_but("nbf", seconds_from_now(61))); }, "it is not valid yet"},
      {"nobody", [&] { return keys().rsa.sign(claims_without("sub")); }, "it names nobody"},
      {"too long a name", [&] { return keys().rsa.sign(claims_but("sub", json::string(256, 'x'))); }, "it names nobody"},
      {"a very long token", [&] { return keys().rsa.sign(claims_but("more", json::string(20'000, 'x'))); }, "it is too long"},
  };
  for (const auto& [what, token, reason] : forgeries) EXPECT_EQ(said_of(token()), reason) << what;
}

TEST(IdToken, with_a_key_that_is_not_there_says_so_for_the_keys_to_be_read_again) {
  const auto token = keys().rsa.sign(right_claims());
  EXPECT_TRUE(subject_of(token, {keys().ec.published()}, k_expected).error().is_key_missing);
  EXPECT_FALSE(subject_of(token, {keys().other_rsa.published()}, k_expected).error().is_key_missing);
  auto for_encryption = keys().rsa.published();
  for_encryption["use"] = "enc";
  EXPECT_TRUE(subject_of(token, {for_encryption}, k_expected).error().is_key_missing);
}

}  // namespace
}  // namespace witan::openid
