#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// For `shared/extract` itself.
namespace witan::extract {

using Deadline = std::chrono::steady_clock::time_point;

/// For poll: milliseconds until then, rounded up, 0 when it is over.
int milliseconds_until(Deadline deadline);

/// An open file, closed with it.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }
  void close();
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

/// A program that was started. It is killed, if it still runs, and reaped when this is destroyed at the latest.
class Process {
 public:
  /// Starts the file `program` with the arguments, an empty environment, /dev/null as standard error, and no other open file than
  /// `input()` and `output()`. Nothing when it cannot be started.
  static std::optional<Process> start(const std::filesystem::path& program, std::vector<std::string> arguments);
  Process(Process&& other) noexcept
      : id_(std::exchange(other.id_, 0)), input_(std::move(other.input_)), output_(std::move(other.output_)) {}
  Process& operator=(Process&&) = delete;
  ~Process();

  /// What it reads, a socket: a pipe has no way to be written without a signal when its reader is gone.
  Descriptor& input() { return input_; }
  /// What it writes. Reading does not block.
  Descriptor& output() { return output_; }
  /// Waits for its end and reaps it; the status is as waitpid says. Nothing when it still runs at the deadline, or is no child any more.
  std::optional<int> wait(Deadline deadline);

 private:
  Process(pid_t id, Descriptor input, Descriptor output) : id_(id), input_(std::move(input)), output_(std::move(output)) {}

  pid_t id_ = 0;  ///< 0: reaped.
  Descriptor input_, output_;
};

}  // namespace witan::extract
