#include <chrono>
#include <fstream>
#include <future>
#include <string>
#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shared/mail/mail.hpp"
#include "tests/support/fault_gate.hpp"
#include "tests/support/smtp_server.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::mail {
namespace {

using test::SmtpServer;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

Message message() { return {"msg-1", "alice@example.org", "Your invitation", "Hello\n"}; }

SmtpOptions options_for(std::string url) {
  SmtpOptions options;
  options.url = std::move(url);
  options.from = "witan@example.org";
  return options;
}

std::string write_private(const test::TempFolder& folder, const std::string& name, const std::string& text) {
  std::ofstream(folder.file(name)) << text;
  EXPECT_EQ(::chmod(folder.file(name).c_str(), 0600), 0);
  return folder.file(name);
}

/// Sends the message and tells why that failed.
MailFailure failure(const SmtpOptions& options, const Message& sent = message()) {
  try {
    smtp_sender(options)->send(sent);
  } catch (const MailFailure& failed) {
    EXPECT_THAT(failed.what(), Not(HasSubstr("alice"))) << "what goes to the log names nobody";
    return failed;
  }
  ADD_FAILURE() << "it was sent";
  return {MailFailure::Kind::passing, "sent"};
}

TEST(Smtp, hands_the_message_to_the_server) {
  SmtpServer server;
  smtp_sender(options_for(server.url()))->send(message());
  ASSERT_EQ(server.received().size(), 1U);
  const auto received = server.received().front();
  EXPECT_THAT(received.from, StartsWith("<witan@example.org>"));
  EXPECT_EQ(received.to, "<alice@example.org>");
  EXPECT_THAT(received.data, AllOf(StartsWith("Date: "), HasSubstr("\r\nMessage-ID: <msg-1@example.org>\r\n"),
                                   EndsWith("\r\n\r\nHello\r\n")));
}

TEST(Smtp, doubles_dots_at_the_beginning_of_lines_so_that_none_ends_the_message) {
  SmtpServer server;
  auto sent = message();
  sent.text = ".\n..\n.hidden\nnot. here.\nRSET\n.";
  smtp_sender(options_for(server.url()))->send(sent);
  ASSERT_EQ(server.received().size(), 1U);
  EXPECT_THAT(server.received().front().data,
              EndsWith("\r\n\r\n..\r\n...\r\n..hidden\r\nnot. here.\r\nRSET\r\n..\r\n"));
  EXPECT_THAT(server.commands(), Not(::testing::Contains("RSET")));
}

TEST(Smtp, sends_a_subject_and_a_text_that_are_not_ascii_as_ascii) {
  SmtpServer server;
  auto sent = message();
  sent.subject = "Réunion à Łódź";
  sent.text = "£5 – no more\n";
  smtp_sender(options_for(server.url()))->send(sent);
  ASSERT_EQ(server.received().size(), 1U);
  EXPECT_THAT(server.received().front().data,
              AllOf(HasSubstr("\r\nSubject: =?utf-8?Q?R=C3=A9union_=C3=A0_=C5=81=C3=B3d=C5=BA?=\r\n"),
                    EndsWith("\r\n\r\n=C2=A35 =E2=80=93 no more\r\n")));
}

TEST(Smtp, sends_a_large_message_whole) {
  SmtpServer server;
  auto sent = message();
  sent.text.clear();
  std::string expected;
  for (int i = 0; sent.text.size() < 200'000; ++i) {
    const auto line = ".line " + std::to_string(i);
    sent.text += line + "\n";
    expected += "." + line + "\r\n";
  }
  smtp_sender(options_for(server.url()))->send(sent);
  ASSERT_EQ(server.received().size(), 1U);
  const auto data = server.received().front().data;
  EXPECT_TRUE(data.substr(data.find("\r\n\r\n") + 4) == expected);
}

TEST(Smtp, a_message_that_is_sent_again_has_the_same_message_id) {
  SmtpServer server;
  const auto sender = smtp_sender(options_for(server.url()));
  sender->send(message());
  sender->send(message());
  ASSERT_EQ(server.received().size(), 2U);
  for (const auto& received : server.received())
    EXPECT_THAT(received.data, HasSubstr("Message-ID: <msg-1@example.org>"));
}

TEST(Smtp, a_refusal_of_the_recipient_or_the_message_for_good_is_permanent) {
  for (const char* moment : {"RCPT", "DATA", "DONE"}) {
    SmtpServer server;
    server.answer(moment, "550 5.1.1 <alice@example.org>: no such user");
    const auto failed = failure(options_for(server.url()));
    EXPECT_TRUE(failed.is_permanent()) << moment;
    EXPECT_THAT(failed.what(), HasSubstr("550")) << moment;
    EXPECT_TRUE(server.received().empty());
  }
}

TEST(Smtp, a_refusal_for_now_is_worth_trying_again) {
  for (const char* moment : {"CONN", "MAIL", "RCPT", "DATA", "DONE"}) {
    SmtpServer server;
    server.answer(moment, "451 4.7.1 greylisted");
    EXPECT_FALSE(failure(options_for(server.url())).is_permanent()) << moment;
  }
}

TEST(Smtp, a_refusal_for_good_of_anything_but_this_message_is_worth_trying_again) {
  for (const char* moment : {"CONN", "MAIL"}) {
    SmtpServer server;
    server.answer(moment, "554 5.7.1 not from you");
    EXPECT_FALSE(failure(options_for(server.url())).is_permanent()) << moment;
  }
}

TEST(Smtp, a_connection_that_is_dropped_at_any_moment_is_worth_trying_again) {
  for (const char* moment : {"CONN", "EHLO", "MAIL", "RCPT", "DATA", "LINE", "DONE"}) {
    SmtpServer server;
    server.answer(moment, "");
    EXPECT_FALSE(failure(options_for(server.url())).is_permanent()) << moment;
  }
}

TEST(Smtp, a_message_that_was_taken_is_sent_although_the_goodbye_is_lost) {
  SmtpServer server;
  server.answer("QUIT", "");
  EXPECT_NO_THROW(smtp_sender(options_for(server.url()))->send(message()));
}

TEST(Smtp, a_server_that_refuses_connections_or_hangs_is_worth_trying_again) {
  SmtpServer server;
  test::FaultGate gate(server.port());
  auto options = options_for(gate.url("smtp"));
  gate.refuse();
  EXPECT_FALSE(failure(options).is_permanent());
  gate.pass();
  gate.hang();
  options.total_timeout = std::chrono::milliseconds(200);
  EXPECT_FALSE(failure(options).is_permanent());
  EXPECT_TRUE(server.received().empty());
}

TEST(Smtp, a_program_that_stops_does_not_wait_for_a_server_that_hangs) {
  SmtpServer server;
  test::FaultGate gate(server.port());
  gate.hang();
  const auto sender = smtp_sender(options_for(gate.url("smtp")));
  auto sent = std::async(std::launch::async, [&] { EXPECT_THROW(sender->send(message()), MailFailure); });
  EXPECT_EQ(sent.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
  sender->abandon();
  EXPECT_EQ(sent.wait_for(std::chrono::seconds(20)), std::future_status::ready) << "the time-out is a minute";
}

TEST(Smtp, a_message_that_cannot_be_sent_never_gets_to_the_server) {
  SmtpServer server;
  auto bad = message();
  bad.to = "alice@example.org>\r\nRCPT TO:<bob@example.org";
  EXPECT_TRUE(failure(options_for(server.url()), bad).is_permanent());
  bad = message();
  bad.subject = "Hello\r\nBcc: bob@example.org";
  EXPECT_TRUE(failure(options_for(server.url()), bad).is_permanent());
  EXPECT_TRUE(server.commands().empty());
}

TEST(SmtpSignIn, gives_user_and_password_from_a_file) {
  const test::TempFolder folder;
  SmtpServer server;
  auto options = options_for(server.url());
  options.user = "witan";
  options.password_file = write_private(folder, "password", "open sesame\n");
  smtp_sender(options)->send(message());
  EXPECT_EQ(server.credentials(), "AHdpdGFuAG9wZW4gc2VzYW1l");  // \0witan\0open sesame
  EXPECT_EQ(server.received().size(), 1U);
}

TEST(SmtpSignIn, a_wrong_password_is_the_operators_to_put_right_and_never_the_messages_end) {
  const test::TempFolder folder;
  SmtpServer server;
  server.answer("AUTH", "535 5.7.8 no");
  auto options = options_for(server.url());
  options.user = "witan";
  options.password_file = write_private(folder, "password", "open sesame");
  const auto failed = failure(options);
  EXPECT_FALSE(failed.is_permanent());
  EXPECT_THAT(failed.what(), ::testing::StrEq("the SMTP server answered 535 to AUTH"));
}

TEST(SmtpTls, sends_by_tls_from_the_start_and_by_starttls_to_a_server_that_it_can_trust) {
  const test::TempFolder folder;
  const auto certificate = test::self_signed_certificate();
  for (const auto tls : {SmtpServer::Tls::from_the_start, SmtpServer::Tls::offered}) {
    SmtpServer server(tls, certificate);
    auto options = options_for(server.url(tls == SmtpServer::Tls::offered ? "smtp" : "smtps"));
    options.ca_file = write_private(folder, "ca.pem", certificate.certificate_pem);
    smtp_sender(options)->send(message());
    EXPECT_EQ(server.received().size(), 1U);
  }
}

TEST(SmtpTls, a_connection_that_is_dropped_in_the_middle_ends_neither_the_program_nor_the_message) {
  const test::TempFolder folder;
  const auto certificate = test::self_signed_certificate();
  SmtpServer server(SmtpServer::Tls::from_the_start, certificate);
  server.answer("LINE", "");
  auto options = options_for(server.url("smtps"));
  options.ca_file = write_private(folder, "ca.pem", certificate.certificate_pem);
  auto sent = message();
  sent.text.assign(256UL * 1024, '=');
  EXPECT_FALSE(failure(options, sent).is_permanent());
}

TEST(SmtpTls, says_nothing_to_a_server_that_it_cannot_trust) {
  const test::TempFolder folder;
  for (const auto tls : {SmtpServer::Tls::from_the_start, SmtpServer::Tls::offered}) {
    SmtpServer server(tls, test::self_signed_certificate());
    auto options = options_for(server.url(tls == SmtpServer::Tls::offered ? "smtp" : "smtps"));
    options.ca_file = write_private(folder, "ca.pem", test::self_signed_certificate().certificate_pem);
    EXPECT_FALSE(failure(options).is_permanent());
    for (const auto& command : server.commands()) EXPECT_THAT(command, Not(HasSubstr("example.org")));
  }
}

TEST(SmtpTls, gives_away_neither_password_nor_message_when_the_server_offers_no_tls) {
  const test::TempFolder folder;
  SmtpServer server(SmtpServer::Tls::none);
  auto options = options_for(server.url());
  options.ca_file = write_private(folder, "ca.pem", test::self_signed_certificate().certificate_pem);
  options.user = "witan";
  options.password_file = write_private(folder, "password", "open sesame");
  EXPECT_FALSE(failure(options).is_permanent());
  EXPECT_EQ(server.credentials(), "");
  EXPECT_TRUE(server.received().empty());
}

TEST(SmtpTls, is_needed_wherever_the_address_is_not_this_machines_alone) {
  SmtpServer server;
  smtp_sender(options_for("smtp://localhost:" + std::to_string(server.port())))->send(message());
  EXPECT_EQ(server.received().size(), 1U);
  failure(options_for("smtp://0.0.0.0:" +
                      std::to_string(server.port())));  // comes to the same server by another name
  EXPECT_EQ(server.received().size(), 1U);
}

TEST(SmtpOptions, that_cannot_work_are_refused_at_once) {
  const test::TempFolder folder;
  const auto good = options_for("smtp://mail.example.org:587");
  EXPECT_NO_THROW(smtp_sender(good));
  for (const char* url :
       {"", "mail.example.org", "https://mail.example.org", "smtp://", "smtp://user@mail.example.org",
        "smtp://user:word@mail.example.org", "smtp://mail.example.org:587587"}) {
    auto bad = good;
    bad.url = url;
    EXPECT_THROW(smtp_sender(bad), std::runtime_error) << url;
  }
  auto bad = good;
  bad.from = "Witan <witan@example.org>";
  EXPECT_THROW(smtp_sender(bad), std::runtime_error);
  bad = good;
  bad.user = "witan";
  bad.password_file = folder.file("absent");
  EXPECT_THROW(smtp_sender(bad), std::runtime_error);
  bad.password_file = write_private(folder, "password", "open sesame");
  EXPECT_NO_THROW(smtp_sender(bad));
  ASSERT_EQ(::chmod(bad.password_file.c_str(), 0640), 0);
  EXPECT_THROW(smtp_sender(bad), std::runtime_error);
}

}  // namespace
}  // namespace witan::mail
