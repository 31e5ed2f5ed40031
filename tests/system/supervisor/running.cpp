#include "tests/system/supervisor/running.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <thread>

namespace witan::test {

namespace fs = std::filesystem;

namespace {

std::string contents(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

bool holds_within(std::chrono::milliseconds limit, const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

StandIns::StandIns() {
  for (const auto* name : {"directory", "meetings", "advisory", "consultations", "gateway", "operator", "provisioner"}) {
    fs::create_symlink(WITAN_STAND_IN, folder_.path() / (std::string("witan-") + name));
  }
}

Running::Running(const StandIns& programs, const fs::path& data, std::vector<std::string> more) : data_(data) {
  std::vector<std::string> command = {WITAN_SUPERVISOR, "--port=0",  "--admin-port=0", "--programs", programs.path().string(),
                                      "--data",         data.string()};
  command.insert(command.end(), more.begin(), more.end());
  std::vector<char*> arguments;
  for (auto& part : command) arguments.push_back(part.data());
  arguments.push_back(nullptr);
  const auto output = output_.file("said");
  pid_ = ::fork();
  if (pid_ != 0) return;
  const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  ::execv(arguments[0], arguments.data());
  ::_exit(126);
}

Running::~Running() {
  if (status_) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

std::string Running::said() const { return contents(output_.path() / "said"); }

bool Running::says(const std::string& words, std::chrono::seconds limit) const {
  return holds_within(limit, [&] { return said().find(words) != std::string::npos; });
}

void Running::signal(int number) const { ::kill(pid_, number); }

int Running::exit_code(std::chrono::seconds limit) {
  int status = 0;
  if (!status_ && holds_within(limit, [&] { return ::waitpid(pid_, &status, WNOHANG) == pid_; })) status_ = status;
  return status_ && WIFEXITED(*status_) ? WEXITSTATUS(*status_) : -1;
}

pid_t Running::part(const std::string& name) const {
  const auto text = file("run/" + name + ".pid");
  return text.empty() ? 0 : std::stoi(text);
}

std::string Running::file(const std::string& name) const { return contents(data_ / name); }

bool is_alive(pid_t pid) {
  const auto stat = contents("/proc/" + std::to_string(pid) + "/stat");
  const auto after_name = stat.rfind(')');
  return after_name != std::string::npos && stat.substr(after_name + 2, 1) != "Z";
}

}  // namespace witan::test
