#include "shared/openid/id_token.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include <cjose/cjose.h>

#include "shared/crypto/crypto.hpp"

namespace witan::openid {

namespace {

constexpr std::chrono::seconds k_clocks_differ{60};
constexpr std::size_t k_token_bytes_max = 16 * 1024;
constexpr std::size_t k_subject_characters_max = 255;  // OpenID Connect Core 1.0 section 2
constexpr std::size_t k_keys_max = 20;
constexpr std::size_t k_rsa_bits_min = 2048;  // RFC 7518 section 3.3

using Jws = std::unique_ptr<cjose_jws_t, decltype(&cjose_jws_release)>;
using Jwk = std::unique_ptr<cjose_jwk_t, decltype(&cjose_jwk_release)>;

std::unexpected<TokenFault> fault(std::string reason, bool is_key_missing = false) {
  return std::unexpected(TokenFault{std::move(reason), is_key_missing});
}

struct Header {
  std::string alg;
  std::string kid;
};

/// Only what is signed for is asked: a token does not choose how it is checked.
std::expected<Header, TokenFault> header_of(cjose_jws_t* jws) {
  auto* header = cjose_jws_get_protected(jws);
  cjose_err failed{};
  const auto text = [&](const char* name) -> std::string {
    const char* value = cjose_header_get(header, name, &failed);
    return value ? value : "";
  };
  const auto alg = text("alg");
  if (alg != "RS256" && alg != "ES256") return fault("it is not signed with RS256 or ES256");
  // What must be understood (RFC 7515 section 4.1.11) is not understood here.
  char* critical = cjose_header_get_raw(header, "crit", &failed);
  const std::unique_ptr<char, decltype(&std::free)> owned(critical, &std::free);
  if (critical || !text("crit").empty()) return fault("it has critical headers");
  return Header{alg, text("kid")};
}

/// Whether the key is for signatures of this kind and may be the one that the token names.
bool may_be(const json::object& key, const Header& header) {
  const bool is_rsa = header.alg == "RS256";
  if (string_at(key, "kty") != (is_rsa ? "RSA" : "EC")) return false;
  if (!is_rsa && string_at(key, "crv") != "P-256") return false;
  if (key.contains("use") && string_at(key, "use") != "sig") return false;
  if (key.contains("alg") && string_at(key, "alg") != header.alg) return false;
  return header.kid.empty() || string_at(key, "kid") == header.kid;
}

Jwk imported(const json::object& key) {
  const auto text = json::serialize(key);
  cjose_err failed{};
  Jwk jwk(cjose_jwk_import(text.data(), text.size(), &failed), &cjose_jwk_release);
  const bool is_weak = jwk && string_at(key, "kty") == "RSA" && cjose_jwk_get_keysize(jwk.get(), &failed) < k_rsa_bits_min;
  if (is_weak) jwk.reset();
  return jwk;
}

std::expected<void, TokenFault> check_signature(cjose_jws_t* jws, const Header& header, const json::array& keys) {
  std::size_t tried = 0;
  for (const auto& each : keys) {
    const auto* key = each.if_object();
    if (!key || !may_be(*key, header) || ++tried > k_keys_max) continue;
    const auto jwk = imported(*key);
    cjose_err failed{};
    if (jwk && cjose_jws_verify(jws, jwk.get(), &failed)) return {};
  }
  return tried == 0 ? fault("its key is not among the provider's", true) : fault("its signature is wrong");
}

/// Seconds since 1970 (RFC 7519 section 2, NumericDate); some write them with a fraction.
std::optional<Timestamp> moment(const json::object& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  if (!value || !value->is_number()) return std::nullopt;
  boost::system::error_code failed;
  const auto seconds = value->to_number<double>(failed);
  if (failed || seconds < 0 || seconds > 1e11) return std::nullopt;
  return Timestamp(std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000)));
}

/// Only for us: a token for several could have been got by one of the others.
bool is_for(const json::object& claims, const std::string& client_id) {
  const auto* audience = claims.if_contains("aud");
  if (!audience) return false;
  const auto* list = audience->if_array();
  const auto* only = !list ? audience : list->size() == 1 ? &list->front() : nullptr;
  if (!only || !only->is_string() || only->get_string() != client_id) return false;
  return !claims.contains("azp") || string_at(claims, "azp") == client_id;
}

std::expected<std::string, TokenFault> check_claims(const json::object& claims, const Expected& expected) {
  if (string_at(claims, "iss") != expected.issuer) return fault("it comes from another issuer");
  if (!is_for(claims, expected.client_id)) return fault("it is for another client");
  if (expected.nonce.empty() || !crypto::equal(string_at(claims, "nonce"), expected.nonce)) return fault("it is of another sign-in");
  const auto expires = moment(claims, "exp"), issued = moment(claims, "iat"), from = moment(claims, "nbf");
  if (!expires || *expires + k_clocks_differ <= expected.now) return fault("it has expired");
  if (!issued || *issued - k_clocks_differ > expected.now) return fault("it was issued in the future");
  if (claims.contains("nbf") && (!from || *from - k_clocks_differ > expected.now)) return fault("it is not valid yet");
  const auto subject = string_at(claims, "sub");
  if (subject.empty() || subject.size() > k_subject_characters_max) return fault("it names nobody");
  return std::string(subject);
}

}  // namespace

std::expected<std::string, TokenFault> subject_of(std::string_view token, const json::array& keys, const Expected& expected) {
  if (token.size() > k_token_bytes_max) return fault("it is too long");
  cjose_err failed{};
  const Jws jws(cjose_jws_import(token.data(), token.size(), &failed), &cjose_jws_release);
  if (!jws) return fault("it is not a signed token");
  const auto header = header_of(jws.get());
  if (!header) return std::unexpected(header.error());
  if (auto fine = check_signature(jws.get(), *header, keys); !fine) return std::unexpected(fine.error());
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  if (!cjose_jws_get_plaintext(jws.get(), &bytes, &size, &failed)) return fault("it is empty");
  boost::system::error_code malformed;
  const auto claims = json::parse(json::string_view(reinterpret_cast<const char*>(bytes), size), malformed);
  if (malformed || !claims.is_object()) return fault("what it says is not JSON");
  return check_claims(claims.get_object(), expected);
}

}  // namespace witan::openid
