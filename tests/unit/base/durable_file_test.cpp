#include "shared/base/durable_file.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <sys/stat.h>
#include <system_error>

#include <gtest/gtest.h>

#include "tests/support/temp_folder.hpp"

namespace witan {
namespace {

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

::mode_t mode_of(const std::string& path) {
  struct stat about {};
  EXPECT_EQ(::stat(path.c_str(), &about), 0);
  return about.st_mode & 0777U;
}

std::size_t files_in(const test::TempFolder& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder.path()), {}));
}

TEST(durable_file, replaces_what_was_there_and_leaves_one_file_for_this_user_alone) {
  const test::TempFolder folder;
  replace_file(folder.file("a"), "first");
  replace_file(folder.file("a"), std::string("second\0\r\n", 9));
  EXPECT_EQ(content(folder.file("a")), std::string("second\0\r\n", 9));
  EXPECT_EQ(mode_of(folder.file("a")), 0600U);
  EXPECT_EQ(files_in(folder), 1U);
}

TEST(durable_file, does_not_mind_what_a_process_that_died_half_way_has_left) {
  const test::TempFolder folder;
  std::ofstream(folder.file("a.new")) << "half of something longer";
  ASSERT_EQ(::chmod(folder.file("a.new").c_str(), 0666), 0);
  replace_file(folder.file("a"), "whole");
  EXPECT_EQ(content(folder.file("a")), "whole");
  EXPECT_EQ(mode_of(folder.file("a")), 0600U);
  EXPECT_EQ(files_in(folder), 1U);
}

TEST(durable_file, a_new_file_replaces_nothing) {
  const test::TempFolder folder;
  write_new_file(folder.file("a"), "first");
  EXPECT_THROW(write_new_file(folder.file("a"), "second"), std::system_error);
  EXPECT_EQ(content(folder.file("a")), "first");
}

TEST(durable_file, says_so_when_the_folder_is_not_there) {
  const test::TempFolder folder;
  EXPECT_THROW(replace_file(folder.file("absent/a"), "x"), std::system_error);
}

}  // namespace
}  // namespace witan
