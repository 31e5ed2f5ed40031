#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>

namespace witan::live {

namespace net = boost::asio;

/// How a socket ends, beside what RFC 6455 says of itself. 4000 and above are Witan's own.
enum class CloseCode : std::uint16_t {
  unsupported_data = 1003,   ///< Only text frames are understood.
  service_restart = 1012,    ///< Come back after a moment and resume.
  session_ended = 4401,      ///< Signed out, or the session expired: load the page again.
  too_slow = 4408,           ///< Read too slowly: come back and resume.
  too_many_messages = 4429,  ///< Sent too much: come back later.
};

/// The sending side of one WebSocket. One writer, one bounded queue. On the gateway's loop only.
class Wire {
 public:
  virtual ~Wire() = default;
  /// Queues a text message. When more than the limit is queued beside the largest message, the socket is closed
  /// with `too_slow`; after a close nothing is sent.
  virtual void send(std::shared_ptr<const std::string> text) = 0;
  /// Sends the close frame after the message being written; what is queued behind it is dropped.
  virtual void close(CloseCode code, std::string reason) = 0;
  virtual bool is_closing() const = 0;
  /// Returns when half of the queue is free or the socket closes: for large answers, which must not fill the queue.
  virtual net::awaitable<void> room() = 0;
  /// Once a second: ends a socket that takes nothing, or that does not answer a close.
  virtual void tick(std::chrono::steady_clock::time_point now) = 0;
};

}  // namespace witan::live
