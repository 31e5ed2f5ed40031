#include <algorithm>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "shared/openid/id_token.hpp"
#include "shared/openid/openid.hpp"

namespace witan::openid {

namespace {

using Steady = std::chrono::steady_clock;

constexpr std::chrono::hours k_known_for{1};
/// A token with an unknown key has the keys read again, but not more often than this.
constexpr std::chrono::minutes k_keys_again{1};

/// What the provider says of itself (OpenID Connect Discovery 1.0 section 3, RFC 8414).
struct Metadata {
  std::string authorisation_endpoint;
  std::string token_endpoint;
  std::string keys_address;
  bool names_issuer = false;       ///< Sends `iss` with each code (RFC 9207).
  bool takes_secret_in_form = false;  ///< Does not take it in a header.
  Steady::time_point read;
};

struct Keys {
  json::array keys;
  Steady::time_point read;
};

/// All of one call to the provider is to be over by then.
class Patience {
 public:
  explicit Patience(std::chrono::milliseconds limit) : end_(Steady::now() + limit) {}
  std::chrono::milliseconds left() const {
    return std::max(std::chrono::milliseconds(1), std::chrono::ceil<std::chrono::milliseconds>(end_ - Steady::now()));
  }

 private:
  Steady::time_point end_;
};

std::unexpected<Failure> failure(Trouble trouble, std::string reason) {
  return std::unexpected(Failure{trouble, std::move(reason)});
}

std::string form_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          std::string_view("-._~").find(c) != std::string_view::npos;
    if (is_plain) encoded += c;
    else encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

std::string form(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string text;
  for (const auto& [name, value] : fields) {
    text += fmt::format("{}{}={}", text.empty() ? "" : "&", name, form_encoded(value));
  }
  return text;
}

/// The token endpoint need not list what it takes; then it takes Basic (OpenID Connect Discovery 1.0 section 3).
bool takes_only_form(const json::object& said) {
  const auto* methods = said.if_contains("token_endpoint_auth_methods_supported");
  if (!methods || !methods->is_array()) return false;
  const auto has = [&](std::string_view method) {
    return std::ranges::any_of(methods->get_array(), [&](const json::value& each) { return each.is_string() && each.get_string() == method; });
  };
  return !has("client_secret_basic") && has("client_secret_post");
}

class HttpProvider final : public Provider {
 public:
  HttpProvider(Options options, Fetch fetch) : options_(std::move(options)), fetch_(std::move(fetch)) {
    if (!is_safe_url(options_.issuer)) throw std::runtime_error("the OpenID provider's issuer must be an https address");
    if (options_.client_id.empty()) throw std::runtime_error("there is no client id for the OpenID provider");
    if (options_.client_secret.empty()) throw std::runtime_error("there is no client secret for the OpenID provider");
  }

  const std::string& issuer() const override { return options_.issuer; }

  Outcome<std::string> authorisation_url(const Secrets& secrets) override {
    const auto metadata = known_metadata(Patience(options_.patience));
    if (!metadata) return std::unexpected(metadata.error());
    const auto& endpoint = (*metadata)->authorisation_endpoint;
    return endpoint + (endpoint.find('?') == std::string::npos ? '?' : '&') +
           form({{"response_type", "code"},
                 {"client_id", options_.client_id},
                 {"redirect_uri", options_.redirect_uri},
                 {"scope", "openid"},  // who they are, and nothing about them
                 {"state", secrets.state},
                 {"nonce", secrets.nonce},
                 {"code_challenge", crypto::sha256_base64url(secrets.verifier)},
                 {"code_challenge_method", "S256"}});
  }

  Outcome<std::string> redeem(const std::string& code, const std::optional<std::string>& said_issuer, const Secrets& secrets) override {
    const Patience patience(options_.patience);
    const auto metadata = known_metadata(patience);
    if (!metadata) return std::unexpected(metadata.error());
    const bool is_missing = !said_issuer && (*metadata)->names_issuer;
    if (is_missing || (said_issuer && *said_issuer != options_.issuer)) return failure(Trouble::not_trusted, "the code is another issuer's");
    const auto token = token_for(code, secrets, **metadata, patience);
    if (!token) return std::unexpected(token.error());
    return subject(*token, secrets, **metadata, patience);
  }

 private:
  using KnownMetadata = std::shared_ptr<const Metadata>;
  using KnownKeys = std::shared_ptr<const Keys>;

  Outcome<json::object> read(const std::string& address, const Patience& patience) {
    const auto answer = fetch_({.url = address, .patience = patience.left()});
    if (!answer) return std::unexpected(answer.error());
    if (answer->status != 200) return failure(Trouble::unavailable, fmt::format("{} answered {}", address, answer->status));
    boost::system::error_code malformed;
    auto value = json::parse(answer->body, malformed);
    if (malformed || !value.is_object()) return failure(Trouble::unavailable, address + " did not answer JSON");
    return std::move(value.get_object());
  }

  Outcome<KnownMetadata> known_metadata(const Patience& patience) {
    {
      const std::lock_guard lock(mutex_);
      if (metadata_ && Steady::now() - metadata_->read < k_known_for) return metadata_;
    }
    auto base = options_.issuer;
    if (base.ends_with('/')) base.pop_back();
    const auto said = read(base + "/.well-known/openid-configuration", patience);
    if (!said) return std::unexpected(said.error());
    if (string_at(*said, "issuer") != options_.issuer) return failure(Trouble::not_trusted, "the provider says that it is another issuer");
    Metadata metadata{std::string(string_at(*said, "authorization_endpoint")), std::string(string_at(*said, "token_endpoint")),
                      std::string(string_at(*said, "jwks_uri")), false, takes_only_form(*said), Steady::now()};
    const auto* names = said->if_contains("authorization_response_iss_parameter_supported");
    metadata.names_issuer = names && names->is_bool() && names->get_bool();
    for (const auto& address : {metadata.authorisation_endpoint, metadata.token_endpoint, metadata.keys_address}) {
      if (!is_safe_url(address)) return failure(Trouble::not_trusted, "an address of the provider is missing or is not https");
    }
    const std::lock_guard lock(mutex_);
    metadata_ = std::make_shared<const Metadata>(std::move(metadata));
    return metadata_;
  }

  Outcome<KnownKeys> known_keys(const Metadata& metadata, Steady::duration not_older_than, const Patience& patience) {
    {
      const std::lock_guard lock(mutex_);
      if (keys_ && Steady::now() - keys_->read < not_older_than) return keys_;
    }
    const auto said = read(metadata.keys_address, patience);
    if (!said) return std::unexpected(said.error());
    const auto* keys = said->if_contains("keys");
    if (!keys || !keys->is_array()) return failure(Trouble::unavailable, "the provider has no keys");
    const std::lock_guard lock(mutex_);
    keys_ = std::make_shared<const Keys>(Keys{keys->get_array(), Steady::now()});
    return keys_;
  }

  /// RFC 6749 sections 4.1.3 and 2.3.1.
  Outcome<std::string> token_for(const std::string& code, const Secrets& secrets, const Metadata& metadata, const Patience& patience) {
    HttpRequest request{.url = metadata.token_endpoint, .patience = patience.left()};
    request.form = form({{"grant_type", "authorization_code"},
                         {"code", code},
                         {"redirect_uri", options_.redirect_uri},
                         {"code_verifier", secrets.verifier},
                         {"client_id", options_.client_id}});
    const auto secret = options_.client_secret.bytes();
    if (metadata.takes_secret_in_form) request.form += "&" + form({{"client_secret", secret}});
    else request.authorization = "Basic " + crypto::base64(form_encoded(options_.client_id) + ":" + form_encoded(secret));
    const auto answer = fetch_(request);
    if (!answer) return std::unexpected(answer.error());
    boost::system::error_code malformed;
    const auto value = json::parse(answer->body, malformed);
    const json::object said = malformed || !value.is_object() ? json::object() : value.get_object();
    if (answer->status != 200) {
      const bool is_refused = string_at(said, "error") == "invalid_grant";
      return failure(is_refused ? Trouble::refused : Trouble::unavailable, fmt::format("the token endpoint answered {}", answer->status));
    }
    const auto token = string_at(said, "id_token");
    if (token.empty()) return failure(Trouble::not_trusted, "the token endpoint gave no ID token");
    return std::string(token);
  }

  Outcome<std::string> subject(const std::string& token, const Secrets& secrets, const Metadata& metadata, const Patience& patience) {
    const Expected expected{options_.issuer, options_.client_id, secrets.nonce, SystemClock().now()};
    TokenFault fault;
    for (const Steady::duration not_older_than : {Steady::duration(k_known_for), Steady::duration(k_keys_again)}) {
      const auto keys = known_keys(metadata, not_older_than, patience);
      if (!keys) return std::unexpected(keys.error());
      auto subject = subject_of(token, (*keys)->keys, expected);
      if (subject) return std::move(*subject);
      fault = std::move(subject.error());
      if (!fault.is_key_missing) break;
    }
    return failure(Trouble::not_trusted, "the ID token is not valid: " + fault.reason);
  }

  const Options options_;
  const Fetch fetch_;
  std::mutex mutex_;
  KnownMetadata metadata_;
  KnownKeys keys_;
};

}  // namespace

std::unique_ptr<Provider> provider(Options options, Fetch fetch) {
  return std::make_unique<HttpProvider>(std::move(options), std::move(fetch));
}

}  // namespace witan::openid
