#pragma once

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "tests/support/temp_folder.hpp"

namespace witan::scan::test {

/// One asker of a scanner that a test plays.
class Asker {
 public:
  explicit Asker(int socket) : socket_(socket) {}

  /// What it asks with: the command, and the file's chunks up to and without the empty one. Nothing when it ended the connection before that.
  struct Asked {
    std::string command;
    std::vector<std::size_t> lengths;
    std::string file;
  };
  std::optional<Asked> hear() {
    Asked asked;
    for (char c = 1; c != '\0';) {
      if (!take(&c, 1)) return std::nullopt;
      if (c != '\0') asked.command += c;
    }
    for (;;) {
      unsigned char head[4];
      if (!take(head, sizeof head)) return std::nullopt;
      const std::uint32_t length = std::uint32_t{head[0]} << 24 | std::uint32_t{head[1]} << 16 | std::uint32_t{head[2]} << 8 | head[3];
      if (length == 0) return asked;
      asked.lengths.push_back(length);
      const auto before = asked.file.size();
      asked.file.resize(before + length);
      if (!take(asked.file.data() + before, length)) return std::nullopt;
    }
  }
  void say(std::string_view words) { static_cast<void>(::send(socket_, words.data(), words.size(), MSG_NOSIGNAL)); }
  /// Until the other side has ended the connection.
  void wait_for_end() {
    for (char c; ::recv(socket_, &c, 1, 0) > 0;) {}
  }
  bool take(void* to, std::size_t size) { return size == 0 || ::recv(socket_, to, size, MSG_WAITALL) == static_cast<ssize_t>(size); }

 private:
  int socket_;
};

/// A scanner on a socket of its own, which does with each asker what the test says, one after the other.
class FakeScanner {
 public:
  explicit FakeScanner(std::function<void(Asker&)> answer) : listening_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)), answer_(std::move(answer)) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    path().copy(at.sun_path, sizeof at.sun_path - 1);
    is_listening_ = ::bind(listening_, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0 && ::listen(listening_, 8) == 0;
    thread_ = std::thread([this] {
      for (int asker = -1; (asker = ::accept(listening_, nullptr, nullptr)) >= 0; ::close(asker)) {
        Asker asking(asker);
        answer_(asking);
      }
    });
  }
  ~FakeScanner() {
    ::shutdown(listening_, SHUT_RDWR);  // ends accept
    thread_.join();
    ::close(listening_);
  }
  FakeScanner(const FakeScanner&) = delete;
  FakeScanner& operator=(const FakeScanner&) = delete;

  std::string path() const { return folder_.file("scanner.sock"); }
  bool is_listening() const { return is_listening_; }

 private:
  witan::test::TempFolder folder_;
  int listening_;
  bool is_listening_ = false;
  std::function<void(Asker&)> answer_;
  std::thread thread_;
};

}  // namespace witan::scan::test
