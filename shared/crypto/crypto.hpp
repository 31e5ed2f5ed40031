#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// libsodium, and what libcrypto adds to it, behind value types. Nobody else includes sodium.h or openssl.
namespace witan::crypto {

/// Bytes that wipe themselves. Move-only; never printed, never compared but in constant time.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string bytes) : bytes_(std::move(bytes)) {}
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();
  std::string_view bytes() const { return bytes_; }
  bool empty() const { return bytes_.empty(); }

 private:
  std::string bytes_;
};

/// Checks that libsodium starts. Every other function calls it; `main` calls it first to fail early.
void start();

std::string random_bytes(std::size_t count);
/// 256 random bits as 52 characters of base32: session tokens, CSRF keys.
std::string random_token();

/// BLAKE2b-256, keyed when `key` is not empty (16 to 64 bytes); 32 raw bytes. RFC 7693.
std::string blake2b(std::string_view data, std::string_view key = {});
/// The same as 52 characters of base32.
std::string blake2b_text(std::string_view data, std::string_view key = {});
/// SHA-256 as 52 characters of base32 (FIPS 180-4).
std::string sha256_text(std::string_view data);
/// SHA-256 in base64url without padding (RFC 4648 section 5): the code challenge of RFC 7636.
std::string sha256_base64url(std::string_view data);
/// With padding (RFC 4648 section 4).
std::string base64(std::string_view bytes);

/// Constant time for equal lengths.
bool equal(std::string_view a, std::string_view b);

/// Argon2id (RFC 9106), m = 64 MiB, t = 3, p = 1, as a PHC string; the password is first hashed with the pepper,
/// which is kept outside the database. About 100 ms: never on a loop.
std::string hash_password(std::string_view password, const Secret& pepper);
bool verify_password(std::string_view phc, std::string_view password, const Secret& pepper);
/// True when the string was made with other parameters than today's.
bool needs_rehash(std::string_view phc);

/// The text encrypted and authenticated (XChaCha20-Poly1305) under a key of its own that is worked out from `key` and
/// `purpose`, as base64url. Each time another one.
std::string seal(std::string_view plain, std::string_view purpose, const Secret& key);
/// What was sealed for the same purpose under the same key; nothing for anything else.
std::optional<std::string> open_sealed(std::string_view sealed, std::string_view purpose, const Secret& key);

/// Reads a secret from a file of mode 0600 or stricter; nothing when the file is absent.
/// Throws std::runtime_error when others may read the file.
std::optional<Secret> read_secret_file(const std::string& path);
/// The secret in the file, made (32 random bytes as base32, mode 0600) when it is not there.
Secret read_or_make_secret_file(const std::string& path);

}  // namespace witan::crypto
