#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "shared/base/clock.hpp"
#include "shared/base/json.hpp"

/// ID tokens (OpenID Connect Core 1.0 section 2), which are signed JSON Web Tokens (RFC 7519, RFC 7515).
namespace witan::openid {

struct Expected {
  std::string issuer;
  std::string client_id;
  std::string nonce;
  Timestamp now;
};

struct TokenFault {
  std::string reason;           ///< For the log.
  bool is_key_missing = false;  ///< Signed with a key that is not among these: it may be a new one.
};

/// The subject of a token that proves, as OpenID Connect Core 1.0 section 3.1.3.7 asks, that the issuer means this client
/// and this sign-in. Signatures are RS256 or ES256 (RFC 7518), whatever the token itself would like; clocks may differ by a
/// minute. `keys` are those of a JWK set (RFC 7517).
std::expected<std::string, TokenFault> subject_of(std::string_view token, const json::array& keys, const Expected& expected);

}  // namespace witan::openid
