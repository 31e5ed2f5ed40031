#include "shared/crypto/totp.hpp"

#include <algorithm>
#include <array>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdexcept>

#include <fmt/format.h>

#include "shared/base/ids.hpp"

namespace witan::crypto {

namespace {

constexpr std::size_t k_key_bytes = 20;
constexpr std::size_t k_sha1_bytes = 20;
constexpr std::chrono::seconds k_step{30};
constexpr std::size_t k_recovery_codes = 10;
constexpr std::size_t k_recovery_characters = 10;
constexpr std::string_view k_crockford = "0123456789abcdefghjkmnpqrstvwxyz";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// libsodium has no SHA-1, and authenticator apps know nothing else for certain. In HMAC it is not broken.
std::array<std::uint8_t, k_sha1_bytes> hmac_sha1(std::string_view key, std::string_view data) {
  std::array<std::uint8_t, k_sha1_bytes> digest{};
  if (!HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()),
            reinterpret_cast<const unsigned char*>(data.data()), data.size(), digest.data(), nullptr)) {
    throw std::runtime_error("libcrypto does not make an HMAC");
  }
  return digest;
}

std::string big_endian(std::uint64_t number) {
  std::string bytes(8, '\0');
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, number >>= 8U)
    *byte = static_cast<char>(number & 0xffU);
  return bytes;
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool is_unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                               c == '-' || c == '.' || c == '_' || c == '~';
    if (is_unreserved)
      encoded += c;
    else
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

/// What a character of base32 (RFC 4648 section 6) stands for, or -1.
int base32_value(char c) {
  if (c >= 'a' && c <= 'z') return c - 'a';
  if (c >= '2' && c <= '7') return c - '2' + 26;
  return -1;
}

std::string new_recovery_code() {
  std::string code;
  for (const char byte : random_bytes(k_recovery_characters)) {
    if (code.size() == k_recovery_characters / 2) code += '-';
    code += k_crockford[static_cast<unsigned char>(byte) % k_crockford.size()];  // 256 is a multiple of 32
  }
  return code;
}

/// The character of the alphabet that was meant.
char meant(char typed) {
  const char c = lower(typed);
  if (c == 'o') return '0';
  if (c == 'i' || c == 'l') return '1';
  return c;
}

}  // namespace

Secret new_totp_key() { return Secret(random_bytes(k_key_bytes)); }

std::string totp_key_text(const Secret& key) {
  auto text = base32(reinterpret_cast<const std::uint8_t*>(key.bytes().data()), key.bytes().size());
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

std::optional<Secret> totp_key_from(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : text) {
    if (c == ' ') continue;
    const int value = base32_value(lower(c));
    if (value < 0) return std::nullopt;
    bits = bits << 5U | static_cast<std::uint32_t>(value);
    held += 5;
    if (held < 8) continue;
    held -= 8;
    bytes += static_cast<char>(bits >> held & 0xffU);
  }
  const bool is_whole = held < 5 && (bits & ((1U << held) - 1U)) == 0;  // what is left over is padding
  if (bytes.empty() || !is_whole) return std::nullopt;
  return Secret(std::move(bytes));
}

std::string hotp(const Secret& key, std::uint64_t counter) {
  const auto digest = hmac_sha1(key.bytes(), big_endian(counter));
  const std::size_t at = digest.back() & 0x0fU;  // dynamic truncation, RFC 4226 section 5.3
  const std::uint32_t number = (digest[at] & 0x7fU) << 24U |
                               static_cast<std::uint32_t>(digest[at + 1]) << 16U |
                               static_cast<std::uint32_t>(digest[at + 2]) << 8U | digest[at + 3];
  return fmt::format("{:06}", number % 1'000'000);
}

std::uint64_t totp_step(Timestamp now) {
  return static_cast<std::uint64_t>(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch() /
                                    k_step);
}

std::optional<std::uint64_t> check_totp(const Secret& key, std::string_view code, Timestamp now) {
  std::string typed(code);
  std::erase(typed, ' ');
  std::optional<std::uint64_t> matched;
  const auto step = totp_step(now);
  for (auto near = step == 0 ? 0 : step - 1; near <= step + 1; ++near) {
    if (equal(hotp(key, near), typed)) matched = near;  // goes on: how long it takes says nothing
  }
  return matched;
}

std::string otpauth_uri(std::string_view issuer, std::string_view account, const Secret& key) {
  const auto from = percent_encoded(issuer);
  return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}&algorithm=SHA1&digits=6&period=30", from,
                     percent_encoded(account), totp_key_text(key), from);
}

std::vector<std::string> new_recovery_codes() {
  std::vector<std::string> codes(k_recovery_codes);
  std::ranges::generate(codes, new_recovery_code);
  return codes;
}

std::optional<std::string> normalised_recovery_code(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    code += meant(c);
    if (k_crockford.find(code.back()) == std::string_view::npos || code.size() > k_recovery_characters)
      return std::nullopt;
  }
  if (code.size() != k_recovery_characters) return std::nullopt;
  return code;
}

}  // namespace witan::crypto
