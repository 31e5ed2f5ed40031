#pragma once

#include <cstdint>
#include <memory>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "shared/base/config.hpp"
#include "shared/messaging/bus.hpp"

namespace witan::app {

namespace net = boost::asio;

/// The whole gateway, put together from its rooms. Runs on one loop, `io_context{1}`.
class Gateway {
 public:
  /// Binds its ports and connects to the bus (which may still be away); throws std::exception with one clear sentence.
  Gateway(const Config& config, net::io_context& loop);
  ~Gateway();

  void start();
  std::uint16_t port() const;
  std::uint16_t admin_port() const;
  /// In order: no new work, requests finish, sockets are told.
  net::awaitable<void> stop();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace witan::app
