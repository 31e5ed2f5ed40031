#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/temp_folder.hpp"

namespace witan::test {

/// True as soon as `condition` holds, false when it does not within `limit`.
bool holds_within(std::chrono::milliseconds limit, const std::function<bool()>& condition);

/// A folder of programs, all played by the stand-in.
class StandIns {
 public:
  StandIns();
  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  TempFolder folder_;
};

/// A supervisor that was started with arguments, and what it says.
class Running {
 public:
  Running(const StandIns& programs, const std::filesystem::path& data, std::vector<std::string> more = {});
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  /// Everything said on standard output and standard error so far.
  std::string said() const;
  bool says(const std::string& words, std::chrono::seconds limit = std::chrono::seconds(20)) const;
  void signal(int number) const;
  /// The exit code; -1 for a signal or when it does not end in time.
  int exit_code(std::chrono::seconds limit = std::chrono::seconds(20));

  /// The process id of a part as of now; 0 while there is none.
  pid_t part(const std::string& name) const;
  std::string file(const std::string& name) const;
  const std::filesystem::path& data() const { return data_; }

 private:
  TempFolder output_;
  std::filesystem::path data_;
  pid_t pid_ = 0;
  std::optional<int> status_;
};

/// False once there is no such process (a zombie is none).
bool is_alive(pid_t pid);

}  // namespace witan::test
