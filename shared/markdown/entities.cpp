#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "shared/markdown/escape.hpp"

namespace witan::markdown {

namespace {

struct Named {
  std::string_view name;
  std::string_view text;
};

/// The names that people who write English text use; in order of name.
constexpr std::array<Named, 26> k_named = {{
    {"amp", "&"},   {"apos", "'"},   {"bull", "•"},   {"cent", "¢"},   {"copy", "©"},   {"deg", "°"},
    {"euro", "€"},  {"frac12", "½"}, {"frac14", "¼"}, {"frac34", "¾"}, {"gt", ">"},     {"hellip", "…"},
    {"ldquo", "“"}, {"lsquo", "‘"},  {"lt", "<"},     {"mdash", "—"},  {"middot", "·"}, {"nbsp", "\u00a0"},
    {"ndash", "–"}, {"pound", "£"},  {"quot", "\""},  {"rdquo", "”"},  {"reg", "®"},    {"rsquo", "’"},
    {"times", "×"}, {"trade", "™"},
}};
static_assert(std::is_sorted(k_named.begin(), k_named.end(),
                             [](const Named& a, const Named& b) { return a.name < b.name; }));

constexpr std::uint32_t k_replacement = 0xFFFD;

std::string utf8_of(std::uint32_t point) {
  const bool is_control = point < 0x20 ? point != '\n' && point != '\t' : point >= 0x7F && point < 0xA0;
  const bool is_surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (is_control || is_surrogate || point > 0x10FFFF) point = k_replacement;
  const auto tail = [point](unsigned shift) { return static_cast<char>(0x80U | ((point >> shift) & 0x3FU)); };
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {static_cast<char>(0xC0U | (point >> 6U)), tail(0)};
  if (point < 0x10000) return {static_cast<char>(0xE0U | (point >> 12U)), tail(6), tail(0)};
  return {static_cast<char>(0xF0U | (point >> 18U)), tail(12), tail(6), tail(0)};
}

std::string numbered(std::string_view digits) {
  int base = 10;
  if (digits.starts_with('x') || digits.starts_with('X')) {
    base = 16;
    digits.remove_prefix(1);
  }
  std::uint32_t point = k_replacement;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), point, base);
  return utf8_of(read.ec == std::errc() ? point : k_replacement);
}

}  // namespace

std::string decoded_entity(std::string_view entity) {
  if (entity.size() < 3 || entity.front() != '&' || entity.back() != ';') return std::string(entity);
  const std::string_view inside = entity.substr(1, entity.size() - 2);
  if (inside.front() == '#') return numbered(inside.substr(1));
  const auto found =
      std::lower_bound(k_named.begin(), k_named.end(), inside,
                       [](const Named& named, std::string_view name) { return named.name < name; });
  if (found == k_named.end() || found->name != inside) return std::string(entity);
  return std::string(found->text);
}

}  // namespace witan::markdown
