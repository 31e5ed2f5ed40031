#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "gateway/http/message.hpp"

namespace witan::http {

namespace net = boost::asio;

/// How much of a client the server bears with. Every limit has a test at its edge.
struct ServerLimits {
  std::size_t header_bytes_max = 16 * 1024;
  std::chrono::milliseconds header_time{10'000};   ///< From the first byte to the last of the headers.
  std::size_t body_bytes_max = 1024 * 1024;
  std::chrono::milliseconds body_time{30'000};     ///< Of a body that is taken piece by piece: between two pieces.
  std::chrono::milliseconds pieces_time{15 * 60'000};  ///< For the whole of such a body, either way; an answer has as much more as it is long.
  std::chrono::milliseconds idle_time{75'000};     ///< Between two requests.
  std::chrono::milliseconds write_time{30'000};
  std::size_t connections_max = 16'000;
};

/// Answers one request. Exceptions become a 500.
using Handler = std::function<net::awaitable<Response>(Request)>;
/// Takes over the socket of a WebSocket handshake, or answers why not.
using UpgradeHandler = std::function<net::awaitable<std::optional<Response>>(Request, net::ip::tcp::socket&)>;

/// Whether the body of a request is left unread, for the handler to take piece by piece (Request::source).
using LeavesBody = std::function<bool(const Request&)>;

/// Answers somebody at a browser whose request was not taken at all. What could not be read of it is not there.
using Refusal = std::function<Response(const Request&, const Rejection&)>;

/// What a server asks of others. All but the first may be left out.
struct Hooks {
  Handler handler;
  UpgradeHandler upgrade = {};
  LeavesBody leaves_body = {};
  Refusal refusal = {};   ///< Without it everybody gets problem details (RFC 9457), as programs do in any case.
};

/// How browsers reach the server: by HTTPS where a proxy before it ends TLS.
enum class Reached { by_http, by_https };

/// An HTTP/1.1 server on one address: keep-alive, bounded in everything, strict about framing. On the gateway's loop.
class Server {
 public:
  /// Binds at once; throws std::system_error with the reason when that is not possible. Port 0: the kernel chooses.
  Server(net::io_context& loop, const std::string& address, std::uint16_t port, ServerLimits limits, Hooks hooks, Reached reached);
  ~Server();

  std::uint16_t port() const;
  void start();
  /// Takes no new connection, lets requests that are being answered finish, closes the rest. Waits at most `limit`.
  net::awaitable<void> stop(std::chrono::milliseconds limit);
  std::size_t connections() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// The headers that every answer carries: what a browser may do with it. Content-Security-Policy (W3C CSP 3) with Trusted
/// Types: script makes HTML by the policy `witan` of web-client/src/render/html.ts alone. Reached by HTTPS also
/// Strict-Transport-Security (RFC 6797): for a year browsers come by nothing else, to sub-domains neither.
void add_security_headers(Response& response, Reached reached);

}  // namespace witan::http
