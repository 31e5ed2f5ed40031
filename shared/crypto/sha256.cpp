#include "shared/crypto/sha256.hpp"

#include <sodium.h>

#include <array>

#include "shared/base/assert.hpp"

namespace witan::crypto {

namespace {

crypto_hash_sha256_state* as_state(std::array<std::byte, 104>& bytes) {
  static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(bytes) && alignof(crypto_hash_sha256_state) <= 8);
  return reinterpret_cast<crypto_hash_sha256_state*>(bytes.data());
}

}  // namespace

Sha256::Sha256() { ASSERT(crypto_hash_sha256_init(as_state(state_)) == 0); }

void Sha256::add(std::string_view bytes) {
  ASSERT(crypto_hash_sha256_update(as_state(state_), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()) == 0);
}

std::string Sha256::hex() {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  ASSERT(crypto_hash_sha256_final(as_state(state_), digest.data()) == 0);
  std::string text(digest.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  text.pop_back();
  return text;
}

}  // namespace witan::crypto
