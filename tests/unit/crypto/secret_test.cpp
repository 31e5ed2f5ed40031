#include <fstream>
#include <set>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "shared/crypto/crypto.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::crypto {
namespace {

void write_file(const std::string& path, const std::string& text, ::mode_t mode) {
  std::ofstream(path) << text;
  ASSERT_EQ(::chmod(path.c_str(), mode), 0);
}

::mode_t mode_of(const std::string& path) {
  struct stat about {};
  EXPECT_EQ(::stat(path.c_str(), &about), 0);
  return about.st_mode & 0777U;
}

TEST(Secret, moving_leaves_nothing_behind) {
  for (const std::size_t size : {4UL, 400UL}) {
    Secret first(std::string(size, 's'));
    Secret second(std::move(first));
    EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that it is empty is the promise
    EXPECT_EQ(second.bytes(), std::string(size, 's'));
    Secret third("other");
    third = std::move(second);
    EXPECT_TRUE(second.empty());  // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(third.bytes(), std::string(size, 's'));
  }
}

TEST(SecretFile, absent_file_is_nothing) {
  const test::TempFolder folder;
  EXPECT_FALSE(read_secret_file(folder.file("absent")).has_value());
}

TEST(SecretFile, reads_a_file_that_only_its_owner_may_read_without_the_last_line_end) {
  const test::TempFolder folder;
  write_file(folder.file("key"), "open sesame\r\n", 0600);
  EXPECT_EQ(read_secret_file(folder.file("key"))->bytes(), "open sesame");
  write_file(folder.file("key"), "open sesame", 0400);
  EXPECT_EQ(read_secret_file(folder.file("key"))->bytes(), "open sesame");
}

TEST(SecretFile, refuses_a_file_that_others_may_read_or_write) {
  const test::TempFolder folder;
  for (const ::mode_t mode : {0640U, 0604U, 0620U, 0644U, 0601U}) {
    write_file(folder.file("key"), "open sesame", mode);
    EXPECT_THROW(read_secret_file(folder.file("key")), std::runtime_error) << std::oct << mode;
  }
}

TEST(SecretFile, refuses_folders_and_files_too_long_for_a_secret) {
  const test::TempFolder folder;
  EXPECT_THROW(read_secret_file(folder.path().string()), std::runtime_error);
  write_file(folder.file("key"), std::string(4096, 'x'), 0600);
  EXPECT_EQ(read_secret_file(folder.file("key"))->bytes().size(), 4096U);
  write_file(folder.file("key"), std::string(4097, 'x'), 0600);
  EXPECT_THROW(read_secret_file(folder.file("key")), std::runtime_error);
}

TEST(SecretFile, is_made_once_with_mode_0600_and_then_read) {
  const test::TempFolder folder;
  const auto made = read_or_make_secret_file(folder.file("key"));
  EXPECT_EQ(made.bytes().size(), 52U);
  EXPECT_EQ(mode_of(folder.file("key")), 0600U);
  EXPECT_EQ(read_or_make_secret_file(folder.file("key")).bytes(), made.bytes());
}

TEST(SecretFile, says_so_when_the_folder_is_not_there) {
  const test::TempFolder folder;
  EXPECT_THROW(read_or_make_secret_file(folder.file("absent/key")), std::runtime_error);
}

TEST(SecretFile, several_makers_at_the_same_moment_get_the_same_secret_and_leave_one_file) {
  const test::TempFolder folder;
  constexpr std::size_t k_makers = 8;
  std::vector<std::string> made(k_makers);
  {
    std::vector<std::jthread> makers;
    for (auto& mine : made) {
      makers.emplace_back([&] { mine = read_or_make_secret_file(folder.file("key")).bytes(); });
    }
  }
  EXPECT_EQ(std::set<std::string>(made.begin(), made.end()).size(), 1U);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    files += entry.is_regular_file() ? 1U : 0U;
  EXPECT_EQ(files, 1U);
}

}  // namespace
}  // namespace witan::crypto
