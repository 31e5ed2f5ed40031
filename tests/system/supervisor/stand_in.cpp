// Plays one of Witan's programs for tests of the supervisor: stays until SIGTERM, and as the gateway answers 200.
// Which one it plays is the name under which it is started. What it does at its end it writes to DATA/diary.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "shared/base/config.hpp"

namespace {

std::string diary_line;
int diary = -1;

void on_term(int) {
  const auto written = ::write(diary, diary_line.data(), diary_line.size());
  ::_exit(written < 0 ? 1 : 0);
}

witan::Config make_config() {
  std::vector<witan::ConfigKey> keys;
  for (const auto* name : {"data", "secrets", "bus_url", "bus_user", "bus_password_file", "web_root", "steps", "accounts", "refuse"}) {
    keys.push_back({name, std::string(), "A text."});
  }
  for (const auto* name : {"port", "admin_port"}) keys.push_back({name, std::int64_t{0}, "A port."});
  for (const auto* name : {"demo_notice", "second_factor_required", "is_stubborn"}) keys.push_back({name, false, "A switch."});
  return witan::Config(std::move(keys));
}

void answer_forever(std::int64_t port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  at.sin_port = htons(static_cast<std::uint16_t>(port));
  if (::bind(listener, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 || ::listen(listener, 8) != 0) ::_exit(3);
  while (true) {
    const int peer = ::accept(listener, nullptr, nullptr);
    char buffer[2048];
    constexpr std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    if (::recv(peer, buffer, sizeof buffer, 0) > 0) ::send(peer, answer.data(), answer.size(), MSG_NOSIGNAL);
    ::close(peer);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto name = std::filesystem::path(argv[0]).filename().string();
  auto config = make_config();
  const bool is_operator = name == "witan-operator";
  if (is_operator && argc > 1) ++argv, --argc;
  if (const int code = witan::read_config(config, name, argc, argv); code >= 0) return code;
  if (!config.text("refuse").empty()) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), config.text("refuse").c_str());
    return 1;
  }
  if (is_operator) {
    std::ofstream(config.text("accounts")) << "[]";
    return 0;
  }
  diary_line = name + "\n";
  // The provisioner is told no folder but the one of its password.
  const auto data = config.text("data").empty()
                        ? std::filesystem::path(config.text("bus_password_file")).parent_path().parent_path().string()
                        : config.text("data");
  diary = ::open((data + "/diary").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  ::signal(SIGTERM, config.flag("is_stubborn") ? SIG_IGN : on_term);
  ::signal(SIGINT, SIG_IGN);
  if (name == "witan-gateway") answer_forever(config.number("port"));
  std::ofstream(data + "/" + name.substr(6) + ".sqlite") << "x";
  while (true) ::pause();
}
