#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "gateway/http/message.hpp"
#include "gateway/live/live_server.hpp"
#include "gateway/live/wire.hpp"

namespace witan::live {

/// A WebSocket on Boost.Beast: handshake, reading, and the one writer with its bounded queue.
class BeastWire : public Wire {
 public:
  /// Takes the socket over. `on_too_slow` is told once when the queue overflows or stalls.
  static std::shared_ptr<BeastWire> make(net::io_context& loop, net::ip::tcp::socket socket, const LiveLimits& limits,
                                         std::function<void()> on_too_slow);
  /// Answers the handshake, then hands each text message to `on_text` until the socket ends.
  virtual net::awaitable<void> run(http::Request handshake, std::function<void(std::string_view)> on_text) = 0;
};

}  // namespace witan::live
