#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/io_context.hpp>

#include "shared/contract/result.hpp"

/// Requests and answers between two processes of one machine, over a Unix socket, without the bus.
///
/// A frame is its length in bytes after these four, then the request's number (eight bytes), both big-endian. A
/// question goes on with the length of its subject (two bytes), the subject and the payload; an answer with the
/// payload. Answers come in any order, one for each question. There is no version in it: both ends are of one build.
namespace witan::messaging {

namespace net = boost::asio;

/// Takes the reply to one request. Called once, from any thread; when it never is, nobody is told.
using Answer = std::function<void(std::string_view reply)>;

/// One request, however it came.
struct Question {
  std::string subject;
  std::string payload;
  Answer answer;
};

/// A frame above this breaks the connection: nothing that services say comes near it.
inline constexpr std::size_t k_local_frame_bytes_max = 16 * 1024 * 1024;
/// What may wait for an asker that does not read; beyond it the connection is closed.
inline constexpr std::size_t k_local_waiting_bytes_max = 64 * 1024 * 1024;

/// The side that answers. The socket file is for this user alone (mode 0600). The handler runs on the loop.
class LocalServer {
 public:
  /// Replaces a socket file that a process which died has left: there is one server to a path, and its caller makes
  /// sure of that (a service holds the lock of its own database). Throws MessagingFailure when it cannot listen.
  LocalServer(net::io_context& loop, const std::string& path, std::function<void(Question)> handler);
  ~LocalServer();

  /// Takes no more questions; what was taken may still be answered. On the loop, or when it no longer runs.
  void refuse_more();
  /// Sends the answers that wait, for at most `limit`, then closes. Only when the loop no longer runs.
  void drain(std::chrono::milliseconds limit);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// The side that asks. Connects by itself and again after a loss. Used on its loop only.
class LocalClient {
 public:
  LocalClient(net::io_context& loop, std::string path);
  ~LocalClient();

  bool is_connected() const;
  /// `done` runs once, on the loop. No answer in time: `deadline_exceeded`; no connection, or lost before the answer
  /// came: `unavailable`.
  void request(const std::string& subject, std::string_view payload, std::chrono::milliseconds timeout,
               std::function<void(Result<std::string>)> done);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace witan::messaging
