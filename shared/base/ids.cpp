#include "shared/base/ids.hpp"

#include <sys/random.h>

#include "shared/base/assert.hpp"

namespace witan {

namespace {
constexpr std::string_view k_alphabet = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::size_t k_id_bytes = 16;
constexpr std::size_t k_id_characters = 26;
}  // namespace

std::string base32(const std::uint8_t* bytes, std::size_t size) {
  std::string text;
  text.reserve((size * 8 + 4) / 5);
  std::uint32_t buffer = 0;
  int bits = 0;
  for (std::size_t i = 0; i < size; ++i) {
    buffer = (buffer << 8) | bytes[i];
    bits += 8;
    while (bits >= 5) {
      text.push_back(k_alphabet[(buffer >> (bits - 5)) & 31U]);
      bits -= 5;
    }
    buffer &= (1U << bits) - 1U;
  }
  if (bits > 0) text.push_back(k_alphabet[(buffer << (5 - bits)) & 31U]);
  return text;
}

std::string random_id_text() {
  std::array<std::uint8_t, k_id_bytes> bytes;
  ASSERT(::getrandom(bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
  return base32(bytes.data(), bytes.size());
}

bool is_id_text(std::string_view text) {
  return text.size() == k_id_characters && text.find_first_not_of(k_alphabet) == std::string_view::npos;
}

}  // namespace witan
