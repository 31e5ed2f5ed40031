#pragma once

#include <sys/wait.h>

#include <cerrno>
#include <filesystem>
#include <iterator>

#include <gtest/gtest.h>

namespace witan::extract {

/// Each of its tests leaves as many open files as there were, and no child, dead or alive.
class LeavesNothing : public testing::Test {
 protected:
  void TearDown() override {
    EXPECT_EQ(open_files(), open_files_before_);
    const auto child = ::waitpid(-1, nullptr, WNOHANG);
    EXPECT_EQ(child, -1);
    EXPECT_EQ(errno, ECHILD);
  }

 private:
  static std::ptrdiff_t open_files() {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator());
  }
  std::ptrdiff_t open_files_before_ = open_files();
};

}  // namespace witan::extract
