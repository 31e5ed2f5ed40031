#include "shared/markdown/escape.hpp"

#include <algorithm>
#include <array>

namespace witan::markdown {

namespace {

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool starts_with_ignoring_case(std::string_view text, std::string_view start) {
  return text.size() > start.size() &&
         std::equal(start.begin(), start.end(), text.begin(),
                    [](char wanted, char given) { return wanted == lower(given); });
}

/// Bytes that stand in an address as they are; every other one becomes %XX.
bool may_stand_in_address(char c) {
  constexpr std::string_view k_marks = "-._~:/?#[]@!$&()*+,;=%";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         k_marks.find(c) != std::string_view::npos;
}

}  // namespace

void append_escaped(std::string& html, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        if (!is_control(c)) html += c;
    }
  }
}

void append_plain(std::string& text, std::string_view added) {
  for (const char c : added) {
    if (!is_control(c)) text += c;
  }
}

std::optional<std::string> safe_href(std::string_view address) {
  // The only way in is one of these at the very beginning: nothing is trimmed or guessed, so no spelling that
  // a browser might repair (a tab inside the scheme, a leading control character) gets through.
  constexpr std::array<std::string_view, 3> k_schemes = {"https://", "http://", "mailto:"};
  const bool is_known = std::any_of(k_schemes.begin(), k_schemes.end(), [&](std::string_view scheme) {
    return starts_with_ignoring_case(address, scheme);
  });
  if (!is_known) return std::nullopt;
  constexpr std::string_view k_hex = "0123456789ABCDEF";
  std::string href;
  for (const char c : address) {
    if (may_stand_in_address(c)) {
      append_escaped(href, {&c, 1});
    } else {
      const auto byte = static_cast<unsigned char>(c);
      href += {'%', k_hex[byte >> 4U], k_hex[byte & 15U]};
    }
  }
  return href;
}

}  // namespace witan::markdown
