#include <atomic>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "shared/mail/mail.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::mail {
namespace {

constexpr const char* k_from = "witan@example.org";

Message message(std::string id = "msg-1") {
  return {std::move(id), "alice@example.org", "Your invitation", "Hello\n"};
}

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

::mode_t mode_of(const std::filesystem::path& path) {
  struct stat about {};
  EXPECT_EQ(::stat(path.c_str(), &about), 0);
  return about.st_mode & 0777U;
}

std::size_t files_in(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

TEST(Spool, writes_a_file_for_this_user_alone_in_a_folder_for_this_user_alone) {
  const test::TempFolder data;
  const auto folder = data.path() / "a" / "mail";
  spool_sender(folder, k_from)->send(message());
  EXPECT_EQ(mode_of(folder), 0700U);
  EXPECT_EQ(mode_of(folder / "msg-1.eml"), 0600U);
  const auto text = content(folder / "msg-1.eml");
  EXPECT_NE(text.find("\r\nTo: alice@example.org\r\n"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with("\r\n\r\nHello\r\n")) << text;
}

TEST(Spool, closes_a_folder_that_others_could_read) {
  const test::TempFolder data;
  const auto folder = data.path() / "mail";
  std::filesystem::create_directory(folder);
  ASSERT_EQ(::chmod(folder.c_str(), 0755), 0);
  spool_sender(folder, k_from);
  EXPECT_EQ(mode_of(folder), 0700U);
}

TEST(Spool, a_message_that_is_sent_twice_leaves_one_file) {
  const test::TempFolder data;
  spool_sender(data.path() / "mail", k_from)->send(message());
  spool_sender(data.path() / "mail", k_from)->send(message());
  EXPECT_EQ(files_in(data.path() / "mail"), 1U);
}

TEST(Spool, takes_the_same_message_from_several_threads) {
  const test::TempFolder data;
  const auto spool = spool_sender(data.path() / "mail", k_from);
  std::atomic<int> failures = 0;
  {
    std::vector<std::jthread> senders;
    for (int i = 0; i < 4; ++i) {
      senders.emplace_back([&] {
        for (int n = 0; n < 20; ++n) {
          try {
            spool->send(message());
          } catch (const MailFailure&) {
            ++failures;
          }
        }
      });
    }
  }
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(files_in(data.path() / "mail"), 1U);
}

TEST(Spool, writes_nothing_of_a_message_that_cannot_be_sent) {
  const test::TempFolder data;
  const auto spool = spool_sender(data.path() / "mail", k_from);
  auto bad = message("../msg");
  EXPECT_THROW(spool->send(bad), MailFailure);
  bad = message();
  bad.to = "alice@example.org\r\nBcc: bob@example.org";
  EXPECT_THROW(spool->send(bad), MailFailure);
  EXPECT_EQ(files_in(data.path() / "mail"), 0U);
}

TEST(Spool, says_that_it_is_worth_trying_again_when_the_folder_has_gone) {
  const test::TempFolder data;
  const auto spool = spool_sender(data.path() / "mail", k_from);
  std::filesystem::remove_all(data.path() / "mail");
  try {
    spool->send(message());
    FAIL() << "nothing was thrown";
  } catch (const MailFailure& failure) {
    EXPECT_FALSE(failure.is_permanent());
  }
}

TEST(Spool, refuses_a_sender_that_is_no_address_and_a_folder_that_cannot_be) {
  const test::TempFolder data;
  EXPECT_THROW(spool_sender(data.path() / "mail", "witan"), std::runtime_error);
  std::ofstream(data.file("file")) << "x";
  EXPECT_THROW(spool_sender(data.path() / "file", k_from), std::runtime_error);
}

}  // namespace
}  // namespace witan::mail
