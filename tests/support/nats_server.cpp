#include "tests/support/nats_server.hpp"

#include <chrono>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <optional>
#include <signal.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shared/base/json.hpp"
#include "tests/support/eventually.hpp"

namespace witan::test {

namespace {

using namespace std::chrono_literals;

constexpr auto k_start_limit = 20s;

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The port in `{"nats": ["nats://127.0.0.1:41231"], …}`, which nats-server writes once it listens.
std::optional<int> port_in(const std::string& path) {
  boost::system::error_code wrong;
  const auto parsed = json::parse(read_file(path), wrong);
  if (wrong || !parsed.is_object()) return std::nullopt;
  const auto* urls = parsed.get_object().if_contains("nats");
  if (!urls || !urls->is_array() || urls->get_array().empty()) return std::nullopt;
  const std::string url(urls->get_array().front().as_string());
  return std::stoi(url.substr(url.rfind(':') + 1));
}

/// Between fork and exec: only what is allowed in a signal handler.
[[noreturn]] void become_server(::pid_t parent, const char* config, const char* log) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  const int output = ::open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::execlp("nats-server", "nats-server", "-c", config, nullptr);
  ::execl("/usr/sbin/nats-server", "nats-server", "-c", config, nullptr);
  ::_exit(127);
}

}  // namespace

NatsServer::NatsServer(std::string config) : config_(std::move(config)) { start(); }

NatsServer::~NatsServer() { kill(); }

void NatsServer::start() {
  const std::string file = folder_.file("nats.conf");
  std::ofstream(file) << "listen: \"127.0.0.1:" << port_ << "\"\nports_file_dir: \""
                      << folder_.path().string() << "\"\njetstream { store_dir: \"" << folder_.file("store")
                      << "\", max_mem: 64MB, max_file: 8GB }\n"
                      << config_ << '\n';
  const std::string output = folder_.file("nats.log");
  const ::pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("cannot start nats-server");
  if (pid_ == 0) become_server(parent, file.c_str(), output.c_str());
  const std::string ports = folder_.file("nats-server_" + std::to_string(pid_) + ".ports");
  std::optional<int> port;
  bool is_dead = false;
  eventually(k_start_limit, [&] {
    port = port_in(ports);
    is_dead = ::waitpid(pid_, nullptr, WNOHANG) == pid_;
    return port || is_dead;
  });
  if (is_dead) pid_ = -1;
  if (is_dead || !port) throw std::runtime_error("nats-server does not start:\n" + log());
  port_ = *port;
}

std::string NatsServer::log() const { return read_file(folder_.file("nats.log")); }

void NatsServer::kill() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

void NatsServer::restart() {
  kill();
  start();
}

void NatsServer::delete_store() {
  // A running server may write a file again while its folder is being removed.
  const bool is_gone = eventually(5s, [&] {
    std::error_code wrong;
    std::filesystem::remove_all(folder_.file("store"), wrong);
    return !wrong;
  });
  if (!is_gone) throw std::runtime_error("cannot delete the store of nats-server");
}

void NatsServer::pause() {
  ::kill(pid_, SIGSTOP);
  // The signal arrives a moment later; until then the server may still answer.
  siginfo_t stopped{};
  ::waitid(P_PID, static_cast<id_t>(pid_), &stopped, WSTOPPED);
}
void NatsServer::resume() { ::kill(pid_, SIGCONT); }

}  // namespace witan::test
