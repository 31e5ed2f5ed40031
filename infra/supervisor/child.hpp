#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace witan::supervisor {

/// How a process ended, for logs and sentences.
struct Ending {
  bool by_signal = false;
  int code = 0;  ///< Exit code or signal number.
  std::string words() const;
};
Ending ending_of(int wait_status);

/// Starts `command` (a path, then arguments) in a process group of its own, its output
/// appended to `log`. The kernel kills it when the supervisor's thread that started it ends, however that ends.
/// Returns the process id; throws std::runtime_error when there can be no process.
pid_t start_process(const std::vector<std::string>& command, const std::filesystem::path& log);

/// The file to start for `name`: itself when it is a path, else what the folders of PATH have, or those of the system's
/// own programs, which Debian leaves out of an ordinary user's PATH. Empty when there is none.
std::filesystem::path find_program(const std::filesystem::path& name);

/// What the program prints on standard output; empty when it cannot be run or fails.
std::string output_of(const std::vector<std::string>& command);

/// The last line in the log that is not JSON: where a program says in one sentence why it cannot go on.
std::string last_plain_line(const std::filesystem::path& log);

}  // namespace witan::supervisor
