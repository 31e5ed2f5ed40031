#include "shared/mail/message.hpp"

#include <string>

#include <gtest/gtest.h>

#include "shared/base/uk_time.hpp"

namespace witan::mail {
namespace {

using namespace std::string_literals;

constexpr const char* k_from = "witan@example.org";

Message message() { return {"msg-1", "alice@example.org", "Your invitation", "Hello\n"}; }

std::string written(const Message& message) {
  return mail::written(message, k_from, *uk_time::parse_rfc3339("2018-06-05T09:03:07.999Z"));
}

std::string body_of(const std::string& text) {
  auto sent = message();
  sent.text = text;
  const auto whole = written(sent);
  return whole.substr(whole.find("\r\n\r\n") + 4);
}

/// The header with its folds, without the last line end.
std::string subject_of(const std::string& subject) {
  auto sent = message();
  sent.subject = subject;
  const auto whole = written(sent);
  const auto begin = whole.find("\r\nSubject: ") + 2;
  return whole.substr(begin, whole.find("\r\nMessage-ID:") - begin);
}

/// Reads encoded words of the Q encoding as RFC 2047 says: what stands between two of them counts for
/// nothing.
std::string decoded(std::string_view header) {
  std::string text;
  for (auto at = header.find("=?utf-8?Q?"); at != std::string_view::npos; at = header.find("=?utf-8?Q?")) {
    header.remove_prefix(at + 10);
    const auto end = header.find("?=");
    EXPECT_LE(10 + end + 2, 75U) << "an encoded word has at most 75 characters";
    std::string word;
    for (std::size_t i = 0; i < end; ++i) {
      if (header[i] == '=') {
        word += static_cast<char>(std::stoi(std::string(header.substr(i + 1, 2)), nullptr, 16));
        i += 2;
      } else {
        word += header[i] == '_' ? ' ' : header[i];
      }
    }
    EXPECT_NE(static_cast<unsigned char>(word.front()) & 0xc0U, 0x80U) << "begins inside a character";
    text += word;
    header.remove_prefix(end);
  }
  return text;
}

void expect_lines_at_most(std::size_t longest, std::string_view text) {
  while (!text.empty()) {
    const auto end = text.find("\r\n");
    ASSERT_NE(end, std::string_view::npos) << "every line ends with CRLF";
    EXPECT_LE(end, longest) << text.substr(0, end);
    EXPECT_EQ(text.substr(0, end).find_first_of("\r\n"), std::string_view::npos);
    text.remove_prefix(end + 2);
  }
}

bool is_refused_for_good(const Message& refused) {
  try {
    check(refused);
  } catch (const MailFailure& failure) {
    return failure.is_permanent();
  }
  return false;
}

TEST(MailMessage, has_the_headers_of_rfc_5322_and_mime) {
  EXPECT_EQ(written(message()),
            "Date: Tue, 05 Jun 2018 09:03:07 +0000\r\n"
            "From: Witan <witan@example.org>\r\n"
            "To: alice@example.org\r\n"
            "Subject: Your invitation\r\n"
            "Message-ID: <msg-1@example.org>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "\r\n"
            "Hello\r\n");
}

TEST(MailMessage, encodes_a_subject_that_is_not_plain_ascii) {
  EXPECT_EQ(subject_of("Caffè £5"), "Subject: =?utf-8?Q?Caff=C3=A8_=C2=A35?=");
  EXPECT_EQ(subject_of("=?utf-8?Q?a?="), "Subject: =?utf-8?Q?=3D=3Futf=2D8=3FQ=3Fa=3F=3D?=");
  EXPECT_EQ(subject_of(""), "Subject: ");
}

TEST(MailMessage, folds_a_long_subject_between_characters) {
  const auto mixed = "Ł" + std::string(60, ' ') + "é漢字😀é漢字😀é漢字😀é漢字😀é漢字😀é漢字😀";
  for (const auto& subject : {std::string(200, 'a'), mixed, " led by a space"s}) {
    const auto header = subject_of(subject);
    EXPECT_EQ(decoded(header), subject);
    expect_lines_at_most(76, header + "\r\n");
  }
}

TEST(MailMessage, writes_the_text_as_quoted_printable) {
  EXPECT_EQ(body_of("1 + 1 = 2\n"), "1 + 1 =3D 2\r\n");
  EXPECT_EQ(body_of("£"), "=C2=A3\r\n");
  EXPECT_EQ(body_of("blank at the end \ntab\t\n"), "blank at the end=20\r\ntab=09\r\n");
  EXPECT_EQ(body_of("a\r\n\nb"), "a\r\n\r\nb\r\n");
  EXPECT_EQ(body_of("a\rb\0c"s), "a=0Db=00c\r\n");
  EXPECT_EQ(body_of(".\n..\nFrom here\n"), ".\r\n..\r\nFrom here\r\n");
  EXPECT_EQ(body_of(""), "");
}

TEST(MailMessage, breaks_long_lines_softly_at_76_characters) {
  EXPECT_EQ(body_of(std::string(76, 'x')), std::string(76, 'x') + "\r\n");
  EXPECT_EQ(body_of(std::string(77, 'x')), std::string(75, 'x') + "=\r\nxx\r\n");
  EXPECT_EQ(body_of(std::string(74, 'x') + "éx"), std::string(74, 'x') + "=\r\n=C3=A9x\r\n");
  expect_lines_at_most(76, body_of(std::string(999, ' ') + std::string(999, 'x')));
}

TEST(MailMessage, takes_addresses_that_people_have) {
  for (const char* good : {"a@b", "alice.o'hara+lep@example.co.uk", "x_y-z@127.example", "a&b@example.org"}) {
    EXPECT_TRUE(is_address(good)) << good;
  }
}

TEST(MailMessage, refuses_addresses_that_could_mean_something_else) {
  for (const auto& bad : {""s,
                          "@"s,
                          "alice"s,
                          "alice@"s,
                          "@example.org"s,
                          "a@b@c"s,
                          "alice@example.org\r\nBcc: bob@example.org"s,
                          "alice@example.org\n"s,
                          "alice@example.org\0"s,
                          "a b@example.org"s,
                          "<alice@example.org>"s,
                          "Alice <alice@example.org>"s,
                          "a,b@example.org"s,
                          "\"a b\"@example.org"s,
                          "alice@example.org,bob@example.org"s,
                          "alice@exämple.org"s,
                          "älice@example.org"s,
                          ".a@example.org"s,
                          "a..b@example.org"s,
                          "a@example..org"s,
                          "a@example.org."s,
                          "a@[127.0.0.1]"s,
                          "a@exa_mple.org"s,
                          "a(b)@example.org"s,
                          "a;b@example.org"s,
                          std::string(65, 'a') + "@example.org",
                          "a@" + std::string(253, 'b')}) {
    EXPECT_FALSE(is_address(bad)) << bad;
    auto refused = message();
    refused.to = bad;
    EXPECT_TRUE(is_refused_for_good(refused)) << bad;
  }
}

TEST(MailMessage, refuses_subjects_with_control_characters) {
  for (const auto& bad : {"a\r\nBcc: bob@example.org"s, "a\nb"s, "a\rb"s, "a\0b"s, "a\tb"s, "a\x7f"s,
                          "\x1b[0m"s, std::string(1001, 'a')}) {
    auto refused = message();
    refused.subject = bad;
    EXPECT_TRUE(is_refused_for_good(refused)) << bad;
  }
}

TEST(MailMessage, refuses_ids_that_are_more_than_a_name) {
  for (const auto& bad :
       {""s, "a/b"s, ".."s, "../a"s, "a b"s, "a\r\nb"s, "a@b"s, "a>b"s, "a\0"s, std::string(65, 'a')}) {
    auto refused = message();
    refused.id = bad;
    EXPECT_TRUE(is_refused_for_good(refused)) << bad;
  }
}

TEST(MailMessage, takes_256_kib_of_text_and_no_more) {
  auto large = message();
  large.text.assign(256UL * 1024, 'x');
  EXPECT_NO_THROW(check(large));
  large.text += 'x';
  EXPECT_TRUE(is_refused_for_good(large));
}

}  // namespace
}  // namespace witan::mail
