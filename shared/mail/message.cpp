#include "shared/mail/message.hpp"

#include <algorithm>

#include <date/date.h>
#include <fmt/format.h>

#include "shared/base/assert.hpp"

namespace witan::mail {

namespace {

constexpr std::size_t k_id_max = 64;
constexpr std::size_t k_local_part_max = 64;  // RFC 5321 section 4.5.3.1
constexpr std::size_t k_address_max = 254;
constexpr std::size_t k_subject_bytes_max = 1000;
constexpr std::size_t k_text_bytes_max = 256UL * 1024;
constexpr std::size_t k_line_max = 78;          // RFC 5322 section 2.1.1
constexpr std::size_t k_encoded_line_max = 76;  // RFC 2045 section 6.7, RFC 2047 section 2
constexpr std::string_view k_word_begin = "=?utf-8?Q?";
constexpr std::string_view k_word_end = "?=";

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_visible(char c) { return c > ' ' && c < '\x7f'; }
bool is_control(char c) { return (c >= '\0' && c < ' ') || c == '\x7f'; }
/// A byte of UTF-8 that goes on with the character before it.
bool goes_on(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

/// RFC 5322 section 3.2.3: what may stand in an atom besides letters and digits.
bool is_atom(char c) { return is_letter_or_digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").contains(c); }

/// Atoms with single dots between them (RFC 5322 section 3.2.3).
bool is_dot_atom(std::string_view text) {
  return !text.empty() && !text.starts_with('.') && !text.ends_with('.') && !text.contains("..") &&
         std::ranges::all_of(text, [](char c) { return c == '.' || is_atom(c); });
}

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= k_id_max &&
         std::ranges::all_of(id, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

/// `=C3`: RFC 2045 section 6.7, rule 1.
std::string hex(char byte) { return fmt::format("={:02X}", static_cast<unsigned char>(byte)); }

std::string date_of(Timestamp moment) {
  return date::format("%a, %d %b %Y %T +0000", std::chrono::floor<std::chrono::seconds>(moment));
}

/// Encoded words of the Q encoding, folded, with no character cut in two (RFC 2047 sections 4.2 and 5).
std::string encoded_words(std::string_view text, std::size_t first_column) {
  std::string out(k_word_begin);
  std::size_t column = first_column + out.size();
  while (!text.empty()) {
    std::string character;
    do {
      const char c = text.front();
      character += c == ' ' ? "_" : is_letter_or_digit(c) ? std::string(1, c) : hex(c);
      text.remove_prefix(1);
    } while (!text.empty() && goes_on(text.front()) && character.size() < 12);
    if (column + character.size() + k_word_end.size() > k_encoded_line_max) {
      out += fmt::format("{}\r\n {}", k_word_end, k_word_begin);
      column = 1 + k_word_begin.size();
    }
    out += character;
    column += character.size();
  }
  return out.append(k_word_end);
}

/// As it is when it is ASCII, fits and cannot be taken for an encoded word.
std::string subject_line(std::string_view subject) {
  constexpr std::string_view k_name = "Subject: ";
  const bool is_plain = k_name.size() + subject.size() <= k_line_max && !subject.contains("=?") &&
                        !subject.starts_with(' ') && !subject.ends_with(' ') &&
                        std::ranges::all_of(subject, [](char c) { return c == ' ' || is_visible(c); });
  return std::string(k_name) + (is_plain ? std::string(subject) : encoded_words(subject, k_name.size()));
}

/// One line of text as quoted-printable (RFC 2045 section 6.7), broken softly where it is long.
void append_quoted_printable(std::string& out, std::string_view line) {
  std::size_t column = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    const bool is_last = at + 1 == line.size();
    const bool is_blank = c == ' ' || c == '\t';
    const auto piece = (is_visible(c) && c != '=') || (is_blank && !is_last) ? std::string(1, c) : hex(c);
    if (column + piece.size() > k_encoded_line_max - (is_last ? 0 : 1)) {
      out += "=\r\n";
      column = 0;
    }
    out += piece;
    column += piece.size();
  }
  out += "\r\n";
}

std::string quoted_printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    if (end < text.size() && line.ends_with('\r')) line.remove_suffix(1);
    append_quoted_printable(out, line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

[[noreturn]] void refuse(const char* what) { throw MailFailure(MailFailure::Kind::permanent, what); }

}  // namespace

Sender::~Sender() = default;

bool is_address(std::string_view address) {
  const auto at = address.find('@');
  if (at == std::string_view::npos || address.size() > k_address_max) return false;
  const auto local_part = address.substr(0, at), domain = address.substr(at + 1);
  return local_part.size() <= k_local_part_max && is_dot_atom(local_part) && is_dot_atom(domain) &&
         std::ranges::all_of(domain, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.'; });
}

void check(const Message& message) {
  if (!is_id(message.id)) refuse("the message's id is no name for it");
  if (!is_address(message.to)) refuse("the address cannot be sent to");
  if (message.subject.size() > k_subject_bytes_max) refuse("the subject is too long");
  if (std::ranges::any_of(message.subject, is_control)) refuse("the subject has a control character in it");
  if (message.text.size() > k_text_bytes_max) refuse("the text is too long");
}

std::string written(const Message& message, std::string_view from, Timestamp date) {
  ASSERT(is_address(from) && is_id(message.id));
  // Auto-Submitted (RFC 3834) keeps out-of-office answers away.
  return fmt::format(
      "Date: {}\r\n"
      "From: Witan <{}>\r\n"
      "To: {}\r\n"
      "{}\r\n"
      "Message-ID: <{}@{}>\r\n"
      "Auto-Submitted: auto-generated\r\n"
      "MIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n"
      "\r\n"
      "{}",
      date_of(date), from, message.to, subject_line(message.subject), message.id,
      from.substr(from.find('@') + 1), quoted_printable(message.text));
}

}  // namespace witan::mail
