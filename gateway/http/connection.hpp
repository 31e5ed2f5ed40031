#pragma once

#include <unordered_set>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "gateway/http/server.hpp"

namespace witan::http {

/// What the server may ask of a connection.
class OpenConnection {
 public:
  virtual ~OpenConnection() = default;
  /// Closes it when it waits for its next request.
  virtual void close_if_idle() = 0;
};

/// What every connection of a server shares. Outlives the connections: their group is waited for.
struct ConnectionContext {
  ServerLimits limits;
  Hooks hooks;
  Reached reached = Reached::by_http;
  bool is_stopping = false;
  std::unordered_set<OpenConnection*> open;
};

/// One connection from accept to close: request, answer, request … Ends by itself on any time-out or framing error.
net::awaitable<void> serve_connection(net::ip::tcp::socket socket, std::shared_ptr<ConnectionContext> context);

}  // namespace witan::http
