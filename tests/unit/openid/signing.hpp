#pragma once

#include <memory>
#include <string>

#include "shared/base/json.hpp"

struct _cjose_jwk_int;

namespace witan::test {

/// A key of a provider's, or of a forger's.
class SigningKey {
 public:
  enum class Kind { rsa, weak_rsa, p256, p384 };
  SigningKey(Kind kind, std::string kid);
  /// A secret that both sides know, for HMAC.
  static SigningKey of_bytes(const std::string& bytes);

  /// As it stands in the provider's JWK set.
  json::object published() const;
  /// A signed token. `header` is its protected header, `alg` included.
  std::string sign(const json::object& header, const std::string& claims) const;
  /// The same with the key's own id and kind of signature.
  std::string sign(const json::object& claims) const;

 private:
  SigningKey() = default;
  std::shared_ptr<_cjose_jwk_int> jwk_;
  std::string kid_, alg_;
};

}  // namespace witan::test
