#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/json.hpp"

namespace witan::test {

struct HttpAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;   ///< Names in lower case; the last of repeated ones.
  std::string body;
  json::object problem() const { return json::parse(body).as_object(); }
};

/// Sends `bytes` as they are on a fresh connection and reads one answer; status 0 when there is none in five seconds.
HttpAnswer send_raw(std::uint16_t port, const std::string& bytes);
HttpAnswer request(std::uint16_t port, const std::string& method, const std::string& path,
                   const std::map<std::string, std::string>& headers = {}, const std::string& body = {});
HttpAnswer post_json(std::uint16_t port, const std::string& path, const json::value& body,
                     std::map<std::string, std::string> headers = {});

/// What a socket of whoever has this cookie is opened with; empty when none is given.
std::string ticket_for(std::uint16_t port, const std::string& cookie);

/// A WebSocket as a browser has it. Blocking; every wait has a deadline of five seconds.
class Browser {
 public:
  struct Options {
    std::string origin = std::string("own");   ///< `own`: the gateway's; empty: none.
    std::string cookie = std::string();
    std::optional<std::string> ticket = std::nullopt;   ///< Absent: with a cookie, one is asked for; empty: none is sent.
    int receive_buffer_bytes = 0;     ///< 0: the kernel's choice.
  };
  Browser(std::uint16_t port, const Options& options);
  explicit Browser(std::uint16_t port) : Browser(port, Options{}) {}
  ~Browser();

  /// 101 when the handshake worked.
  int handshake_status() const;
  void send(const json::value& frame);
  void send_text(const std::string& text);
  void send_binary(const std::string& bytes);
  /// Bytes below the WebSocket protocol.
  void send_bytes(const std::string& bytes);
  void ping();
  /// Pongs that came while receiving.
  int pongs() const;
  void subscribe(const std::string& topic);
  void subscribe_after(const std::string& topic, const std::string& epoch, std::int64_t version);
  /// The next frame; nothing when the socket closed or nothing came within `limit`.
  std::optional<json::object> receive(std::chrono::milliseconds limit = std::chrono::seconds(5));
  /// The next frame of this type; others are passed over, for five seconds.
  std::optional<json::object> receive_type(const std::string& type);
  /// Reads until the socket closes; the close code, 0 for a close without one.
  int wait_for_close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace witan::test
