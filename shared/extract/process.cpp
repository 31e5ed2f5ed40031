#include "shared/extract/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace witan::extract {

namespace {

struct Ends {
  Descriptor ours, theirs;
};

/// In a program without standard streams an end could have one of their numbers, and be overwritten by the other on its way into the
/// child; it then gets none.
bool is_usable(const Ends& ends) { return ends.ours.number() > STDERR_FILENO && ends.theirs.number() > STDERR_FILENO; }

std::optional<Ends> input_ends() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return std::nullopt;
  Ends result{Descriptor(ends[0]), Descriptor(ends[1])};
  return is_usable(result) ? std::optional(std::move(result)) : std::nullopt;
}

std::optional<Ends> output_ends() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
  Ends result{Descriptor(ends[0]), Descriptor(ends[1])};
  if (::fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) return std::nullopt;
  return is_usable(result) ? std::optional(std::move(result)) : std::nullopt;
}

/// What posix_spawn is to do in the child. A fork of a service with many threads could do no more than this itself, and would copy its tables.
class Orders {
 public:
  Orders(int input, int output) {
    ::posix_spawn_file_actions_init(&files_);
    ::posix_spawnattr_init(&attributes_);
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    // A group of its own: what a terminal sends to the service is not for it.
    is_complete_ = ::posix_spawn_file_actions_adddup2(&files_, input, STDIN_FILENO) == 0 &&
                   ::posix_spawn_file_actions_adddup2(&files_, output, STDOUT_FILENO) == 0 &&
                   ::posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
                   ::posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1) == 0 &&
                   ::posix_spawnattr_setsigmask(&attributes_, &none) == 0 && ::posix_spawnattr_setsigdefault(&attributes_, &all) == 0 &&
                   ::posix_spawnattr_setpgroup(&attributes_, 0) == 0 &&
                   ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP) == 0;
  }
  ~Orders() {
    ::posix_spawnattr_destroy(&attributes_);
    ::posix_spawn_file_actions_destroy(&files_);
  }
  Orders(const Orders&) = delete;
  Orders& operator=(const Orders&) = delete;

  /// 0 when it could not be started.
  pid_t start(const char* program, char* const* arguments) const {
    char* const nothing[] = {nullptr};
    pid_t id = 0;
    return is_complete_ && ::posix_spawn(&id, program, &files_, &attributes_, arguments, nothing) == 0 ? id : 0;
  }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
  bool is_complete_ = false;
};

}  // namespace

int milliseconds_until(Deadline deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

void Descriptor::close() {
  if (is_open()) ::close(number_);
  number_ = -1;
}

std::optional<Process> Process::start(const std::filesystem::path& program, std::vector<std::string> arguments) {
  auto input = input_ends(), output = output_ends();
  if (!input || !output) return std::nullopt;
  auto name = program.string();
  std::vector<char*> pointers{name.data()};
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  const auto id = Orders(input->theirs.number(), output->theirs.number()).start(name.c_str(), pointers.data());
  if (id == 0) return std::nullopt;
  return Process(id, std::move(input->ours), std::move(output->ours));
}

Process::~Process() {
  if (id_ == 0) return;
  ::kill(-id_, SIGKILL);  // its group: were it not confined, it could have started others
  while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {}
}

std::optional<int> Process::wait(Deadline deadline) {
  // The wrapper of Debian 12's C library cannot be linked with C++. The kernel closes it in other programs.
  const Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, id_, 0)));
  if (!process.is_open()) return std::nullopt;
  pollfd end{process.number(), POLLIN, 0};
  while (::poll(&end, 1, milliseconds_until(deadline)) <= 0) {
    if (milliseconds_until(deadline) == 0) return std::nullopt;
  }
  int status = 0;
  if (::waitpid(id_, &status, 0) != std::exchange(id_, 0)) return std::nullopt;
  return status;
}

}  // namespace witan::extract
