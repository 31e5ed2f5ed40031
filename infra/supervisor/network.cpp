#include "infra/supervisor/network.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <random>
#include <stdexcept>

#include <fmt/format.h>

namespace witan::supervisor {

namespace {

class Socket {
 public:
  Socket() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval second{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &second, sizeof second);
  }
  ~Socket() { ::close(fd_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

sockaddr_in endpoint(const std::string& address, int port) {
  sockaddr_in result{};
  result.sin_family = AF_INET;
  result.sin_port = htons(static_cast<std::uint16_t>(port));
  if (::inet_pton(AF_INET, address.c_str(), &result.sin_addr) != 1) result.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return result;
}

bool connect_to(const Socket& socket, const std::string& address, int port) {
  const auto to = endpoint(address, port);
  return ::connect(socket.fd(), reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
}

constexpr int k_first_port = 20000, k_last_port = 32000;

}  // namespace

bool is_free(const std::string& address, int port) {
  const Socket socket;
  const int yes = 1;
  ::setsockopt(socket.fd(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  const auto at = endpoint(address, port);
  return ::bind(socket.fd(), reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0 && ::listen(socket.fd(), 1) == 0;
}

int choose_free(const std::string& address) {
  std::random_device random;
  std::uniform_int_distribution<int> any(k_first_port, k_last_port);
  for (int tries = 0; tries < 200; ++tries) {
    if (const int port = any(random); is_free(address, port)) return port;
  }
  throw std::runtime_error("no free port was found on " + address);
}

bool accepts_connections(const std::string& address, int port) {
  const Socket socket;
  return connect_to(socket, address, port);
}

int http_status(const std::string& address, int port, const std::string& path, std::string& body) {
  const Socket socket;
  if (!connect_to(socket, address, port)) return 0;
  const auto request = fmt::format("GET {} HTTP/1.1\r\nHost: {}:{}\r\nConnection: close\r\n\r\n", path, address, port);
  if (::send(socket.fd(), request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) return 0;
  std::string answer;
  char buffer[4096];
  for (ssize_t got = 0; answer.size() < 65536 && (got = ::recv(socket.fd(), buffer, sizeof buffer, 0)) > 0;) {
    answer.append(buffer, static_cast<std::size_t>(got));
  }
  int status = 0;
  if (!answer.starts_with("HTTP/1.") || answer.size() < 12) return 0;
  std::from_chars(answer.data() + 9, answer.data() + 12, status);
  const auto end_of_head = answer.find("\r\n\r\n");
  body = end_of_head == std::string::npos ? std::string() : answer.substr(end_of_head + 4);
  return status;
}

}  // namespace witan::supervisor
