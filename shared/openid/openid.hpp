#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "shared/crypto/crypto.hpp"

/// Signing in at an OpenID provider: OpenID Connect Core 1.0 with the authorisation code flow (RFC 6749 section 4.1), PKCE
/// (RFC 7636) and discovery (OpenID Connect Discovery 1.0), as RFC 9700 advises. Knows one provider and no person.
namespace witan::openid {

enum class Trouble {
  unavailable,  ///< It does not answer, or says that it cannot now, or does not know us.
  refused,      ///< It does not take the code.
  not_trusted,  ///< It answers something that does not prove who it is about.
};

struct Failure {
  Trouble trouble = Trouble::unavailable;
  std::string reason;  ///< For the log: no token, no code, nothing about a person.
};

template <class T>
using Outcome = std::expected<T, Failure>;

/// What is drawn for one sign-in, at least 43 characters of A-Z a-z 0-9 each. Only `state` may be seen by others.
struct Secrets {
  std::string state;
  std::string nonce;
  std::string verifier;  ///< The code verifier of RFC 7636.
};

/// Thread-safe. Each call takes as long as the provider does, at most `Options::patience`: never on a loop.
class Provider {
 public:
  virtual ~Provider() = default;
  virtual const std::string& issuer() const = 0;
  /// Where the browser goes.
  virtual Outcome<std::string> authorisation_url(const Secrets& secrets) = 0;
  /// The provider's own name for the person (`sub`) who came back with `code`. `said_issuer` is the `iss` that came with
  /// it (RFC 9207): a code of another provider's is sent nowhere.
  virtual Outcome<std::string> redeem(const std::string& code, const std::optional<std::string>& said_issuer,
                                      const Secrets& secrets) = 0;
};

struct Options {
  std::string issuer;        ///< `https://login.example`; plain http only on a loopback address.
  std::string client_id;
  crypto::Secret client_secret;
  std::string redirect_uri;  ///< Where the provider sends browsers back to.
  std::chrono::milliseconds patience{4000};
};

struct HttpRequest {
  std::string url;
  std::string form = {};  ///< Posted when not empty, as application/x-www-form-urlencoded.
  std::string authorization = {};  ///< The value of that header; empty for none.
  std::chrono::milliseconds patience{4000};
};
struct HttpAnswer {
  long status = 0;
  std::string body;
};
/// Fails as `unavailable` when there is no answer.
using Fetch = std::function<Outcome<HttpAnswer>(const HttpRequest&)>;

/// Fetches by libcurl: TLS 1.2 or newer, no redirects, no proxy, no more than 256 KiB. `ca_file` holds certificates to
/// trust, PEM; empty: those of the machine.
Fetch fetch_by_curl(std::string ca_file);

/// Whether secrets may be sent there: https, or http on a loopback address; no user, no fragment.
bool is_safe_url(const std::string& url);

/// Reads what the provider says of itself when it is first needed, and again after an hour. Throws std::runtime_error for
/// options that cannot work, in one sentence.
std::unique_ptr<Provider> provider(Options options, Fetch fetch);

}  // namespace witan::openid
