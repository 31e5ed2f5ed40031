#include "tests/unit/openid/signing.hpp"

#include <cjose/cjose.h>
#include <stdexcept>

namespace witan::test {

namespace {

std::shared_ptr<cjose_jwk_t> owned(cjose_jwk_t* jwk) {
  if (!jwk) throw std::runtime_error("cjose makes no key");
  return {jwk, [](cjose_jwk_t* one) { cjose_jwk_release(one); }};
}

}  // namespace

SigningKey::SigningKey(Kind kind, std::string kid) : kid_(std::move(kid)), alg_(kind == Kind::rsa || kind == Kind::weak_rsa ? "RS256" : "ES256") {
  cjose_err failed{};
  const bool is_rsa = alg_ == "RS256";
  const auto curve = kind == Kind::p384 ? CJOSE_JWK_EC_P_384 : CJOSE_JWK_EC_P_256;
  jwk_ = owned(is_rsa ? cjose_jwk_create_RSA_random(kind == Kind::weak_rsa ? 1024 : 2048, nullptr, 0, &failed)
                      : cjose_jwk_create_EC_random(curve, &failed));
  if (!cjose_jwk_set_kid(jwk_.get(), kid_.data(), kid_.size(), &failed)) throw std::runtime_error("cjose names no key");
}

SigningKey SigningKey::of_bytes(const std::string& bytes) {
  SigningKey key;
  cjose_err failed{};
  key.jwk_ = owned(cjose_jwk_create_oct_spec(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), &failed));
  key.alg_ = "HS256";
  return key;
}

json::object SigningKey::published() const {
  cjose_err failed{};
  const std::unique_ptr<char, decltype(&std::free)> text(cjose_jwk_to_json(jwk_.get(), false, &failed), &std::free);
  return json::parse(text.get()).as_object();
}

std::string SigningKey::sign(const json::object& header, const std::string& claims) const {
  cjose_err failed{};
  const std::unique_ptr<cjose_header_t, decltype(&cjose_header_release)> protected_header(cjose_header_new(&failed), &cjose_header_release);
  for (const auto& [name, value] : header) {
    const std::string member(name);
    if (value.is_string()) cjose_header_set(protected_header.get(), member.c_str(), value.get_string().c_str(), &failed);
    else cjose_header_set_raw(protected_header.get(), member.c_str(), json::serialize(value).c_str(), &failed);
  }
  const std::unique_ptr<cjose_jws_t, decltype(&cjose_jws_release)> jws(
      cjose_jws_sign(jwk_.get(), protected_header.get(), reinterpret_cast<const std::uint8_t*>(claims.data()), claims.size(), &failed),
      &cjose_jws_release);
  const char* token = nullptr;
  if (!jws || !cjose_jws_export(jws.get(), &token, &failed)) throw std::runtime_error("cjose signs nothing");
  return token;
}

std::string SigningKey::sign(const json::object& claims) const {
  json::object header{{"alg", alg_}};
  if (!kid_.empty()) header["kid"] = kid_;
  return sign(header, json::serialize(claims));
}

}  // namespace witan::test
