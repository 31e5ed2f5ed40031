#include "shared/extract/child/confine.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <new>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "shared/extract/process.hpp"
#include "tests/unit/extract/leaves_nothing.hpp"
#include "tests/unit/extract/sanitizer.hpp"
#include "tests/unit/files/made_files.hpp"

namespace witan::extract {

namespace {

constexpr Bounds k_bounds{std::uint64_t{1} << 30, std::chrono::seconds(60)};
constexpr int k_done = 0, k_failed = 1, k_not_confined = 2;

int g_pipe[2] = {-1, -1};  ///< Open before the program is confined.

struct Act {
  std::string name;
  bool (*run)();  ///< Whether it could be done.
  bool is_for_sanitizer = false;
};

void* page() { return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }

bool run_program() {
  char name[] = "/bin/true";
  char* arguments[] = {name, nullptr};
  char* nothing[] = {nullptr};
  ::execve(name, arguments, nothing);  // it ends with k_done
  return false;
}

const std::vector<Act>& acts() {
  static const std::vector<Act> all{
      {"open a file", [] { return ::open("/etc/passwd", O_RDONLY) >= 0; }},
      {"open a file to write", [] { return ::open("/dev/null", O_WRONLY) >= 0; }},
      {"open a socket", [] { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; }},
      {"open a socket of this machine", [] { return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }},
      {"make a pipe", [] { int ends[2]; return ::pipe(ends) == 0; }, true},
      {"fork", [] { return ::fork() >= 0; }},
      {"run a program", run_program},
      {"signal its parent", [] { return ::kill(::getppid(), 0) == 0; }},
      {"look whether a process is there", [] { return ::kill(1, 0) == 0 || errno == EPERM; }},
      {"be traced", [] { return ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0; }},
      {"map memory to be run", [] { return ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED; }},
      {"make memory to be run", [] { return ::mprotect(page(), 4096, PROT_READ | PROT_EXEC) == 0; }},
      {"read from an open file", [] { char byte; return ::read(g_pipe[0], &byte, 1) == 1; }},
      {"write to another open file", [] { return ::write(g_pipe[1], "a", 1) == 1; }, true},
      {"double an open file", [] { return ::dup(g_pipe[1]) >= 0; }},
      {"change its folder", [] { return ::chdir("/") == 0; }},
      {"look at a file", [] { return ::access("/etc/passwd", R_OK) == 0; }},
      {"change what it may", [] { return ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0; }},
      {"change its limits", [] { const rlimit bound{1, 1}; return ::setrlimit(RLIMIT_CORE, &bound) == 0; }}};
  return all;
}

/// How a process ends that does this; as waitpid says.
template <class Work>
int status_of(bool is_confined, Work work) {
  const pid_t id = ::fork();
  if (id == 0) {
    if (is_confined && !confine(k_bounds)) ::_exit(k_not_confined);
    ::_exit(work() ? k_done : k_failed);
  }
  int status = -1;
  EXPECT_EQ(::waitpid(id, &status, 0), id);
  return status;
}

bool has_exit(int status, int code) { return WIFEXITED(status) && WEXITSTATUS(status) == code; }

std::string content(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// A PDF whose page takes a program seconds.
std::string slow_pdf() {
  std::string page;
  for (int i = 0; i < 6'000'000; ++i) page += "q Q ";
  return files::made::pdf_of_pages({page});
}

class Confine : public LeavesNothing {
 protected:
  void SetUp() override {
    ASSERT_EQ(::pipe2(g_pipe, O_CLOEXEC), 0);
    ASSERT_EQ(::write(g_pipe[1], std::string(64, 'a').data(), 64), 64);
  }
  void TearDown() override {
    ::close(g_pipe[0]);
    ::close(g_pipe[1]);
    LeavesNothing::TearDown();
  }
};

}  // namespace

TEST_F(Confine, what_is_tried_below_can_be_done_by_others) {
  for (const auto& act : acts()) EXPECT_TRUE(has_exit(status_of(false, act.run), k_done)) << act.name;
}

TEST_F(Confine, nothing_of_it_can_be_done_by_who_is_confined) {
  for (const auto& act : acts()) {
    if (k_has_sanitizer && act.is_for_sanitizer) continue;
    const int status = status_of(true, act.run);
    const bool is_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
    EXPECT_TRUE(is_killed || has_exit(status, k_failed)) << act.name << ": status " << status;
  }
}

TEST_F(Confine, to_try_for_a_process_a_program_or_a_socket_is_deadly) {
  for (const auto& act : acts()) {
    if (act.name != "fork" && act.name != "run a program" && act.name != "open a socket" && act.name != "signal its parent") continue;
    const int status = status_of(true, act.run);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS) << act.name << ": status " << status;
  }
}

TEST_F(Confine, who_is_confined_can_compute_and_write) {
  const int status = status_of(true, [] {
    std::vector<int> numbers(1'000'000);
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<int>(i * 7919 % 1'000'003);
    std::sort(numbers.begin(), numbers.end());
    try {
      throw std::bad_alloc();
    } catch (const std::bad_alloc&) {
      return ::write(STDOUT_FILENO, "", 0) == 0 && std::is_sorted(numbers.begin(), numbers.end());
    }
  });
  EXPECT_TRUE(has_exit(status, k_done)) << status;
}

TEST_F(Confine, who_aborts_is_seen_to) {
  const int status = status_of(true, []() -> bool { std::abort(); });
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT) << status;
}

TEST_F(Confine, memory_ends_at_the_bound) {
  if (k_has_sanitizer) GTEST_SKIP() << "no bound for memory under a sanitizer";
  const auto take = [](std::size_t bytes) {
    return [bytes] { return ::mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) != MAP_FAILED; };
  };
  EXPECT_TRUE(has_exit(status_of(true, take(std::size_t{200} << 20)), k_done));
  EXPECT_TRUE(has_exit(status_of(true, take(std::size_t{1} << 30)), k_failed));
}

TEST_F(Confine, the_program_is_confined_when_it_reads_a_file) {
  const auto file = slow_pdf();
  auto process = Process::start(WITAN_EXTRACT, {"pdf", "800000000", "60", "1000"});
  ASSERT_TRUE(process);
  const auto id = std::to_string(std::stol(content("/proc/thread-self/children")));
  ASSERT_EQ(::send(process->input().number(), file.data(), file.size(), MSG_NOSIGNAL), static_cast<ssize_t>(file.size()));
  EXPECT_EQ(content("/proc/" + id + "/status").find("Seccomp:\t2"), std::string::npos);
  process->input().close();
  std::string status;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (status.find("Seccomp:\t2") == std::string::npos && milliseconds_until(deadline) > 0) {
    std::this_thread::yield();
    status = content("/proc/" + id + "/status");
  }
  EXPECT_NE(status.find("Seccomp:\t2"), std::string::npos) << status;
  EXPECT_NE(status.find("NoNewPrivs:\t1"), std::string::npos) << status;
  const auto limits = content("/proc/" + id + "/limits");
  EXPECT_NE(limits.find("Max file size             0 "), std::string::npos) << limits;
  EXPECT_NE(limits.find("Max core file size        0 "), std::string::npos) << limits;
  EXPECT_NE(limits.find("Max processes             0 "), std::string::npos) << limits;
  if (!k_has_sanitizer) EXPECT_NE(limits.find("Max open files            0 "), std::string::npos) << limits;
  if (!k_has_sanitizer) EXPECT_NE(limits.find("Max address space         800000000 "), std::string::npos) << limits;
}

}  // namespace witan::extract
