#include "shared/contract/codec.hpp"

#include <cctype>
#include <span>

#include "shared/contract/spaces.hpp"

namespace witan::codec {

namespace {

struct Range {
  char32_t first, last;
};

bool is_in(char32_t c, std::span<const Range> ranges) {
  return std::ranges::any_of(ranges, [c](const Range& range) { return c >= range.first && c <= range.last; });
}

// Unicode 14.0.0. DerivedGeneralCategory.txt: format characters (Cf), without those that are seen before a number or a name
// (Prepended_Concatenation_Mark in PropList.txt).
constexpr Range k_format[] = {{0xAD, 0xAD},       {0x61C, 0x61C},     {0x180E, 0x180E},   {0x200B, 0x200F},   {0x202A, 0x202E},
                              {0x2060, 0x2064},   {0x2066, 0x206F},   {0xFEFF, 0xFEFF},   {0xFFF9, 0xFFFB},   {0x13430, 0x13438},
                              {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0001, 0xE0001}, {0xE0020, 0xE007F}};
// DerivedCoreProperties.txt: Default_Ignorable_Code_Point that is no format character and no variation selector; and U+2800, a
// Braille cell without dots.
constexpr Range k_fillers[] = {{0x34F, 0x34F},   {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x2065, 0x2065}, {0x2800, 0x2800},
                               {0x3164, 0x3164}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0xE0000, 0xE0000}, {0xE0002, 0xE001F},
                               {0xE0080, 0xE00FF}, {0xE01F0, 0xE0FFF}};
// DerivedCoreProperties.txt: variation selectors, which say how the character before them looks.
constexpr Range k_selectors[] = {{0x180B, 0x180D}, {0x180F, 0x180F}, {0xFE00, 0xFE0F}, {0xE0100, 0xE01EF}};
// PropList.txt: White_Space.
constexpr Range k_spaces[] = {{0x9, 0xD},       {0x20, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},     {0x1680, 0x1680},
                              {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}};
// Blocks.txt: marks that are set over, under and around letters of any script, with no end to how many.
constexpr Range k_marks[] = {{0x300, 0x36F},   {0x483, 0x489},   {0x1AB0, 0x1AFF},
                             {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE20, 0xFE2F}};
/// Vietnamese and the phonetic alphabet need two; nobody's name needs more than three.
constexpr std::size_t k_marks_max = 3;

bool is_visible(char32_t c) {
  return !is_in(c, k_spaces) && !is_in(c, k_format) && !is_in(c, k_fillers) && !is_in(c, k_selectors) && !is_in(c, k_marks);
}

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

/// They join or part the letters of some scripts, and the parts of an emoji: only between two that are not of ASCII.
bool is_joiner(char32_t c) { return c == 0x200C || c == 0x200D; }

/// One line, such as a name or a title: whoever reads it must be able to tell it from another one by looking at it.
bool is_plain_line(std::string_view text) {
  char32_t before = ' ';
  std::size_t marks = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = next_character(text, at);
    marks = is_in(c, k_marks) ? marks + 1 : 0;
    auto ahead = at;
    const auto next = at < text.size() ? next_character(text, ahead) : U' ';
    // A mark or a selector may come between the letter and what joins it.
    const bool joins = is_joiner(c) && before > 0x7F && next > 0x7F && !is_in(before, k_format) && is_visible(next);
    if (marks > k_marks_max || is_in(c, k_fillers) || (is_in(c, k_format) && !joins)) return false;
    before = c;
  }
  return true;
}

bool has_visible_character(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (is_visible(next_character(text, at))) return true;
  }
  return false;
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

std::string with_single_spaces(std::string_view utf8) {
  std::string single;
  single.reserve(utf8.size());
  bool is_after_space = false;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto begin = at;
    if (is_in(next_character(utf8, at), k_spaces)) {
      is_after_space = !single.empty();
      continue;
    }
    if (is_after_space) single += ' ';
    is_after_space = false;
    single += utf8.substr(begin, at - begin);
  }
  return single;
}

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
  if (!multiline && !is_plain_line(to)) {
    decoder.fail(ErrorCode::invalid_value, decoder.words_at_the_start() +
                                               " must not contain characters that cannot be seen, or more than three marks on one letter; remove them.");
    return false;
  }
  if (!has_length(to, min, max, decoder)) return false;
  if (min == 0 || has_visible_character(to)) return true;
  decoder.fail(ErrorCode::missing_field, "Enter " + decoder.words() + ": nothing in it can be seen.");
  return false;
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
  // What comes after the last day of a date, or before its first, must be a moment that can be written as well.
  constexpr std::string_view k_first = "1800-01-01", k_last = "2999-12-31";
  const auto text = from.is_string() ? std::string_view(from.get_string()) : std::string_view();
  if (text >= k_first && text <= k_last && uk_time::from_local(text, "12:00")) {
    to = std::string(text);
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
  return has_length(to, 1, 128, decoder);
}

}  // namespace witan::codec
