#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/certificate.hpp"

namespace witan::test {

/// A small SMTP server (RFC 5321) on a kernel-chosen port of 127.0.0.1, which records what comes and answers
/// as told. One thread of its own, one connection after the other. Thread-safe.
class SmtpServer {
 public:
  enum class Tls { none, offered, from_the_start };
  struct Received {
    std::string from;  ///< Of the envelope: `<witan@example.org>` and what stands after it.
    std::string to;
    std::string
        data;  ///< As it came: with the dots that were doubled, without the last line, which is one dot.
  };

  explicit SmtpServer(Tls tls = Tls::none, const Certificate& certificate = {});
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;
  ~SmtpServer();

  int port() const { return port_; }
  std::string url(const std::string& scheme = "smtp") const {
    return scheme + "://127.0.0.1:" + std::to_string(port_);
  }

  /// From now on answers this instead of yes; an empty answer drops the connection. The moments are the
  /// commands
  /// (`RCPT`), `CONN` for a new connection, `LINE` for the first line of a message and `DONE` for all of it.
  void answer(const std::string& moment, const std::string& reply);
  /// What was taken with yes.
  std::vector<Received> received() const;
  /// Every command that came, with its arguments.
  std::vector<std::string> commands() const;
  /// What was said in AUTH, base64.
  std::string credentials() const;

 private:
  class Connection;
  void run();
  void talk(Connection& client);
  bool obey(Connection& client, const std::string& line);
  bool sign_in(Connection& client);
  bool take_message(Connection& client);
  bool say(Connection& client, const std::string& moment, const std::string& yes);
  std::optional<std::string> told(const std::string& moment) const;

  const Tls tls_;
  const Certificate certificate_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex guard_;  ///< of everything below
  std::map<std::string, std::string> told_;
  std::vector<Received> received_;
  std::vector<std::string> commands_;
  std::string credentials_;
  int client_ = -1;
  bool is_stopping_ = false;
  Received message_;  ///< Under way; the thread's own.
  std::thread thread_;
};

}  // namespace witan::test
