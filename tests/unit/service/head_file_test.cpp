#include <gtest/gtest.h>

#include <fstream>

#include "shared/service/head_file.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::service {
namespace {

class HeadFiles : public testing::Test {
 protected:
  test::TempFolder folder;
  const std::string path = folder.file("directory.head");
  HeadFile file{path};
};

TEST_F(HeadFiles, say_that_a_log_was_once_further_under_the_same_name) {
  file.keep({"e1", 7});
  const HeadFile after_a_restart(path);
  EXPECT_TRUE(after_a_restart.is_past({"e1", 6}));
  EXPECT_FALSE(after_a_restart.is_past({"e1", 7}));
  EXPECT_FALSE(after_a_restart.is_past({"e1", 8}));
  EXPECT_FALSE(after_a_restart.is_past({"e2", 1})) << "a history of its own";
}

TEST_F(HeadFiles, say_nothing_when_there_is_none_or_it_cannot_be_read) {
  EXPECT_FALSE(file.is_past({"e1", 0}));
  for (const auto* text : {"", "{", "[]", R"({"epoch": "e1"})", R"({"epoch": 1, "version": "x"})"}) {
    std::ofstream(path) << text;
    EXPECT_FALSE(file.is_past({"e1", 0})) << text;
  }
}

TEST_F(HeadFiles, keep_the_last) {
  for (const std::int64_t version : {3, 9, 5}) file.keep({"e1", version});
  EXPECT_TRUE(file.is_past({"e1", 4}));
  EXPECT_FALSE(file.is_past({"e1", 5}));
}

TEST_F(HeadFiles, pass_over_a_disk_that_takes_nothing) {
  HeadFile nowhere(folder.file("missing/directory.head"));
  nowhere.keep({"e1", 3});
  EXPECT_FALSE(nowhere.is_past({"e1", 0}));
}

}  // namespace
}  // namespace witan::service
