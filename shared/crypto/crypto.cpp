#include "shared/crypto/crypto.hpp"

#include <array>
#include <stdexcept>

#include <sodium.h>

#include "shared/base/assert.hpp"
#include "shared/base/ids.hpp"

namespace witan::crypto {

namespace {

constexpr std::size_t k_digest_bytes = 32;
constexpr std::size_t k_token_bytes = 32;
constexpr unsigned long long k_argon2_passes = 3;
constexpr std::size_t k_argon2_bytes = 64UL * 1024 * 1024;
constexpr std::string_view k_argon2id_prefix = "$argon2id$";

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

/// Overwrites the text and, for short ones, what a move left behind in the object itself.
void wipe(std::string& bytes) noexcept {
  bytes.resize(bytes.capacity());  // never allocates
  sodium_memzero(bytes.data(), bytes.size());
  bytes.clear();
}

std::string encoded(std::string_view bytes, int variant) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');  // with a zero at the end
  sodium_bin2base64(text.data(), text.size(), raw(bytes), bytes.size(), variant);
  text.pop_back();
  return text;
}

std::string text_of(std::string_view bytes) { return base32(raw(bytes), bytes.size()); }

/// What Argon2id is given instead of the password: text, so that every implementation takes the same input.
/// The pepper is hashed first, so that it may be of any length.
Secret peppered(std::string_view password, const Secret& pepper) {
  start();
  const Secret key(pepper.empty() ? std::string() : blake2b(pepper.bytes()));
  return Secret(blake2b_text(password, key.bytes()));
}

}  // namespace

Secret::Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) { wipe(other.bytes_); }

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  wipe(bytes_);
  bytes_ = std::move(other.bytes_);
  wipe(other.bytes_);
  return *this;
}

Secret::~Secret() { wipe(bytes_); }

void start() {
  static const bool works = sodium_init() >= 0;
  if (!works) throw std::runtime_error("libsodium does not start");
}

std::string random_bytes(std::size_t count) {
  start();
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string random_token() { return text_of(random_bytes(k_token_bytes)); }

std::string blake2b(std::string_view data, std::string_view key) {
  start();
  ASSERT(key.empty() ||
         (key.size() >= crypto_generichash_KEYBYTES_MIN && key.size() <= crypto_generichash_KEYBYTES_MAX));
  std::string digest(k_digest_bytes, '\0');
  ASSERT(crypto_generichash(raw(digest), digest.size(), raw(data), data.size(), raw(key), key.size()) == 0);
  return digest;
}

std::string blake2b_text(std::string_view data, std::string_view key) { return text_of(blake2b(data, key)); }

std::string sha256_text(std::string_view data) {
  start();
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  ASSERT(crypto_hash_sha256(digest.data(), raw(data), data.size()) == 0);
  return base32(digest.data(), digest.size());
}

std::string sha256_base64url(std::string_view data) {
  start();
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  ASSERT(crypto_hash_sha256(raw(digest), raw(data), data.size()) == 0);
  return encoded(digest, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string base64(std::string_view bytes) { return encoded(bytes, sodium_base64_VARIANT_ORIGINAL); }

bool equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hash_password(std::string_view password, const Secret& pepper) {
  const Secret input = peppered(password, pepper);
  std::array<char, crypto_pwhash_STRBYTES> phc{};
  const int failed = crypto_pwhash_str_alg(phc.data(), input.bytes().data(), input.bytes().size(),
                                           k_argon2_passes, k_argon2_bytes, crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) throw std::runtime_error("not enough memory to hash a password");
  return phc.data();
}

bool verify_password(std::string_view phc, std::string_view password, const Secret& pepper) {
  if (!phc.starts_with(k_argon2id_prefix) || phc.size() >= crypto_pwhash_STRBYTES) return false;
  const Secret input = peppered(password, pepper);
  return crypto_pwhash_str_verify(std::string(phc).c_str(), input.bytes().data(), input.bytes().size()) == 0;
}

bool needs_rehash(std::string_view phc) {
  start();
  if (!phc.starts_with(k_argon2id_prefix) || phc.size() >= crypto_pwhash_STRBYTES) return true;
  return crypto_pwhash_str_needs_rehash(std::string(phc).c_str(), k_argon2_passes, k_argon2_bytes) != 0;
}

namespace {

constexpr int k_sealed_variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

std::string sealing_key(std::string_view purpose, const Secret& key) { return blake2b("seal " + std::string(purpose), key.bytes()); }

}  // namespace

std::string seal(std::string_view plain, std::string_view purpose, const Secret& key) {
  const Secret own(sealing_key(purpose, key));
  std::string sealed = random_bytes(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  const std::string nonce = sealed;
  sealed.resize(nonce.size() + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  ASSERT(crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed) + nonce.size(), nullptr, raw(plain), plain.size(), nullptr, 0,
                                                    nullptr, raw(nonce), raw(own.bytes())) == 0);
  std::string text(sodium_base64_encoded_len(sealed.size(), k_sealed_variant), '\0');
  sodium_bin2base64(text.data(), text.size(), raw(sealed), sealed.size(), k_sealed_variant);
  text.pop_back();  // the zero at the end
  return text;
}

std::optional<std::string> open_sealed(std::string_view sealed, std::string_view purpose, const Secret& key) {
  start();
  constexpr std::size_t k_nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, k_tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
  std::string bytes(sealed.size(), '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int failed = sodium_base642bin(raw(bytes), bytes.size(), sealed.data(), sealed.size(), nullptr, &size, &end, k_sealed_variant);
  if (failed != 0 || end != sealed.data() + sealed.size() || size < k_nonce + k_tag) return std::nullopt;
  const Secret own(sealing_key(purpose, key));
  std::string plain(size - k_nonce - k_tag, '\0');
  const bool is_real = crypto_aead_xchacha20poly1305_ietf_decrypt(raw(plain), nullptr, nullptr, raw(bytes) + k_nonce, size - k_nonce,
                                                                  nullptr, 0, raw(bytes), raw(own.bytes())) == 0;
  return is_real ? std::optional(std::move(plain)) : std::nullopt;
}

}  // namespace witan::crypto
