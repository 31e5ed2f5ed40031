#include "infra/supervisor/child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

namespace witan::supervisor {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t k_log_bytes_max = 16 * 1024 * 1024;

/// One older log is kept, so a program that talks all day does not fill the disk between two starts.
void rotate(const fs::path& log) {
  std::error_code failed;
  if (fs::file_size(log, failed) > k_log_bytes_max && !failed) fs::rename(log, fs::path(log.string() + ".1"), failed);
}

void say(std::string_view text) {
  if (::write(STDERR_FILENO, text.data(), text.size()) < 0) return;
}

/// Between fork and exec: only calls that are safe there.
[[noreturn]] void become(char* const* arguments, int output, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(125);  // the supervisor died before the line above took effect
  ::setpgid(0, 0);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;  // a browser's live connection is a file
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::execvp(arguments[0], arguments);
  say("cannot run ");
  say(arguments[0]);
  say(": ");
  say(std::strerror(errno));
  say("\n");
  ::_exit(127);
}

std::vector<char*> argument_pointers(const std::vector<std::string>& command) {
  std::vector<char*> result;
  for (const auto& part : command) result.push_back(const_cast<char*>(part.c_str()));
  result.push_back(nullptr);
  return result;
}

pid_t fork_into(const std::vector<std::string>& command, int output) {
  const auto arguments = argument_pointers(command);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) become(arguments.data(), output, parent);
  return pid;
}

}  // namespace

std::string Ending::words() const { return by_signal ? fmt::format("signal {}", code) : fmt::format("exit code {}", code); }

Ending ending_of(int wait_status) {
  if (WIFSIGNALED(wait_status)) return {true, WTERMSIG(wait_status)};
  return {false, WEXITSTATUS(wait_status)};
}

pid_t start_process(const std::vector<std::string>& command, const fs::path& log) {
  rotate(log);
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  if (output < 0) throw std::runtime_error(fmt::format("{} cannot be written: {}", log.string(), std::strerror(errno)));
  const pid_t pid = fork_into(command, output);
  const int error = errno;
  ::close(output);
  if (pid < 0) throw std::runtime_error(fmt::format("no process for {}: {}", command.front(), std::strerror(error)));
  return pid;
}

fs::path find_program(const fs::path& name) {
  const auto can_run = [](const fs::path& file) { return ::access(file.c_str(), X_OK) == 0 && !fs::is_directory(file); };
  if (name.has_parent_path()) return can_run(name) ? name : fs::path();
  const char* own = std::getenv("PATH");
  std::istringstream folders((own ? std::string(own) : std::string()) + ":/usr/local/sbin:/usr/sbin:/sbin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (!folder.empty() && can_run(fs::path(folder) / name)) return fs::path(folder) / name;
  }
  return {};
}

std::string output_of(const std::vector<std::string>& command) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  const pid_t pid = fork_into(command, ends[1]);
  ::close(ends[1]);
  std::string text;
  char buffer[4096];
  for (ssize_t got = 0; pid > 0 && (got = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(got));
  }
  ::close(ends[0]);
  int status = 0;
  if (pid < 0 || ::waitpid(pid, &status, 0) != pid || status != 0) return {};
  return text;
}

std::string last_plain_line(const fs::path& log) {
  std::ifstream in(log);
  in.seekg(0, std::ios::end);
  const auto size = static_cast<std::streamoff>(in.tellg());
  in.seekg(std::max<std::streamoff>(0, size - 8192));
  std::string last;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.front() != '{') last = line;
  }
  return last;
}

}  // namespace witan::supervisor
