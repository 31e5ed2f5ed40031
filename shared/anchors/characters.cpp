#include "shared/anchors/characters.hpp"

#include <array>
#include <cstddef>

namespace witan::anchors {

namespace {

constexpr char32_t k_replacement = 0xFFFD;

bool is_within(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

struct Sequence {
  char32_t code_point;
  std::size_t bytes;
};

/// The character at the beginning. Overlong forms, surrogates and what is beyond Unicode are not characters.
Sequence first_of(std::string_view utf8) {
  constexpr std::array<char32_t, 5> k_least{0, 0, 0x80, 0x800, 0x10000};
  const auto lead = static_cast<unsigned char>(utf8[0]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || utf8.size() < bytes) return {k_replacement, 1};
  char32_t c = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto next = static_cast<unsigned char>(utf8[i]);
    if ((next & 0xC0U) != 0x80) return {k_replacement, 1};
    c = (c << 6U) | (next & 0x3FU);
  }
  if (c < k_least[bytes] || c > 0x10FFFF || is_within(c, 0xD800, 0xDFFF)) return {k_replacement, 1};
  return {c, bytes};
}

bool is_space(char32_t c) {
  return c <= 0x20 || is_within(c, 0x7F, 0xA0) || c == 0x1680 || is_within(c, 0x2000, 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_unseen(char32_t c) {
  return c == 0xAD || is_within(c, 0x200B, 0x200F) || is_within(c, 0x202A, 0x202E) ||
         is_within(c, 0x2060, 0x2064) || is_within(c, 0xFE00, 0xFE0F) || c == 0xFEFF;
}

bool is_single_quote(char32_t c) {
  return c == '`' || c == 0xB4 || c == 0x2BC || is_within(c, 0x2018, 0x201B) || c == 0x2032;
}

bool is_double_quote(char32_t c) {
  return c == 0xAB || c == 0xBB || is_within(c, 0x201C, 0x201F) || c == 0x2033;
}

bool is_dash(char32_t c) { return is_within(c, 0x2010, 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63; }

char32_t lower_latin_extended(char32_t c) {
  if (c == 0x130 || c == 0x131 || c == 0x138 || c == 0x149 || c == 0x17F) return c;
  if (c == 0x178) return 0xFF;
  const bool is_upper_odd = is_within(c, 0x139, 0x148) || is_within(c, 0x179, 0x17E);
  return (c % 2 == 1) == is_upper_odd ? c + 1 : c;
}

char32_t lower(char32_t c) {
  if (is_within(c, 'A', 'Z') || (is_within(c, 0xC0, 0xDE) && c != 0xD7)) return c + 32;
  if (is_within(c, 0x100, 0x17F)) return lower_latin_extended(c);
  if (is_within(c, 0x391, 0x3A9) || is_within(c, 0x410, 0x42F)) return c + 32;
  if (is_within(c, 0x400, 0x40F)) return c + 80;
  switch (c) {
    case 0x386:
      return 0x3AC;
    case 0x388:
    case 0x389:
    case 0x38A:
      return c + 37;
    case 0x38C:
      return 0x3CC;
    case 0x38E:
    case 0x38F:
      return c + 63;
    case 0x3C2:
      return 0x3C3;  // The sigma at the end of a word.
    default:
      return c;
  }
}

bool is_latin_1_mark(char32_t c) {
  const bool is_letter =
      c == 0xAA || c == 0xB2 || c == 0xB3 || c == 0xB5 || c == 0xB9 || c == 0xBA || is_within(c, 0xBC, 0xBE);
  return (is_within(c, 0xA1, 0xBF) && !is_letter) || c == 0xD7 || c == 0xF7;
}

bool is_mark(char32_t c) {
  return is_within(c, 0x21, 0x2F) || is_within(c, 0x3A, 0x40) || is_within(c, 0x5B, 0x60) ||
         is_within(c, 0x7B, 0x7E) || is_latin_1_mark(c) || is_within(c, 0x2010, 0x206F) ||
         is_within(c, 0x20A0, 0x20CF) || is_within(c, 0x2190, 0x25FF) || is_within(c, 0x27C0, 0x2BFF) ||
         is_within(c, 0x3001, 0x303F) || is_within(c, 0xFE10, 0xFE6F);
}

/// Thai, Lao, Khmer, kana, and what Chinese is written with.
bool is_sign(char32_t c) {
  return is_within(c, 0xE00, 0xEFF) || is_within(c, 0x1780, 0x17FF) || is_within(c, 0x2E80, 0x2FFF) ||
         is_within(c, 0x3040, 0x30FF) || is_within(c, 0x3400, 0x4DBF) || is_within(c, 0x4E00, 0x9FFF) ||
         is_within(c, 0xF900, 0xFAFF) || is_within(c, 0x20000, 0x3FFFF);
}

}  // namespace

std::u32string code_points(std::string_view utf8) {
  std::u32string points;
  points.reserve(utf8.size());
  while (!utf8.empty()) {
    const auto [c, bytes] = first_of(utf8);
    points.push_back(c);
    utf8.remove_prefix(bytes);
  }
  return points;
}

std::string utf8(std::u32string_view code_points) {
  std::string bytes;
  const auto trail = [&](char32_t c, unsigned shift) {
    bytes.push_back(static_cast<char>(0x80U | ((c >> shift) & 0x3FU)));
  };
  for (const char32_t c : code_points) {
    if (c < 0x80) {
      bytes.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
      bytes.push_back(static_cast<char>(0xC0U | (c >> 6U)));
      trail(c, 0);
    } else if (c < 0x10000) {
      bytes.push_back(static_cast<char>(0xE0U | (c >> 12U)));
      trail(c, 6);
      trail(c, 0);
    } else {
      bytes.push_back(static_cast<char>(0xF0U | (c >> 18U)));
      trail(c, 12);
      trail(c, 6);
      trail(c, 0);
    }
  }
  return bytes;
}

char32_t folded(char32_t character) {
  // The full-width forms of ASCII.
  const char32_t c = is_within(character, 0xFF01, 0xFF5E) ? character - 0xFEE0 : character;
  if (is_space(c)) return ' ';
  if (is_unseen(c)) return 0;
  if (is_single_quote(c)) return '\'';
  if (is_double_quote(c)) return '"';
  if (is_dash(c)) return '-';
  if (c == 0x2026) return '.';  // …
  return lower(c);
}

Kind kind_of(char32_t folded) {
  if (folded == 0) return Kind::unseen;
  if (folded == ' ') return Kind::space;
  if (is_within(folded, '0', '9')) return Kind::digit;
  if (is_mark(folded)) return Kind::mark;
  return is_sign(folded) ? Kind::sign : Kind::letter;
}

}  // namespace witan::anchors
