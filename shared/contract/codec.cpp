#include "shared/contract/codec.hpp"

#include <cctype>

namespace witan::codec {

namespace {

/// Decodes one character of valid UTF-8 and steps over it.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t character = length == 1 ? first : first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length && at + i < text.size(); ++i) character = (character << 6) | (byte(at + i) & 0x3FU);
  at += length;
  return character;
}

bool reorders_text(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
}

bool is_forbidden(char32_t c, bool multiline) {
  if (multiline && (c == '\n' || c == '\t')) return false;
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || reorders_text(c);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view k_space = " \t\r\n";
  const auto first = text.find_first_not_of(k_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(k_space) - first + 1);
}

std::string with_plain_line_breaks(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      plain += '\n';
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

}  // namespace

std::size_t character_count(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string Decoder::words() const {
  std::string_view rest = pointer_;
  while (!rest.empty()) {  // an element of a list goes by the list's name
    const auto slash = rest.rfind('/');
    const auto name = rest.substr(slash + 1);
    if (name.find_first_not_of("0123456789") != std::string_view::npos) return words_for(command_, name);
    rest = rest.substr(0, slash);
  }
  return words_for(command_, {});
}

namespace {

bool has_length(std::string_view text, std::size_t min, std::size_t max, Decoder& decoder) {
  const auto length = character_count(text);
  if (length >= min && length <= max) return true;
  if (length == 0) {
    decoder.fail(ErrorCode::missing_field, "Enter " + decoder.words() + ".");
  } else if (length < min) {
    decoder.fail(ErrorCode::too_short, decoder.words_at_the_start() + " must have " + std::to_string(min) + " characters or more.");
  } else {
    decoder.fail(ErrorCode::too_long, decoder.words_at_the_start() + " must have " + std::to_string(max) +
                                          " characters or fewer; it has " + std::to_string(length) + ".");
  }
  return false;
}

/// Says that the field is empty, or what it must be instead.
bool refuse(const json::value& from, const std::string& what, Decoder& decoder) {
  if (from.is_string() && from.get_string().empty()) decoder.fail(ErrorCode::missing_field, "Enter " + decoder.words() + ".");
  else decoder.fail(ErrorCode::invalid_value, decoder.words_at_the_start() + " must be " + what + ".");
  return false;
}

}  // namespace

bool read_text(const json::value& from, std::size_t min, std::size_t max, bool multiline, std::string& to, Decoder& decoder) {
  if (!from.is_string()) {
    decoder.fail(ErrorCode::wrong_type, "Expected text.");
    return false;
  }
  const auto& raw = from.get_string();
  to = multiline ? with_plain_line_breaks(trimmed(raw)) : std::string(trimmed(raw));
  for (std::size_t at = 0; at < to.size();) {
    if (is_forbidden(next_character(to, at), multiline)) {
      decoder.fail(ErrorCode::invalid_value, decoder.words_at_the_start() + " must not contain characters that cannot be shown; remove them.");
      return false;
    }
  }
  return has_length(to, min, max, decoder);
}

void append_string(std::string_view text, std::string& to) {
  constexpr std::string_view k_short = "btn_fr";  // U+0008 to U+000D; U+000B has no short form
  constexpr std::string_view k_hex = "0123456789abcdef";
  to += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      to += '\\';
      to += c;
    } else if (byte >= 0x20) {
      to += c;
    } else if (byte >= 0x08 && byte <= 0x0D && byte != 0x0B) {
      to += '\\';
      to += k_short[byte - 0x08U];
    } else {
      to += "\\u00";
      to += k_hex[byte >> 4U];
      to += k_hex[byte & 0xFU];
    }
  }
  to += '"';
}

bool read_date(const json::value& from, std::string& to, Decoder& decoder) {
  if (from.is_string() && uk_time::from_local(std::string_view(from.get_string()), "12:00")) {
    to = std::string(from.get_string());
    return true;
  }
  return refuse(from, "a real date, such as 2018-06-19", decoder);
}

bool read_clock(const json::value& from, std::string& to, Decoder& decoder) {
  if (from.is_string() && from.get_string().size() == 5 && uk_time::from_local("2018-06-19", from.get_string())) {
    to = std::string(from.get_string());
    return true;
  }
  return refuse(from, "a time of day, such as 14:30", decoder);
}

bool read_email(const json::value& from, std::string& to, Decoder& decoder) {
  if (!read_text(from, 1, 254, false, to, decoder)) return false;
  const auto at = to.find('@');
  const bool plausible = at != std::string::npos && at > 0 && to.find('@', at + 1) == std::string::npos &&
                         to.find('.', at) != std::string::npos && to.back() != '.' &&
                         to.find(' ') == std::string::npos;
  if (!plausible) return refuse(from, "like name@example.org", decoder);
  std::transform(to.begin(), to.end(), to.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return true;
}

/// Every character counts, so nothing is trimmed or refused.
bool read_password(const json::value& from, std::string& to, Decoder& decoder) {
  if (!from.is_string()) {
    decoder.fail(ErrorCode::wrong_type, "Expected text.");
    return false;
  }
  to = std::string(from.get_string());
  return has_length(to, 8, 128, decoder);
}

}  // namespace witan::codec
